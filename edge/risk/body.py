"""One moment of a body, freed of place, distance and size."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Joint

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """
    Joints of one person, or of many at once; NaN where a joint is unknown.

    One body length is the way from shoulder over hip and knee to the ankle, mean of both sides. Axes are those of a
    camera that the person faces: x to the person's left, y down, z backwards.

    Attributes:
        space: (..., 33, 3) float64, body lengths from mid-hip, as the network guesses the body in space.
        plane: (..., 33, 2) float64, body lengths from mid-hip, as seen in the picture.
        hip_px: (..., 2) float64, pixels of the picture: mid-hip; x grows to the person's left here too.
        length_px: (...) float64, pixels: one body length.
    """

    space: Array
    plane: Array
    hip_px: Array
    length_px: Array


def pair_rows(name: str) -> tuple[int, int]:
    """Left and right row of a joint such as 'KNEE'."""
    return Joint[f"LEFT_{name}"], Joint[f"RIGHT_{name}"]
