"""
The last step of the network: each point moves by what all the others say.

A heat map finds each point for itself, and a hip under a shirt is drawn to where hips are on the average: the tilt of a
pelvis comes out at half its size. Waist, shoulder blades, midline and head know better. What they know is linear to a
good approximation, so that one matrix for backs and one for fronts, fitted on the network's own answers, does it. A
person and the mirror image are moved alike.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from edge.pose.spine_mirror import OTHER_SIDES
from models.spine.layout import COUNT, MIDLINE, POINTS

SHOULDERS = POINTS.index("left_shoulder"), POINTS.index("right_shoulder")
WIDE, WIDTH_PX = 0.35, 20.0
"""From how many trunks between the shoulders on a person counts as seen from behind or in front, and fully so."""
TALL_PX, HEIGHT_PX = 60.0, 30.0
"""From what height of the trunk on it counts as upright, and fully so; pixels of the input."""
STRENGTH = 0.03
"""Below so many mean variances what the points say about each other is taken for noise."""
BETA_PX, STEPS, RATE, DECAY = 0.25, 400, 0.02, 1e-2
"""Of the fit: where errors begin to count singly and no longer squared, and how it goes down."""
KNOWN = 0.97
"""A point that fewer pictures hold is left where it is."""
FEWEST = 300
"""Pictures, for a matrix to be worth fitting."""

Floats = NDArray[np.float64]


def relative() -> Floats:
    """(148, 148): times the points, x and y in turn, it gives them about the middle between sacrum and C7."""
    matrix = np.zeros((COUNT, 2, COUNT, 2))
    for axis in (0, 1):
        matrix[range(COUNT), axis, range(COUNT), axis] = 1.0
        matrix[[MIDLINE[0], MIDLINE[-1]], axis, :, axis] -= 0.5
    return matrix.reshape(2 * COUNT, 2 * COUNT)


def mirror() -> Floats:
    """(148, 148): times points about a middle it gives those of the mirror image."""
    matrix = np.zeros((COUNT, 2, COUNT, 2))
    for axis, sign in ((0, -1.0), (1, 1.0)):
        matrix[OTHER_SIDES, axis, range(COUNT), axis] = sign
    return matrix.reshape(2 * COUNT, 2 * COUNT)


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
            self.register_buffer(view, torch.zeros(2 * COUNT + 1, 2 * COUNT))
        self.register_buffer("gate", torch.from_numpy(gate()), persistent=False)
        self.register_buffer("offset", torch.tensor(GATE_OFFSET), persistent=False)

    def forward(self, points: Tensor) -> Tensor:
        # Half precision rounds places to whole pixels.
        with torch.autocast(points.device.type, enabled=False):
            flat = points.flatten(1)
            back, front, upright = (flat @ self.gate + self.offset).clamp(0.0, 1.0).split(1, 1)
            moves = [seen * (flat @ own[:-1] + own[-1]) for seen, own in ((back, self.back), (front, self.front))]
            return (flat + upright * (moves[0] + moves[1])).view_as(points)


def fitted(found: Floats, wanted: Floats, known: NDArray[np.bool_]) -> Tensor:
    """
    (149, 148) float32: how points move, the last row whatever they are; all zero where there is too little to learn.

    Args:
        found: (N, 74, 2) where the network sees the points of people seen from one side.
        wanted: (N, 74, 2) where they are.
        known: (N, 74) whether that is known.
    """
    columns = np.repeat(known.mean(axis=0) >= KNOWN, 2) if len(known) else np.zeros(2 * COUNT, np.bool_)
    whole = known[:, columns[::2]].all(axis=1)
    matrix = np.zeros((2 * COUNT + 1, 2 * COUNT))
    if whole.sum() >= FEWEST:
        look, turn = relative()[:, columns] * columns[:, None], mirror()[np.ix_(columns, columns)]
        seen = found[whole].reshape(-1, 2 * COUNT) @ look
        off = (wanted - found)[whole].reshape(-1, 2 * COUNT)[:, columns]
        weights, always = _regression(np.concatenate([seen, seen @ turn]), np.concatenate([off, off @ turn]))
        # Both halves of the pictures say nearly the same; their mean treats a mirror image exactly alike.
        matrix[:-1, columns] = look @ (weights + turn @ weights @ turn.T) / 2
        matrix[-1, columns] = (always + always @ turn) / 2
    return torch.from_numpy(matrix.astype(np.float32))


def _regression(seen: Floats, off: Floats) -> tuple[Floats, Floats]:
    """(n, n) and (n,): the linear reading whose errors, not their squares, are smallest: some waists are far off."""
    values, vectors = np.linalg.eigh(np.cov(seen.T))
    white = vectors / np.sqrt(values + STRENGTH * values.mean())
    given, wanted = (torch.from_numpy(one.astype(np.float32)) for one in ((seen - seen.mean(axis=0)) @ white, off))
    weights = torch.zeros(given.shape[1], wanted.shape[1], requires_grad=True)
    always = wanted.median(dim=0).values.clone().requires_grad_()
    optimiser = torch.optim.Adam([weights, always], lr=RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS)
    for _ in range(STEPS):
        error = functional.smooth_l1_loss(given @ weights + always, wanted, beta=BETA_PX, reduction="sum")
        optimiser.zero_grad()
        (error / len(given) + DECAY * weights.square().sum()).backward()
        optimiser.step()
        schedule.step()
    found = white @ weights.detach().numpy().astype(np.float64)
    return found, always.detach().numpy().astype(np.float64) - seen.mean(axis=0) @ found
