"""Somebody to ask where the landmark network is in doubt about a person: another network, trained on other things."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from edge.camera.frame import Frame
from edge.pose.landmarks import Landmarks


class Arbiter(Protocol):
    """Looks at the same person again; it takes time, so that it is asked only in doubt."""

    def facing(self, frame: Frame, landmarks: Landmarks) -> int:
        """Return +1 where it is certain to see a back, -1 a front, 0 where it is not certain."""

    def wrists(self, frame: Frame, landmarks: Landmarks) -> NDArray[np.float64] | None:
        """Return (2, 2) float64, pixels: left and right wrist, NaN for one not seen; None where nobody can be."""
