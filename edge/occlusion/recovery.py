"""What fills in the joints the camera could not see."""

from typing import Protocol

from edge.pose.landmarks import Landmarks


class Recovery(Protocol):
    """Says where the hidden joints of one followed person are. Used by one thread only."""

    def recover(self, landmarks: Landmarks) -> Landmarks:
        """
        Give the landmarks back, some hidden joints filled in and marked as recovered; seen joints are not touched.

        Args:
            landmarks: of the next frame, as the pose network gave them.

        Raises:
            ModelError: the network has failed.
        """

    def reset(self) -> None:
        """Forget the person."""
