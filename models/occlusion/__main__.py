"""
Train, write and measure the occlusion network.

    python -m models.occlusion train --data recordings --work runs          # resumes by itself
    python -m models.occlusion export --data recordings --work runs         # ONNX, INT8, gate, model.toml
    python -m models.occlusion.bench --data recordings --json figures.json

Training and export need torch, which the station never does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from edge.errors import PlumblineError
from models.occlusion.library import training_sources
from models.occlusion.network import Sizes
from models.occlusion.train import Plan, Run, learn_poses
from models.occlusion.train import train as go_on

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, rich_markup_mode=None)
console = Console(stderr=True)
Data = Annotated[Path, typer.Option(help="Folder of the recordings; they do not ship")]
Work = Annotated[Path, typer.Option(help="Where checkpoints and made motion are kept")]


@app.callback()
def main() -> None:
    """Train, write and measure the occlusion network."""


@app.command()
def train(
    data: Data,
    work: Work,
    minutes: Annotated[float, typer.Option(min=0.1, help="Of the clock, all runs together")] = 55.0,
    cpu_minutes: Annotated[float, typer.Option(min=0.1, help="Of the processor, all runs together")] = 55.0,
    views: Annotated[int, typer.Option(min=1, help="K, differently masked views of each clip")] = 2,
    name: Annotated[str, typer.Option(help="Of this run")] = "main",
    without: Annotated[str, typer.Option(help="A source to leave out")] = "",
    seed: Annotated[int, typer.Option()] = 0,
    windows: Annotated[int, typer.Option(min=2, help="In a batch, all views counted")] = 64,
    pose_cpu_s: Annotated[float, typer.Option(min=0.1, help="Seconds of the processor on single poses first")] = 60.0,
) -> None:
    """Train, or go on with a run that was stopped."""
    plan = Plan(minutes=minutes, cpu_minutes=cpu_minutes, views=views, seed=seed, windows=windows, pose_cpu_s=pose_cpu_s)
    out = work / name
    kept = out / "checkpoint.pt"
    with _refusals(), _progress() as bar:
        line = bar.add_task("collecting motion", total=1.0)
        sources = training_sources(data, work, without or None, lambda text: bar.update(line, description=text))
        told = partial(_tell, bar, line)
        if kept.exists():
            run = Run.resumed(kept, plan)
        else:
            run = Run.new(Sizes(), plan)
            learn_poses(run, sources, plan, told)
        go_on(run, sources, plan, out, told)
    console.print(f"{run.steps} steps, {run.cpu_s:.0f} s of the processor; {kept}, {out / 'curve.png'}")


def _tell(bar: Progress, line: TaskID, done: float, text: str) -> None:
    bar.update(line, completed=done, description=text)
    if not console.is_terminal:
        console.print(text, highlight=False)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console)


@contextmanager
def _refusals() -> Iterator[None]:
    """What we refuse on purpose ends in one line, not in a traceback."""
    try:
        yield
    except PlumblineError as error:
        console.print(f"[red]{error}[/red]", highlight=False)
        raise typer.Exit(1) from error


if __name__ == "__main__":
    app()
