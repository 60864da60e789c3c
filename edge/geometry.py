"""Angles in the picture plane; plain functions of points, y pointing down as in every picture."""

import math


def tilt_deg(left: tuple[float, float], right: tuple[float, float]) -> float | None:
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


def lean_deg(low: tuple[float, float], high: tuple[float, float]) -> float | None:
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
