"""From frames at whatever times they came to thirty samples a second."""

from collections.abc import Iterator

from edge.risk.sample import Sample, between
from edge.risk.window import LONGEST_GAP_S, RATE_HZ

ROUNDING_S = 1e-9
"""Times of frames at exactly thirty a second must not fall short of the grid by a rounding."""


class Resampler:
    """
    Interpolates between frames by their capture time. The grid begins at the first frame.

        for sample in resampler.add(sample_of(landmarks)): ...
    """

    def __init__(self) -> None:
        self._before: Sample | None = None
        self._start_s, self._number = 0.0, 0

    def reset(self) -> None:
        """The next frame begins a new grid."""
        self._before = None

    def breaks(self, time_s: float) -> bool:
        """Whether a frame at this time comes too late after the last one, or before it, to carry on."""
        if self._before is None:
            return False
        pause_s = time_s - self._before.time_s
        return not 0.0 < pause_s <= LONGEST_GAP_S + ROUNDING_S

    def add(self, frame: Sample) -> Iterator[Sample]:
        """
        Give every sample of the grid up to this frame.

        Raises:
            ValueError: the frame breaks the grid, see `breaks`; reset first.
        """
        before, self._before = self._before, frame
        if before is None:
            self._start_s, self._number = frame.time_s, 1
            yield frame
            return
        if not 0.0 < frame.time_s - before.time_s <= LONGEST_GAP_S + ROUNDING_S:
            raise ValueError(f"{frame.time_s - before.time_s:.3f} s between two frames break the grid; reset first")
        while (time_s := self._start_s + self._number / RATE_HZ) <= frame.time_s + ROUNDING_S:
            self._number += 1
            yield between(before, frame, time_s)
