"""
Measures seen from a side: plain functions of levelled points.

Sign of everything here: positive = forward (anterior), whichever way the person faces: `facing` is +1 when the person
looks to the right in the picture and -1 when to the left. Points are (x, y) in pixels, x right, y down.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from edge.geometry import Point, inner_angle_deg, lean_deg
from edge.pose.body_view import BodyView
from edge.spine.curve import line_covariance, tangent_deg, tangent_effects
from edge.spine.smoothing import smooth

FACING = {BodyView.RIGHT: 1.0, BodyView.LEFT: -1.0}
"""A person whose right side the camera sees looks to the right in the picture."""


def ahead_px(behind: Point, point: Point, facing: float) -> float:
    """
    How far a point lies in front of another, pixels.

    L2 ear before shoulder, L9 acromion before C7, L9_ear acromion before ear, L10 ear, shoulder, hip and knee before
    the ankle.
    """
    return facing * (point[0] - behind[0])


def inclination_deg(low: Point, high: Point, facing: float) -> float | None:
    """
    How far the way up from a low to a high point leans forward, degrees from the vertical; None if they coincide.

    L3 (five points), L7 from the sacrum to C7, L8 from the sacrum to L5 (surrogate of the pelvic tilt).
    """
    lean = lean_deg(low, high)
    return None if lean is None else facing * lean


def neck_angle_deg(c7: Point, ear: Point, facing: float) -> float | None:
    """
    L1, the craniovertebral angle: of the line from C7 to the ear (tragus) against the horizontal, degrees.

    Smaller = the head further forward. None when the points coincide.
    """
    ahead, above = ahead_px(c7, ear, facing), c7[1] - ear[1]
    return None if ahead == above == 0 else math.degrees(math.atan2(above, ahead))


def bend_between_deg(lower: tuple[Point, Point], upper: tuple[Point, Point], facing: float) -> float | None:
    """
    How much further forward the upper stretch leans than the lower one, degrees; each is (low, high).

    L4 (kyphosis surrogate, five points): upper T6-C4, lower L4-T8; positive = a rounded back.
    """
    low, high = inclination_deg(*lower, facing), inclination_deg(*upper, facing)
    return None if low is None or high is None else high - low


@dataclass(frozen=True, slots=True)
class Bend:
    """
    The angle between two tangents of a spline, degrees.

    Attributes:
        angle_deg: how much further forward the upper one leans.
        sd_deg: uncertainty from that of the points; 0 when they are exact.
    """

    angle_deg: float
    sd_deg: float


def tangent_between_deg(
    points: Sequence[Point],
    lower: tuple[int, int],
    upper: tuple[int, int],
    facing: float,
    uncertain: tuple[Sequence[float], float] = ((), 0.0),
) -> Bend | None:
    """
    How much further forward a spline leans half-way between two upper points than between two lower ones, degrees.

    L4_nine: C7-T3 against T8-T12/L1. L5_nine, with the sign turned: S-L5 against L3-T12/L1.

    Args:
        points: of the midline, from the sacrum up.
        lower: which two of the points.
        upper: which two of the points.
        facing: +1 or -1.
        uncertain: sideways standard deviation of each point, empty when they are exact; and the share of the line
            over which the points err together.

    Returns:
        None when the points do not rise.
    """
    sd_px, together = uncertain
    across, down = np.array(points, np.float64).T
    spline = smooth(-down, facing * across, np.array(sd_px, np.float64) if len(sd_px) else None)
    if spline is None:
        return None
    at = np.array([sum(spline.height[list(pair)]) / 2 for pair in (lower, upper)])
    effects = tangent_effects(spline, at)
    effect, covariance = effects[1] - effects[0], line_covariance(spline, sd_px, together)
    return Bend(
        angle_deg=tangent_deg(spline, float(at[1])) - tangent_deg(spline, float(at[0])),
        sd_deg=math.sqrt(max(float(effect @ covariance @ effect), 0.0)),
    )


def sway_px(ankle: Point, hip: Point, shoulder: Point, facing: float) -> float:
    """L6, sway-back: the hip before the ankle less the shoulder before the hip, pixels."""
    return ahead_px(ankle, hip, facing) - ahead_px(hip, shoulder, facing)


def sway_angle_deg(shoulder: Point, hip: Point, ankle: Point) -> float | None:
    """L6_deg: angle at the hip between shoulder and ankle, degrees; 180 = straight. None if two points coincide."""
    return inner_angle_deg(shoulder, hip, ankle)
