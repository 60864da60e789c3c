"""
Train our own spine network, on a workshop's machine with torch.

    python -m models.people bodies --out full.npz --full      # once; needs anny, see its help
    python -m models.spine render --bodies full.npz --out shards
    python -m models.spine teach FILM... --out shards         # joints on real pictures, from BlazePose heavy
    python -m models.spine train --shards shards --run run    # 75 minutes on two cores; stopped, it goes on
    python -m models.spine finish --run run --shards shards   # calibrate, measure ranges, write what is kept
    python -m models.build                                    # INT8 and float for the station
    python -m models.spine label PICTURES                     # correct predictions on a site's own pictures

The larger size begins with the answers of the smaller one, and is finished in the same way:

    python -m models.spine train --shards shards --run wide --size base --after run --rate 8e-4 --minutes 95
    python -m models.spine train --shards shards --run long --size base --after wide --rate 8e-4 --minutes 100

More cores or GPUs: torchrun --standalone --nproc-per-node N -m models.spine train --shards shards --training run
Rendering on many machines: --cluster.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from models.people.cluster import on_cluster
from models.people.pool import on_cores
from models.people.sample import SHARING
from models.people.seeds import check_seeds
from models.people.whole_file import without_leftovers
from models.said import as_written, said
from models.spine.label.command import label
from models.spine.pictures import ShardJob, render_shard, shard_numbers

app = typer.Typer(add_completion=False, no_args_is_help=True, help=as_written(__doc__), rich_markup_mode=None)
console = Console(stderr=True)

Shards = Annotated[Path, typer.Option(help="Folder of training pictures")]
Run = Annotated[Path, typer.Option("--training", "--run", help="Folder of the training: checkpoint, history, curves")]
"""`torchrun` has options that begin with --run and reads ours as one of them."""
HERE = Path(__file__).parent


@app.command()
def render(
    out: Annotated[Path, typer.Option(help="Where to; what is there already is not rendered again")],
    bodies: Annotated[Path, typer.Option(help="Rest bodies, from python -m models.people bodies --full")],
    count: Annotated[
        int, typer.Option(min=1, max=600_000, help="Of people who stand; a sixth more in any pose")
    ] = 40_000,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; one for each core without it")] = None,
    cluster: Annotated[str | None, typer.Option(help="A Dask scheduler, tcp://HOST:PORT, or `local`")] = None,
) -> None:
    """Render training pictures."""
    with said(console, "torch", "numba"):
        numbers = shard_numbers(count)
        check_seeds(range(min(numbers) * SHARING, (max(numbers) + 1) * SHARING), training=True)
        folder = without_leftovers(out).absolute()
        jobs = [ShardJob(number, str(folder), str(bodies.absolute())) for number in numbers]
        left = [job for job in jobs if not job.path.exists()]
        spread = on_cluster(render_shard, left, cluster, workers) if cluster else on_cores(render_shard, left, workers)
        with _progress() as progress:
            bar = progress.add_task("shards", total=len(jobs), completed=len(jobs) - len(left))
            for _ in spread:
                progress.advance(bar)


@app.command()
def teach(
    films: Annotated[list[Path], typer.Argument(help="Videos that are free to learn from")],
    out: Annotated[Path, typer.Option(help="Folder of training pictures")],
    networks: Annotated[Path, typer.Option(help="Where the built networks lie")] = Path("models/built"),
) -> None:
    """Let BlazePose heavy say where the joints are in films, as training pictures; a film named twice counts twice."""
    from models.spine.lessons import write_lessons

    with said(console, "torch", "numba"):
        for film, pictures in write_lessons(films, without_leftovers(out), networks):
            console.print(f"{film}: {pictures} pictures")


@app.command()
def train(  # noqa: PLR0913 - every argument is an option
    shards: Shards,
    run: Run,
    size: Annotated[str, typer.Option(help="small or base: spine_small, spine_base")] = "small",
    minutes: Annotated[float, typer.Option(min=0.1, help="Of computing; a GPU needs fewer")] = 75.0,
    batch: Annotated[int, typer.Option(min=2, help="Pictures a step and process")] = 32,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    labels: Annotated[Path | None, typer.Option(help="A site's own pictures, corrected with `label`")] = None,
    rate: Annotated[float, typer.Option(min=1e-6, help="The largest learning rate")] = 2e-3,
    after: Annotated[Path | None, typer.Option(help="Run to start from, of a smaller network or the same")] = None,
) -> None:
    """Train; what was stopped goes on from its last checkpoint."""
    with said(console, "torch", "numba"):
        from models.spine.curves import draw_history
        from models.spine.second_stage import second_stage
        from models.spine.train import Plan, Training
        from models.spine.train import train as go_on
        from models.spine.widen import start_wider

        plan = Plan(size=size, minutes=minutes, batch=batch, rate=rate, seed=seed)
        if after is not None:
            start_wider(after, plan, run)
        training = Training(plan, shards, run, labels)
        with _progress() as progress:
            bar = progress.add_task(size, total=round(minutes * 60), completed=round(training.progress.spent_s))

            def shown(now: object, parts: dict[str, float]) -> None:
                words = f"{training.progress.pictures} pictures, place {parts['place']:.2f}, curve {parts['curve']:.2f}"
                progress.update(bar, completed=round(training.progress.spent_s), description=words)
                draw_history(training.progress.history, run / "history.png")

            go_on(training, shown)
            if training.leads:
                second_stage(run, training.pictures, lambda epoch, loss: progress.update(
                    bar, description=f"curve head, epoch {epoch + 1}: {loss:.2f}"
                ))  # fmt: skip


@app.command()
def finish(
    shards: Shards,
    run: Run,
    out: Annotated[Path, typer.Option(help="Where the kept files go")] = HERE,
    name: Annotated[str | None, typer.Option(help="Of the artefact; spine_ and the size without it")] = None,
) -> None:
    """Calibrate the uncertainty, measure the ranges for INT8, write what the repository keeps."""
    with said(console, "torch", "numba"):
        from models.spine.finish import Kept, calibration_pictures, learnt_pictures
        from models.spine.finish import finish as write_kept
        from models.spine.train import load

        kept = Kept(name or f"spine_{load(run / 'checkpoint.pt')['plan']['size']}", out)
        write_kept(run, calibration_pictures(), learnt_pictures(shards), kept)
        console.print(f"{out}: {kept.name}.half.onnx, .ranges.json, .card.toml; now run python -m models.build")


app.command()(label)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, TimeRemainingColumn(), console=console)


if __name__ == "__main__":
    app()
