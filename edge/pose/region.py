"""The turned square of the picture that holds one person."""

import math
from dataclasses import dataclass

MARGIN = 1.25
"""How much wider than the body's circle the square is; the landmark network was trained with it."""

SMALLEST_PX = 4.0
"""A square narrower than this holds no person."""

SAME_PERSON = 0.12
"""Centres closer than this share of the smaller square belong to one person: about 30 cm on an adult."""


@dataclass(frozen=True, slots=True)
class Region:
    """
    A square in the frame, turned about its centre.

    Attributes:
        x_px: centre, pixels of the upright frame, to the right.
        y_px: centre, pixels of the upright frame, down.
        side_px: length of a side, pixels.
        rotation_rad: clockwise in the picture, -pi to pi; 0 when the person stands upright.
    """

    x_px: float
    y_px: float
    side_px: float
    rotation_rad: float = 0.0

    @property
    def body_radius_px(self) -> float:
        """Distance from mid-hip to the body's outermost point, pixels."""
        return self.side_px / (2 * MARGIN)

    def same_person_as(self, other: "Region") -> bool:
        """
        Whether both squares hold the same person.

        >>> Region(100, 100, 200).same_person_as(Region(110, 100, 190))
        True
        >>> Region(100, 100, 200).same_person_as(Region(160, 100, 190))
        False
        """
        apart_px = math.hypot(self.x_px - other.x_px, self.y_px - other.y_px)
        return apart_px < SAME_PERSON * min(self.side_px, other.side_px)


def region_of(centre_px: tuple[float, float], top_px: tuple[float, float]) -> Region | None:
    """
    The square around a body whose circle has its centre at mid-hip and reaches up to a second point.

    None when the two points coincide or are not numbers.

    >>> region_of((50.0, 80.0), (50.0, 40.0))
    Region(x_px=50.0, y_px=80.0, side_px=100.0, rotation_rad=0.0)
    """
    dx, dy = top_px[0] - centre_px[0], top_px[1] - centre_px[1]
    side_px = 2 * MARGIN * math.hypot(dx, dy)
    if not math.isfinite(side_px + centre_px[0] + centre_px[1]) or side_px < SMALLEST_PX:
        return None
    return Region(float(centre_px[0]), float(centre_px[1]), side_px, math.atan2(dx, -dy))
