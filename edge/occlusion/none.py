"""Where no occlusion network is installed, what was not seen stays unseen."""

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Landmarks


class NoRecovery:
    """Recovers nothing."""

    def recover(self, landmarks: Landmarks, own_score: NDArray[np.floating] | None = None) -> Landmarks:
        """Give the same landmarks back."""
        return landmarks

    def reset(self) -> None:
        """Nothing is remembered."""
