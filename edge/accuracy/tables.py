"""The tables a person reads: measures in one precision beside another, and strata."""

from collections import Counter
from collections.abc import Mapping, Sequence

from rich.table import Table

from edge.accuracy.pair import Pair
from edge.accuracy.statistics import Agreement, agreement
from edge.accuracy.summary import Summary, by_stratum, columns

MEASURE_COLUMNS = (
    "measure", "precision", "n", "bias", "median", "p90", "slope", "median 3-D", "p90 3-D", "slope 3-D",
    "not measurable", "MDC95 one", "of three", "flag from", "sensitivity", "specificity",
)  # fmt: skip
STRATA = ("age", "sex", "build", "clothing", "hair", "skin", "light", "distance", "yaw", "roll")
"""Kinds of strata, in the order they are shown; one that no picture has is left out."""
DASH = "-"


def measure_table(summaries: Mapping[str, Sequence[Summary]], title: str) -> Table:
    """
    One line for every measure and precision.

    Args:
        summaries: precision -> its measures, all in the same order.
        title: above the table.
    """
    table = Table(*MEASURE_COLUMNS, title=title, title_justify="left")
    ids = {summary.measured.id: None for found in summaries.values() for summary in found}
    for row in ids:
        for precision, found in summaries.items():
            for summary in found:
                if summary.measured.id == row:
                    table.add_row(*_measure_line(summary, precision))
    return table


def strata_table(pairs: Sequence[Pair], reference: str, title: str) -> Table:
    """
    How one measure fares on different people and in different places.

    Args:
        pairs: of one measure, view and precision.
        reference: "body" or "picture".
        title: above the table.
    """
    table = Table("stratum", "", "n", "bias", "median", "p90", "not measurable", title=title, title_justify="left")
    for kind in STRATA:
        for stratum, own in by_stratum(pairs, kind).items():
            found = agreement(*columns(own, reference))
            due = [pair for pair in own if pair.truth(reference) is not None]
            missing = sum(pair.measured is None for pair in due) / len(due) if due else None
            table.add_row(kind, stratum, str(len(due)), *_errors(found), percent(missing))
    return table


def reasons_table(pairs: Sequence[Pair], title: str) -> Table:
    """
    Why nothing was measured, the most frequent reason first.

    Args:
        pairs: of one measure, view and precision.
        title: above the table.
    """
    table = Table("reason", "frames", title=title, title_justify="left")
    for reason, count in Counter(pair.reason for pair in pairs if pair.reason is not None).most_common():
        table.add_row(reason, str(count))
    return table


def number(value: float | None, digits: int = 2) -> str:
    """
    A figure, or a dash.

    >>> number(1.236), number(None)
    ('1.24', '-')
    """
    return DASH if value is None else f"{value:.{digits}f}"


def percent(share: float | None) -> str:
    """
    A share as people read it.

    >>> percent(0.0312)
    '3.1 %'
    """
    return DASH if share is None else f"{100 * share:.1f} %"


def _measure_line(summary: Summary, precision: str) -> list[str]:
    own, body, flag = summary.picture, summary.body, summary.amber
    measured = summary.measured
    return [
        measured.title,
        precision,
        str(summary.pairs),
        *_errors(own),
        number(own.slope if own else None),
        number(body.median_error if body else None),
        number(body.p90_error if body else None),
        number(body.slope if body else None),
        percent(summary.not_measurable),
        number(summary.mdc95_one),
        number(summary.mdc95_three),
        DASH if flag is None else f"{measured.amber:g} {measured.unit} ({flag.positives})",
        percent(flag.sensitivity if flag else None),
        percent(flag.specificity if flag else None),
    ]


def _errors(found: Agreement | None) -> tuple[str, str, str]:
    """Bias, median and 90 % of the absolute error."""
    if found is None:
        return DASH, DASH, DASH
    return f"{found.bias:+.2f}", number(found.median_error), number(found.p90_error)
