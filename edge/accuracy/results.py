"""Everything one precision of the networks gives on the hold-out, and its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from edge.accuracy.bends import Bend, bend_rows
from edge.accuracy.figures import (
    SIGN_BEYOND_MM,
    SPINE_TARGETS,
    TARGETS,
    Targets,
    measure_rows,
    not_measurable_rows,
    sides_rows,
    waist_row,
)
from edge.accuracy.hump import hump_rows
from edge.accuracy.measured import measured
from edge.accuracy.pair import Pair
from edge.accuracy.points import PointErrors, point_rows
from edge.accuracy.refused import TakeKey, refused_of
from edge.accuracy.sides import Sides, share_of
from edge.accuracy.spine_figures import curve_rows, person_bias_rows, stated_rows, strata_rows
from edge.accuracy.statistics import sign_right_share
from edge.accuracy.summary import Summary, columns, summarise
from edge.accuracy.tables import STRATA
from edge.bench.row import Row, printed

WAIST = "C10_height"


@dataclass(frozen=True, slots=True)
class Results:
    """
    One precision.

    Attributes:
        precision: "int8" or "float".
        frames: pairs of single frames, each looked at alone.
        takes: pairs of whole takes, the person followed, as in the station.
        sides: left and right of every frame of the first takes in which somebody was found.
        turned: the takes of people who stand square that are refused as turned.
        elsewhere: the takes of people who truly stand outside the place the gate asks for.
        bends: the people bending forward.
        networks: what runs where.
        spine: whether the spine network looked closer.
        points: how far its points lay from the truth, of single frames.
        suffix: what the ids end with.
    """

    precision: str
    frames: tuple[Pair, ...]
    takes: tuple[Pair, ...]
    sides: tuple[Sides, ...]
    turned: frozenset[TakeKey]
    bends: tuple[Bend, ...]
    networks: str
    spine: bool = False
    points: tuple[PointErrors, ...] = ()
    suffix: str | None = None
    elsewhere: frozenset[TakeKey] = frozenset()

    @property
    def targets(self) -> Targets:
        """What is wanted of these networks."""
        return SPINE_TARGETS if self.spine else TARGETS

    @property
    def label(self) -> str:
        """What a person calls them, e.g. "int8 with spine"."""
        return f"{self.precision} with spine" if self.spine else self.precision

    @property
    def measures(self) -> list[str]:
        """The measures there are pairs of, in order."""
        return list(dict.fromkeys(pair.measure for pair in self.frames))

    def of_frames(self, view: str) -> list[Summary]:
        """Every measure of one view in single frames."""
        return self._summaries(self.frames, view)

    def of_takes(self, view: str) -> list[Summary]:
        """Every measure of one view in takes."""
        return self._summaries(self.takes, view)

    def rows(self, view: str) -> list[Row]:
        """Every figure of one view; the ids of another precision than INT8 end with its name."""
        suffix = self.suffix
        if suffix is None:
            suffix = "" if self.precision == "int8" else f"_{self.precision}"
        single, whole = self.of_frames(view), self.of_takes(view)
        rows = [row for summary in single for row in measure_rows(summary, suffix, self.targets)]
        rows += [row for summary in whole for row in take_rows(summary, suffix)]
        rows += sides_rows(share_of(self.sides), suffix)
        rows += self._waist(suffix)
        asked = {row for row, _ in self.targets}
        rows += not_measurable_rows(refused_of(self.takes, self.turned, asked, self.elsewhere), suffix)
        rows += person_bias_rows(self.takes, view, suffix) + strata_rows(self.frames, STRATA, view, suffix)
        if self.spine:
            rows += curve_rows(self.frames, suffix) + point_rows(self.points, suffix)
            rows += stated_rows(self.frames, view, suffix)
        return rows + (bend_rows(self.bends, suffix) + hump_rows(self.bends, suffix) if self.bends else [])

    def _summaries(self, pairs: Sequence[Pair], view: str) -> list[Summary]:
        found = (summarise(pairs, measured(row), view, self.takes) for row in self.measures)
        return [summary for summary in found if summary is not None]

    def _waist(self, suffix: str) -> list[Row]:
        read, true = columns([pair for pair in self.frames if pair.measure == WAIST], "body")
        beyond = sum(abs(value) > SIGN_BEYOND_MM for value in true)
        return [waist_row(sign_right_share(read, true, SIGN_BEYOND_MM), beyond, suffix)]


def take_rows(summary: Summary, suffix: str) -> list[Row]:
    """The errors of whole takes, of the measures that have a target for single frames."""
    if (summary.measured.id, summary.view) not in SPINE_TARGETS or summary.picture is None:
        return []
    rows = measure_rows(summary, f"_take{suffix}")
    kept = ("_median_", "_p90_", "_bias_")
    note = f"{summary.picture.count} takes, followed and calmed"
    return [
        printed(row.id, row.value, row.unit, f"{note}, {row.note.partition(', ')[2]}")
        for row in rows
        if any(part in row.id for part in kept)
    ]
