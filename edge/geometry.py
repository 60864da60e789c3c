"""Angles in the picture plane; plain functions of points, y pointing down as in every picture."""

import math

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]


def tilt_deg(left: Point, right: Point) -> float | None:
    """
    Tilt of the line between a left and a right point, degrees; positive = the person's right is higher.

    Works alike in front and back views, since only the height difference has a sign. None when the points coincide.

    >>> tilt_deg((0, 10), (100, 10))
    0.0
    >>> tilt_deg((0, 10), (0, 10)) is None
    True
    """
    dx, dy = abs(right[0] - left[0]), left[1] - right[1]
    if dx == 0 and dy == 0:
        return None
    return math.degrees(math.atan2(dy, dx))


def lean_deg(low: Point, high: Point) -> float | None:
    """
    Lean of the line from a low to a high point away from the vertical, degrees; positive = towards picture right.

    None when the points coincide.

    >>> round(lean_deg((0, 100), (10, 0)), 3)
    5.711
    """
    dx, dy = high[0] - low[0], low[1] - high[1]
    if dx == 0 and dy == 0:
        return None
    return math.degrees(math.atan2(dx, dy))


def inner_angle_deg(first: Point, corner: Point, last: Point) -> float | None:
    """
    Angle at the corner between two limbs, 0 to 180 degrees; 180 = stretched. None when two points coincide.

    >>> inner_angle_deg((0, 0), (0, 10), (0, 20))
    180.0
    """
    ax, ay = first[0] - corner[0], first[1] - corner[1]
    bx, by = last[0] - corner[0], last[1] - corner[1]
    if (ax == 0 and ay == 0) or (bx == 0 and by == 0):
        return None
    return math.degrees(abs(math.atan2(ax * by - ay * bx, ax * bx + ay * by)))


def levelled(points_px: NDArray[np.floating], roll_deg: float) -> NDArray[np.float64]:
    """
    The points as a level camera would have had them, up to a shift: turned about the picture's origin.

    Args:
        points_px: (N, 2), pixels, x right and y down.
        roll_deg: how far the camera is rolled, clockwise as the camera looks is positive.

    >>> levelled(np.array([[100.0, 0.0]]), 90.0).round(3).tolist()
    [[0.0, 100.0]]
    """
    c, s = math.cos(math.radians(roll_deg)), math.sin(math.radians(roll_deg))
    # A camera rolled clockwise shows the world turned the other way: turning back is clockwise too.
    turned: NDArray[np.float64] = np.asarray(points_px, dtype=np.float64) @ np.array([[c, s], [-s, c]])
    return turned
