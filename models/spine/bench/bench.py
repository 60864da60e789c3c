"""The whole bench: render, look, count, print."""

import os
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from edge.accuracy.renders import render
from edge.bench.row import Row, show, write_json
from edge.config import ModelsConfig
from edge.errors import ModelError
from models.people.work import RenderJob
from models.spine.bench import ridge
from models.spine.bench.agreement_rows import jitter_rows, precision_rows
from models.spine.bench.angle_rows import side_rows, standing_rows
from models.spine.bench.case import Case, read_cases
from models.spine.bench.curve_rows import curve_rows, uneven_rows
from models.spine.bench.look import Look, look_at
from models.spine.bench.networks import Networks, load
from models.spine.bench.photo_section import photo_section
from models.spine.bench.pictures import write_sheets
from models.spine.bench.point_rows import apex_rows, back_rows, points_rows, side_point_row
from models.spine.bench.speed import speed_rows
from models.spine.bench.strata_rows import strata_rows
from models.spine.bench.surface_rows import surface_rows

STANDING, CURVED, UNEVEN, SIDES = "V1", "S1", "S1-uneven", ("V0-left", "V0-right")
PRECISIONS = ("int8", "float")
QUICK: Literal["spine_small"] = "spine_small"
SIDE_PEOPLE = 15
"""So many people, the first of the seeds, are seen from the sides too."""
FLOAT_FRAMES = 2
"""The float networks see so many frames of a take: they are there to be compared with."""
JITTERED_PEOPLE = 20
SHOWN = 9
"""Pictures of a kind on a sheet."""

People = Mapping[str, list[list[Case]]]
"""Distribution -> people -> frames."""


@dataclass(frozen=True, slots=True)
class Request:
    """
    What is to be measured.

    Attributes:
        seeds: of the people.
        renders: folder for the renders; what lies there is not rendered again.
        photos: folder of annotated photographs; None without.
        out: folder for pictures to look at; None for none.
        models: which networks.
    """

    seeds: range
    renders: Path
    photos: Path | None
    out: Path | None
    models: ModelsConfig


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What one precision makes of every distribution."""

    networks: Networks
    looks: Mapping[str, Sequence[Look]]

    @property
    def suffix(self) -> str:
        """What the ids of its rows end with."""
        return "" if self.networks.precision == "int8" else f"_{self.networks.precision}"

    @property
    def sides(self) -> list[Look]:
        """Both sides of the people seen from there."""
        return [look for name in SIDES for look in self.looks[name]]


def run_bench(request: Request, json: Path | None, console: Console) -> bool:
    """
    Render what is missing, look, print every figure, write what was asked for; return whether every target was met.

    Raises:
        PlumblineError: a network or a render is missing or damaged.
    """
    console.print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", highlight=False)
    networks = [load(request.models, precision) for precision in PRECISIONS]
    small = request.models.model_copy(update={"spine": QUICK})
    quick = networks[0] if small == request.models else load(small, "int8")
    for one in networks:
        console.print(f"{one.precision}: {one.description}, {one.sha256[:12]}", highlight=False)
    people = prepare(request.seeds, request.renders)
    int8, floats = (see(one, people, console) for one in networks)
    rows = _rows(int8, floats, console) + _speed(quick, int8.looks[STANDING])
    photographed = photo_section(request.photos, networks, request.out, console)
    if request.out is not None:
        _draw(request.out, int8, floats, console)
    rows += photographed
    show(rows, "spine network, every figure", console)
    show([row for row in rows if row.target and not row.ok], "targets not met", console)
    if json is not None:
        write_json(rows, json)
    return all(row.ok for row in rows if row.target)


def prepare(seeds: range, folder: Path) -> People:
    """
    Render who is missing, and read everybody.

    Raises:
        PlumblineError: rendering fails, or a truth is damaged.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = dict.fromkeys((STANDING, CURVED, UNEVEN), seeds) | dict.fromkeys(SIDES, seeds[:SIDE_PEOPLE])
    for name, who in wanted.items():
        rendered(who, folder, name)
    return {name: read_cases(folder, who, name) for name, who in wanted.items()}


def rendered(seeds: range, folder: Path, distribution: str) -> None:
    """Render those people who are not in the folder yet."""
    if any(RenderJob(seed, distribution, 0, str(folder)).missing() for seed in seeds):
        render(seeds, folder, distribution)


def see(networks: Networks, people: People, console: Console) -> Seen:
    """Look at everybody with the networks of one precision."""
    most = FLOAT_FRAMES if networks.precision == "float" else None
    looks = {}
    for name, takes in people.items():
        cases = [case for take in takes for case in take[:most]]
        shown = progress(look_at(cases, networks), len(cases), f"{networks.precision} {name}", console)
        looks[name] = list(shown)
    return Seen(networks, looks)


def progress(looks: Iterable[Look], total: int, title: str, console: Console) -> Iterator[Look]:
    """The same looks, with a bar on the screen."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bars:
        bar = bars.add_task(title, total=total)
        for look in looks:
            yield look
            bars.advance(bar)


def _rows(int8: Seen, floats: Seen, console: Console) -> list[Row]:
    rows = [row for seen in (int8, floats) for row in seen_rows(seen, fitted(console))]
    firsts = {seen.suffix: first_frames(seen.looks[STANDING]) for seen in (int8, floats)}
    cases = [look.case for look in firsts[""]]
    noise = look_at(cases, int8.networks, np.random.default_rng(1))
    shaken = list(progress(noise, len(cases), "noise of one level", console))
    rows += precision_rows(firsts[""], firsts["_float"], shaken)
    rows += jitter_rows(firsts[""][:JITTERED_PEOPLE], int8.networks, np.random.default_rng(2))
    return rows


def _speed(quick: Networks, looks: Sequence[Look]) -> list[Row]:
    """Times of the smaller network, whichever is measured: it is the one for slow boards."""
    read = next((look for look in looks if look.coarse is not None), None)
    if read is None or read.coarse is None:
        return []
    return speed_rows(quick, read.case.shot.frame(), read.coarse, read.silhouette)


def seen_rows(seen: Seen, reading: ridge.Ridge | None) -> list[Row]:
    """Every figure of one precision."""
    looks, suffix = seen.looks, seen.suffix
    return [
        *standing_rows(looks[STANDING], suffix),
        *back_rows(looks[CURVED], suffix),
        *surface_rows(looks[CURVED], suffix),
        *apex_rows(looks[CURVED], suffix),
        *curve_rows(looks[CURVED], suffix),
        *points_rows(looks[CURVED], reading, seen.networks.sha256, suffix),
        *uneven_rows(looks[UNEVEN], suffix),
        side_point_row(seen.sides, suffix),
        *side_rows(seen.sides, suffix),
        *strata_rows(looks[STANDING], looks[CURVED], suffix),
    ]


def fitted(console: Console) -> ridge.Ridge | None:
    """The reading of the points; says why where there is none."""
    try:
        return ridge.read()
    except ModelError as error:
        console.print(f"[yellow]{error}[/yellow]", highlight=False)
        return None


def first_frames(looks: Sequence[Look]) -> list[Look]:
    """One look a person, at the first frame."""
    return [look for look in looks if look.case.shot.number == 0]


def _draw(folder: Path, int8: Seen, floats: Seen, console: Console) -> None:
    sheets = {
        f"renders_{name}": {seen.networks.precision: first_frames(seen.looks[name])[:SHOWN] for seen in (int8, floats)}
        for name in (CURVED, UNEVEN, *SIDES)
    }
    for path in write_sheets(folder, sheets):
        console.print(f"{path}", highlight=False, soft_wrap=True)
