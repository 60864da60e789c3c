"""What the spine network read in one frame."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Landmarks
from edge.pose.spine_points import SpinePoints


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """
    What the network makes of the column as a whole, read from the picture and not from points. For research alone: on
    people of flesh and blood it is not calibrated, so no screen and no report shows it.

    Attributes:
        largest: signed size of the largest curve, in the unit it was trained in; + = convex to the person's right.
        deviation: (7,) float64, how far the centres of the seven vertebrae S to C7 stand from the line S-C7, % of its
            length; + = to the person's right.
    """

    largest: float
    deviation: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class SpineReading:
    """
    One frame.

    Attributes:
        landmarks: the joints, with those the network reads put in the place of the old ones; None when refused.
        spine: the points of spine and back; None when refused.
        trend: None when refused.
        reason: why the reading was refused; None when it was not.
    """

    landmarks: Landmarks | None
    spine: SpinePoints | None
    trend: Trend | None
    reason: str | None = None

    def __post_init__(self) -> None:
        if (self.landmarks is None) != (self.spine is None) or (self.spine is None) == (self.reason is None):
            raise ValueError("a reading has joints and spine points, or a reason, never both or neither")
