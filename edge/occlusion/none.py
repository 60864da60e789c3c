"""Where no occlusion network is installed, what was not seen stays unseen."""

from edge.pose.landmarks import Landmarks


class NoRecovery:
    """Recovers nothing."""

    def recover(self, landmarks: Landmarks) -> Landmarks:
        """Give the same landmarks back."""
        return landmarks

    def reset(self) -> None:
        """Nothing is remembered."""
