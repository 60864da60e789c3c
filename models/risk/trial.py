"""Takes played through the station's own tracker."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from edge.risk.movement_risk import MovementRisk
from edge.risk.movement_tracker import assess
from edge.risk.network import MovementNetwork
from models.risk.motion import Motion
from models.risk.pose_noise import TaskNoise
from models.risk.take import Take, film, frame_times

AFTER_S, LEAST_S = 1.2, 6.2
"""A take goes on for a while after the movement, and is never shorter than this."""


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """
    What everything is tried with.

    Attributes:
        network: the artefact.
        noises: task -> how the landmark network errs.
    """

    network: MovementNetwork
    noises: Mapping[str, TaskNoise]

    def take(self, motion: Motion, rng: np.random.Generator, rate_hz: float = 30.0) -> Take:
        """A whole take of a movement, half a second of standing before it."""
        times = frame_times(max(motion.seconds + 0.5 + AFTER_S, LEAST_S), rng, rate_hz, 0.002)
        return film(motion, times, self.noises[motion.task], rng, -0.5)

    def index(self, motion: Motion, rng: np.random.Generator) -> MovementRisk:
        """The index of a whole take."""
        return assess(self.take(motion, rng).observations(), self.network)
