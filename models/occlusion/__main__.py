"""
Train, write and measure the occlusion network.

    python -m models.occlusion stages --data recordings --work runs         # what ships; resumes by itself
    python -m models.occlusion export --data recordings --work runs         # ONNX, INT8, gate, model.toml
    python -m models.occlusion train --data recordings --work runs --name other    # any other run
    python -m models.occlusion install --folder models/built                # beside the station's other networks
    python -m models.occlusion views --data recordings --work runs          # K = 4 against K = 1
    python -m models.occlusion.bench --data recordings --json figures.json

A source left out: train --without cmu --name no_cmu, export --without cmu --name no_cmu --out folder, then
bench --without cmu --models folder.

Training and export need torch, which the station never does.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from edge.bench.row import show, write_json
from edge.errors import ConfigError
from models.occlusion.artefact import HERE
from models.occlusion.artefact import install as install_networks
from models.occlusion.clips import Clips
from models.occlusion.library import held_out, training_sources
from models.occlusion.recordings import read
from models.said import as_written, said

if TYPE_CHECKING:
    from models.occlusion.stages import Stage

app = typer.Typer(add_completion=False, no_args_is_help=True, help=as_written(__doc__), rich_markup_mode=None)
console = Console(stderr=True)
Data = Annotated[Path, typer.Option(help="Folder of the recordings; they do not ship")]
Work = Annotated[Path, typer.Option(help="Where checkpoints and made motion are kept")]


@app.callback()
def main() -> None:
    """Train, write and measure the occlusion network."""


@app.command()
def train(  # noqa: PLR0913 - every argument is an option
    data: Data,
    work: Work,
    name: Annotated[str, typer.Option(help="Of this run")] = "main",
    minutes: Annotated[float, typer.Option(min=0.1, help="Of the clock, all runs of this name together")] = 60.0,
    cpu_minutes: Annotated[float, typer.Option(min=0.1, help="Of the processor, the same")] = 55.0,
    views: Annotated[int, typer.Option(min=1, help="K, differently masked views of each clip")] = 2,
    without: Annotated[str, typer.Option(help="A source to leave out")] = "",
    after: Annotated[str, typer.Option(help="A finished run to start from, instead of from nothing")] = "",
    rate: Annotated[float, typer.Option(min=1e-6, help="Largest learning rate")] = 1.5e-3,
    completion: Annotated[int | None, typer.Option(min=1, help="Units of the completion's layers")] = None,
) -> None:
    """Train, or go on with a run that was stopped."""
    with said(console, "torch"):
        from models.occlusion.network import Sizes
        from models.occlusion.stages import Stage

        units = completion or Sizes().completion
        stage = Stage(name, after, units, cpu_minutes, rate, minutes=minutes, views=views)
        _train((stage,), data, work, without)


@app.command()
def stages(data: Data, work: Work) -> None:
    """Train what ships, all stages one after the other, or go on with them."""
    with said(console, "torch"):
        from models.occlusion.stages import STAGES

        _train(STAGES, data, work, "")


@app.command()
def export(
    data: Data,
    work: Work,
    name: Annotated[str | None, typer.Option(help="Of the run; what ships without it")] = None,
    out: Annotated[Path, typer.Option(help="Where to")] = HERE,
    without: Annotated[str, typer.Option(help="A source it was trained without")] = "",
) -> None:
    """Write ONNX, calibrate, quantise, judge, describe."""
    with said(console, "torch"):
        from models.occlusion.export import export as export_network
        from models.occlusion.stages import STAGES
        from models.occlusion.train import Plan, Run

        kept = work / (name or STAGES[-1].name) / "checkpoint.pt"
        if not kept.exists():
            raise ConfigError(f"{kept} does not exist; train first")
        sources = training_sources(data, work, without or None, lambda text: None)
        run = Run.resumed(kept, Plan())
        steps, cpu_s = run.steps + run.earlier[0], run.cpu_s + run.earlier[1]
        about = f"{', '.join(sources)}: {steps} steps, {cpu_s / 60:.1f} minutes of one processor"
        for one in export_network(run.averaged(), sources, _kept_cmu(data), about, out):
            console.print(one, highlight=False)


@app.command()
def views(
    data: Data,
    work: Work,
    cpu_s: Annotated[float, typer.Option(min=0.1, help="Of the processor, each of six runs")] = 180.0,
    json: Annotated[Path | None, typer.Option(help="Also write the figures here")] = None,
) -> None:
    """Compare K = 4 views of each clip with K = 1, three seeds each, equal time."""
    with said(console, "torch"), _progress() as bar:
        from models.occlusion.views import views_rows

        line = bar.add_task("collecting motion", total=1.0)
        sources = training_sources(data, work, None, lambda text: bar.update(line, description=text))
        rows = views_rows(sources, _kept_cmu(data), cpu_s, work, partial(_tell, bar, line))
        show(rows, "views of a clip")
        if json is not None:
            write_json(rows, json)


@app.command()
def install(
    folder: Annotated[Path, typer.Option(help="Where the station's networks lie")] = Path("models/built"),
) -> None:
    """Put the networks beside the station's others."""
    with said(console):
        console.print(", ".join(install_networks(folder)), highlight=False)


def _train(todo: "tuple[Stage, ...]", data: Path, work: Path, without: str) -> None:
    from models.occlusion.stages import run_stage

    with _progress() as bar:
        line = bar.add_task("collecting motion", total=1.0)
        sources = training_sources(data, work, without or None, lambda text: bar.update(line, description=text))
        runs = [run_stage(stage, sources, work, partial(_tell, bar, line)) for stage in todo]
    for stage, run in zip(todo, runs, strict=True):
        out = work / stage.name
        console.print(f"{stage.name}: {run.steps} steps, {run.cpu_s:.0f} s of the processor; {out}")


def _kept_cmu(data: Path) -> Clips:
    clips = read("cmu", data)
    if clips is None:
        raise ConfigError(f"{data} does not hold cmu; --data names the folder of the recordings")
    return clips.part(np.flatnonzero(held_out(clips)))


def _tell(bar: Progress, line: TaskID, done: float, text: str) -> None:
    bar.update(line, completed=done, description=text)
    if not console.is_terminal:
        console.print(text, highlight=False)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console)


if __name__ == "__main__":
    app()
