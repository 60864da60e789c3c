"""Numbers for the frames of a camera that only tells the time."""


class Numbering:
    """
    Counts the frames that were due, from the times of those that came.

    >>> numbering = Numbering(fps=30.0)
    >>> [numbering.index(time_s) for time_s in (5.0, 5.033, 5.1)]
    [0, 1, 3]
    """

    def __init__(self, fps: float) -> None:
        self._fps = fps
        self._index = -1
        self._time_s = 0.0

    def index(self, time_s: float) -> int:
        """Return the number of the frame taken at this time; frames missed since the last one leave a gap."""
        due = round((time_s - self._time_s) * self._fps) if self._index >= 0 else 1
        self._index += max(1, due)
        self._time_s = time_s
        return self._index
