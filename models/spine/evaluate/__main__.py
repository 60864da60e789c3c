"""
Say how good points are.

    python -m models.spine.evaluate --truth annotations.json --points results.json --json figures.json
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from edge.bench.row import show, write_json
from models.said import said
from models.spine.evaluate.figures import figures
from models.spine.evaluate.people import read_found, read_truth


def main(
    truth: Annotated[Path, typer.Option(help="Annotated people, in COCO's format.")],
    points: Annotated[Path, typer.Option(help="What a network found, in COCO's results format.")],
    layout: Annotated[str | None, typer.Option(help="The points' layout, where the file does not tell.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write the figures here too.")] = None,
) -> None:
    """Compare found with annotated points: AP and AR of body, feet and spine, PCKh@0.5, PCK@0.2."""
    console = Console()
    with said(console):
        people = read_truth(truth, layout)
        rows = figures(people, read_found(points, people))
        show(rows, f"{points.name} against {truth.name}, {people.layout.name}", console)
        if json is not None:
            write_json(rows, json)


if __name__ == "__main__":
    typer.run(main)
