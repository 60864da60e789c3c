"""Calming one followed person's landmarks from frame to frame."""

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarker import Reading
from edge.pose.landmarks import COUNT
from edge.pose.one_euro import OneEuroFilter
from edge.pose.region import MARGIN

SCORE_WEIGHT = 0.1
"""How much of a new score is taken; scores flicker more than bodies do."""


class Smoother:
    """
    The filters of one followed person. The two points that lead to the next region are always smoothed.

        reading = Smoother(body=True).smooth(reading, time_s)
    """

    def __init__(self, *, body: bool) -> None:
        """
        Args:
            body: smooth the landmarks too; else only the points that lead to the next region.
        """
        self._body = body
        self._landmarks = OneEuroFilter(min_cutoff_hz=0.05, beta=80.0)
        self._world = OneEuroFilter(min_cutoff_hz=0.1, beta=40.0)
        self._lead = OneEuroFilter(min_cutoff_hz=0.01, beta=10.0)
        self._score: NDArray[np.float64] | None = None

    def reset(self) -> None:
        """Forget the person."""
        for smooth in (self._landmarks, self._world, self._lead):
            smooth.reset()
        self._score = None

    def smooth(self, reading: Reading, time_s: float) -> Reading | None:
        """
        Give the next reading back, calmed; None when its leading points span no region.

        Args:
            reading: of the frame captured at `time_s`, seconds.
            time_s: later than the one before.
        """
        region = reading.region
        if region is None:
            return None
        scale = MARGIN / region.side_px
        lead = self._lead.update(reading.xyz_px[COUNT:], time_s, scale)
        if not self._body:
            return Reading(np.concatenate([reading.xyz_px[:COUNT], lead]), reading.world_m, reading.score)
        landmarks = self._landmarks.update(reading.xyz_px[:COUNT], time_s, scale)
        world_m = self._world.update(reading.world_m, time_s)
        before = reading.score if self._score is None else self._score
        self._score = before + SCORE_WEIGHT * (reading.score - before)
        return Reading(np.concatenate([landmarks, lead]), world_m, self._score)
