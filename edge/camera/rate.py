"""How many pictures a second a camera really gives, whatever it declares."""

import statistics
from collections import deque

GAPS = 30
FEWEST = 12


class Rate:
    """
    What the camera declares until there are enough gaps between its pictures, then what these say.

    Only gaps that are the camera's own may be added: one in which pictures were lost by us would slow it down.

    >>> rate = Rate(declared_hz=30.0)
    >>> for _ in range(12): rate.add(0.1)
    >>> round(rate.hz, 3)
    10.0
    """

    def __init__(self, declared_hz: float) -> None:
        self._declared_hz = declared_hz
        self._gaps_s: deque[float] = deque(maxlen=GAPS)

    def add(self, gap_s: float) -> None:
        """Take in the time between two pictures that followed each other."""
        if gap_s > 0:
            self._gaps_s.append(gap_s)

    @property
    def hz(self) -> float:
        """Pictures a second; the longest and shortest quarter of the gaps do not count, a hiccup is no rate."""
        if len(self._gaps_s) < FEWEST:
            return self._declared_hz
        quarter = len(self._gaps_s) // 4
        return 1.0 / statistics.fmean(sorted(self._gaps_s)[quarter:-quarter])
