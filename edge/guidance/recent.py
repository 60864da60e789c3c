"""The last second of a person: whether they move, and how they are turned once the network's noise is averaged out."""

import statistics
from collections import deque

from edge.guidance.figure import Figure

WINDOW_S = 1.0
MOVE_WINDOW_S = 0.5
FEWEST = 5


class Recent:
    """
    Remembers the figures of the last second.

        recent.add(figure, time_s)
        recent.speed_per_s, recent.yaw_deg
    """

    def __init__(self) -> None:
        self._figures: deque[tuple[float, Figure]] = deque(maxlen=120)

    def add(self, figure: Figure, time_s: float) -> None:
        """Take in one frame."""
        self._figures.append((time_s, figure))
        while time_s - self._figures[0][0] > WINDOW_S:
            self._figures.popleft()

    def clear(self) -> None:
        """Forget everything, as after a pause."""
        self._figures.clear()

    @property
    def yaw_deg(self) -> float | None:
        """Median yaw of the last second; None before there are enough frames."""
        if len(self._figures) < FEWEST:
            return None
        return statistics.median(figure.yaw_deg for _, figure in self._figures)

    @property
    def speed(self) -> float | None:
        """How far the middle of the shoulders went sideways in the last half second, trunk lengths per second."""
        if not self._figures:
            return None
        newest_s = self._figures[-1][0]
        near = [(time_s, figure) for time_s, figure in self._figures if newest_s - time_s <= MOVE_WINDOW_S]
        if len(near) < FEWEST:
            return None
        third = max(1, len(near) // 3)
        start, end = near[:third], near[-third:]
        gone = _mean([f.shoulders_px[0] for _, f in end]) - _mean([f.shoulders_px[0] for _, f in start])
        took_s = _mean([t for t, _ in end]) - _mean([t for t, _ in start])
        return abs(gone) / near[-1][1].trunk_px / took_s if took_s > 0 else None


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
