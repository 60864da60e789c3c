"""The trunk's outline from behind: where it is narrowest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.people.asset import BODY
from models.people.curve import Profile
from models.people.limbs import SIGN

if TYPE_CHECKING:
    from models.people.posed import PosedBody

LOWEST, HIGHEST = "S1", "T9"
"""A waist lies between the sacrum and the lower ribs."""
STEP_M = 0.002
SMOOTH = 13
"""Steps over which the outline is averaged: a mesh has flat facets."""


def flank_edges(weights: NDArray[np.float32], faces: NDArray[np.int32], trunk: list[int]) -> NDArray[np.int32]:
    """(E, 2) edges of the skin that belongs to the trunk; `trunk` are the columns of the weights (V, slots)."""
    share = weights[:BODY, trunk].sum(axis=1)
    kept = faces[(share[faces] > 0.5).all(axis=1)]
    pairs = np.sort(np.concatenate([kept[:, [0, 1]], kept[:, [1, 2]], kept[:, [2, 0]]]), axis=1)
    edges: NDArray[np.int32] = np.unique(pairs, axis=0)
    return edges


def outline(vertices_m: NDArray[np.float64], edges: NDArray[np.int32], heights_m: Profile, sign: float) -> Profile:
    """
    (H,) how far the skin reaches to one side (sign of x) at each height (H,), from where edges (E, 2) cross it.

    The heights rise. An edge crosses few of them, and no others are looked at.
    """
    low, high = vertices_m[edges[:, 0]], vertices_m[edges[:, 1]]
    swap = low[:, 2] > high[:, 2]
    low[swap], high[swap] = high[swap], low[swap].copy()
    first = np.searchsorted(heights_m, low[:, 2], "left").clip(1) - 1
    count = (np.searchsorted(heights_m, high[:, 2], "right") + 1).clip(max=len(heights_m)) - first
    edge = np.repeat(np.arange(len(edges)), count)
    height = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count - first, count)
    low, high = low[edge], high[edge]
    share = (heights_m[height] - low[:, 2]) / np.maximum(high[:, 2] - low[:, 2], 1e-9)
    across = sign * (low[:, 0] + share * (high[:, 0] - low[:, 0]))
    crosses = (share >= 0.0) & (share <= 1.0)
    reach: Profile = np.full(len(heights_m), -np.inf)
    np.maximum.at(reach, height[crosses], across[crosses])
    return reach


def narrowest(body: PosedBody, side: str) -> NDArray[np.float64]:
    """(3,) the waist point of one side: where the outline is narrowest, or bends in most if it only slopes."""
    root, sign = body.bones.root, SIGN[side]
    low, high = root.T @ body.vertebra(LOWEST), root.T @ body.vertebra(HIGHEST)
    vertices = body.vertices_m[:BODY].astype(np.float64) @ root
    heights = np.arange(low[2], max(high[2], low[2] + 0.1), STEP_M)
    z = vertices[:, 2][body.person.flank]
    near = body.person.flank[(z.max(axis=1) > heights[0]) & (z.min(axis=1) < heights[-1])]
    reach = _smooth(outline(vertices, near, heights, sign))
    best = int(reach.argmin())
    if best in (0, len(reach) - 1):
        best = int((reach - np.linspace(reach[0], reach[-1], len(reach))).argmin())
    place: NDArray[np.float64] = root @ np.array([sign * reach[best], low[1], heights[best]])
    return place


def _smooth(reach: Profile) -> Profile:
    padded = np.pad(reach, SMOOTH // 2, mode="reflect", reflect_type="odd")
    return np.asarray(np.convolve(padded, np.ones(SMOOTH) / SMOOTH, "valid"), np.float64)
