"""Whether what the spine network read can be true: two networks looked, and a spine has an order."""

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Landmarks
from edge.pose.spine_answer import SpineAnswer
from edge.pose.spine_crop import HEIGHT, WIDTH
from edge.pose.spine_layout import SPINETRACK_COUNT, TRUNK, TRUNK_IDS
from edge.pose.spine_points import NINE

APART = 0.28
"""
Shoulders and hips of the two networks may lie so far apart, as a share of the trunk. By definition alone they are up to
0.06 apart, on rendered people seen from behind up to 0.17; left and right exchanged are 0.35 and more apart.
"""
ORDER = 0.03
"""A point of the spine may lie below the one it stands over by this share of the trunk: neighbours are 0.05 apart."""

CLEAR = 0.12
"""A line between left and right counts as such from this share of the trunk on: two that point against each other."""

DISAGREE = "the two networks place the {parts} differently"
DISORDER = "the points of the spine are out of order"
OUTSIDE = "points of the trunk lie outside the crop"


def refusal(answer: SpineAnswer, landmarks: Landmarks) -> str | None:
    """
    Why a reading of the trunk is refused; None when it may be used.

    Args:
        answer: of the crop of the torso.
        landmarks: of the same person and frame, by the other network; shoulders and hips are known.
    """
    spine = [SPINETRACK_COUNT + point for point in NINE[:7]]
    low, high = np.array([0.0, 0.0]), np.array([WIDTH, HEIGHT])
    xy = answer.xy[TRUNK_IDS + spine]
    if not ((xy >= low) & (xy <= high)).all():
        return OUTSIDE
    own, others = answer.xy_px[TRUNK_IDS], landmarks.xyz_px[TRUNK, :2].astype(np.float64)
    length = float(np.linalg.norm(others[:2].mean(axis=0) - others[2:].mean(axis=0)))
    apart = np.linalg.norm(own - others, axis=1) / max(length, 1.0)
    parts = [
        name
        for name, pair in (("shoulders", slice(0, 2)), ("hips", slice(2, 4)))
        if apart[pair].max() > APART or _exchanged(own[pair], others[pair], length)
    ]
    if parts:
        return DISAGREE.format(parts=" and ".join(parts))
    return None if _rises(answer.xy_px[spine], others, length) else DISORDER


def _exchanged(own_px: NDArray[np.float64], others_px: NDArray[np.float64], length_px: float) -> bool:
    """Whether two networks have left and right the other way round, both of them clearly."""
    lines = own_px[1] - own_px[0], others_px[1] - others_px[0]
    clear = all(float(np.linalg.norm(line)) > CLEAR * length_px for line in lines)
    return clear and float(lines[0] @ lines[1]) < 0


def _rises(spine_px: NDArray[np.float64], trunk_px: NDArray[np.float64], length_px: float) -> bool:
    """Whether the points go up along the trunk, from the sacrum to C7."""
    up = trunk_px[:2].mean(axis=0) - trunk_px[2:].mean(axis=0)
    height = spine_px @ up / max(float(np.linalg.norm(up)), 1.0)
    return bool((np.diff(height) > -ORDER * length_px).all())
