"""Learning from windows."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from edge.risk.scaling import Scaling
from models.risk.recurrent import APART, GRADES, MovementNet
from models.risk.windows import Windows

Prepare = Callable[[NDArray[np.floating[Any]]], NDArray[np.float32]]
"""Unscaled features -> what the network takes."""
BATCH, RATE, LONGEST_NORM, SEED = 64, 4e-3, 1.0, 0
LOSS_WEIGHTS = (3.0, 1.0, 1.5, 1.0, *(0.5,) * GRADES)
SQUARE_UP_TO = 0.5
"""Errors below it count by their square: what can only be guessed is said at its mean, and so ranks in between."""
PART = 250
AGREE, BORNE = 20.0, 0.015
"""Weight of the squared distance of the indices of one movement seen by two cameras, and how much of it is let pass."""
ASKED = 4
"""Answers a window that count: after the last sample, and 10, 20 and 30 before it."""
SHIFTED, SHAKEN, LEFT_OUT = 0.012, 0.01, 0.1
"""Of scaled features: what is added for a whole window and for each sample; how many are taken from a window."""


def fit(
    network: MovementNet,
    windows: Windows,
    prepare: Prepare,
    epochs: int,
    rate: float = RATE,
) -> float:
    """
    Train a network in place.

    Args:
        network: as it starts.
        windows: to learn from; if they are thinned, go on with `network.slower(windows.every)`.
        prepare: unscaled features -> what the network takes.
        epochs: passes over all windows.
        rate: of learning at its highest.

    Returns:
        Seconds of processor it took.
    """
    torch.manual_seed(SEED)
    begun = time.process_time()
    labels = torch.from_numpy(_asked(windows))
    weights = torch.tensor(LOSS_WEIGHTS)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=2e-2)
    steps = epochs * -(-len(labels) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=rate, total_steps=steps, pct_start=0.15)
    apart = max(1, APART // windows.every)
    network.train()
    for epoch in range(epochs):
        losses = []
        for rows in _order(len(labels), paired=windows.paired).split(BATCH):
            inputs = torch.from_numpy(prepare(windows.features[rows.numpy()]))
            said = network.learning(_blurred(inputs, network, 2 if windows.paired else 1), ASKED, apart)
            loss = _loss(said, labels[rows][:, None].expand(-1, ASKED, -1), weights)
            loss = loss + _disagreement(said) if windows.paired else loss
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), LONGEST_NORM)
            optimiser.step()
            schedule.step()
            losses.append(float(loss.detach()))
        spent_s = time.process_time() - begun
        print(f"epoch {epoch + 1}/{epochs} loss {np.mean(losses):.4f} {spent_s:.0f} s", flush=True)  # noqa: T201
    network.eval()
    return time.process_time() - begun


def _asked(windows: Windows) -> NDArray[np.float32]:
    """(W, 12) labels, then grades; NaN where nobody knows them."""
    unknown = np.full((len(windows.labels), GRADES), np.nan, np.float32)
    return np.concatenate([windows.labels, unknown if windows.grades is None else windows.grades], axis=1)


def _order(count: int, *, paired: bool) -> torch.Tensor:
    """(W,) all windows in some order, pairs kept together."""
    if not paired:
        return torch.randperm(count)
    return (2 * torch.randperm(count // 2)[:, None] + torch.arange(2)).reshape(-1)


def _disagreement(said: torch.Tensor) -> torch.Tensor:
    """
    How much further than is borne two cameras that saw the same make the network's index differ, below zero too. All
    differences would weigh on what tells people apart; only the large ones are wrong.
    """
    index = said[..., 0]
    return AGREE * torch.relu((index[::2] - index[1::2]).abs() - BORNE).square().mean()


def _blurred(windows: torch.Tensor, network: MovementNet, alike: int) -> torch.Tensor:
    """Windows with noise in units of what the features' constants left, and without some features, so many alike."""
    count, _, width = windows.shape
    shift = SHIFTED * torch.randn(count // alike, 1, width)
    noise = shift.repeat_interleave(alike, dim=0) + SHAKEN * torch.randn_like(windows)
    kept = torch.rand(count // alike, 1, width) >= LEFT_OUT
    return torch.where(kept.repeat_interleave(alike, dim=0), windows + noise, network.centre)


def _loss(said: torch.Tensor, meant: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """What nobody labelled does not count; less than nothing is right where nothing is meant."""
    known = ~torch.isnan(meant) & ~((meant <= 0.0) & (said < 0.0))
    off = nn.functional.smooth_l1_loss(
        said, torch.where(known, meant, said.detach()), reduction="none", beta=SQUARE_UP_TO
    )
    return (weights * off).sum() / (weights * ~torch.isnan(meant)).sum()


def scaled(scaling: Scaling) -> Prepare:
    """Features as the station scales them, a part at a time: in float64 all of them would not fit a small machine."""

    def prepare(features: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        out = np.empty(features.shape, np.float32)
        for first in range(0, len(features), PART):
            out[first : first + PART] = scaling.scale(features[first : first + PART].astype(np.float64))
        return out

    return prepare


def unscaled(features: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """Features in their own units, unknown ones 0: what the ablation without scaling takes."""
    return np.nan_to_num(features.astype(np.float32), nan=0.0)


def predict(network: MovementNet, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """(W, 4) cut to 0..1."""
    with torch.no_grad():
        rows = [network(part) for part in torch.from_numpy(inputs).split(256)]
    return np.clip(torch.cat(rows).numpy(), 0.0, 1.0)
