"""Training by masking, resumable. Only the command line imports this."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from edge.errors import ConfigError
from models.occlusion.batches import Batch, batch, pose_batch, pose_pool
from models.occlusion.clips import Clips
from models.occlusion.curve_picture import draw_curve
from models.occlusion.losses import CONSISTENCY, NEWEST, consistency, length, loss
from models.occlusion.network import Network, Sizes
from models.occlusion.widen import widened

EVERY_S = 60.0
WARM_UP, EMA, POSES = 60, 0.998, 384


@dataclass(frozen=True, slots=True)
class Plan:
    """
    How to train.

    Attributes:
        minutes: of the clock at most.
        cpu_minutes: of the processor at most.
        windows: in a batch, all views counted.
        views: K, of one clip.
        rate: largest learning rate.
        pose_cpu_s: of the processor, spent on single poses first.
        seed: of everything.
    """

    minutes: float = 30.0
    cpu_minutes: float = 30.0
    windows: int = 32
    views: int = 2
    rate: float = 1.5e-3
    pose_cpu_s: float = 75.0
    seed: int = 0


@dataclass(slots=True, eq=False)
class Run:
    """
    A training on its way: what a checkpoint holds.

    Attributes:
        network: being trained.
        optimiser: of it.
        mean: running mean of its weights.
        steps: so far.
        spent_s: of the clock.
        cpu_s: of the processor.
        earlier: steps and seconds of the processor of the runs it started from.
        curve: steps and mean error.
    """

    network: Network
    optimiser: torch.optim.Optimizer
    mean: dict[str, torch.Tensor]
    steps: int = 0
    spent_s: float = 0.0
    cpu_s: float = 0.0
    earlier: tuple[int, float] = (0, 0.0)
    curve: list[tuple[int, float]] = field(default_factory=list)

    @classmethod
    def new(cls, sizes: Sizes, plan: Plan) -> "Run":
        """From scratch."""
        torch.manual_seed(plan.seed)
        network = Network(sizes)
        optimiser = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=0.01)
        return cls(network, optimiser, {k: v.detach().clone() for k, v in network.state_dict().items()})

    @classmethod
    def after(cls, path: Path, sizes: Sizes, plan: Plan) -> "Run":
        """From the averaged weights of a finished run, on new data, at a new rate or with a wider completion."""
        if not path.exists():
            raise ConfigError(f"{path} does not exist; finish that run first")
        kept = torch.load(path, weights_only=True)
        run = cls.new(sizes, plan)
        run.mean = widened(kept["mean"], sizes)
        run.network.load_state_dict(run.mean)
        steps, cpu_s = kept.get("earlier", (0, 0.0))
        run.earlier = (kept["steps"] + steps, kept["cpu_s"] + cpu_s)
        return run

    @classmethod
    def resumed(cls, path: Path, plan: Plan) -> "Run":
        """From a checkpoint."""
        kept = torch.load(path, weights_only=True)
        run = cls.new(Sizes(**kept["sizes"]), plan)
        run.network.load_state_dict(kept["network"])
        run.optimiser.load_state_dict(kept["optimiser"])
        run.mean = kept["mean"]
        run.steps, run.spent_s, run.cpu_s = kept["steps"], kept["spent_s"], kept["cpu_s"]
        steps, cpu_s = kept.get("earlier", (0, 0.0))
        run.earlier = (int(steps), float(cpu_s))
        run.curve = [(int(a), float(b)) for a, b in kept["curve"]]
        return run

    def keep(self, path: Path) -> None:
        """Write a checkpoint; never half of one."""
        part = path.with_suffix(".part")
        torch.save(
            {
                "sizes": self.network.described(), "network": self.network.state_dict(),
                "optimiser": self.optimiser.state_dict(), "mean": self.mean, "steps": self.steps,
                "spent_s": self.spent_s, "cpu_s": self.cpu_s, "earlier": self.earlier, "curve": self.curve,
            },
            part,
        )  # fmt: skip
        part.replace(path)

    def averaged(self) -> Network:
        """The network with the running mean of its weights: what is exported."""
        network = Network(self.network.sizes)
        network.load_state_dict(self.mean)
        return network.eval()


def load_averaged(path: Path) -> Network:
    """The averaged network of a checkpoint."""
    kept = torch.load(path, weights_only=True)
    network = Network(Sizes(**kept["sizes"]))
    network.load_state_dict(kept["mean"])
    return network.eval()


def train(
    run: Run, sources: Mapping[str, tuple[Clips, float]], plan: Plan, out: Path, told: Callable[[float, str], None]
) -> None:
    """
    Go on until the plan's time is over; a checkpoint and the curve's picture lie in `out` after every minute.

    Args:
        run: new or resumed.
        sources: name -> clips and share.
        plan: how.
        out: folder.
        told: called with the share done (0 to 1) and a line about it.
    """
    torch.set_num_threads(1)
    out.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng([plan.seed, run.steps])
    clock, cpu, kept, losses = time.monotonic(), time.process_time(), time.monotonic(), []
    before_s, before_cpu = run.spent_s, run.cpu_s
    while True:
        run.spent_s, run.cpu_s = before_s + time.monotonic() - clock, before_cpu + time.process_time() - cpu
        done = max(run.spent_s / (60.0 * plan.minutes), run.cpu_s / (60.0 * plan.cpu_minutes))
        if done >= 1.0:
            break
        for group in run.optimiser.param_groups:
            group["lr"] = (
                plan.rate * min(1.0, (run.steps + 1) / WARM_UP) * (0.02 + 0.98 * 0.5 * (1.0 + math.cos(math.pi * done)))
            )
        losses.append(step(run, batch(sources, plan.windows, plan.views, rng), plan.views))
        if run.steps % 20 == 0:
            run.curve.append((run.steps, float(np.mean(losses))))
            losses = []
            pace = run.steps * plan.windows / max(run.cpu_s, 1e-9)
            told(done, f"step {run.steps}  error {run.curve[-1][1]:.4f}  {pace:.0f} windows a second of the processor")
        if time.monotonic() - kept > EVERY_S:
            kept = time.monotonic()
            run.keep(out / "checkpoint.pt")
            draw_curve(run.curve, out / "curve.png")
    run.keep(out / "checkpoint.pt")
    draw_curve(run.curve, out / "curve.png")


def learn_poses(
    run: Run, sources: Mapping[str, tuple[Clips, float]], plan: Plan, told: Callable[[float, str], None]
) -> None:
    """
    First of all the completion alone, on single poses: thirty times as many for the same time as in windows.

    Args:
        run: new; its completion and the running mean of it change.
        sources: name -> clips and share.
        plan: of which the seed counts, and `pose_cpu_s` seconds of the processor.
        told: as in `train`.
    """
    torch.set_num_threads(1)
    rng = np.random.default_rng([plan.seed, 7])
    completion, steps, errors = run.network.completion, 0, []
    optimiser = torch.optim.AdamW(completion.parameters(), lr=plan.rate, weight_decay=1e-3)
    cpu, pool = time.process_time(), pose_pool(sources, rng)
    while (done := (time.process_time() - cpu) / plan.pose_cpu_s) < 1.0:
        optimiser.param_groups[0]["lr"] = plan.rate * (1.0 - done) + 2e-5
        poses, target, weight = (torch.from_numpy(part) for part in pose_batch(pool, POSES, rng))
        error = (length(completion(poses) - target) * weight).sum() / weight.sum().clamp(min=1.0)
        optimiser.zero_grad()
        error.backward()
        torch.nn.utils.clip_grad_norm_(completion.parameters(), 1.0)
        optimiser.step()
        steps += 1
        errors.append(float(error.detach()))
        if steps % 50 == 0:
            told(done, f"poses, step {steps}  error {np.mean(errors[-50:]):.4f}")
    run.cpu_s += time.process_time() - cpu
    for name, value in run.network.state_dict().items():
        run.mean[name].copy_(value)


def step(run: Run, drawn: Batch, views: int) -> float:
    """One step of the optimiser; gives back the mean error of hidden joints, larger units counting more."""
    inputs = {name: torch.from_numpy(value) for name, value in drawn.encoded.inputs.items()}
    unit = torch.from_numpy(drawn.unit)[:, None, None]
    weight, known = torch.from_numpy(drawn.weight) * unit, torch.from_numpy(drawn.known) * unit
    answer = run.network(inputs, NEWEST)
    used = inputs["poses"][..., 2]
    total, error = loss(answer, torch.from_numpy(drawn.target), weight, known, used)
    if views > 1:
        frame = torch.from_numpy(drawn.encoded.centre_px).float(), torch.from_numpy(drawn.encoded.spread_px).float()
        total = total + CONSISTENCY * consistency(answer, frame, weight, views)
    run.optimiser.zero_grad()
    total.backward()
    torch.nn.utils.clip_grad_norm_(run.network.parameters(), 1.0)
    run.optimiser.step()
    run.steps += 1
    share = 1.0 - min(EMA, (run.steps + 1) / (run.steps + 10))
    with torch.no_grad():
        for name, value in run.network.state_dict().items():
            if value.dtype.is_floating_point:
                run.mean[name].lerp_(value, share)
    return float(error)
