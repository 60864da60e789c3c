"""What has to be true of five seconds before anything is said about them."""

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Joint
from edge.risk.body import pair_rows
from edge.risk.confidence import BODY, kept, removed_share
from edge.risk.movement_risk import FACING_AWAY, STILL, UNSURE
from edge.risk.sample import Sample

LEAST_COVERAGE = 0.6
"""Of the body's joints over a window."""
LEAST_TRUNK = 0.8
"""Share of the samples in which both shoulders and both hips were seen: without them no feature says anything."""
LEAST_FACING = 0.5
"""Mean cosine between the line of the shoulders and the picture: turned less than 60 degrees away."""
LEAST_ACTIVITY = 0.2
"""
Spreads of the body. Speeds cannot tell: the landmarks of somebody who stands still tremble as fast as others walk.
"""
OUTER = (0.05, 0.95)
TRUNK = [*pair_rows("SHOULDER"), *pair_rows("HIP")]
HIPS, WRISTS = list(pair_rows("HIP")), list(pair_rows("WRIST"))
WIDTH = 6


def evidence(sample: Sample) -> NDArray[np.float32]:
    """
    (6,) float32 of one sample: coverage, whether the trunk is known, facing, then in pixels how far the body's joints
    spread, how low the hips are and how far below them the wrists; NaN where unknown.
    """
    used = kept(sample.score)
    across = sample.world_m[Joint.LEFT_SHOULDER] - sample.world_m[Joint.RIGHT_SHOULDER]
    facing = across[0] / max(float(np.sqrt(np.square(across).sum())), 1e-6)
    trunk = bool(used[TRUNK].all())
    row = np.full(WIDTH, np.nan, np.float32)
    row[:3] = 1.0 - removed_share(sample.score), trunk, facing
    if trunk:
        body = sample.plane_px[BODY[0] :][used[BODY[0] :]]
        hips = sample.plane_px[HIPS, 1].mean()
        wrists = sample.plane_px[WRISTS, 1][used[WRISTS]]
        row[3:5] = np.sqrt(body.var(axis=0).sum()), hips
        row[5] = wrists.mean() - hips if len(wrists) else np.nan
    return row


def judged(rows: NDArray[np.float32]) -> tuple[float, float, str | None]:
    """
    What a window's evidence says.

    Args:
        rows: (150, 6) as `evidence` gives them.

    Returns:
        Coverage, activity, and why there can be no index; None when there can.
    """
    coverage, trunk, facing = (float(value) for value in rows[:, :3].mean(axis=0))
    if coverage < LEAST_COVERAGE or trunk < LEAST_TRUNK:
        return coverage, 0.0, UNSURE
    if facing < LEAST_FACING:
        return coverage, 0.0, FACING_AWAY
    activity = moved(rows[:, 3:])
    return coverage, activity, STILL if activity < LEAST_ACTIVITY else None


def moved(places_px: NDArray[np.float32]) -> float:
    """
    How much a body moved, in its own spreads: the largest of how its size changed (bending, coming nearer), how far the
    hips rose and fell, and how far the wrists did against them.

    Args:
        places_px: (N, 3) spread, hips and wrists as in `evidence`.
    """
    spread = float(np.nanmedian(places_px[:, 0]))
    ranges = [_range(column) for column in places_px.T if not np.isnan(column).all()]
    return max(ranges) / max(spread, 1.0)


def _range(column: NDArray[np.float32]) -> float:
    low, high = np.nanquantile(column, OUTER)
    return float(high - low)
