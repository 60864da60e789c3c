"""What all pairs of one measure say together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from edge.accuracy.pair import Pair
from edge.accuracy.statistics import Agreement, Detection, agreement, detection, mdc95
from edge.spine.catalogue import Definition


@dataclass(frozen=True, slots=True)
class Summary:
    """
    One measure in one view.

    Attributes:
        definition: its row in the catalogue.
        view: e.g. "back".
        pairs: how many frames were looked at.
        not_measurable: share of them without a value, of those where the truth has one.
        picture: against the true joints in the picture; None without a pair.
        body: against the clinical definition on the 3-D body; None without a pair.
        amber: the flag from `definition.amber` on, against the body where it is known, else the picture; None for a
            measure without a flag.
        mdc95_one: the smallest change that is not noise, of one take; None without repetition.
        mdc95_three: the same of the median of three takes.
    """

    definition: Definition
    view: str
    pairs: int
    not_measurable: float
    picture: Agreement | None
    body: Agreement | None
    amber: Detection | None
    mdc95_one: float | None
    mdc95_three: float | None


def summarise(pairs: Sequence[Pair], definition: Definition, view: str) -> Summary | None:
    """Put the pairs of one measure and view together; None when the truth never has a value."""
    own = [pair for pair in pairs if pair.measure == definition.id and pair.view == view]
    due = [pair for pair in own if pair.body is not None or pair.picture is not None]
    if not due:
        return None
    takes = list(takes_of(due).values())
    return Summary(
        definition=definition,
        view=view,
        pairs=len(due),
        not_measurable=sum(pair.measured is None for pair in due) / len(due),
        picture=agreement(*columns(due, "picture")),
        body=agreement(*columns(due, "body")),
        amber=_detection(due, definition.amber),
        mdc95_one=mdc95(takes),
        mdc95_three=mdc95(takes, takes=3),
    )


def columns(pairs: Iterable[Pair], reference: str) -> tuple[list[float], list[float]]:
    """Measured and true values of the pairs that have both, by one of the two references."""
    both = [(pair.measured, pair.truth(reference)) for pair in pairs]
    known = [(read, true) for read, true in both if read is not None and true is not None]
    return [read for read, _ in known], [true for _, true in known]


def takes_of(pairs: Iterable[Pair]) -> Mapping[int, list[float]]:
    """Seed -> the values read of one person, who has stepped off and on again between them."""
    found: dict[int, list[float]] = {}
    for pair in pairs:
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


def _detection(pairs: Sequence[Pair], threshold: float | None) -> Detection | None:
    if threshold is None:
        return None
    read, true = columns(pairs, "body")
    if not true:
        read, true = columns(pairs, "picture")
    return detection(read, true, threshold)
