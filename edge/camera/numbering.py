"""Numbers for the frames of a camera that only tells the time."""

from edge.camera.rate import Rate


class Numbering:
    """
    Counts the frames that were due, from the times of those that came.

    >>> numbering = Numbering(fps=30.0)
    >>> [numbering.index(time_s) for time_s in (5.0, 5.033, 5.1)]
    [0, 1, 3]
    """

    def __init__(self, fps: float) -> None:
        """
        Args:
            fps: the rate the camera declares; what it really gives is followed from there.
        """
        self._rate = Rate(fps)
        self._index = -1
        self._time_s = 0.0
        self._came_s = 0.0

    @property
    def rate_hz(self) -> float:
        """How many frames are due a second."""
        return self._rate.hz

    def index(self, time_s: float, *, asked_s: float = 0.0, came_s: float = 0.0) -> int:
        """
        Return the number of the frame taken at this time; frames missed since the last one leave a gap.

        Args:
            time_s: capture time.
            asked_s: when the camera was asked for it.
            came_s: when it came. Who asks again more than a period after the last one came may have missed some, and
                such a gap says nothing about the camera.
        """
        if self._index >= 0 and asked_s - self._came_s < 1.0 / self.rate_hz:
            self._rate.add(time_s - self._time_s)
        due = round((time_s - self._time_s) * self.rate_hz) if self._index >= 0 else 1
        self._index += max(1, due)
        self._time_s, self._came_s = time_s, came_s
        return self._index
