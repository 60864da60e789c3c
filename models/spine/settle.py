"""
The last step of the network: each point moves by what all the others say.

A heat map finds each point for itself, and a hip under a shirt is drawn to where hips are on the average: the tilt of a
pelvis comes out at half its size. Waist, shoulder blades, midline and head know better. What they know is linear to a
good approximation, so that one matrix for each side that is seen, fitted on the network's own answers, does it. A
person and the mirror image are moved alike.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from edge.pose.spine_mirror import OTHER_SIDES
from models.spine.layout import COUNT, INPUT_PX, MIDLINE, POINTS

VIEWS = ("back", "front", "left", "right")
SHOULDERS = POINTS.index("left_shoulder"), POINTS.index("right_shoulder")
ENDS = [MIDLINE[0], MIDLINE[-1]]
"""Sacrum and C7: between them lies the middle."""
WIDE, WIDTH_PX = 0.35, 20.0
"""From how many trunks between the shoulders on a person counts as seen from behind or in front, and fully so."""
NOSE = POINTS.index("nose")
FACING_PX, FACED_PX = 5.0, 10.0
"""How far before C7 the nose is where a person is seen from the side, from where on and how much more fully so."""
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
        matrix[ENDS, axis, :, axis] -= 0.5
    return matrix.reshape(2 * COUNT, 2 * COUNT)


def mirror() -> Floats:
    """(148, 148): times points about a middle it gives those of the mirror image."""
    matrix = np.zeros((COUNT, 2, COUNT, 2))
    for axis, sign in ((0, -1.0), (1, 1.0)):
        matrix[OTHER_SIDES, axis, range(COUNT), axis] = sign
    return matrix.reshape(2 * COUNT, 2 * COUNT)


def gate() -> NDArray[np.float32]:
    """
    (149, 5) float32: times the points, plus the last row: how far seen from behind, in front, the left, the right, and
    how far upright; to be clipped to 0 to 1.
    """
    apart, tall, ahead = (np.zeros((COUNT, 2)) for _ in range(3))
    apart[SHOULDERS[1], 0], apart[SHOULDERS[0], 0] = 1.0, -1.0
    tall[MIDLINE[0], 1], tall[MIDLINE[-1], 1] = 1.0, -1.0
    ahead[MIDLINE[-1], 0], ahead[NOSE, 0] = 1.0, -1.0
    facing = -FACING_PX / FACED_PX
    columns = [
        ((apart - WIDE * tall) / WIDTH_PX, 0.0), ((-apart - WIDE * tall) / WIDTH_PX, 0.0),
        (ahead / FACED_PX, facing), (-ahead / FACED_PX, facing), (tall / HEIGHT_PX, -TALL_PX / HEIGHT_PX),
    ]  # fmt: skip
    return np.stack([np.append(column.reshape(-1), always) for column, always in columns], 1).astype(np.float32)


class Settle(nn.Module):
    """Moves (B, 74, 2) points; a new one leaves them where they are."""

    def __init__(self) -> None:
        super().__init__()
        for view in VIEWS:
            self.register_buffer(view, torch.zeros(2 * COUNT + 1, 2 * COUNT))
        self.register_buffer("gate", torch.from_numpy(gate()), persistent=False)

    def forward(self, points: Tensor) -> Tensor:
        # Half precision rounds places to whole pixels, and matrices kept so move points with their place in the crop:
        # what they read lies about the middle.
        with torch.autocast(points.device.type, enabled=False):
            flat, about = points.flatten(1), (points - points[:, ENDS].mean(1, keepdim=True)).flatten(1)
            back, front, left, right, upright = (flat @ self.gate[:-1] + self.gate[-1]).clamp(0.0, 1.0).split(1, 1)
            aside = (1.0 - back) * (1.0 - front)
            shares = zip((back, front, aside * left, aside * right), VIEWS, strict=True)
            moves = [share * (about @ own[:-1] + own[-1]) for share, view in shares for own in (getattr(self, view),)]
            return (flat + upright * torch.stack(moves).sum(0)).view_as(points)


def fitted(found: Floats, wanted: Floats, known: NDArray[np.bool_]) -> Tensor:
    """
    (149, 148) float32: how points move, the last row whatever they are; all zero where there is too little to learn.

    Args:
        found: (N, 74, 2) where the network sees the points of people seen from behind, or of people seen in front.
        wanted: (N, 74, 2) where they are.
        known: (N, 74) whether that is known.
    """
    both = [np.concatenate([one, turned(one)]) for one in (found, wanted)]
    matrix = fitted_alone(both[0], both[1], np.concatenate([known, known[:, OTHER_SIDES]]))
    # The pictures and their mirror images say nearly the same; the mean treats them exactly alike.
    return (matrix + mirrored(matrix)) / 2


def fitted_sides(found: Floats, wanted: Floats, known: NDArray[np.bool_]) -> tuple[Tensor, Tensor]:
    """The same for people seen from the left and from the right, out of pictures of both: the nose tells them apart."""
    left = wanted[:, NOSE, 0] < wanted[:, MIDLINE[-1], 0]
    seen, true = (np.where(left[:, None, None], one, turned(one)) for one in (found, wanted))
    matrix = fitted_alone(seen, true, np.where(left[:, None], known, known[:, OTHER_SIDES]))
    return matrix, mirrored(matrix)


def fitted_alone(found: Floats, wanted: Floats, known: NDArray[np.bool_]) -> Tensor:
    """As `fitted`, of these pictures alone."""
    columns = np.repeat(known.mean(axis=0) >= KNOWN, 2) if len(known) else np.zeros(2 * COUNT, np.bool_)
    whole = known[:, columns[::2]].all(axis=1)
    matrix = np.zeros((2 * COUNT + 1, 2 * COUNT))
    if columns.any() and whole.sum() >= FEWEST:
        look = relative()[:, columns]
        seen, off = found[whole].reshape(-1, 2 * COUNT) @ look, (wanted - found)[whole].reshape(-1, 2 * COUNT)
        weights, always = _regression(seen, off[:, columns])
        matrix[:-1, columns], matrix[-1, columns] = look @ weights, always
    return torch.from_numpy(matrix.astype(np.float32))


def turned(points: Floats) -> Floats:
    """(N, 74, 2): the points of the mirror images."""
    image: Floats = points[:, OTHER_SIDES] * (-1.0, 1.0) + (INPUT_PX[0], 0.0)
    return image


def mirrored(matrix: Tensor) -> Tensor:
    """(149, 148): what moves the points of mirror images as `matrix` moves those of the pictures."""
    turn = torch.from_numpy(mirror().astype(np.float32))
    # It looks at points about a middle alone, so that nobody need know where the mirror stands.
    return torch.cat([turn @ matrix[:-1] @ turn.T, matrix[-1:] @ turn.T])


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
