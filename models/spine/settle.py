"""
The last step of the network: each point moves by what all the others say about how uneven the person is.

A heat map finds each point for itself, and a hip under a shirt is drawn to where hips are on the average: the tilt of a
pelvis comes out at half its size. Waist, shoulder blades, midline and head know better. What they know is linear to a
good approximation, so that one matrix, fitted on the network's own answers, does it. It looks at nothing but left
against right: a person and the mirror image are moved alike.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from edge.pose.spine_mirror import OTHER_SIDES
from models.spine.layout import COUNT, MIDLINE, POINTS

SHOULDERS = POINTS.index("left_shoulder"), POINTS.index("right_shoulder")
WIDE, WIDTH_PX = 0.35, 20.0
"""From how many trunks between the shoulders on a person counts as seen from behind or in front, and fully so."""
TALL_PX, HEIGHT_PX = 60.0, 30.0
"""From what height of the trunk on it counts as upright, and fully so; pixels of the input."""
STRENGTH = 0.03
"""Of the regression's penalty, in variances of what it looks at."""
KNOWN = 0.97
"""A point that fewer pictures hold is left where it is."""
FEWEST = 300
"""Pictures, for a matrix to be worth fitting."""

Floats = NDArray[np.float64]


def uneven() -> Floats:
    """
    (148, 148): times the points, x and y in turn, it gives what is uneven about them, in the same order.

    Across, how far the middle of a pair, or a point of the middle, lies beside the middle between sacrum and C7; down,
    half the difference of a pair. Both change their sign in a mirror.
    """
    across, down = np.zeros((COUNT, 2, COUNT, 2)), np.zeros((COUNT, 2, COUNT, 2))
    for point, other in enumerate(OTHER_SIDES):
        across[point, 0, point, 0] += 0.5
        across[other, 0, point, 0] += 0.5
        across[[MIDLINE[0], MIDLINE[-1]], 0, point, 0] -= 0.5
        down[point, 1, point, 1] += 0.5
        down[other, 1, point, 1] -= 0.5
    return (across + down).reshape(2 * COUNT, 2 * COUNT)


def gate() -> NDArray[np.float32]:
    """(148, 3) float32: times the points: seen from behind, seen in front, upright; clipped to 0 to 1 by who asks."""
    apart, tall = np.zeros((COUNT, 2)), np.zeros((COUNT, 2))
    apart[SHOULDERS[1], 0], apart[SHOULDERS[0], 0] = 1.0, -1.0
    tall[MIDLINE[0], 1], tall[MIDLINE[-1], 1] = 1.0, -1.0
    columns = [(apart - WIDE * tall) / WIDTH_PX, (-apart - WIDE * tall) / WIDTH_PX, tall / HEIGHT_PX]
    return np.stack([column.reshape(-1) for column in columns], 1).astype(np.float32)


GATE_OFFSET = (0.0, 0.0, -TALL_PX / HEIGHT_PX)
"""Added to what `gate` gives."""


class Settle(nn.Module):
    """Moves (B, 74, 2) points; a new one leaves them where they are."""

    def __init__(self) -> None:
        super().__init__()
        for view in ("back", "front"):
            self.register_buffer(view, torch.zeros(2 * COUNT, 2 * COUNT))
        self.register_buffer("gate", torch.from_numpy(gate()), persistent=False)
        self.register_buffer("offset", torch.tensor(GATE_OFFSET), persistent=False)

    def forward(self, points: Tensor) -> Tensor:
        # Half precision rounds places to whole pixels.
        with torch.autocast(points.device.type, enabled=False):
            flat = points.flatten(1)
            back, front, upright = (flat @ self.gate + self.offset).clamp(0.0, 1.0).split(1, 1)
            moved = flat + upright * (back * (flat @ self.back) + front * (flat @ self.front))
            return moved.view_as(points)


def fitted(found: Floats, wanted: Floats, known: NDArray[np.bool_]) -> NDArray[np.float32]:
    """
    (148, 148) float32: how points move; all zero where there is too little to learn from.

    Args:
        found: (N, 74, 2) where the network sees the points of people seen from one side.
        wanted: (N, 74, 2) where they are.
        known: (N, 74) whether that is known.
    """
    columns = np.repeat(known.mean(axis=0) >= KNOWN, 2) if len(known) else np.zeros(2 * COUNT, np.bool_)
    whole = known[:, columns[::2]].all(axis=1)
    matrix = np.zeros((2 * COUNT, 2 * COUNT))
    if whole.sum() < FEWEST:
        return matrix.astype(np.float32)
    look = uneven()[:, columns] * columns[:, None]
    seen = found[whole].reshape(-1, 2 * COUNT) @ look
    off = (wanted - found)[whole].reshape(-1, 2 * COUNT) @ look
    spread = seen.std(axis=0) + 1e-9
    scaled = seen / spread
    gram = scaled.T @ scaled / len(scaled) + STRENGTH * np.eye(scaled.shape[1])
    weights = np.linalg.solve(gram, scaled.T @ off / len(scaled)) / spread[:, None]
    matrix[:, columns] = look @ weights
    return matrix.astype(np.float32)
