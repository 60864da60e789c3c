"""Takes that give nothing although the person stands as they should."""

import statistics
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from edge.accuracy.look import Look
from edge.accuracy.pair import Pair
from edge.guidance.fault import Fault
from edge.guidance.position import Limits, check_position
from edge.pose.observation import Observation
from edge.selftest.known_person import perfect

TakeKey = tuple[int, int]
"""Seed and take."""
PLACES = (
    "step_back",
    "step_closer",
    "picture_too_small",
    "on_the_marks",
    "move_left",
    "move_right",
    "move_into_picture",
)
"""What is wrong with where somebody stands, whatever they look like there."""


@dataclass(frozen=True, slots=True)
class Refused:
    """
    Shares of the takes of people who stand square, at the right place, with their arms hanging.

    Attributes:
        takes: how many.
        elsewhere: how many more there are of people who really stand in the wrong place: refusing them is right.
        share: that give nothing, for any reason.
        without: in which one of the asked measures has no value.
        turned: in which the station thinks the person is turned too far.
        of_all: that give nothing, of all takes wherever the person stands.
    """

    takes: int
    elsewhere: int
    share: float
    without: float
    turned: float
    of_all: float


def refused_of(
    takes: Sequence[Pair],
    turned: Collection[TakeKey],
    measures: Collection[str],
    elsewhere: Collection[TakeKey] = (),
) -> Refused | None:
    """
    Count takes; None without one in the right place.

    Args:
        takes: one pair for every take and measure.
        turned: takes that are refused as turned.
        measures: which have to have a value.
        elsewhere: takes of people who do not stand in the right place; they are counted apart.
    """
    asked = [pair for pair in takes if pair.measure in measures]
    known = {(pair.seed, pair.take) for pair in asked}
    every = known - set(elsewhere)
    if not every:
        return None
    without = {(pair.seed, pair.take) for pair in asked if pair.measured is None}
    nothing = without | (known & set(turned))
    return Refused(
        takes=len(every),
        elsewhere=len(known - every),
        share=len(every & nothing) / len(every),
        without=len(every & without) / len(every),
        turned=len(every & set(turned)) / len(every),
        of_all=len(nothing) / len(known),
    )


def taken_for_turned(looks: Sequence[Look]) -> bool:
    """Whether the station would refuse a take as turned: by the median, as it goes by the last second's."""
    read = [look.read_yaw_deg for look in looks if look.read_yaw_deg is not None]
    return bool(read) and Limits().is_turned(statistics.median(read))


def stands_square(looks: Sequence[Look]) -> bool:
    """Whether the person really is within the limit all the time."""
    return all(abs(look.shot.yaw_deg) <= Limits().max_yaw_deg for look in looks)


def stands_in_place(looks: Sequence[Look]) -> bool:
    """Whether the gate has nothing to say about where the person truly stands, all the time."""
    return not any(fault.code in PLACES for look in looks for fault in check_true_position(look))


def check_true_position(look: Look) -> tuple[Fault, ...]:
    """What the gate would say of a network without an error; without depth, so nothing about the view is true."""
    shot = look.shot
    seen = Observation(shot.number, shot.time_s, shot.time_s, perfect(shot.joints_px), 1)
    return tuple(fault for fault in check_position(seen, shot.size_px, shot.view, shot.setup) if fault.blocks)
