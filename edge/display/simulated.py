"""A screen that nobody needs to look at."""

from collections import deque
from collections.abc import Iterable

from edge.display.display import Action, Screen
from edge.errors import DeviceError
from edge.session.tasks.inputs import Input

KEPT = 1000


class SimulatedDisplay:
    """
    Keeps what was shown and plays back what a person would do; set `connected = False` to pull the cable.

        display = SimulatedDisplay([[Action.PRESS], [], [Action.QUIT]])

    Attributes:
        shown: the newest screens, oldest first.
        connected: False makes `show` fail like a screen that is gone.
    """

    def __init__(self, script: Iterable[list[Action | Input]] = ()) -> None:
        self.shown: deque[Screen] = deque(maxlen=KEPT)
        self.connected = True
        self._script = deque(script)

    def show(self, screen: Screen) -> None:
        """Keep the screen."""
        if not self.connected:
            raise DeviceError("the simulated screen was disconnected, connect it again")
        self.shown.append(screen)

    def actions(self) -> list[Action | Input]:
        """The next entry of the script; nothing when it has been played."""
        return list(self._script.popleft()) if self._script else []

    def press(self, action: Action | Input) -> None:
        """Do this at the next call of `actions`."""
        self._script.appendleft([action])

    def close(self) -> None:
        """Nothing to give back."""
