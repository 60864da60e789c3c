"""
Wrists the landmark network hardly believes in, held against where another network sees them.

Before dark trousers it gives a hanging wrist 0.1 to 0.3 and is right to a few centimetres all the same. A hand behind
the trunk has as little. The two networks then differ, or both place it where no hanging wrist is.
"""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from edge.camera.frame import Frame
from edge.pose.arbiter import Arbiter
from edge.pose.landmarker import Reading, landmarks_of
from edge.pose.landmarks import MIN_SCORE, Joint

WRISTS = (Joint.LEFT_WRIST, Joint.RIGHT_WRIST)
TRUNK = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP)
DOUBTFUL = 0.35
"""Below this score a wrist is held against the other network's; guidance believes in an arm from 0.3 on."""
TOGETHER = 0.2
"""Two networks mean the same wrist when they place it nearer than this share of the trunk: about 9 cm."""
EVERY_S = 0.4
"""So often the other network is asked; what it said holds until then."""


class Wrists:
    """
    The wrists of one followed person.

        reading = Wrists(arbiter).confirmed(reading, frame)
    """

    def __init__(self, arbiter: Arbiter | None = None) -> None:
        """
        Args:
            arbiter: looks again; without one every wrist stays as doubtful as it is.
        """
        self._arbiter = arbiter
        self._asked_s = -math.inf
        self._others_px: NDArray[np.float64] = np.full((2, 2), np.nan)

    def reset(self) -> None:
        """Forget the person."""
        self._asked_s, self._others_px = -math.inf, np.full((2, 2), np.nan)

    def confirmed(self, reading: Reading, frame: Frame) -> Reading:
        """The reading; a doubtful wrist that the other network places where it is counts as seen, no more."""
        doubtful = reading.score[list(WRISTS)] < DOUBTFUL
        if self._arbiter is None or not doubtful.any() or (reading.score[list(TRUNK)] < MIN_SCORE).any():
            return reading
        if frame.time_s - self._asked_s >= EVERY_S - 1e-6:
            self._asked_s = frame.time_s
            others = self._arbiter.wrists(frame, landmarks_of(reading, frame.time_s))
            self._others_px = np.full((2, 2), np.nan) if others is None else others
        score = reading.score.copy()
        for wrist, told in zip(WRISTS, doubtful & self._together(reading), strict=True):
            score[wrist] = MIN_SCORE if told else score[wrist]
        return replace(reading, score=score)

    def _together(self, reading: Reading) -> NDArray[np.bool_]:
        shoulders, hips = (reading.xyz_px[list(pair), :2].mean(axis=0) for pair in (TRUNK[:2], TRUNK[2:]))
        apart = np.linalg.norm(reading.xyz_px[list(WRISTS), :2] - self._others_px, axis=1)
        # Not a number is never near.
        return np.asarray(apart < TOGETHER * np.linalg.norm(shoulders - hips), np.bool_)
