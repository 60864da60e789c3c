"""
Measures in the picture plane, seen from behind or in front: plain functions of levelled points.

Sign of everything here: positive = the person's right side is higher, shifted to the right, leaning to the right, in
back and front views alike. Points are (x, y) in pixels, x right, y down.
"""

import math

from edge.geometry import Point, inner_angle_deg, lean_deg, tilt_deg
from edge.pose.body_view import BodyView

FACTOR = {BodyView.BACK: 1.0, BodyView.FRONT: -1.0}
"""Picture right is the person's right from behind, and the left from in front."""


def pair_tilt_deg(left: Point, right: Point) -> float | None:
    """
    Tilt of a left-right pair, degrees; None when the points coincide.

    C1 on the shoulders, C2 on the axilla folds, C4 on the hips (C4_psis on the posterior superior iliac spines), C7 on
    the ears, C13_knees and C13_ankles: atan2 of the height difference over the distance across.
    """
    return tilt_deg(left, right)


def pair_height_px(left: Point, right: Point) -> float:
    """How much higher the right point of a pair is, pixels (C1mm, C2mm, C10_height)."""
    return left[1] - right[1]


def shift_px(low: Point, high: Point, view: BodyView) -> float:
    """
    How far the high point stands to the person's right of the low one, pixels.

    C5 from the sacrum to C7 (trunk shift), C5b from mid-hip to mid-shoulder (surrogate), C9 from C7 to mid-ear
    (occiput offset), C9b from mid-shoulder to mid-ear (surrogate).
    """
    return FACTOR[view] * (high[0] - low[0])


def body_lean_deg(low: Point, high: Point, view: BodyView) -> float | None:
    """
    How far the line from the low to the high point leans to the person's right, degrees; None if they coincide.

    C6 from the sacrum to C7 (trunk lean), C6b from mid-hip to mid-shoulder (surrogate), C8 from C7 to the top of the
    head (head angle, signed), C8b from mid-shoulder to mid-ear (surrogate).
    """
    lean = lean_deg(low, high)
    return None if lean is None else FACTOR[view] * lean


def length_px(low: Point, high: Point) -> float:
    """Distance between two points, pixels."""
    return math.dist(low, high)


def percent_of(length: float, whole_px: float) -> float | None:
    """A length as a percentage of another; None when that has no length."""
    return None if whole_px <= 0 else length / whole_px * 100


def waist_angle_deg(axilla: Point, waist: Point, hip: Point) -> float | None:
    """
    One side's waist angle, degrees: at the waist between the axilla fold and the widest point of the hip (C10).

    180 = a straight flank; smaller = a deeper waist. None when two points coincide.
    """
    return inner_angle_deg(axilla, waist, hip)


def share_to_the_right(right: float, left: float) -> float | None:
    """
    (right - left) / (right + left) in percent; None when both are nothing (C10_gap on the arm-trunk gaps).

    >>> share_to_the_right(3.0, 1.0)
    50.0
    """
    return None if right + left <= 0 else 100 * (right - left) / (right + left)
