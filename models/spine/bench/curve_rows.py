"""What the curve head says about rendered people: whether there is a curve, and on which side."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from edge.bench.row import Row, at_least, at_most, printed
from models.spine.bench.angle_rows import refusals
from models.spine.bench.look import Look
from models.spine.bench.statistics import auc, interval, median, share, written

CURVED_DEG, STRAIGHT_DEG = 20.0, 8.0
"""Built curves from the one on count as curved, below the other as straight; in between they do not count."""
SIDED_DEG = 15.0
READ_DEG = 15.0
BARE = frozenset({"bare back", "sports bra"})
FEWEST_PEOPLE = 2
"""Of a kind of clothing, curved and straight ones each: fewer say nothing."""


@dataclass(frozen=True, slots=True)
class Scored:
    """
    One frame and a signed reading of its curve.

    Attributes:
        person: seed.
        built_deg: see `Case.curve_deg`.
        read: in any unit, + = convex to the right.
        single: whether one curve was asked for.
        clothing: bare or bra, or what the person wears.
    """

    person: int
    built_deg: float
    read: float
    single: bool
    clothing: str


def scored(looks: Sequence[Look]) -> list[Scored]:
    """The curve head's readings; a frame that was refused has none."""
    return [
        _scored(look, look.reading.trend.largest)
        for look in looks
        if look.reading is not None and look.reading.trend is not None
    ]


def _scored(look: Look, read: float) -> Scored:
    case = look.case
    worn = case.shot.strata.get("clothing", "?")
    return Scored(case.shot.seed, case.curve_deg, read, case.single, "bare or bra" if worn in BARE else worn)


def curved_auc(frames: Sequence[Scored]) -> float | None:
    """How well the size of the readings tells curved from straight."""
    return auc(
        [abs(one.read) for one in frames if abs(one.built_deg) >= CURVED_DEG],
        [abs(one.read) for one in frames if abs(one.built_deg) < STRAIGHT_DEG],
    )


def auc_row(name: str, frames: Sequence[Scored], target: float | None, note: str = "") -> Row:
    """One AUC with its interval over people."""
    limits = interval([one.person for one in frames], lambda places: curved_auc([frames[place] for place in places]))
    counts = f"{_curved(frames)} curved and {_straight(frames)} straight frames, {written(limits)}"
    said = f"{counts}{note and '; '}{note}"
    value = curved_auc(frames)
    return printed(name, value, "", said) if target is None else at_least(name, value, target, "", said)


def curve_rows(looks: Sequence[Look], suffix: str = "") -> list[Row]:
    """
    The rows of the curve head.

    Args:
        looks: of S1.
        suffix: of the ids.
    """
    frames = scored(looks)
    sided = [one for one in frames if one.single and abs(one.built_deg) >= SIDED_DEG]
    right = share([np.sign(one.read) == np.sign(one.built_deg) for one in sided])
    errors = [abs(one.read - one.built_deg) for one in frames]
    refused = share([look.refused is not None for look in looks])
    return [
        auc_row(f"curve_auc{suffix}", frames, 0.95),
        at_least(f"curve_side_right_share{suffix}", right, 0.95, "", f"{len(sided)} frames of single curves >= 15"),
        _worst_clothing(frames, suffix),
        printed(f"curve_mean_absolute_error_deg{suffix}", float(np.mean(errors)) if errors else None, "deg"),
        printed(f"curve_straight_read_median_deg{suffix}", _straight_median(frames), "deg", "built below 8"),
        printed(f"curve_refused_share{suffix}", refused, "", refusals(looks)),
    ]


def uneven_rows(looks: Sequence[Look], suffix: str = "") -> list[Row]:
    """
    How often an uneven posture is mistaken for a curve.

    Args:
        looks: of S1-uneven.
        suffix: of the ids.
    """
    sizes = [abs(one.read) for one in scored(looks)]
    mistaken = share([size >= READ_DEG for size in sizes])
    note = f"{len(sizes)} frames of straight spines in uneven people"
    return [
        at_most(f"uneven_read_as_curve_share{suffix}", mistaken, 0.05, "", f"{note}, read >= {READ_DEG:g}"),
        printed(f"uneven_read_median_deg{suffix}", median(sizes), "deg", note),
    ]


def _worst_clothing(frames: Sequence[Scored], suffix: str) -> Row:
    found, left_out = {}, []
    for clothing in sorted({one.clothing for one in frames}):
        own = [one for one in frames if one.clothing == clothing]
        value = curved_auc(own)
        if value is None or min(_people(own, curved=True), _people(own, curved=False)) < FEWEST_PEOPLE:
            left_out.append(clothing)
        else:
            found[clothing] = value
    note = ", ".join(f"{clothing} {value:.2f}" for clothing, value in found.items())
    note += f"; too few in {', '.join(left_out)}" if left_out else ""
    return at_least(f"curve_auc_worst_clothing{suffix}", min(found.values(), default=None), 0.88, "", note)


def _people(frames: Sequence[Scored], *, curved: bool) -> int:
    chosen = [abs(one.built_deg) >= CURVED_DEG if curved else abs(one.built_deg) < STRAIGHT_DEG for one in frames]
    return len({one.person for one, counts in zip(frames, chosen, strict=True) if counts})


def _curved(frames: Sequence[Scored]) -> int:
    return sum(abs(one.built_deg) >= CURVED_DEG for one in frames)


def _straight(frames: Sequence[Scored]) -> int:
    return sum(abs(one.built_deg) < STRAIGHT_DEG for one in frames)


def _straight_median(frames: Sequence[Scored]) -> float | None:
    return median([abs(one.read) for one in frames if abs(one.built_deg) < STRAIGHT_DEG])
