"""The trunk's outline from behind: where it is narrowest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.people.asset import BODY
from models.people.curve import Profile
from models.people.limbs import SIGN
from models.people.posture import level_index

if TYPE_CHECKING:
    from models.people.posed import PosedBody

LOWEST, HIGHEST = "L5", "T9"
"""A waist lies between these vertebrae: above the iliac crest, below the chest's widest place."""
STEP_M = 0.002


def flank_edges(weights: NDArray[np.float32], faces: NDArray[np.int32], trunk: list[int]) -> NDArray[np.int32]:
    """(E, 2) edges of the skin that belongs to the trunk; `trunk` are the columns of the weights (V, slots)."""
    share = weights[:BODY, trunk].sum(axis=1)
    kept = faces[(share[faces] > 0.5).all(axis=1)]
    pairs = np.sort(np.concatenate([kept[:, [0, 1]], kept[:, [1, 2]], kept[:, [2, 0]]]), axis=1)
    edges: NDArray[np.int32] = np.unique(pairs, axis=0)
    return edges


def outline(vertices_m: NDArray[np.float64], edges: NDArray[np.int32], heights_m: Profile, sign: float) -> Profile:
    """(H,) how far the skin reaches to one side (sign of x) at each height (H,), from where edges (E, 2) cross it."""
    low, high = vertices_m[edges[:, 0]], vertices_m[edges[:, 1]]
    swap = low[:, 2] > high[:, 2]
    low[swap], high[swap] = high[swap], low[swap].copy()
    span = np.maximum(high[:, 2] - low[:, 2], 1e-9)
    share = (heights_m[:, None] - low[None, :, 2]) / span
    across = sign * (low[:, 0] + share * (high[:, 0] - low[:, 0]))
    reach: Profile = np.where((share >= 0.0) & (share <= 1.0), across, -np.inf).max(axis=1)
    return reach


def narrowest(body: PosedBody, side: str) -> NDArray[np.float64]:
    """(3,) the waist point of one side; where there is no waist, the narrowest end of the range."""
    low, high = body.vertebra(LOWEST), body.vertebra(HIGHEST)
    root, sign = body.bones.root, SIGN[side]
    vertices = body.vertices_m[:BODY].astype(np.float64) @ root
    edges = body.person.flank
    z = vertices[:, 2][edges]
    near = edges[(z.max(axis=1) > low[2] - STEP_M) & (z.min(axis=1) < high[2] + STEP_M)]
    heights = np.arange(low[2], high[2], STEP_M)
    reach = np.convolve(np.pad(outline(vertices, near, heights, sign), 4, mode="edge"), np.ones(9) / 9, "valid")
    best = int(reach.argmin())
    depth = np.interp(heights[best], [low[2], high[2]], [(root.T @ low)[1], (root.T @ high)[1]])
    place: NDArray[np.float64] = root @ np.array([sign * reach[best], depth, heights[best]])
    return place
