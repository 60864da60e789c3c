"""The planes of the body a measure is taken in."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Point3 = NDArray[np.floating]
"""(3,), metres, world: x right, y forward, z up for a person whose heading is 0."""


@dataclass(frozen=True, slots=True)
class Planes:
    """
    The person's coronal and sagittal plane. Both are vertical and turn with the person's heading only, so neither
    the camera nor a twist of the trunk has any part in them.

    Attributes:
        heading_deg: turn of the person about the vertical, counter-clockwise seen from above is positive.
    """

    heading_deg: float = 0.0

    def right_m(self, point_m: Point3) -> float:
        """How far to the person's right a point lies, metres."""
        turn = math.radians(self.heading_deg)
        return float(point_m[0]) * math.cos(turn) + float(point_m[1]) * math.sin(turn)

    def forward_m(self, point_m: Point3) -> float:
        """How far forward (anterior) a point lies, metres."""
        turn = math.radians(self.heading_deg)
        return float(point_m[1]) * math.cos(turn) - float(point_m[0]) * math.sin(turn)

    def coronal(self, point_m: Point3) -> tuple[float, float]:
        """A point in the coronal plane: (right, up) in metres."""
        return self.right_m(point_m), float(point_m[2])

    def sagittal(self, point_m: Point3) -> tuple[float, float]:
        """A point in the sagittal plane: (forward, up) in metres."""
        return self.forward_m(point_m), float(point_m[2])

    def coronal_all(self, points_m: NDArray[np.floating]) -> NDArray[np.float64]:
        """(N, 3) points in metres as (N, 2): right and up, metres."""
        turn = math.radians(self.heading_deg)
        right = points_m[:, 0] * math.cos(turn) + points_m[:, 1] * math.sin(turn)
        return np.column_stack([right, points_m[:, 2]]).astype(np.float64)


Point2 = tuple[float, float]


def middle(points_m: Sequence[Point3]) -> NDArray[np.float64]:
    """The mean of some points, (3,) in metres."""
    mean: NDArray[np.float64] = np.mean(np.asarray(points_m, dtype=np.float64), axis=0)
    return mean


def elevation_deg(left: Point2, right: Point2) -> float:
    """How much higher the right one of a pair stands, degrees against the horizontal."""
    return math.degrees(math.atan2(right[1] - left[1], abs(right[0] - left[0])))


def inclination_deg(low: Point2, high: Point2) -> float:
    """How far the way from a low to a high point leans to the positive side, degrees against the vertical."""
    return math.degrees(math.atan2(high[0] - low[0], high[1] - low[1]))


def corner_deg(first: Point2, corner: Point2, last: Point2) -> float:
    """The angle at a corner, 0 to 180 degrees; 180 is straight."""
    one, other = np.subtract(first, corner), np.subtract(last, corner)
    cross = one[0] * other[1] - one[1] * other[0]
    return math.degrees(math.atan2(abs(cross), float(one @ other)))
