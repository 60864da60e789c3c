"""
How many training pictures one core renders in an hour.

    python -m models.people.speed --json speed.json
"""

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console

from edge.bench.row import Row, at_least, printed, show, write_json
from edge.errors import PlumblineError
from models.people.asset import SHIPPED
from models.people.work import CropJob, crop_job

SIZE_PX = (192, 256)
TARGET = 80_000
_HOUR_S = 3600.0


def renders_per_hour(count: int = 100, first: int = 0) -> float:
    """
    How many 256 x 192 torso crops a core makes in an hour: drawing, posing, dressing, rendering, effects, truth, JPEG.

    Args:
        count: of pictures to time; the processor's time counts, not the clock's. All are made once before, because
            the first compiles and each rest body is prepared only once in a run of thousands.
        first: their first seed.
    """
    with TemporaryDirectory() as folder:
        jobs = [CropJob(seed, "torso", SIZE_PX, folder, str(SHIPPED)) for seed in range(first, first + count)]
        for job in jobs:
            crop_job(job)
        start = time.process_time()
        for job in jobs:
            crop_job(job)
        return count / (time.process_time() - start) * _HOUR_S


def speed_rows(count: int = 100) -> list[Row]:
    """The figure of the bench: `renders_per_cpu_hour`."""
    value = renders_per_hour(count)
    note = f"{count} torso crops 256x192 with truth and JPEG, one core"
    return [
        at_least("renders_per_cpu_hour", value, TARGET, "1/h", note),
        printed("render_ms", 3.6e6 / value, "ms", note),
    ]


def main(
    json: Annotated[Path | None, typer.Option(help="Also write the figures here")] = None,
    count: Annotated[int, typer.Option(min=5, help="How many pictures")] = 100,
) -> None:
    """Time the renderer on this machine."""
    rows = speed_rows(count)
    show(rows, "renderer")
    try:
        if json is not None:
            write_json(rows, json)
    except PlumblineError as error:
        Console(stderr=True).print(f"[red]{error}[/red]", highlight=False)
        raise typer.Exit(1) from error


if __name__ == "__main__":
    typer.run(main)
