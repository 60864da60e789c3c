"""Every figure that can be said about some results, as the rows of a bench."""

from collections.abc import Sequence

from edge.bench.row import Row, printed
from models.spine.evaluate.average_precision import average_precision
from models.spine.evaluate.layouts import groups
from models.spine.evaluate.pck import ROWS, Hits, pck, pckh
from models.spine.evaluate.people import Found, Truth


def figures(truth: Truth, found: Sequence[Found]) -> list[Row]:
    """
    AP and AR of each group where the layout has sigmas, PCKh@0.5 where it has a head, PCK@0.2 of the limbs' joints.

    AP and AR are shares, 0 to 1; PCK and PCKh percent. A figure nobody was annotated for has no value.
    """
    rows: list[Row] = []
    if truth.layout.sigmas is not None:
        for group, places in groups(truth.layout).items():
            note = f"{len(places)} points, {len(truth.people)} people in {len(truth.pictures)} pictures"
            for name, value in average_precision(truth, found, places).items():
                rows.append(printed(f"{name}_{group}", value, "", note))
    if {name for names in ROWS.values() for name in names} <= set(truth.layout.points):
        rows += [_row(f"pckh50_{row}", hits) for row, hits in pckh(truth, found).items()]
    rows.append(_row("pck20_limbs", pck(truth, found)))
    rows.append(_row("pck20_limbs_either_side", pck(truth, found, either_side=True)))
    return rows


def _row(name: str, hits: Hits) -> Row:
    return printed(name, hits.percent, "%", f"{hits.found} of {hits.labelled} joints")
