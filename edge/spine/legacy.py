"""
The head angle of the first program, kept so that its figures can be reproduced. Nothing the station reports uses it.

It gives the angle to the horizontal without a sign, and its joints came from a heat map: `cell_deg` says what one cell
of such a map is worth, so that nobody reads an angle finer than the map it stands on.
"""

import math

from edge.geometry import Point

HEAT_MAP_CELL_PX = (4.265625, 4.26877)
"""Width and height of one heat-map cell of that program, in pixels of its picture."""


def legacy_arccos_deg(first: Point, second: Point) -> float | None:
    """
    Angle between the line through two points and the horizontal, 0 to 90 degrees; None when the points coincide.

    >>> legacy_arccos_deg((0, 0), (0, 10))
    90.0
    >>> legacy_arccos_deg((3, 3), (3, 3)) is None
    True
    """
    distance = math.dist(first, second)
    if distance == 0:
        return None
    return math.degrees(math.acos(min(1.0, abs(first[0] - second[0]) / distance)))


def cell_deg(first: Point, second: Point, cell_px: tuple[float, float] = HEAT_MAP_CELL_PX) -> float | None:
    """
    How far the lean between two points jumps when one of them moves by one heat-map cell sideways, degrees.

    Resolution of any angle read off an undecoded heat map; None when the points are at the same height.
    """
    height = abs(second[1] - first[1])
    return None if height == 0 else math.degrees(math.atan2(cell_px[0], height))
