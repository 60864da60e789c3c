"""`plumbline accuracy`: rendered people nobody has tuned on, measured from pixels, against the truth."""

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from edge.accuracy.bends import bend_of
from edge.accuracy.bland_altman import draw, save
from edge.accuracy.figures import TARGETS, slug
from edge.accuracy.look import look_at, sides_of
from edge.accuracy.measured import measured
from edge.accuracy.networks import PRECISIONS, load_networks
from edge.accuracy.pair import Pair, as_takes
from edge.accuracy.paired import pairs_of
from edge.accuracy.refused import TakeKey, stands_square, taken_for_turned
from edge.accuracy.renders import render
from edge.accuracy.results import WAIST, Results
from edge.accuracy.seeds import parse_seeds
from edge.accuracy.shot import Shot, read_takes
from edge.accuracy.sides import Sides
from edge.accuracy.summary import columns
from edge.accuracy.tables import measure_table, reasons_table, strata_table
from edge.bench.row import Row, show, write_json
from edge.config import ModelsConfig
from edge.errors import ConfigError

STANDING, BENDING = "V1", "B1"
"""The frozen distributions; a new one gets a new name, and then both are printed."""
TAKES = 3
REPEATED_PEOPLE, BENDING_PEOPLE = 12, 30
"""
So many people, the first of the seeds, repeat their take and bend forward: sixty people are to take less than a quarter
of an hour on two cores, and nearly all of it is rendering.
"""
VIEW = "back"
SHOWN = (*(row for row, _ in TARGETS), WAIST)
"""Measures whose errors are drawn and whose strata are shown."""


@dataclass(frozen=True, slots=True)
class Request:
    """
    What is to be measured.

    Attributes:
        seeds: "A:B", half-open.
        out: folder for pictures of the errors, and for the renders unless they are named.
        precision: "int8", "float" or "both".
        renders: a finished folder of renders; None to have them made.
        views: "back" for standing, "bend" for bent forward, or "both".
    """

    seeds: str
    out: Path
    precision: str = "both"
    renders: Path | None = None
    views: str = "both"

    def precisions(self) -> tuple[str, ...]:
        """
        Which precisions are asked for.

        Raises:
            ConfigError: none.
        """
        return _one_or_both(self.precision, PRECISIONS, "--precision")

    def distributions(self) -> tuple[str, ...]:
        """
        Which distributions are asked for.

        Raises:
            ConfigError: none.
        """
        views = _one_or_both(self.views, (VIEW, "bend"), "--views")
        return tuple({VIEW: STANDING, "bend": BENDING}[view] for view in views)


Takes = Sequence[Sequence[Shot]]


def run_accuracy(request: Request, json: Path | None, console: Console) -> bool:
    """
    Render or read, measure, print, and write what was asked for; return whether every target was met.

    Raises:
        PlumblineError: something is missing or was asked wrongly.
    """
    seeds, precisions, distributions = parse_seeds(request.seeds), request.precisions(), request.distributions()
    console.print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    takes = {name: _takes(request, seeds, name) for name in distributions}
    found = [_measure(precision, takes, console) for precision in precisions]
    rows = [row for results in found for row in results.rows(VIEW)]
    _print(found, rows, console)
    _draw(found, request.out)
    console.print(f"pictures of the errors: {request.out}", highlight=False, soft_wrap=True)
    if json is not None:
        write_json(rows, json)
    return all(row.ok for row in rows if row.target)


def _takes(request: Request, seeds: range, distribution: str) -> Takes:
    people = seeds if distribution == STANDING else seeds[:BENDING_PEOPLE]
    folder = request.renders
    if folder is None:
        folder = request.out / "renders" / distribution
        render(people, folder, distribution)
        for take in range(1, TAKES if distribution == STANDING else 1):
            render(people[:REPEATED_PEOPLE], folder, distribution, take)
    return read_takes(folder, people, distribution)


def _measure(precision: str, takes: dict[str, Takes], console: Console) -> Results:
    networks = load_networks(ModelsConfig(), precision)
    frames: list[Pair] = []
    followed: list[Pair] = []
    sides: list[Sides] = []
    turned: set[TakeKey] = set()
    for take in _shown(takes.get(STANDING, ()), precision, console):
        whole = list(look_at(take, networks, tracking=True, outline=True))
        followed += pairs_of(whole)
        if taken_for_turned(whole) and stands_square(whole):
            turned.add((take[0].seed, take[0].take))
        if take[0].take == 0:
            single = list(look_at(take, networks, tracking=False, outline=True))
            frames += pairs_of(single)
            sides += sides_of(single, whole)
    return Results(
        precision=precision,
        frames=tuple(frames),
        takes=tuple(as_takes(followed)),
        sides=tuple(sides),
        turned=frozenset(turned),
        bends=tuple(
            bend_of(list(look_at(take, networks, tracking=True, outline=True)))
            for take in _shown(takes.get(BENDING, ()), f"{precision}, bends", console)
        ),
        networks=networks.description,
    )


def _print(found: Sequence[Results], rows: Sequence[Row], console: Console) -> None:
    for results in found:
        console.print(f"{results.precision}: {results.networks}", highlight=False)
    frames = {results.precision: results.of_frames(VIEW) for results in found}
    takes = {results.precision: results.of_takes(VIEW) for results in found}
    console.print(measure_table(frames, "from behind, each frame alone"))
    console.print(measure_table(takes, "from behind, takes of frames that follow each other"))
    for results in found:
        for row in SHOWN:
            own = [pair for pair in results.frames if pair.measure == row]
            reference = "body" if row == WAIST else "picture"
            if own:
                title = f"{measured(row).name}, {results.precision}"
                console.print(strata_table(own, reference, title), reasons_table(own, f"{title}: why not measured"))
    show([row for row in rows if row.target], "targets", console)


def _draw(found: Sequence[Results], out: Path) -> None:
    for results in found:
        for row in results.measures:
            what = measured(row)
            for reference in ("picture", "body"):
                pairs = [pair for pair in results.frames if pair.measure == row]
                read, true = columns(pairs, reference)
                if read:
                    title = f"{what.title}, {VIEW}, {results.precision}, against the {reference}"
                    name = f"{slug(what)}_{VIEW}_{reference}_{results.precision}.png"
                    save(draw(read, true, title, what.unit), out / name)


def _one_or_both(asked: str, known: tuple[str, str], option: str) -> tuple[str, ...]:
    if asked == "both":
        return known
    if asked not in known:
        raise ConfigError(f"{option}: name {known[0]}, {known[1]} or both, not {asked!r}")
    return (asked,)


def _shown(takes: Takes, what: str, console: Console) -> Iterator[Sequence[Shot]]:
    columns_ = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns_, console=console, transient=True) as progress:
        bar = progress.add_task(what, total=len(takes))
        for take in takes:
            yield take
            progress.advance(bar)
