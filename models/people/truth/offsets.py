"""The joints of anatomy moved to where a landmark network puts them, see `edge.pose.trunk_definition`."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from edge.pose.trunk_definition import HIPS_CLOSER_FROM_BEHIND, HIPS_DOWN, SHOULDERS_UP
from models.people.truth.planes import Point3, middle


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
