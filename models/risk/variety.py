"""The same movement by somebody else: mirrored, with other proportions, now and then less surely measured."""

from dataclasses import replace

import numpy as np

from models.risk.motion import ARMS, HIPS, LEGS, SHOULDERS, UPPER, Array, Motion, middle
from models.risk.pose_noise import MIRROR

TRUNK, SHOULDERS_WIDE, HIPS_WIDE, ARM_LONG, LEG_LONG = 0.05, 0.06, 0.06, 0.04, 0.04
"""Standard deviations of how much a part differs, as a share: about those between adults of one stature."""
TREMBLING_SHARE, TREMBLE_M, TREMBLE_S = 0.25, (0.003, 0.012), 0.15
"""How many movements tremble as if another source had measured them, by how much at each joint, and for how long."""


def varied(motion: Motion, rng: np.random.Generator) -> Motion:
    """A movement mirrored half of the time, by a body of other proportions; what it lacks stays what it was."""
    points = motion.points_m
    if rng.random() < 0.5:
        points = points[:, MIRROR] * np.array([-1.0, 1.0, 1.0])
    shares = np.exp(rng.normal(0.0, 1.0, 5) * (TRUNK, SHOULDERS_WIDE, HIPS_WIDE, ARM_LONG, LEG_LONG))
    points = _grown(points, shares)
    if rng.random() < TREMBLING_SHARE:
        points = points + _tremble(points.shape, motion.rate_hz, float(rng.uniform(*TREMBLE_M)), rng)
    return replace(motion, points_m=points)


def _tremble(shape: tuple[int, ...], rate_hz: float, sd_m: float, rng: np.random.Generator) -> Array:
    """(F, 33, 3) metres: errors of every joint by itself that last a moment."""
    length = max(1, round(TREMBLE_S * rate_hz))
    ways = np.cumsum(rng.normal(0.0, sd_m, (shape[0] + length, *shape[1:])), axis=0)
    return np.asarray((ways[length:] - ways[:-length]) / np.sqrt(length), np.float64)


def _grown(points: Array, shares: Array) -> Array:
    """The joints with trunk, shoulders, hips, arms and legs longer or shorter, one limb carried by the next."""
    trunk, shoulders, hips, arm, leg = shares
    grown: Array = points.copy()
    rise = (trunk - 1.0) * (middle(points, SHOULDERS) - middle(points, HIPS))
    grown[:, UPPER] += rise[:, None]
    for pair, limbs, wide, long in ((SHOULDERS, ARMS, shoulders, arm), (HIPS, LEGS, hips, leg)):
        centre = middle(points, pair)
        for joint, limb in zip(pair, limbs, strict=True):
            moved = (wide - 1.0) * (points[:, joint] - centre)
            grown[:, joint] += moved
            grown[:, limb] += moved[:, None] + (long - 1.0) * (points[:, limb] - points[:, [joint]])
    # Who has longer legs stands higher; the floor stays where it was.
    grown[..., 2] += points[..., 2].min() - grown[..., 2].min()
    return grown
