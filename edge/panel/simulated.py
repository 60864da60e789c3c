"""Lamps and a button that exist only in memory."""

from edge.errors import DeviceError
from edge.guidance.guidance import Level


class SimulatedPanel:
    """
    Keeps the levels it was shown; `press` is the person's finger. Set `connected = False` to cut the cable.

    Attributes:
        shown: every level, oldest first.
        connected: False makes `show` fail like a panel that is gone.
    """

    def __init__(self) -> None:
        self.shown: list[Level] = []
        self.connected = True
        self._presses = 0

    def press(self) -> None:
        """Press the button once."""
        self._presses += 1

    def show(self, level: Level) -> None:
        """Keep the level."""
        if not self.connected:
            raise DeviceError("the simulated panel was disconnected, connect it again")
        if not self.shown or self.shown[-1] is not level:
            self.shown.append(level)

    def presses(self) -> int:
        """Presses since the last call."""
        presses, self._presses = self._presses, 0
        return presses

    def close(self) -> None:
        """Nothing to switch off."""
