"""A station without lamps and button."""

from edge.guidance.guidance import Level


class NoPanel:
    """Lights nothing and is never pressed; the screen and its keys do it all."""

    def show(self, level: Level) -> None:
        """Nothing to light."""

    def presses(self) -> int:
        """Nobody can press."""
        return 0

    def close(self) -> None:
        """Nothing to switch off."""
