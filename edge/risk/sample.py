"""One moment of a movement, on an even grid of time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Landmarks


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """
    The landmarks of one person at one moment of the grid.

    Attributes:
        time_s: the moment, seconds on CLOCK_MONOTONIC.
        world_m: (33, 3) float64, metres, as `Landmarks.world_m`.
        plane_px: (33, 2) float64, pixels of the upright frame, x right and y down.
        score: (33,) float64, 0 to 1; 1 where the occlusion model filled a joint in.
    """

    time_s: float
    world_m: NDArray[np.float64]
    plane_px: NDArray[np.float64]
    score: NDArray[np.float64]


def sample_of(landmarks: Landmarks) -> Sample:
    """The landmarks of one frame, at the frame's own time."""
    score = np.where(landmarks.recovered, 1.0, landmarks.score.astype(np.float64))
    return Sample(
        landmarks.time_s, landmarks.world_m.astype(np.float64), landmarks.xyz_px[:, :2].astype(np.float64), score
    )


def between(first: Sample, second: Sample, time_s: float) -> Sample:
    """
    The sample at a moment between two others, or at one of them.

    A joint is as certain as the less certain of both: what one frame did not see cannot be known in between. At the
    very moment of a frame only that frame counts.
    """
    share = (time_s - first.time_s) / (second.time_s - first.time_s)
    if share <= 0.0 or share >= 1.0:
        here = first if share <= 0.0 else second
        return Sample(time_s, here.world_m, here.plane_px, here.score)
    world = first.world_m + share * (second.world_m - first.world_m)
    plane = first.plane_px + share * (second.plane_px - first.plane_px)
    return Sample(time_s, world, plane, np.minimum(first.score, second.score))
