"""
The second stage of training: the network stands still, what reads its answers learns from them.

The curve head: beside the heat maps its gradient is small and front views confuse it. Here the features of backs are
computed once, and the head sees each of them many times. And `Settle`, fitted on backs and on fronts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from models.spine.augment import example
from models.spine.batches import batch_of
from models.spine.network import CurveHead, SpineNetwork, places
from models.spine.pictures import Picture
from models.spine.settle import fitted, fitted_sides
from models.spine.train import averaged, load, save

EPOCHS, BATCH, RATE, DECAY = 10, 64, 3e-3, 0.05
LOOKS = 2
"""Differently cut, turned and lit copies of each picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """
    What the head learns from.

    Attributes:
        features: (N, C, 32, 24) float16, from the last stack, at an eighth of the picture.
        points: (N, 74, 2) float32, where the network sees them, pixels of the input.
        curves: (N, 8) float32, see `Answer.curve`.
        wanted: (N, 74, 2) float32, where the points are.
        known: (N, 74) bool, whether that is known.
    """

    features: Tensor
    points: Tensor
    curves: Tensor
    wanted: Tensor
    known: Tensor

    def places(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
        """Where the network sees the points, where they are, and whether that is known."""
        found, wanted = (points.numpy().astype(np.float64) for points in (self.points, self.wanted))
        return found, wanted, self.known.numpy()

    def moves(self) -> Tensor:
        """(149, 148) float32: what `Settle` learns from these."""
        return fitted(*self.places())


def standing(pictures: Sequence[Picture], view: str) -> list[Picture]:
    """Close-ups of people who stand, seen from one side, with something known about their curve."""
    return [
        picture for picture in pictures
        if picture.about["view"] == view and picture.about["crop"] == "torso" and picture.about["bend_deg"] == 0
        and np.isfinite(picture.curve_deg) and not picture.about.get("loose")
    ]  # fmt: skip


def lessons(network: SpineNetwork, pictures: Sequence[Picture], looks: int, seed: int) -> Lessons:
    """Have the network look at each picture so many times; none augments with `looks` = 0."""
    found: list[tuple[Tensor, ...]] = []
    sizes: list[Tensor] = []
    hook = network.stacks[-1].register_forward_hook(lambda _module, _given, out: sizes.append(out[1]))
    rng = np.random.default_rng(seed)
    shown = [(picture, rng if looks else None) for _ in range(max(1, looks)) for picture in pictures]
    for start in range(0, len(shown), 32):
        cut = [example(picture, chance, masked=True) for picture, chance in shown[start : start + 32]]
        image, wanted = batch_of(cut)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            answer = network(image)
        points = places(answer.maps[-1])
        found.append((sizes.pop().to(torch.float16), points, wanted.curve, wanted.points, wanted.known > 0))
    hook.remove()
    return Lessons(*(torch.cat(parts) for parts in zip(*found, strict=True)))


def learn(head: CurveHead, given: Lessons, shown: Callable[[int, float], None], seed: int = 0) -> None:
    """Train the head; `shown` hears epoch and mean loss."""
    torch.manual_seed(seed)
    optimiser = torch.optim.AdamW(head.parameters(), RATE, weight_decay=DECAY)
    size = min(BATCH, len(given.curves))
    steps = len(given.curves) // size
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=EPOCHS * steps)
    for epoch in range(EPOCHS):
        head.train()
        order, total = torch.randperm(len(given.curves)), 0.0
        for step in range(steps):
            chosen = order[step * size : (step + 1) * size]
            with torch.autocast("cpu", torch.bfloat16):
                said = head(given.features[chosen].float(), given.points[chosen])
            loss = _loss(said.float(), given.curves[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        shown(epoch, total / steps)
    head.eval()


def _loss(said: Tensor, wanted: Tensor) -> Tensor:
    curve = functional.smooth_l1_loss(said[:, 0], wanted[:, 0], beta=0.3)
    return curve + 0.3 * functional.smooth_l1_loss(said[:, 1:], wanted[:, 1:])


def second_stage(run: Path, pictures: Sequence[Picture], shown: Callable[[int, float], None]) -> None:
    """
    Teach what reads the answers of a finished training anew, and keep it in the checkpoint.

    Raises:
        ModelError: there is no checkpoint.
    """
    path = run / "checkpoint.pt"
    network, state = averaged(path), load(path)
    _keep(state, settled(network, pictures))
    given = lessons(network, standing(pictures, "back"), LOOKS, seed=1)
    head = CurveHead(network.stacks[-1].down[0].out_channels)
    learn(head, given, shown)
    _keep(state, {"settle.back": given.moves(), **{f"curve.{key}": part for key, part in head.state_dict().items()}})
    save(state, path)


def settled(network: SpineNetwork, pictures: Sequence[Picture]) -> dict[str, Tensor]:
    """What moves the points of people seen in front and from the sides, named as in the network."""
    found = {}
    fronts, left, right = (standing(pictures, view) for view in ("front", "left", "right"))
    if fronts:
        found["settle.front"] = lessons(network, fronts, LOOKS, seed=2).moves()
    if left or right:
        given = lessons(network, [*left, *right], LOOKS, seed=3)
        found["settle.left"], found["settle.right"] = fitted_sides(*given.places())
    return found


def _keep(state: dict[str, object], tensors: Mapping[str, Tensor]) -> None:
    for name in ("network", "average"):
        weights = state[name]
        assert isinstance(weights, dict)
        weights.update(tensors)
