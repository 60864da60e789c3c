"""
Measures in the picture plane, seen from behind or in front: plain functions of levelled points.

Sign of everything here: positive = the person's right side is higher, shifted to the right, leaning to the right, in
back and front views alike. Points are (x, y) in pixels, x right, y down.
"""

import math

from edge.geometry import Point, lean_deg, tilt_deg
from edge.pose.body_view import BodyView

FACTOR = {BodyView.BACK: 1.0, BodyView.FRONT: -1.0}
"""Picture right is the person's right from behind, and the left from in front."""


def pair_tilt_deg(left: Point, right: Point) -> float | None:
    """Tilt of a left-right pair, degrees; None when the points coincide."""
    return tilt_deg(left, right)


def pair_height_px(left: Point, right: Point) -> float:
    """How much higher the right point of a pair is, pixels."""
    return left[1] - right[1]


def shift_px(low: Point, high: Point, view: BodyView) -> float:
    """How far the high point stands to the person's right of the low one, pixels."""
    return FACTOR[view] * (high[0] - low[0])


def body_lean_deg(low: Point, high: Point, view: BodyView) -> float | None:
    """How far the line from the low to the high point leans to the person's right, degrees; None if they coincide."""
    lean = lean_deg(low, high)
    return None if lean is None else FACTOR[view] * lean


def length_px(low: Point, high: Point) -> float:
    """Distance between two points, pixels."""
    return math.dist(low, high)
