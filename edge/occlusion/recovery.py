"""What fills in the joints the camera could not see."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Landmarks


class Recovery(Protocol):
    """Says where the hidden joints of one followed person are. Used by one thread only."""

    def recover(self, landmarks: Landmarks, own_score: NDArray[np.floating] | None = None) -> Landmarks:
        """
        Give the landmarks back, some hidden joints filled in and marked as recovered; seen joints are not touched.

        Args:
            landmarks: of the next frame, as the pose network gave them.
            own_score: (33,) scores of this frame alone where those of the landmarks are calmed over several: a joint
                that has just been hidden still counts as seen by these.

        Raises:
            ModelError: the network has failed.
        """

    def reset(self) -> None:
        """Forget the person."""
