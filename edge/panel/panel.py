"""What every panel can do."""

from typing import Protocol

from edge.guidance.guidance import Level


class Panel(Protocol):
    """Lamps and a button beside the person."""

    def show(self, level: Level) -> None:
        """Light the lamps for a level."""

    def presses(self) -> int:
        """How often the button was pressed since the last call."""

    def close(self) -> None:
        """Lamps off; closing twice is fine."""
