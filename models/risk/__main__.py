"""
The movement network.

    python -m models.risk noise --clips DIR              # render people, measure how the landmark network errs
    python -m models.risk train --data DIR               # what ships: CMU, stoop lifts and our own people
    python -m models.risk train --ratings DIR --out DIR  # a clinic's own ratings on top of it, with a data card
    python -m models.risk ablations --data DIR --json FILE
    python -m models.risk.copy_task --json FILE
    python -m models.risk.bench --json FILE

Training needs torch, which nothing else here does.
"""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from edge.errors import ConfigError
from models.risk.card import HERE
from models.risk.clips import measure_noise
from models.risk.people import Counts, everything, native, one_task_each, turning
from models.risk.pose_noise import SHIPPED, load, save
from models.risk.ratings import rated
from models.risk.recorded import recorded_cmu, recorded_stoop
from models.said import as_written, said

app = typer.Typer(add_completion=False, no_args_is_help=True, help=as_written(__doc__), rich_markup_mode=None)
console = Console(stderr=True)
Data = Annotated[Path, typer.Option(help="Folder with the recorded motion")]


@app.command()
def noise(
    clips: Annotated[Path, typer.Option(help="Where rendered clips are kept; made if need be")],
    networks: Annotated[Path, typer.Option(help="Built networks")] = Path("models/built"),
    out: Annotated[Path, typer.Option(help="The file to write")] = SHIPPED,
) -> None:
    """Render people doing the tasks, have the landmark network read them, and keep how it errs."""
    with said(console, "torch"):
        save(out, measure_noise(clips, networks))


@app.command()
def train(
    data: Annotated[Path | None, typer.Option(help="Folder with the recorded motion")] = None,
    ratings: Annotated[Path | None, typer.Option(help="Folder with a station's rated recordings")] = None,
    out: Annotated[Path, typer.Option(help="Where to")] = HERE,
) -> None:
    """Train on motion with known faults, or on a clinic's own ratings."""
    with said(console, "torch"):
        _train(data, ratings, out)


@app.command()
def ablations(data: Data, file: Annotated[Path, typer.Option("--json", help="Where the figures go")]) -> None:
    """LSTM against a plain network, without scaling, with the occlusion encoder's features: same windows and passes."""
    with said(console, "torch"):
        from models.risk.ablations import compare

        file.write_text(json.dumps(compare(gathered(data), load()), indent=1) + "\n", encoding="utf-8")


def gathered(data: Path):  # type: ignore[no-untyped-def]
    """All motion that trains and tunes."""
    from models.risk.train import Motions

    counts = Counts()
    console.print("people are made to move, a few minutes")
    return Motions(
        everything("train", counts.train),
        native(counts.native),
        recorded_cmu(data),
        recorded_stoop(data),
        one_task_each("tune", counts.tune),
        turning("tune", counts.turning),
    )


def _train(data: Path | None, ratings: Path | None, out: Path) -> None:
    from models.risk.train import train_rated, train_shipped

    if ratings is not None:
        if out == HERE:
            raise ConfigError("--out: name a folder of your own for a network trained on ratings")
        found = rated(ratings)
        off = train_rated(found, HERE, out, "python -m models.risk train --ratings")
        card = found.card | {"mean_distance_on_test_sessions": round(off, 4)}
        (out / "data_card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
        console.print(f"index and rating differ by {off:.2f} on average on sessions kept for testing")
        return
    if data is None:
        raise ConfigError("name --data, the folder with the recorded motion, or --ratings")
    train_shipped(gathered(data), load(), out, "python -m models.risk train --data")


if __name__ == "__main__":
    app()
