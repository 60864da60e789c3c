"""A movement as joints in space, wherever it comes from."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import COUNT, Joint

Array = NDArray[np.float64]
UPPER = np.arange(Joint.NOSE, Joint.RIGHT_THUMB + 1)
"""Rows of head, shoulders and arms: what sits on the trunk."""
ARMS = tuple(
    np.array([Joint[f"{side}_{part}"] for part in ("ELBOW", "WRIST", "PINKY", "INDEX", "THUMB")])
    for side in ("LEFT", "RIGHT")
)
"""What hangs from each shoulder, left first."""
LEGS = tuple(
    np.array([Joint[f"{side}_{part}"] for part in ("KNEE", "ANKLE", "HEEL", "FOOT_INDEX")])
    for side in ("LEFT", "RIGHT")
)
SHOULDERS = Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER
HIPS = Joint.LEFT_HIP, Joint.RIGHT_HIP


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """
    One movement of one person.

    Attributes:
        task: `toe_touch`, `walk`, `jump` or `bend`.
        source: `synthetic`, `cmu`, `stoop` or `msr`.
        person: who, unique within the source.
        rate_hz: samples a second.
        points_m: (F, 33, 3) float64, metres: x to the person's right, y forward, z up; the person faces +y.
    """

    task: str
    source: str
    person: str
    rate_hz: float
    points_m: Array

    def __post_init__(self) -> None:
        if self.points_m.ndim != 3 or self.points_m.shape[1:] != (COUNT, 3) or len(self.points_m) < 2:
            raise ValueError(f"a motion needs (frames, {COUNT}, 3) joints, got {self.points_m.shape}")
        if not np.isfinite(self.points_m).all():
            raise ValueError(f"{self.source} {self.person}: a joint of the motion is not finite")

    @property
    def seconds(self) -> float:
        """How long it is."""
        return (len(self.points_m) - 1) / self.rate_hz

    def moved(self, points_m: Array) -> "Motion":
        """The same person with other joints."""
        return replace(self, points_m=points_m)

    def at(self, times_s: Array) -> Array:
        """(N, 33, 3) joints at some times since its start; before and after it the person stands still."""
        places = np.clip(times_s * self.rate_hz, 0.0, len(self.points_m) - 1.0)
        first = np.minimum(places.astype(np.int64), len(self.points_m) - 2)
        share = (places - first)[:, None, None]
        return np.asarray(self.points_m[first] * (1.0 - share) + self.points_m[first + 1] * share, np.float64)


def middle(points_m: Array, pair: tuple[int, int]) -> Array:
    """(..., 3) between two joints."""
    return np.asarray(0.5 * (points_m[..., pair[0], :] + points_m[..., pair[1], :]), np.float64)


def stature_m(points_m: Array) -> float:
    """Body height, from the length of trunk and legs; right to a few per cent."""
    chain = [
        (SHOULDERS, HIPS),
        (HIPS, tuple(leg[0] for leg in LEGS)),
        tuple(tuple(leg[n] for leg in LEGS) for n in (0, 1)),
    ]
    total = 0.0
    for top, end in chain:
        bones = points_m[:, list(top)] - points_m[:, list(end)]
        total += float(np.linalg.norm(bones, axis=-1).mean())
    return total / 0.76


def facing(points_m: Array) -> Array:
    """(F, 33, 3) the same movement turned about the vertical so that hips and shoulders on average face +y."""
    across = (points_m[:, Joint.RIGHT_HIP] - points_m[:, Joint.LEFT_HIP]).mean(axis=0)
    across = across + (points_m[:, Joint.RIGHT_SHOULDER] - points_m[:, Joint.LEFT_SHOULDER]).mean(axis=0)
    angle = np.arctan2(across[1], across[0])
    cos, sin = np.cos(angle), np.sin(angle)
    turn = np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]])
    return np.asarray(points_m @ turn.T, np.float64)
