"""
What the movement index can do, measured with the artefact that ships.

    python -m models.risk.bench --json movement.json --picture movement.png
    python -m models.risk.bench --json movement.json --data DIR     # with the motion sources nobody trained on

People here are drawn on rest bodies nothing was trained on; MSR's bends and every fifth recording of CMU are left out
of training. Every figure comes from whole takes played through `MovementTracker` as the station does it.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from edge.bench.row import show, write_json
from models.risk.card import HERE, load
from models.risk.figures import (
    alone,
    frame_rates,
    lean_and_turning,
    replay,
    sad_paths,
    severity,
    symmetric,
)
from models.risk.picture import draw
from models.risk.pose_noise import load as load_noise
from models.risk.rows import hump_sign_right, rows
from models.risk.speed import speed
from models.risk.trial import Trial
from models.said import said

console = Console()


def measured(precision: str, data: Path | None, copy_task: Path | None) -> dict[str, Any]:
    """Every figure by its id; None with a note where it could not be measured."""
    trial = Trial(load(HERE, precision), load_noise())
    parts: list[Callable[[], dict[str, Any]]] = [
        lambda: severity(trial, data), lambda: alone(trial), lambda: symmetric(trial), lambda: lean_and_turning(trial),
        lambda: replay(trial), lambda: frame_rates(trial), lambda: sad_paths(trial), lambda: speed(trial),
        lambda: long_memory(copy_task),
    ]  # fmt: skip
    figures: dict[str, Any] = {"network": trial.network.description}
    for part in parts:
        figures |= part()
        console.print(".", end="")
    console.print()
    return figures


def long_memory(file: Path | None) -> dict[str, Any]:
    """LSTM less plain network at length 500, points, out of what `models.risk.copy_task` wrote."""
    if file is None or not file.exists():
        return {"lstm_minus_rnn_points": None, "lstm_note": "run python -m models.risk.copy_task, it needs torch"}
    runs = json.loads(file.read_text(encoding="utf-8"))
    means = {
        f"{kind}_{length}": [100.0 * run["accuracy"] for run in runs if (run["kind"], run["length"]) == (kind, length)]
        for kind in ("lstm", "rnn")
        for length in (100, 500)
    }
    mean = {name: round(sum(points) / len(points), 1) for name, points in means.items() if points}
    both = "lstm_500" in mean and "rnn_500" in mean
    gap = round(mean["lstm_500"] - mean["rnn_500"], 1) if both else None
    return {"lstm_minus_rnn_points": gap, "copy_task_percent": mean, "copy_task_runs": runs}


def main(
    file: Annotated[Path, typer.Option("--json", help="Where the figures go")],
    picture: Annotated[Path | None, typer.Option(help="Index against severity, .png")] = None,
    data: Annotated[
        Path | None, typer.Option(help="Folder with recorded motion; those rows are skipped without")
    ] = None,
    copy_task: Annotated[Path | None, typer.Option(help="What models.risk.copy_task wrote")] = None,
    accuracy: Annotated[Path | None, typer.Option(help="What plumbline accuracy --json wrote: hump hints")] = None,
    precision: Annotated[str, typer.Option(help="float or int8")] = "float",
) -> None:
    """Measure everything and print it."""
    with said(console):
        figures = measured(precision, data, copy_task) | {"hump_sign_right_share": hump_sign_right(accuracy)}
        if picture is not None:
            draw(figures["points"], picture)
        found = rows(figures)
        show(found, str(figures["network"]), console)
        write_json(found, file)


if __name__ == "__main__":
    typer.run(main)
