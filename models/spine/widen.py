"""A network that answers as a trained one of its size or a smaller does (Net2WiderNet, Chen and others 2016)."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from edge.errors import ModelError
from models.spine.crew import Crew
from models.spine.network import Size, SpineNetwork, size_named
from models.spine.train import FORMAT, Plan, fitting, load, save

SHARES = 0.3, 0.7
"""Between these a copied channel's first copy has its say: were both alike, they would learn the same for ever."""


def start_wider(small: Path, plan: Plan, run: Path) -> None:
    """
    Write the first checkpoint of a run: the averaged weights of another run's network in a larger one.

    Args:
        small: folder of the run to start from, of a smaller network or of the same size.
        plan: of the new run; its size is no smaller anywhere.
        run: folder of the new run; a checkpoint that is there stays, it is gone on with.

    Raises:
        ModelError: no checkpoint to start from, or of a network that is wider somewhere.
    """
    crew = Crew()
    if not (run / "checkpoint.pt").exists():
        begun = _begun(small / "checkpoint.pt", plan)  # by everybody, so that all stop with the same words
        crew.wait()
        if crew.leads:
            save(begun, run / "checkpoint.pt")
    crew.wait()


def _begun(path: Path, plan: Plan) -> dict[str, Any]:
    """The first checkpoint."""
    state, size = load(path), size_named(plan.size)
    try:
        before = size_named(state["plan"]["size"])
        wide = widened(state["average"], before, size, plan.seed)
        begun = f"begun as the network {before.name} after {state['progress']['pictures']} pictures"
        begun += "" if before == size else ", widened"
    except (LookupError, TypeError) as error:
        raise ModelError(f"{path}: not as a training leaves it ({error!r}), train that network again") from None
    nothing = {"step": 0, "spent_s": 0.0, "pictures": 0, "history": []}
    return {
        "format": FORMAT, "plan": asdict(plan), "progress": nothing, "network": wide, "average": wide,
        "optimiser": {"state": {}, "param_groups": []}, "library": 0, "begun": begun,
    }  # fmt: skip


def widened(state: Mapping[str, Tensor], before: Size, after: Size, seed: int = 0) -> dict[str, Tensor]:
    """
    The state of a network of another size that answers as the given one does.

    Args:
        state: of a network of size `before`.
        before, after: sizes; as many stacks and residual modules, no width smaller.
        seed: which channels are copied, and how much each copy says.

    Raises:
        ModelError: one of the sizes' widths would shrink, or they differ in more than widths.
    """
    chance = torch.Generator().manual_seed(seed)
    narrower = any(new < old for old, new in zip(before.widths, after.widths, strict=True))
    if (before.stacks, before.deep) != (after.stacks, after.deep) or narrower:
        raise ModelError(f"{after.name} is not just {before.name} with more channels: train it without --after")
    copies = {
        (old, new): _copied(old, new, chance) for old, new in zip(before.widths, after.widths, strict=True) if old < new
    }
    network = SpineNetwork(after)
    same = fitting(dict(state), network)
    return {
        name: same[name].clone() if name in same else _wider(state[name], empty.shape, copies)
        for name, empty in network.state_dict().items()
        if name in state
    }


def _copied(old: int, new: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """(new,) the channel each is a copy of, itself first, and how much each of the copies says: together one."""
    more = torch.randint(old, (new - old,), generator=chance)
    rows = torch.cat([torch.arange(old), more])
    says = torch.empty(new).uniform_(*SHARES, generator=chance)
    return rows, says / torch.zeros(old).index_add_(0, rows, says)[rows]


def _wider(value: Tensor, shape: torch.Size, copies: Mapping[tuple[int, int], tuple[Tensor, Tensor]]) -> Tensor:
    for axis, (old, new) in enumerate(zip(value.shape, shape, strict=True)):
        if old == new:
            continue
        rows, says = copies[old, new]
        value = value.index_select(axis, rows)
        if axis == 1:  # what comes in: the copies share it
            value = value * says.reshape(-1, *(1,) * (value.ndim - 2))
    return value
