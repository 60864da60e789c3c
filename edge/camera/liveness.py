"""Whether what the camera gives is a live picture; a camera's own word is not to be trusted."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from edge.camera.frame import Frame
from edge.camera.state import CameraState

GRID_PX = 16
"""Every 16th pixel of every 16th row is looked at: 0.1 ms a frame, and sensor noise never repeats on all of them."""
FROZEN_FRAMES = 15
DARK_MEAN, DARK_STD = 8.0, 3.0
BRIGHT_LEVEL, BRIGHT_SHARE = 250, 0.6
SLOW_SHARE = 0.8
SLOW_FRAMES = 20


class Liveness:
    """
    Judges frames one after another.

        state = Liveness(fps=30.0).judge(frame)
    """

    def __init__(self, fps: float, *, frozen_frames: int | None = FROZEN_FRAMES) -> None:
        """
        Args:
            fps: the rate the camera was asked for, or the recording declares.
            frozen_frames: so many equal frames in a row are a frozen camera; None where still pictures are expected.
        """
        self.due_hz = fps
        self._frozen_frames = frozen_frames
        self._times_s: deque[float] = deque(maxlen=SLOW_FRAMES)
        self._last: NDArray[np.uint8] | None = None
        self._equal = 1

    def judge(self, frame: Frame) -> CameraState:
        """Return FINE, DARK, BRIGHT, FROZEN or SLOW: the first that explains why this picture is of no use."""
        sample = frame.image[GRID_PX // 2 :: GRID_PX, GRID_PX // 2 :: GRID_PX].copy()
        same = self._last is not None and np.array_equal(sample, self._last)
        self._equal = self._equal + 1 if same else 1
        self._last = sample
        self._times_s.append(frame.time_s)
        if sample.size and sample.mean() < DARK_MEAN and sample.std() < DARK_STD:
            return CameraState.DARK
        if sample.size and (sample >= BRIGHT_LEVEL).all(axis=2).mean() > BRIGHT_SHARE:
            return CameraState.BRIGHT
        if self._frozen_frames is not None and self._equal >= self._frozen_frames:
            return CameraState.FROZEN
        return CameraState.SLOW if self._slow() else CameraState.FINE

    @property
    def given_hz(self) -> float | None:
        """Pictures that have come a second, lately; None while there are too few to say."""
        if len(self._times_s) < SLOW_FRAMES or self._times_s[-1] <= self._times_s[0]:
            return None
        return (SLOW_FRAMES - 1) / (self._times_s[-1] - self._times_s[0])

    def _slow(self) -> bool:
        given_hz = self.given_hz
        return given_hz is not None and given_hz < SLOW_SHARE * self.due_hz
