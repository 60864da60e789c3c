"""
What no spine does: points out of order, a segment much too long or short, a sharp kink. Nothing here pulls a spine
straight: a loss is zero over everything the rendered people do, curves of 60 degrees included.
"""

import torch
from torch import Tensor

from models.spine.layout import CENTRES, MIDLINE

SHARES: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "centres": (
        (0.099, 0.121, 0.148, 0.216, 0.203, 0.089),
        (0.127, 0.147, 0.178, 0.263, 0.237, 0.132),
    ),
}
"""Smallest and largest share of the length along the spine that each segment has, from the sacrum up (3,873 seen)."""
SLACK = 0.15
"""Of a share; what lies further outside costs."""
BEND_DEG = 65.0
"""Between neighbouring segments of seven points; renders reach 56."""
MIDLINE_BEND_DEG = 60.0
"""The same of seventeen; renders reach 43."""


def implausibility(points: Tensor) -> Tensor:
    """
    (B,) how far each spine is from a possible one; 0 for every possible one.

    Args:
        points: (B, 74, 2) pixels, of people who stand.
    """
    centres, midline = points[:, list(CENTRES)], points[:, list(MIDLINE)]
    low, high = (torch.tensor(limits, device=points.device) for limits in SHARES["centres"])
    return (
        _shares(centres, low * (1 - SLACK), high * (1 + SLACK))
        + _order(centres) + _order(midline)
        + _kinks(centres, BEND_DEG) + _kinks(midline, MIDLINE_BEND_DEG)
    )  # fmt: skip


def _segments(points: Tensor) -> tuple[Tensor, Tensor]:
    steps = points[:, 1:] - points[:, :-1]
    return steps, steps.square().sum(2).add(1e-6).sqrt()


def _shares(points: Tensor, low: Tensor, high: Tensor) -> Tensor:
    _, lengths = _segments(points)
    shares = lengths / lengths.sum(1, keepdim=True)
    return ((low - shares).clamp(min=0) + (shares - high).clamp(min=0)).sum(1)


def _order(points: Tensor) -> Tensor:
    """By how much of the chord the points go back on their way up."""
    steps, _ = _segments(points)
    chord = points[:, -1] - points[:, 0]
    length = chord.square().sum(1, keepdim=True).add(1e-6).sqrt()
    forward = (steps * (chord / length)[:, None]).sum(2) / length
    return (-forward).clamp(min=0).sum(1)


def _kinks(points: Tensor, limit_deg: float) -> Tensor:
    """Beyond the limit, in radians."""
    steps, _ = _segments(points)
    one, two = steps[:, :-1], steps[:, 1:]
    across = one[..., 0] * two[..., 1] - one[..., 1] * two[..., 0]
    along = (one * two).sum(2)
    angles = torch.atan2(across, along + 1e-6).abs()
    return (angles - torch.deg2rad(torch.tensor(limit_deg))).clamp(min=0).sum(1)
