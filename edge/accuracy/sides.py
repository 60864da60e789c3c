"""Whether the network took the person's left for the right, judged with the truth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Joint, Landmarks

LIMBS = tuple(
    (Joint[f"LEFT_{name}"], Joint[f"RIGHT_{name}"]) for name in ("SHOULDER", "ELBOW", "WRIST", "HIP", "KNEE", "ANKLE")
)
"""Left and right of the joints that tell the sides of a standing person apart in the picture."""


@dataclass(frozen=True, slots=True)
class Sides:
    """
    Left and right of one frame.

    Attributes:
        before: whether the network had them exchanged.
        after: whether they still are, or newly are, after the station's correction.
        refused: whether the station refused to measure the frame, for whatever reason.
    """

    before: bool
    after: bool
    refused: bool = False

    @property
    def wrongly_corrected(self) -> bool:
        """Whether the station exchanged what was right."""
        return self.after and not self.before


@dataclass(frozen=True, slots=True)
class SidesShare:
    """
    Left and right over many frames; every share is of all frames in which somebody was found.

    Attributes:
        frames: how many.
        before: share exchanged by the network.
        after: share exchanged after the station's own correction.
        wrongly_corrected: share in which the correction exchanged what was right.
        unnoticed: share that is still exchanged and would be measured all the same.
    """

    frames: int
    before: float
    after: float
    wrongly_corrected: float
    unnoticed: float


def exchanged(landmarks: Landmarks, truth_px: NDArray[np.float64]) -> bool:
    """
    Whether the limbs fit the truth better with left and right exchanged.

    Args:
        landmarks: as read.
        truth_px: (33, 2) float64, pixels of the same frame; NaN where a joint is not known.

    Raises:
        ValueError: no pair of limbs is known.
    """
    read = landmarks.xyz_px[:, :2].astype(np.float64)
    left, right = (np.array(side) for side in zip(*LIMBS, strict=True))
    known = np.isfinite(truth_px[left]).all(axis=1) & np.isfinite(truth_px[right]).all(axis=1)
    left, right = left[known], right[known]
    if not left.size:
        raise ValueError("sides: no limb is known on both sides")
    straight = _apart(read[left], truth_px[left]) + _apart(read[right], truth_px[right])
    crossed = _apart(read[left], truth_px[right]) + _apart(read[right], truth_px[left])
    return bool(crossed < straight)


def share_of(sides: Sequence[Sides]) -> SidesShare | None:
    """Count over many frames; None without one."""
    if not sides:
        return None
    count = len(sides)
    return SidesShare(
        frames=count,
        before=sum(one.before for one in sides) / count,
        after=sum(one.after for one in sides) / count,
        wrongly_corrected=sum(one.wrongly_corrected for one in sides) / count,
        unnoticed=sum(one.after and not one.refused for one in sides) / count,
    )


def _apart(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    return float(np.linalg.norm(a - b, axis=1).sum())
