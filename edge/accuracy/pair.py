"""One measured value beside the truth, and what is known about the picture it was taken from."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from edge.session.quality import MIN_USABLE_SHARE


@dataclass(frozen=True, slots=True)
class Pair:
    """
    One measure in one frame or one take.

    Attributes:
        measure: row of the catalogue, e.g. "C1".
        view: the side seen, e.g. "back".
        seed: of the person.
        take: 0 for the first; before another the person stepped off the mark and on again.
        number: of the frame in the take; 0 when the pair stands for a whole take.
        measured: what the station read, in the measure's unit; None when it gave a reason instead.
        reason: why nothing was measured; None when there is a value.
        body: the measure taken on the 3-D body by its clinical definition; None where it has no such value.
        picture: the same measure taken on the true joints as they lie in the picture; None where a joint is not
            known. It leaves the network's error alone: the geometry of the place is in both.
        strata: kind of stratum -> the person's, e.g. "clothing" -> "bare back".
        sd: standard deviation of the measured value as the networks state it, same unit; None where they do not.
    """

    measure: str
    view: str
    seed: int
    take: int
    number: int
    measured: float | None
    reason: str | None
    body: float | None
    picture: float | None
    strata: Mapping[str, str] = field(default_factory=dict)
    sd: float | None = None

    def truth(self, reference: str) -> float | None:
        """The true value by one of the two references, "body" or "picture"."""
        return self.body if reference == "body" else self.picture


def as_takes(pairs: Sequence[Pair]) -> list[Pair]:
    """
    Make one pair of all frames of a take, as the station does: the median, or a reason when too few have a value.

    The truth is the median too; it sways with the person.
    """
    groups: dict[tuple[str, str, int, int], list[Pair]] = {}
    for pair in pairs:
        groups.setdefault((pair.measure, pair.view, pair.seed, pair.take), []).append(pair)
    return [_one(frames) for frames in groups.values()]


def _one(frames: Sequence[Pair]) -> Pair:
    values = [pair.measured for pair in frames if pair.measured is not None]
    usable = len(values) >= MIN_USABLE_SHARE * len(frames)
    reasons = [pair.reason for pair in frames if pair.reason is not None]
    return replace(
        frames[0],
        number=0,
        measured=statistics.median(values) if usable else None,
        reason=None if usable else statistics.mode(reasons),
        body=_median([pair.body for pair in frames]),
        picture=_median([pair.picture for pair in frames]),
        sd=_median([pair.sd for pair in frames]),
    )


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None
