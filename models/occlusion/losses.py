"""What training pulls on. Only training imports this."""

import torch
from torch import Tensor

from models.occlusion.network import Answer

NEWEST = 4
"""The newest samples that are asked for in training; the station asks for one."""
COMPLETION, CERTAINTY, CONSISTENCY = 0.3, 0.2, 0.1


def loss(answer: Answer, target: Tensor, weight: Tensor, known: Tensor, used: Tensor) -> tuple[Tensor, Tensor]:
    """
    What to minimise, and the mean distance of hidden joints in the window's unit.

    Args:
        answer: of the newest samples.
        target: (n, 16, 33, 2).
        weight: (n, 16, 33) of hidden joints.
        known: (n, 16, 33) of all.
        used: (n, 16, 33) what the completion was told.
    """
    newest = answer.position.shape[1]
    times = torch.linspace(0.4, 1.0, newest)[:, None]
    off = answer.position - target[:, -newest:]
    distance, share = length(off), weight[:, -newest:] * times
    total = share.sum().clamp(min=1.0)
    error = (distance * share).sum() / total
    log_sd = answer.log_sd.clamp(-6.0, 3.0)
    doubt = ((off.detach().abs().mean(dim=-1) * torch.exp(-log_sd) + log_sd) * share).sum() / total
    rest = known * (1.0 - used)
    completed = (length(answer.completed - target) * rest).sum() / rest.sum().clamp(min=1.0)
    return error + COMPLETION * completed + CERTAINTY * doubt, error.detach()


def consistency(answer: Answer, frame: tuple[Tensor, Tensor], weight: Tensor, views: int) -> Tensor:
    """
    How far apart the answers to several views of one clip lie, against the person's size; hidden joints only.

    Args:
        answer: of the newest samples, views of one clip in a row.
        frame: centre (n, 2) and spread (n,) of each window in pixels.
        weight: (n, 16, 33) of hidden joints.
        views: of each clip.
    """
    centre, spread = frame
    newest = answer.position.shape[1]
    xy = answer.position * spread[:, None, None, None] + centre[:, None, None]
    xy = (xy / spread.unflatten(0, (-1, views)).mean(dim=1).repeat_interleave(views)[:, None, None, None]).unflatten(
        0, (-1, views)
    )
    share = weight[:, -newest:].unflatten(0, (-1, views)).amax(dim=1, keepdim=True).expand(xy.shape[:-1])
    apart = length(xy - xy.mean(dim=1, keepdim=True))
    return (apart * share).sum() / share.sum().clamp(min=1.0)


def length(vectors: Tensor) -> Tensor:
    """Of the last axis, smooth at zero."""
    return torch.sqrt((vectors**2).sum(dim=-1) + 1e-6)
