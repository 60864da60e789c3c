"""What has to be true of five seconds before anything is said about them."""

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Joint
from edge.risk.body import pair_rows
from edge.risk.confidence import kept, removed_share
from edge.risk.layout import NAMES
from edge.risk.movement_risk import FACING_AWAY, STILL, UNSURE
from edge.risk.sample import Sample

LEAST_COVERAGE = 0.6
"""Of the body's joints over a window."""
LEAST_TRUNK = 0.8
"""Share of the samples in which both shoulders and both hips were seen: without them no feature says anything."""
LEAST_FACING = 0.5
"""Mean cosine between the line of the shoulders and the picture: turned less than 60 degrees away."""
LEAST_ACTIVITY = 0.06
"""Body lengths a second: quiet standing stays below, every one of the three tasks is above."""
TRUNK = [*pair_rows("SHOULDER"), *pair_rows("HIP")]
WIDTH = 4
_SPEEDS = [
    NAMES.index(name) for name in ("left_wrist_per_s", "right_wrist_per_s", "hip_across_per_s", "hip_down_per_s")
]


def evidence(sample: Sample, features: NDArray[np.float64]) -> NDArray[np.float32]:
    """(4,) float32 of one sample: coverage, whether the trunk is known, facing, activity; NaN where unknown."""
    across = sample.world_m[Joint.LEFT_SHOULDER] - sample.world_m[Joint.RIGHT_SHOULDER]
    facing = across[0] / max(float(np.sqrt(np.square(across).sum())), 1e-6)
    coverage = 1.0 - removed_share(sample.score)
    activity = 0.5 * np.abs(features[_SPEEDS]).sum()
    return np.array([coverage, kept(sample.score[TRUNK]).all(), facing, activity], np.float32)


def judged(rows: NDArray[np.float32]) -> tuple[float, float, str | None]:
    """
    What a window's evidence says.

    Args:
        rows: (150, 4) as `evidence` gives them.

    Returns:
        Coverage, activity, and why there can be no index; None when there can.
    """
    coverage, trunk, facing = (float(value) for value in rows[:, :3].mean(axis=0))
    speeds = rows[~np.isnan(rows[:, 3]), 3]
    activity = float(speeds.mean()) if len(speeds) else 0.0
    if coverage < LEAST_COVERAGE or trunk < LEAST_TRUNK:
        return coverage, activity, UNSURE
    if facing < LEAST_FACING:
        return coverage, activity, FACING_AWAY
    return coverage, activity, STILL if activity < LEAST_ACTIVITY else None
