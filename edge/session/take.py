"""One take: a few seconds of frames, and what is left of them."""

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edge.session.quality import MIN_USABLE_SHARE, judge, too_slow
from edge.session.sighting import Sighting, alike
from edge.spine.catalogue import CATALOGUE, REPORTED

LATE_S = 0.15
"""How long a take waits for the answers to its last frames."""

ROUNDING_S = 1e-6


@dataclass(frozen=True, slots=True)
class TakeMeasure:
    """
    One measure over one take.

    Attributes:
        value: median over the usable frames, in the measure's unit; None when too few frames have it.
        reason: why there is no value.
        recovered_share: share of the used frames in which a point it stands on was recovered.
        sd: standard deviation of one frame's value as the networks state it, median over the used frames; None where
            they state none.
    """

    value: float | None
    reason: str | None
    recovered_share: float
    sd: float | None = None


@dataclass(frozen=True, slots=True)
class TakeRecord:
    """
    A finished take.

    Attributes:
        number: 1 for the first that was tried.
        reasons: why it was not accepted; empty when it was.
        frames_due: how many frames were due.
        frames_usable: how many could be measured.
        duration_s: of the take.
        measures: measure id -> what was measured; empty when the take was not accepted. What only the spine network
            gives is there when that network read the take.
        trunk_px: median length of the trunk, tells one person from another.
        px_per_m: median scale, or None.
    """

    number: int
    reasons: tuple[str, ...]
    frames_due: int
    frames_usable: int
    duration_s: float
    measures: Mapping[str, TakeMeasure]
    trunk_px: float | None
    px_per_m: float | None

    @property
    def accepted(self) -> bool:
        """Whether its numbers may be used."""
        return not self.reasons


class Take:
    """
    Collects the sightings of one take.

        take = Take(1, start_s=12.0, length_s=3.0, due_hz=30.0)
    """

    def __init__(self, number: int, *, start_s: float, length_s: float, due_hz: float) -> None:
        """
        Args:
            number: 1 for the first that is tried.
            start_s: capture time of its first frame.
            length_s: how long it lasts.
            due_hz: the camera's true rate: what we lose of it counts as missing.
        """
        self.number = number
        self._start_s, self._length_s = start_s, length_s
        self._due_hz = due_hz
        self._due = max(1, round(length_s * due_hz))
        self._sightings: list[Sighting] = []

    def add(self, sighting: Sighting) -> None:
        """Take in a sighting; one captured before the start or after the end is left out."""
        if self._start_s <= sighting.time_s < self._start_s + self._length_s - ROUNDING_S:
            self._sightings.append(sighting)

    def is_over(self, now_s: float, newest_s: float) -> bool:
        """Whether no further frame can belong to it."""
        end_s = self._start_s + self._length_s
        return newest_s >= end_s or now_s >= end_s + LATE_S

    def progress(self, now_s: float) -> float:
        """0..1."""
        return min(1.0, max(0.0, (now_s - self._start_s) / self._length_s))

    def finish(self) -> TakeRecord:
        """Judge it and keep the medians."""
        return self._record(too_slow(self._due_hz) or judge(self._sightings, self._due), self._length_s)

    def throw_away(self, now_s: float, why: str) -> TakeRecord:
        """Keep only that it was tried, and why it was not finished."""
        return self._record((why,), max(0.0, now_s - self._start_s))

    def _record(self, reasons: tuple[str, ...], duration_s: float) -> TakeRecord:
        usable = [sighting for sighting in self._sightings if sighting.usable]
        trunks = [sighting.figure.trunk_px for sighting in usable if sighting.figure is not None]
        scales = [sighting.px_per_m for sighting in usable if sighting.px_per_m is not None]
        return TakeRecord(
            number=self.number,
            reasons=reasons,
            frames_due=self._due,
            frames_usable=len(usable),
            duration_s=duration_s,
            measures={} if reasons else _medians(alike(usable)),
            trunk_px=statistics.median(trunks) if trunks else None,
            px_per_m=statistics.median(scales) if scales else None,
        )


def _medians(used: Sequence[Sighting]) -> dict[str, TakeMeasure]:
    given = {row for sighting in used if sighting.measures is not None for row in sighting.measures.by_id}
    return {row: _median(row, used) for row in REPORTED if row in CATALOGUE or row in given}


def _median(row: str, usable: Sequence[Sighting]) -> TakeMeasure:
    found = [sighting.measures.by_id[row] for sighting in usable if sighting.measures is not None]
    values = [measure.value for measure in found if measure.value is not None]
    if not values or len(values) < MIN_USABLE_SHARE * len(found):
        why = Counter(measure.reason for measure in found if measure.reason is not None)
        return TakeMeasure(None, why.most_common(1)[0][0] if why else "no usable frame", 0.0)
    used = [measure for measure in found if measure.value is not None]
    stated = [measure.sd for measure in used if measure.sd is not None]
    return TakeMeasure(
        value=statistics.median(values),
        reason=None,
        recovered_share=sum(measure.recovered for measure in used) / len(used),
        sd=statistics.median(stated) if stated else None,
    )
