"""
Measure the pose.

    python -m models.pose.bench all --photos ../shared/data/photos --clip ../shared/data/video/tfjs_squats.mp4
"""

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from edge.bench.row import Row, show, write_json
from edge.errors import PlumblineError
from models.pose.accuracy import accuracy
from models.pose.parity import parity
from models.pose.speed import speed

CHECKOUT = Path(__file__).parents[2]
DATA = CHECKOUT.parent / "shared" / "data"
CACHE = CHECKOUT / "models" / "cache"


class What(str, Enum):
    """What to measure."""

    PARITY = "parity"
    INT8 = "int8"
    SPEED = "speed"
    ALL = "all"


PROMISED = {
    What.PARITY: [("parity_static_mean_px", "px", "<= 0.1")],
    What.INT8: [("int8_pck_loss_upper_points", "points", "<= 2"), ("int8_trunk_lean_diff_deg", "deg", "")],
    What.SPEED: [
        ("track_full_ratio_mediapipe_0_10_21", "x", ">= 2"),
        ("track_full_ratio_mediapipe_1_2_2", "x", ">= 1.8"),
    ],
}
"""The figures that appear without a value when they cannot be measured here."""


def main(
    what: Annotated[What, typer.Argument(help="Which figures.")] = What.ALL,
    photos: Annotated[Path, typer.Option(help="Folder with lspet/ and lspet_annotations.json.")] = DATA / "photos",
    clip: Annotated[Path, typer.Option(help="A clip of one person.")] = DATA / "video" / "tfjs_squats.mp4",
    json: Annotated[Path | None, typer.Option(help="Write the figures here too.")] = None,
) -> None:
    """Measure the pose against the reference runtimes, INT8 against float, and the speed."""
    measures: dict[What, Callable[[], list[Row]]] = {
        What.PARITY: lambda: parity(photos, clip, CACHE),
        What.INT8: lambda: accuracy(photos),
        What.SPEED: lambda: speed(clip, CACHE),
    }
    console = Console()
    rows: list[Row] = []
    for part, measure in measures.items():
        if what in (part, What.ALL):
            with console.status(f"measuring {part.value}"):
                rows += _measured(part, measure, console)
    show(rows, "Pose", console)
    if json is not None:
        write_json(rows, json)


def _measured(part: What, measure: Callable[[], list[Row]], console: Console) -> list[Row]:
    try:
        return measure()
    except PlumblineError as error:
        console.print(f"{part.value} was not measured: {error}", style="red")
        return [Row(name, None, unit, target, ok=False, note="not measured") for name, unit, target in PROMISED[part]]


if __name__ == "__main__":
    typer.run(main)
