"""Whether a position has been right for long enough."""

from edge.session.sighting import Sighting

GLITCH_S = 0.2
"""A position that is wrong for less than this does not start the waiting anew."""


class Hold:
    """
    Counts the time since which frames could be used.

    Attributes:
        since_s: capture time since when; None while the position is wrong.
    """

    def __init__(self, now_s: float) -> None:
        self.since_s: float | None = None
        self._last_s = now_s

    def forget(self) -> None:
        """Start anew."""
        self.since_s = None

    def lasts(self, sighting: Sighting, long_s: float) -> bool:
        """Take in a sighting; return whether it has now been right for so long."""
        if sighting.usable:
            self.since_s = sighting.time_s if self.since_s is None else self.since_s
            self._last_s = sighting.time_s
            return sighting.time_s - self.since_s >= long_s
        if sighting.time_s - self._last_s > GLITCH_S:
            self.since_s = None
        return False
