"""Trains the network within a given time; stopped, it goes on from its last checkpoint."""

import copy
import json
import math
import pickle
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from edge.errors import ModelError
from models.people.whole_file import write_whole
from models.spine.batches import Library, batches
from models.spine.crew import Crew
from models.spine.losses import losses, weighted
from models.spine.network import SpineNetwork, size_named
from models.spine.pictures import Picture

FORMAT = "spine training/1"
NOTHING = "trained from nothing"
"""How a training began, for the card."""
KEPT_SHARE = 0.998
"""Of the slowly moving average of the weights, which is what is exported."""


@dataclass(frozen=True, slots=True)
class Plan:
    """
    How long and how.

    Attributes:
        size: name in SIZES.
        minutes: of computing, interruptions not counted.
        batch: pictures a step and process.
        rate: the largest learning rate.
        seed: of order and augmentation.
        every_s: between checkpoints.
        threads: of this process.
    """

    size: str = "small"
    minutes: float = 75.0
    batch: int = 32
    rate: float = 2e-3
    seed: int = 0
    every_s: float = 120.0
    threads: int = 1


@dataclass(slots=True)
class Progress:
    """Where a training stands: steps, seconds of computing, pictures seen and the losses so far."""

    step: int
    spent_s: float
    pictures: int
    history: list[dict[str, float]]


class Training:
    """
    One network on its way, alone or in a crew of processes.

        training = Training(Plan(), Path("shards"), Path("run"))
        while not training.done:
            training.step()
    """

    def __init__(self, plan: Plan, shards: Path, run: Path, labels: Path | None = None) -> None:
        """
        Args:
            plan: how long and how.
            shards: folder of rendered pictures.
            run: folder for checkpoint and history; what lies there is gone on with.
            labels: folder of a site's corrected pictures; None without.
        """
        torch.set_num_threads(plan.threads)
        torch.manual_seed(plan.seed)
        self.plan, self._run, self._crew = plan, run, Crew()
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.network = SpineNetwork(size_named(plan.size)).to(self.device, memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.network).eval()
        decayed = [p for p in self.network.parameters() if p.ndim > 1]
        rest = [p for p in self.network.parameters() if p.ndim <= 1]
        self._optimiser = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": 0.02}, {"params": rest, "weight_decay": 0.0}], lr=plan.rate
        )
        self.progress, self._begun = Progress(0, 0.0, 0, []), NOTHING
        self._library = Library(shards, labels)
        self._resume()
        chance = np.random.default_rng([plan.seed, self.progress.step, self._crew.rank])
        self._batches = batches(self._library, plan.batch, chance)
        self._saved_s = self.progress.spent_s

    @property
    def done(self) -> bool:
        """Whether the time is spent."""
        return self.progress.spent_s >= 60 * self.plan.minutes

    @property
    def leads(self) -> bool:
        """Whether this process writes what is kept."""
        return self._crew.leads

    @property
    def pictures(self) -> list[Picture]:
        """Everything it learns from."""
        return self._library.pictures

    @property
    def share(self) -> float:
        """Of the time spent, 0 to 1."""
        return min(1.0, self.progress.spent_s / (60 * self.plan.minutes))

    def step(self) -> dict[str, float]:
        """Learn from one batch; return the parts of its loss."""
        began = time.monotonic()
        image, wanted = next(self._batches)
        image = image.to(self.device)
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate()
        self.network.train()
        with torch.autocast(self.device.type, torch.bfloat16):
            answer = self.network(image)
        parts = losses(answer, wanted)
        total = weighted(parts)
        self._optimiser.zero_grad()
        total.backward()
        spent_s = self._crew.agree(self.network.parameters(), time.monotonic() - began)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self._optimiser.step()
        self._average()
        now = self.progress
        now.step, now.pictures = now.step + 1, now.pictures + len(image) * self._crew.size
        now.spent_s += spent_s
        if now.spent_s - self._saved_s >= self.plan.every_s or self.done:
            self.save()
        return {name: float(part.detach()) for name, part in parts.items()}

    def note(self, parts: dict[str, float]) -> None:
        """Keep a line of the history."""
        self.progress.history.append({"step": self.progress.step, "spent_s": self.progress.spent_s, **parts})

    def save(self) -> None:
        """Write a checkpoint, whole or not at all."""
        self._saved_s = self.progress.spent_s
        if not self._crew.leads:
            return
        state = {
            "format": FORMAT, "plan": asdict(self.plan), "progress": asdict(self.progress),
            "network": self.network.state_dict(), "average": self.average.state_dict(),
            "optimiser": self._optimiser.state_dict(), "library": len(self._library.pictures), "begun": self._begun,
        }  # fmt: skip
        save(state, self._run / "checkpoint.pt")
        write_whole(self._run / "history.json", json.dumps(self.progress.history).encode())

    def _rate(self) -> float:
        """Up for a fiftieth of the time, then down along a cosine to a hundredth."""
        if self.share < 0.02:
            return self.plan.rate * (0.02 + self.share / 0.02)
        along = (self.share - 0.02) / 0.98
        return self.plan.rate * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * along)))

    def _average(self) -> None:
        kept = min(KEPT_SHARE, (1 + self.progress.step) / (10 + self.progress.step))
        with torch.no_grad():
            for mean, now in zip(self.average.state_dict().values(), self.network.state_dict().values(), strict=True):
                if mean.dtype.is_floating_point:
                    mean.mul_(kept).add_(now, alpha=1 - kept)
                else:
                    mean.copy_(now)

    def _resume(self) -> None:
        path = self._run / "checkpoint.pt"
        if not path.exists():
            return
        state = load(path)
        if state["plan"]["size"] != self.plan.size:
            raise ModelError(f"{path}: a {state['plan']['size']} network, name another --run or the same --size")
        for network, name in ((self.network, "network"), (self.average, "average")):
            network.load_state_dict(fitting(state[name], network), strict=False)  # a head that is new begins anew
        if len(state["optimiser"]["state"]) == len(list(self.network.parameters())):
            self._optimiser.load_state_dict(state["optimiser"])
        self.progress, self._begun = Progress(**state["progress"]), state.get("begun", NOTHING)


def load(path: Path) -> dict[str, Any]:
    """
    Read a checkpoint; nothing in it is executed.

    Raises:
        ModelError: missing or damaged.
    """
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise ModelError(f"{path}: no checkpoint there, name the folder of a training") from None
    except (OSError, RuntimeError, ValueError, EOFError, LookupError, pickle.UnpicklingError) as error:
        what = str(error).partition("\n")[0][:120]
        raise ModelError(
            f"{path}: not a checkpoint ({what or type(error).__name__}), delete it and train again"
        ) from None
    if not isinstance(state, dict) or state.get("format") != FORMAT:
        raise ModelError(f"{path}: not a checkpoint of this program, name another --run")
    return state


def fitting(state: dict[str, torch.Tensor], network: SpineNetwork) -> dict[str, torch.Tensor]:
    """Those of a checkpoint's tensors that have a place in the network."""
    places = network.state_dict()
    return {name: tensor for name, tensor in state.items() if name in places and places[name].shape == tensor.shape}


def averaged(path: Path) -> SpineNetwork:
    """
    The network of a checkpoint, its weights averaged, ready to be asked.

    Raises:
        ModelError: the checkpoint is missing, damaged, or of another network.
    """
    state = load(path)
    network = SpineNetwork(size_named(state["plan"]["size"]))
    missing = network.load_state_dict(fitting(state["average"], network), strict=False).missing_keys
    # A training that was not finished has nothing to settle points with yet.
    if any(not name.startswith("settle.") for name in missing):
        raise ModelError(f"{path}: of another network ({missing[0]} is missing), train again")
    return network.eval()


def save(state: dict[str, Any], path: Path) -> None:
    """Write a checkpoint, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    torch.save(state, beside)
    beside.replace(path)


Shown = Callable[[Progress, dict[str, float]], None]


def train(training: Training, shown: Shown, every: int = 50) -> None:
    """Go on until the time is spent; `shown` hears the mean parts of every so many steps."""
    sums: dict[str, float] = {}
    while not training.done:
        for name, part in training.step().items():
            sums[name] = sums.get(name, 0.0) + part / every
        if training.progress.step % every == 0:
            training.note(sums)
            shown(training.progress, sums)
            sums = {}
    training.save()
