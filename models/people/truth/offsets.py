"""
Where a landmark network puts shoulders and hips, against where anatomy has the joints.

Measured on rendered people with BlazePose (full), medians in % of the trunk's length (mid-hip to mid-shoulder): its
shoulders lie 4-7 % higher than the glenohumeral joint, its hips 1.5 % lower than the hip joint and, seen from behind,
4-5 % closer together. The middle of each range is used. This is a definition, not an error: compare a network with
these points, and a measure's meaning with the joints.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from models.people.truth.planes import Point3, middle

SHOULDERS_UP = 0.055
HIPS_DOWN = 0.015
HIPS_CLOSER_FROM_BEHIND = 0.045
"""Shares of the trunk's length; the last one of the distance between the hips, both sides together."""


def as_network_places(joints: Mapping[str, Point3], *, from_behind: bool) -> dict[str, NDArray[np.float64]]:
    """
    The joints, (3,) in metres each, with shoulders and hips moved to where the network's definition has them.

    Up and down are along the trunk, closer is along the line of the hips.
    """
    moved = {name: np.asarray(point, np.float64) for name, point in joints.items()}
    hips = middle([joints["left_hip"], joints["right_hip"]])
    trunk = middle([joints["left_shoulder"], joints["right_shoulder"]]) - hips
    across = moved["right_hip"] - moved["left_hip"]
    inwards = across / np.linalg.norm(across) * np.linalg.norm(trunk) * HIPS_CLOSER_FROM_BEHIND / 2
    for side, sign in (("left", 1.0), ("right", -1.0)):
        moved[f"{side}_shoulder"] = moved[f"{side}_shoulder"] + SHOULDERS_UP * trunk
        moved[f"{side}_hip"] = moved[f"{side}_hip"] - HIPS_DOWN * trunk + (sign * inwards if from_behind else 0.0)
    return moved
