"""A camera that shows what it is given and breaks when it is told to."""

import threading
from collections.abc import Sequence
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from edge.camera.frame import Frame
from edge.camera.pacing import Pacing
from edge.clock import Clock
from edge.errors import DeviceError

SLOW_FACTOR = 3


class Fault(str, Enum):
    """Ways in which real cameras have been seen to fail."""

    STOP = "stop"  # read() never returns
    FREEZE = "freeze"  # the same picture for ever
    BLACK = "black"
    WHITE = "white"
    RAISE = "raise"  # the driver says it has gone
    SLOW = "slow"  # a third of the pictures


class SimulatedCamera:
    """
    Shows pictures over and over; set `fault` to break it, None to repair it.

        camera = SimulatedCamera([], SimulatedClock(), fps=30.0)
        camera.fault = Fault.FREEZE
    """

    def __init__(
        self,
        images: Sequence[NDArray[np.uint8]],
        clock: Clock,
        *,
        fps: float = 30.0,
        size_px: tuple[int, int] = (720, 1280),
        fault: Fault | None = None,
    ) -> None:
        """
        Args:
            images: (H, W, 3) uint8, BGR, upright; empty for grey noise of `size_px` (width, height).
            fault: broken from the start.
        """
        self._images = list(images) or _noise(size_px)
        self._fps = fps
        self._pacing = Pacing(clock, fps)
        self._index = 0
        self._shown = self._images[0]
        self._closed = threading.Event()
        self.fault = fault

    @property
    def rate_hz(self) -> float:
        """Pictures a second, a third of them when told to be slow."""
        return self._fps / SLOW_FACTOR if self.fault is Fault.SLOW else self._fps

    def read(self) -> Frame:
        """Return the newest due picture, or fail as told."""
        while self.fault is Fault.STOP and not self._closed.wait(0.01):
            pass
        if self.fault is Fault.RAISE or self._closed.is_set():
            raise DeviceError("the simulated camera has gone, set its fault to None")
        index = self._pacing.newest(self._index)
        if self.fault is Fault.SLOW:
            index += -index % SLOW_FACTOR
        self._index = index + 1
        self._pacing.wait(index)
        return Frame(self._picture(index), self._pacing.due_s(index), index)

    def close(self) -> None:
        """Wake a reader that hangs; closing twice is fine."""
        self._closed.set()

    def _picture(self, index: int) -> NDArray[np.uint8]:
        if self.fault is Fault.BLACK:
            return np.zeros_like(self._shown)
        if self.fault is Fault.WHITE:
            return np.full_like(self._shown, 255)
        if self.fault is not Fault.FREEZE:
            self._shown = self._images[index % len(self._images)]
        return self._shown


def _noise(size_px: tuple[int, int]) -> list[NDArray[np.uint8]]:
    generator = np.random.default_rng(0)
    return [generator.integers(64, 192, (size_px[1], size_px[0], 3), np.uint8) for _ in range(4)]
