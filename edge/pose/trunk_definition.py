"""
Where a landmark network puts shoulders and hips, against where anatomy has the joints.

Measured on rendered people with BlazePose (full), medians in % of the trunk's length (mid-hip to mid-shoulder): its
shoulders lie 4-7 % higher than the glenohumeral joint, its hips 1.5 % lower than the hip joint and, seen from behind,
4-5 % closer together. The middle of each range is used. This is a definition, not an error: compare a network with
these points, and a measure's meaning with the joints.
"""

import numpy as np
from numpy.typing import NDArray

SHOULDERS_UP = 0.055
HIPS_DOWN = 0.015
HIPS_CLOSER_FROM_BEHIND = 0.045
"""Shares of the trunk's length; the last one is what the distance between the hips loses, both sides together."""


def anatomical(trunk_px: NDArray[np.floating], *, from_behind: bool) -> NDArray[np.float64]:
    """
    Shoulders and hips as a landmark network gives them, moved to where anatomy has the joints.

    Args:
        trunk_px: (4, 2) left and right shoulder, left and right hip; pixels.
        from_behind: whether the person is seen so.

    >>> anatomical(np.array([[-20.0, 0], [20, 0], [-12, 107], [12, 107]]), from_behind=False)[:, 1].round(6).tolist()
    [5.5, 5.5, 105.5, 105.5]
    """
    joints = np.array(trunk_px, np.float64)
    trunk = anatomical_trunk(joints)
    joints[:2] -= SHOULDERS_UP * trunk
    joints[2:] += HIPS_DOWN * trunk
    if from_behind:
        across = joints[3] - joints[2]
        apart = np.linalg.norm(trunk) * HIPS_CLOSER_FROM_BEHIND / 2 * across / max(float(np.linalg.norm(across)), 1e-9)
        joints[2:] += [-apart, apart]
    return joints


def anatomical_trunk(trunk_px: NDArray[np.floating]) -> NDArray[np.float64]:
    """(2,) from the middle of the hip joints to that of the shoulder joints; the network's own trunk is longer."""
    trunk: NDArray[np.float64] = np.asarray(trunk_px[:2].mean(axis=0) - trunk_px[2:].mean(axis=0), np.float64)
    return trunk / (1 + SHOULDERS_UP + HIPS_DOWN)
