"""
The hump hint of a forward bend against the true rotation of the back: how often it names a side, and the right one.

    python -m models.people render 3000:3060 --distribution B1 --out bends
    python -m edge.accuracy.hump bends --seeds 3000:3060
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console

from edge.accuracy.bends import Bend, bend_of, bend_rows
from edge.accuracy.look import look_at
from edge.accuracy.networks import load_networks
from edge.accuracy.seeds import parse_seeds
from edge.accuracy.shot import read_takes
from edge.bench.row import Row, at_least, printed, show, write_json
from edge.config import ModelsConfig
from edge.errors import PlumblineError

BENDING = "B1"
BEYOND_DEG, SMALL_DEG = 5.0, 3.0
"""Rotations a nurse would write down, and such as straight backs have."""
WANTED_SHARE = 0.95


def hump_rows(bends: Sequence[Bend], suffix: str = "") -> list[Row]:
    """How the hint fares: right sides among the sides it names, and how often it names one."""
    large = [bend for bend in bends if abs(bend.atr_deg) > BEYOND_DEG]
    small = [bend for bend in bends if abs(bend.atr_deg) < SMALL_DEG]
    named = [bend for bend in large if bend.side]
    right = [bend.side == np.sign(bend.atr_deg) for bend in named]
    note = f"{sum(right)} of {len(named)} hints, {len(large)} people above {BEYOND_DEG:g} deg"
    return [
        at_least(f"hump_sign_right_share{suffix}", _share(right), WANTED_SHARE, "", note),
        printed(f"hump_hint_share{suffix}", _share([bool(bend.side) for bend in large]), "", f"named a side, {note}"),
        printed(
            f"hump_hint_share_small{suffix}",
            _share([bool(bend.side) for bend in small]),
            "",
            f"named a side, {len(small)} people below {SMALL_DEG:g} deg",
        ),
        printed(
            f"hump_not_measurable_share{suffix}",
            _share([bend.side is None for bend in bends]),
            "",
            f"{len(bends)} people",
        ),
    ]


def _share(hits: Sequence[bool]) -> float | None:
    return float(np.mean(hits)) if hits else None


def main(
    renders: Annotated[Path, typer.Argument(help="a finished folder of rendered forward bends")],
    seeds: Annotated[str, typer.Option(help="of the people, first:end, half-open")],
    models: Annotated[str, typer.Option(help="the folder of the built networks")] = ModelsConfig().folder,
    precision: Annotated[str, typer.Option(help="int8 or float")] = "int8",
    json: Annotated[Path | None, typer.Option("--json", help="also write the figures here")] = None,
) -> None:
    """Read the hump hint of rendered bends and print how often it is right."""
    console = Console()
    try:
        networks = load_networks(ModelsConfig(folder=models), precision)
        takes = read_takes(renders, parse_seeds(seeds), BENDING)
    except PlumblineError as error:
        console.print(f"hump: {error}", style="red", markup=False)
        raise typer.Exit(1) from None
    bends = [bend_of(list(look_at(take, networks, tracking=True, outline=True))) for take in takes]
    rows = hump_rows(bends) + bend_rows(bends)
    show(rows, f"{BENDING} {seeds}, {precision}", console)
    if json is not None:
        write_json(rows, json)


if __name__ == "__main__":
    typer.run(main)
