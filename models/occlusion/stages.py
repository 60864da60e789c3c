"""
The stages in which the network that ships was trained, one after the other. Only the command line imports this.

    python -m models.occlusion stages --data recordings --work runs

All of them together take less than an hour of one processor. Each begins with the averaged weights of the one before; a
wider completion than before starts with the same answers (`widen.py`). A stage that was stopped goes on where it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.occlusion.clips import Clips
from models.occlusion.network import Sizes
from models.occlusion.train import Plan, Run, learn_poses, train

LARGEST_SHARE = 0.2
"""Of a run's time for single poses, however short it is."""


@dataclass(frozen=True, slots=True)
class Stage:
    """
    One run.

    Attributes:
        name: of its folder.
        after: the run it begins with, "" for none.
        completion: units of the completion's hidden layers.
        cpu_minutes: of one processor.
        rate: largest learning rate.
        windows: in a batch.
        poses_s: seconds of the processor, of those minutes, for single poses first.
        minutes: of the clock at most.
        views: K, differently masked views of each clip.
    """

    name: str
    after: str = ""
    completion: int = Sizes().completion
    cpu_minutes: float = 55.0
    rate: float = 1.5e-3
    windows: int = 32
    poses_s: float = 75.0
    minutes: float = 1e6
    views: int = 2


STAGES = (
    Stage("first", completion=192, cpu_minutes=24.0, rate=2e-3, windows=64, poses_s=60.0),
    Stage("films", "first", cpu_minutes=7.0),
    Stage("last", "films", cpu_minutes=7.5),
    Stage("planted", "last", cpu_minutes=19.5, rate=1e-3, poses_s=65.0),
)


def run_stage(
    stage: Stage, sources: Mapping[str, tuple[Clips, float]], work: Path, told: Callable[[float, str], None]
) -> Run:
    """
    Begin a stage, or go on with one that was stopped; one that is over is over.

    Args:
        stage: what to do.
        sources: name -> clips and share.
        work: folder of all runs.
        told: called with the share done and a line about it.
    """
    poses_s = min(stage.poses_s, LARGEST_SHARE * 60.0 * stage.cpu_minutes)
    plan = Plan(stage.minutes, stage.cpu_minutes, stage.windows, stage.views, stage.rate, poses_s)
    kept = work / stage.name / "checkpoint.pt"
    if kept.exists():
        run = Run.resumed(kept, plan)
    else:
        sizes = Sizes(completion=stage.completion)
        run = Run.after(work / stage.after / "checkpoint.pt", sizes, plan) if stage.after else Run.new(sizes, plan)
        learn_poses(run, sources, plan, told)
    train(run, sources, plan, kept.parent, told)
    return run
