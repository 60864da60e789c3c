"""What training makes small."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from models.spine.anatomy import implausibility
from models.spine.layout import COUNT, differences
from models.spine.network import STRIDE, Answer, places

SPREAD_CELLS = 1.2
"""Standard deviation of a target in a heat map."""
HIDDEN_WEIGHT = 0.35
"""Of a point the camera does not see against one it sees: its place is learnt from the rest of the body."""
WEIGHTS = {
    "map": 0.7, "place": 1.0, "sd": 0.1, "visible": 0.2, "outline": 0.4, "curve": 0.5, "lateral": 0.15, "anatomy": 0.05,
    "uneven": 2.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """
    What a batch should give.

    Attributes:
        points: (B, 74, 2) pixels of the input.
        known: (B, 74) 1 where a point is known and inside, else 0.
        visible: (B, 74) 1 where the camera sees it.
        labelled: (B, 1) 1 where visibility and outline are known.
        outline: (B, 64, 48) share of each cell that the person covers.
        curve: (B, 8), see `Answer.curve`.
        curved: (B, 1) 1 where `curve` is known.
        upright: (B,) 1 where the person stands.
    """

    points: Tensor
    known: Tensor
    visible: Tensor
    labelled: Tensor
    outline: Tensor
    curve: Tensor
    curved: Tensor
    upright: Tensor


def losses(answer: Answer, wanted: Wanted) -> dict[str, Tensor]:
    """Each part of the loss, unweighted; names as in WEIGHTS."""
    weight = wanted.known * torch.where(wanted.visible > 0, 1.0, HIDDEN_WEIGHT)
    total = weight.sum().clamp(min=1.0)
    found = places(answer.maps[-1])
    away = found - wanted.points
    near = functional.smooth_l1_loss(found / STRIDE, wanted.points / STRIDE, beta=0.25, reduction="none").sum(2)
    curve = functional.smooth_l1_loss(answer.curve, wanted.curve, beta=0.3, reduction="none") * wanted.curved
    curved = wanted.curved.sum().clamp(min=1.0)
    seen = functional.binary_cross_entropy_with_logits(answer.visible, wanted.visible, reduction="none")
    outline = functional.binary_cross_entropy_with_logits(
        answer.maps[-1][:, COUNT].float(), wanted.outline, reduction="none"
    )
    labelled = wanted.labelled.sum().clamp(min=1.0)
    return {
        "map": sum((_map_loss(maps, wanted.points, weight) for maps in answer.maps), torch.zeros(())) / total,
        "place": (near * weight).sum() / total,
        "sd": (_likelihood(away.detach(), answer.log_sd) * weight).sum() / total,
        "visible": (seen * wanted.labelled).mean(1).sum() / labelled,
        "outline": (outline.mean((1, 2)) * wanted.labelled[:, 0]).sum() / labelled,
        "curve": curve[:, 0].sum() / curved,
        "lateral": curve[:, 1:].mean(1).sum() / curved,
        "anatomy": (implausibility(found) * wanted.upright).mean(),
        "uneven": _uneven_loss(found, wanted),
    }


def weighted(parts: dict[str, Tensor]) -> Tensor:
    """One number out of the parts."""
    return sum((WEIGHTS[name] * part for name, part in parts.items()), torch.zeros(()))


def _uneven_loss(found: Tensor, wanted: Wanted) -> Tensor:
    """
    How far heights of left and right, and the bends of the midline, are from true.

    A tilt is a difference of two points: an error both share does no harm, one they do not share is all there is.
    """
    read = torch.from_numpy(differences()).to(found.device)
    off = (found - wanted.points).flatten(1) @ read.T
    needs = (read.unflatten(1, (COUNT, 2)) != 0).any(2).float()
    # A row counts where every point it reads is known.
    whole = ((1.0 - wanted.known) @ needs.T == 0).float()
    size = functional.smooth_l1_loss(off, torch.zeros_like(off), beta=0.1, reduction="none")
    return (size * whole).sum() / whole.sum().clamp(min=1.0)


def _map_loss(maps: Tensor, points: Tensor, weight: Tensor) -> Tensor:
    """Cross entropy of each heat map against a Gaussian around the point."""
    batch, _, height, width = maps.shape
    likely = maps[:, :COUNT].float().flatten(2).log_softmax(2).view(batch, COUNT, height, width)
    across, down = _bell(points[..., 0], width), _bell(points[..., 1], height)
    rows = torch.matmul(likely, across.unsqueeze(3)).squeeze(3)
    return -((rows * down).sum(2) * weight).sum()


def _bell(at_px: Tensor, cells: int) -> Tensor:
    """(B, 74, cells), sums to 1."""
    middles = torch.arange(cells, dtype=torch.float32, device=at_px.device) + 0.5
    bell = torch.exp(-0.5 * ((middles - at_px.nan_to_num()[..., None] / STRIDE) / SPREAD_CELLS) ** 2)
    return bell / bell.sum(2, keepdim=True).clamp(min=1e-6)


def _likelihood(away: Tensor, log_sd: Tensor) -> Tensor:
    """Negative log likelihood of an error under a Laplace distribution of the stated standard deviation; (B, 74)."""
    scale = log_sd - 0.5 * torch.log(torch.tensor(2.0))
    return (away.abs().clamp(max=100.0) * torch.exp(-scale) + scale).sum(2)
