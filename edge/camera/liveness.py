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
RECOVERED_S = 2.0
"""A camera that was slow has to keep its rate for so long before it is called well again."""
STEADY_SHARE = 0.1
"""The rate that is told changes only by more than this share of it: words on a screen must not flicker."""


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
        self._slow_s: float | None = None
        self._given_hz = 0.0
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
    def given_hz(self) -> float:
        """Pictures a second that a slow camera gives."""
        return self._given_hz

    def _slow(self) -> bool:
        """Whether too few pictures have come lately, or did less than two seconds ago."""
        span_s = self._times_s[-1] - self._times_s[0]
        if len(self._times_s) == SLOW_FRAMES and SLOW_SHARE * self.due_hz * span_s > SLOW_FRAMES - 1:
            self._slow_s = self._times_s[-1]
            given_hz = (SLOW_FRAMES - 1) / span_s
            if abs(given_hz - self._given_hz) > STEADY_SHARE * given_hz:
                self._given_hz = given_hz
        return self._slow_s is not None and self._times_s[-1] - self._slow_s < RECOVERED_S
