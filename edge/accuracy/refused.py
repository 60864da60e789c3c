"""Takes that give nothing although the person stands as they should."""

import statistics
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from edge.accuracy.look import Look
from edge.accuracy.pair import Pair
from edge.guidance.position import Limits

TakeKey = tuple[int, int]
"""Seed and take."""


@dataclass(frozen=True, slots=True)
class Refused:
    """
    Shares of the takes of people who stand square, at the right place, with their arms hanging.

    Attributes:
        takes: how many.
        share: that give nothing, for any reason.
        without: in which one of the asked measures has no value.
        turned: in which the station thinks the person is turned too far.
    """

    takes: int
    share: float
    without: float
    turned: float


def refused_of(takes: Sequence[Pair], turned: Collection[TakeKey], measures: Collection[str]) -> Refused | None:
    """
    Count takes; None without one.

    Args:
        takes: one pair for every take and measure.
        turned: takes that are refused as turned.
        measures: which have to have a value.
    """
    asked = [pair for pair in takes if pair.measure in measures]
    every = {(pair.seed, pair.take) for pair in asked}
    if not every:
        return None
    without = {(pair.seed, pair.take) for pair in asked if pair.measured is None}
    wrongly = every & set(turned)
    count = len(every)
    return Refused(count, len(without | wrongly) / count, len(without) / count, len(wrongly) / count)


def taken_for_turned(looks: Sequence[Look]) -> bool:
    """Whether the station would refuse a take as turned: by the median, as it goes by the last second's."""
    read = [look.read_yaw_deg for look in looks if look.read_yaw_deg is not None]
    return bool(read) and Limits().is_turned(statistics.median(read))


def stands_square(looks: Sequence[Look]) -> bool:
    """Whether the person really is within the limit all the time."""
    return all(abs(look.shot.yaw_deg) <= Limits().max_yaw_deg for look in looks)
