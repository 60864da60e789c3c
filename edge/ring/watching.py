"""What the station has seen of the ring: each observation once, and the picture that belongs on the screen."""

import time
from collections.abc import Sequence

from edge.camera.frame import Frame
from edge.pose.observation import Observation
from edge.ring.reader import RingReader
from edge.ring.supervisor import VisionSupervisor

DRAWABLE_S = 0.150
"""A result older than this is not drawn."""


class Watching:
    """
    Follows the ring of whichever vision process lives now; frame numbers start anew with each.

    Attributes:
        news: the observations since the last look, oldest first.
        size_px: width and height of the frames.
    """

    def __init__(self, supervisor: VisionSupervisor, size_px: tuple[int, int]) -> None:
        self._supervisor = supervisor
        self._reader: RingReader | None = None
        self._last_index = -1
        self._newest: Observation | None = None
        self.news: Sequence[Observation] = ()
        self.size_px = size_px

    def wait(self, timeout_s: float) -> None:
        """Wait for news, at most so long."""
        reader = self._supervisor.reader
        if reader is None:
            time.sleep(timeout_s)
        else:
            reader.wait(timeout_s)

    def look(self) -> None:
        """Take in what has come since the last look."""
        reader = self._supervisor.reader
        if reader is not self._reader:
            self._reader, self._last_index, self._newest = reader, -1, None
        self.news = () if reader is None else reader.observations_since(self._last_index)
        if self.news:
            self._newest = self.news[-1]
            self._last_index = self._newest.index

    def picture(self, now_s: float) -> tuple[Frame | None, Observation | None]:
        """
        Return the frame to show and what was seen in exactly this frame.

        The newest frame that has been looked at is shown with its result; if that is too old, the newest frame alone.
        """
        if self._reader is None:
            return None, None
        newest = self._newest
        if newest is not None and now_s - newest.time_s <= DRAWABLE_S:
            frame = self._reader.frame(newest.index)
            if frame is not None:
                self.size_px = frame.size_px
                return frame, newest
        frame = self._reader.latest_frame()
        if frame is not None:
            self.size_px = frame.size_px
        return frame, None
