"""Accepted takes become results, and a session becomes its summary."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import replace

from edge.session.summary import Flag, Result
from edge.session.take import TakeMeasure, TakeRecord
from edge.spine.catalogue import CATALOGUE, SPINE_CATALOGUE, Definition

NOT_READ = TakeMeasure(None, "the points of the spine were not read", 0.0)
MAX_TRUNK_CHANGE = 0.08
SHARE_ON_ONE_SIDE = 2 / 3
SPREAD_OF_UNCERTAINTY = 2.0
"""
Takes that lie further apart than twice this station's uncertainty do not belong together. The literature's rule is
twice the minimal detectable change; until a station has measured its own, the uncertainty on rendered people stands in.
"""


def results_of(takes: Sequence[TakeRecord]) -> list[Result]:
    """
    One result for every measure of the catalogue, and for what the spine network gave; takes that were not accepted do
    not count.
    """
    accepted = [take for take in takes if take.accepted]
    rows = [*CATALOGUE.values()]
    rows += [row for row in SPINE_CATALOGUE.values() if any(row.id in take.measures for take in accepted)]
    return [_result(row, [take.measures.get(row.id, NOT_READ) for take in accepted]) for row in rows]


def odd_one_out(takes: Sequence[TakeRecord]) -> tuple[TakeRecord, str] | None:
    """The accepted take that lies furthest from the others, and why, when the takes lie too far apart; else None."""
    for row in CATALOGUE.values():
        if row.amber is None or row.uncertainty is None:
            continue
        known = [(take, take.measures[row.id].value) for take in takes if take.accepted]
        values = [(take, value) for take, value in known if value is not None]
        if len(values) < 2:
            continue
        middle = statistics.median(value for _, value in values)
        low, high = min(value for _, value in values), max(value for _, value in values)
        if high - low > SPREAD_OF_UNCERTAINTY * row.uncertainty:
            furthest = max(values, key=lambda pair: abs(pair[1] - middle))
            return furthest[0], f"{row.name} differs from the other takes"
    return None


def without_the_odd_one(takes: Sequence[TakeRecord]) -> list[TakeRecord]:
    """The takes; one that lies too far from the others is not accepted any more."""
    odd = odd_one_out(takes)
    if odd is None:
        return list(takes)
    return [replace(take, reasons=(odd[1],), measures={}) if take is odd[0] else take for take in takes]


def same_person(takes: Sequence[TakeRecord]) -> bool:
    """Whether the accepted takes can show one person: the trunk keeps its length. Two of a size are not told apart."""
    trunks = [take.trunk_px for take in takes if take.accepted and take.trunk_px is not None]
    return not trunks or max(trunks) - min(trunks) <= MAX_TRUNK_CHANGE * max(trunks)


def signs_of(results: Sequence[Result]) -> int:
    """How many independent signs are flagged; shoulders over hips and trunk lean are one."""
    flagged = {result.id for result in results if result.flag in ("amber", "strong")}
    return len({"C5b" if row == "C6b" else row for row in flagged})


def _result(row: Definition, measures: Sequence[TakeMeasure]) -> Result:
    per_take = [measure.value for measure in measures]
    known = [value for value in per_take if value is not None]
    enough = bool(known) and len(known) >= math.ceil(SHARE_ON_ONE_SIDE * len(per_take))
    value = statistics.median(known) if enough else None
    sd = statistics.stdev(known) if enough and len(known) > 1 else None
    reasons = [measure.reason for measure in measures if measure.reason is not None]
    stated = [measure.sd for measure in measures if measure.sd is not None]
    own_sd = statistics.median(stated) if stated and enough else None
    return Result(
        id=row.id,
        name=row.name,
        value=_rounded(value),
        unit=row.unit,
        words=None if value is None else row.words(value, own_sd),
        reason=None if value is not None else (reasons[0] if reasons else "no accepted take"),
        surrogate=row.surrogate,
        per_take=[_rounded(each) for each in per_take],
        sd=_rounded(sd),
        stated_sd=_rounded(own_sd),
        uncertainty=row.uncertainty,
        mdc95=None,
        flag=None if value is None else _flag(row, value, known),
        recovered_share=statistics.fmean(measure.recovered_share for measure in measures) if measures else 0.0,
    )


def _rounded(value: float | None) -> float | None:
    """Thousandths: finer than anything that is measured here, and short on the wire."""
    return None if value is None else round(value, 3)


def _flag(row: Definition, value: float, per_take: Sequence[float]) -> Flag | None:
    if row.amber is None:
        return None
    if row.strong is not None and _beyond(row.strong, value, per_take):
        return "strong"
    return "amber" if _beyond(row.amber, value, per_take) else "within"


def _beyond(threshold: float, value: float, per_take: Sequence[float]) -> bool:
    """Whether the median and two thirds of the takes lie beyond a threshold on the same side."""
    side = math.copysign(1.0, value)
    beyond = sum(side * each > threshold for each in per_take)
    return abs(value) > threshold and beyond >= math.ceil(SHARE_ON_ONE_SIDE * len(per_take))
