"""When the frames of something recorded are due."""

import math

from edge.clock import Clock


class Pacing:
    """
    Due times of frames 0, 1, 2, ...; the clock starts at the first question.

        pacing = Pacing(clock, fps=30.0)
    """

    def __init__(self, clock: Clock, fps: float) -> None:
        self._clock = clock
        self._fps = fps
        self._start_s: float | None = None

    def due_s(self, index: int) -> float:
        """Return when a frame is due, seconds on CLOCK_MONOTONIC."""
        if self._start_s is None:
            self._start_s = self._clock.monotonic_s()
        return self._start_s + index / self._fps

    def newest(self, index: int) -> int:
        """Return the number of the newest frame that is due, or `index` when that one still lies ahead."""
        late_s = self._clock.monotonic_s() - self.due_s(index)
        return index + max(0, math.floor(late_s * self._fps + 1e-6))

    def wait(self, index: int) -> None:
        """Wait until a frame is due."""
        ahead_s = self.due_s(index) - self._clock.monotonic_s()
        if ahead_s > 0:
            self._clock.sleep(ahead_s)
