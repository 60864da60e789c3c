"""What all pairs of one measure say together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from edge.accuracy.measured import Measured
from edge.accuracy.pair import Pair
from edge.accuracy.statistics import Agreement, Detection, agreement, detection, mdc95


@dataclass(frozen=True, slots=True)
class Summary:
    """
    One measure in one view.

    Attributes:
        measured: which.
        view: e.g. "back".
        pairs: how many frames or takes were looked at for which there is a truth.
        not_measurable: share of them without a measured value.
        picture: against the true joints in the picture; None without a pair.
        body: against the clinical definition on the 3-D body; None without a pair.
        amber: the flag from `measured.amber` on, against the body where it is known, else the picture; None for a
            measure without a flag.
        mdc95_one: the smallest change between two takes that is not noise; None without repeated takes.
        mdc95_three: the same between two medians of three takes.
    """

    measured: Measured
    view: str
    pairs: int
    not_measurable: float
    picture: Agreement | None
    body: Agreement | None
    amber: Detection | None
    mdc95_one: float | None
    mdc95_three: float | None


def summarise(pairs: Sequence[Pair], measured: Measured, view: str, takes: Sequence[Pair] = ()) -> Summary | None:
    """
    Put the pairs of one measure and view together; None when the truth never has a value.

    Args:
        pairs: of frames or of takes; others among them are left out.
        measured: of the measure.
        view: the side seen.
        takes: of the same people, one pair a take; what one person's takes differ by makes the detectable change.
    """
    due = [pair for pair in _of(pairs, measured, view) if pair.body is not None or pair.picture is not None]
    if not due:
        return None
    repeated = list(by_person(_of(takes, measured, view)).values())
    return Summary(
        measured=measured,
        view=view,
        pairs=len(due),
        not_measurable=sum(pair.measured is None for pair in due) / len(due),
        picture=agreement(*columns(due, "picture")),
        body=agreement(*columns(due, "body")),
        amber=_detection(due, measured.amber),
        mdc95_one=mdc95(repeated),
        mdc95_three=mdc95(repeated, takes=3),
    )


def columns(pairs: Iterable[Pair], reference: str) -> tuple[list[float], list[float]]:
    """Measured and true values of the pairs that have both, by one of the two references."""
    both = [(pair.measured, pair.truth(reference)) for pair in pairs]
    known = [(read, true) for read, true in both if read is not None and true is not None]
    return [read for read, _ in known], [true for _, true in known]


def by_person(takes: Iterable[Pair]) -> Mapping[int, list[float]]:
    """Seed -> the values read of one person in their takes."""
    found: dict[int, list[float]] = {}
    for pair in takes:
        if pair.measured is not None:
            found.setdefault(pair.seed, []).append(pair.measured)
    return found


def by_stratum(pairs: Iterable[Pair], kind: str) -> Mapping[str, list[Pair]]:
    """Stratum -> its pairs, in the order of the strata's names."""
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        if kind in pair.strata:
            found.setdefault(pair.strata[kind], []).append(pair)
    return dict(sorted(found.items()))


def _of(pairs: Iterable[Pair], measured: Measured, view: str) -> list[Pair]:
    return [pair for pair in pairs if pair.measure == measured.id and pair.view == view]


def _detection(pairs: Sequence[Pair], threshold: float | None) -> Detection | None:
    if threshold is None:
        return None
    read, true = columns(pairs, "body")
    if not true:
        read, true = columns(pairs, "picture")
    return detection(read, true, threshold)
