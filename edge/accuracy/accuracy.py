"""`plumbline accuracy`: rendered people nobody has tuned on, measured from pixels, against the truth."""

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from edge.accuracy.bends import bend_of
from edge.accuracy.bland_altman import draw, save
from edge.accuracy.figures import TARGETS, slug
from edge.accuracy.look import alike, look_at, sides_of
from edge.accuracy.measured import measured
from edge.accuracy.networks import PRECISIONS, has_spine, load_networks
from edge.accuracy.pair import Pair, as_takes
from edge.accuracy.paired import pairs_of
from edge.accuracy.points import PointErrors, point_errors
from edge.accuracy.refused import TakeKey, stands_in_place, stands_square, taken_for_turned
from edge.accuracy.renders import render
from edge.accuracy.results import WAIST, Results
from edge.accuracy.seeds import parse_seeds
from edge.accuracy.shot import Shot, read_takes
from edge.accuracy.sides import Sides
from edge.accuracy.spine_figures import int8_row
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
SMALLER: Literal["spine_small"] = "spine_small"
NETWORKS = {"auto": (), "landmarks": (False,), "spine": (True,), "both": (False, True), SMALLER: (True,)}
"""What may be asked for -> whether a spine network looks too, for each set; "auto" is decided by what is built."""
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
        networks: "landmarks", "spine" for the spine network as well, "both" side by side, "spine_small" for
            the smaller spine network as well, or "auto": with the spine network where it has been built.
        masked: whether the spine network is given the outline, as where `models.silhouette` is on.
    """

    seeds: str
    out: Path
    precision: str = "both"
    renders: Path | None = None
    views: str = "both"
    networks: str = "auto"
    masked: bool = True

    def readers(self, *, built: bool) -> tuple[bool, ...]:
        """
        Whether the spine network looks too, for each set of networks that is asked for.

        Args:
            built: whether there is one.

        Raises:
            ConfigError: none is asked for.
        """
        if self.networks not in NETWORKS:
            raise ConfigError(f"--networks: name {', '.join(NETWORKS)}, not {self.networks!r}")
        return (built,) if self.networks == "auto" else NETWORKS[self.networks]

    @property
    def config(self) -> ModelsConfig:
        """Where the networks lie, and which spine network."""
        return ModelsConfig(spine=SMALLER) if self.networks == SMALLER else ModelsConfig()

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
    readers = request.readers(built=has_spine(request.config, precisions))
    console.print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    takes = {name: _takes(request, seeds, name) for name in distributions}
    found = [
        _measure(_Run(request.config, precision, spine, request.masked, len(readers) > 1), takes, console)
        for spine in readers
        for precision in precisions
    ]
    rows = [row for results in found for row in results.rows(VIEW)]
    beside = int8_row({one.precision: one.frames for one in found if one.spine == readers[-1]})
    rows += [beside] if beside is not None else []
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


@dataclass(frozen=True, slots=True)
class _Run:
    """One set of networks, and whether another one is measured beside it."""

    config: ModelsConfig
    precision: str
    spine: bool
    masked: bool
    beside: bool

    @property
    def suffix(self) -> str:
        """The ids without an ending are those of the best networks in INT8."""
        ends = ["landmarks"] if self.beside and not self.spine else []
        ends += [self.precision] if self.precision != "int8" else []
        return "".join(f"_{end}" for end in ends)


def _measure(run: _Run, takes: dict[str, Takes], console: Console) -> Results:
    precision = run.precision
    networks = load_networks(run.config, precision, spine=run.spine, masked=run.masked)
    points: list[PointErrors] = []
    frames: list[Pair] = []
    followed: list[Pair] = []
    sides: list[Sides] = []
    turned: set[TakeKey] = set()
    elsewhere: set[TakeKey] = set()
    for take in _shown(takes.get(STANDING, ()), precision, console):
        whole = list(look_at(take, networks, tracking=True, outline=True))
        followed += pairs_of(alike(whole))
        if taken_for_turned(whole) and stands_square(whole):
            turned.add((take[0].seed, take[0].take))
        if not stands_in_place(whole):
            elsewhere.add((take[0].seed, take[0].take))
        if take[0].take == 0:
            single = list(look_at(take, networks, tracking=False, outline=True))
            frames += pairs_of(single)
            points += point_errors(single)
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
        spine=run.spine,
        points=tuple(points),
        suffix=run.suffix,
        elsewhere=frozenset(elsewhere),
    )


def _print(found: Sequence[Results], rows: Sequence[Row], console: Console) -> None:
    for results in found:
        console.print(f"{results.label}: {results.networks}", highlight=False)
    frames = {results.label: results.of_frames(VIEW) for results in found}
    takes = {results.label: results.of_takes(VIEW) for results in found}
    console.print(measure_table(frames, "from behind, each frame alone"))
    console.print(measure_table(takes, "from behind, takes of frames that follow each other"))
    for results in found:
        for row in SHOWN:
            own = [pair for pair in results.frames if pair.measure == row]
            reference = "body" if row == WAIST else "picture"
            if own:
                title = f"{measured(row).name}, {results.label}"
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
                    title = f"{what.title}, {VIEW}, {results.label}, against the {reference}"
                    name = f"{slug(what)}_{VIEW}_{reference}_{results.label.replace(' ', '_')}.png"
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
