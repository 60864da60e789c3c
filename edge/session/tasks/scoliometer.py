"""Entering what somebody reads off a scoliometer while the person bends: three levels, whole degrees with a side."""

from edge.session.summary import ScoliometerReading
from edge.session.tasks.inputs import Input, Key
from edge.session.tasks.number import NumberEntry
from edge.session.tasks.view import ScoliometerView

LEVELS = ("thoracic", "thoracolumbar", "lumbar")
LARGEST_DEG = 30
READING = NumberEntry(low=-LARGEST_DEG, high=LARGEST_DEG, step=1, start=0)


class ScoliometerEntry:
    """
    Asks for the levels one after the other; a level that is skipped was not taken.

        entry = ScoliometerEntry(now_s, most_s=120)

    Attributes:
        readings: of the levels that are over.
    """

    def __init__(self, now_s: float, most_s: float) -> None:
        """
        Args:
            now_s: monotonic seconds.
            most_s: how long it may take altogether; what is missing then was not taken.
        """
        self.readings: list[ScoliometerReading] = []
        self._ends_s = now_s + most_s
        self._entry = READING

    @property
    def over(self) -> bool:
        """Whether every level has been asked for."""
        return len(self.readings) == len(LEVELS)

    def update(self, now_s: float) -> None:
        """Give up when the time is over."""
        if now_s >= self._ends_s:
            self.stop()

    def put(self, entered: Input) -> None:
        """A key or a touch."""
        if self.over:
            return
        if entered is Key.SKIP:
            self._keep(None)
        elif entered is Key.CONFIRM:
            if self._entry.value is not None:
                self._keep(self._entry.value)
        else:
            self._entry = self._entry.put(entered)

    def stop(self) -> None:
        """What has not been entered was not taken."""
        while not self.over:
            self._keep(None)

    def broken_off(self) -> list[ScoliometerReading]:
        """The readings there would be if everything ended now."""
        return [*self.readings, *(_reading(level, None) for level in LEVELS[len(self.readings) :])]

    def view(self, now_s: float) -> ScoliometerView | None:
        """What the screen needs; None when it is over."""
        if self.over:
            return None
        number = len(self.readings)
        return ScoliometerView(LEVELS[number], number + 1, self._entry, max(0.0, self._ends_s - now_s))

    def _keep(self, atr_deg: int | None) -> None:
        self.readings.append(_reading(LEVELS[len(self.readings)], atr_deg))
        self._entry = READING


def _reading(level: str, atr_deg: int | None) -> ScoliometerReading:
    return ScoliometerReading.model_validate({"level": level, "atr_deg": atr_deg})
