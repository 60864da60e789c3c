"""Do several differently hidden views of a clip help? Equal time, three seeds. Only the command line imports this."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from edge.bench.row import Row, printed
from models.conversion.writer import serialise
from models.occlusion.answers import Runner, errors
from models.occlusion.clips import Clips
from models.occlusion.graph import build_graph
from models.occlusion.network import PARENT, Network, Sizes
from models.occlusion.scenes import KINDS, scene
from models.occlusion.train import Plan, Run, learn_poses, train

SEEDS = (0, 1, 2)
VIEWS = (1, 4)
POSE_SHARE = 0.2
"""Of a run's time, for single poses."""


def views_rows(
    sources: Mapping[str, tuple[Clips, float]],
    judged_on: Clips,
    cpu_s: float,
    work: Path,
    told: Callable[[float, str], None],
) -> list[Row]:
    """
    Train K = 1 and K = 4 from scratch with every seed and print what they make of clips none has seen.

    Args:
        sources: to train on.
        judged_on: clips nobody trained on.
        cpu_s: of the processor, each of the six runs.
        work: where their checkpoints go.
        told: called with the share done and a line about it.
    """
    found: dict[int, list[float]] = {views: [] for views in VIEWS}
    for seed in SEEDS:
        for views in VIEWS:
            plan = Plan(minutes=1e6, cpu_minutes=cpu_s / 60.0, views=views, seed=seed, pose_cpu_s=POSE_SHARE * cpu_s)
            run = Run.new(Sizes(), plan)
            learn_poses(run, sources, plan, told)
            train(run, sources, plan, work / f"views_{views}_{seed}", told)
            found[views].append(mean_error(run.averaged(), judged_on))
            told(1.0, f"K = {views}, seed {seed}: {found[views][-1]:.2f} % of the torso after {run.steps} steps")
    note = f"seeds {SEEDS}, {cpu_s:.0f} s of one processor each: {found}"
    rows = [printed(f"views_{views}_error", float(np.mean(each)), "% torso", note) for views, each in found.items()]
    gain = 100.0 * (1.0 - np.mean(found[4]) / np.mean(found[1]))
    return [*rows, printed("views_4_against_1_reduction", float(gain), "%", note)]


def mean_error(network: Network, clips: Clips) -> float:
    """Over every kind of mask that needs no borrowed pattern, % of the torso."""
    weights = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    runner = Runner(serialise(build_graph(weights, network.sizes.heads, PARENT)), int8=False)
    scenes = [scene(clips, kind, 1, np.random.default_rng(5)) for kind in KINDS if kind.steps is not None]
    return float(np.concatenate([errors(runner.all(one.window)[0], one).percent for one in scenes]).mean())
