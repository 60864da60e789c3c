"""What the spine network is judged by: its curve, one person's bias, the worst people, and INT8 beside float."""

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from edge.accuracy.figures import SHORT
from edge.accuracy.measured import measured
from edge.accuracy.pair import Pair
from edge.accuracy.points import MEDIAN_OF_CHI_SQUARE
from edge.accuracy.statistics import residual, slope
from edge.accuracy.summary import by_stratum, columns
from edge.bench.row import Row, at_least, at_most, printed
from edge.spine.measures import RECIPES

CURVES = {"C14": "surface_curve", "C14_all": "surface_curve_all_points"}
"""Measure -> what its rows are called; the first is the one with targets."""

LEAST_SLOPE, MOST_RESIDUAL_DEG = 0.9, 3.0
MOST_BIAS_DEG = 0.5
MOST_INT8_DEG = 0.3
MOST_OF_MEAN = 1.5
"""The worst stratum may have an error so many times the mean one."""

FEWEST_IN_STRATUM = 40
"""Frames; fewer people than five say more about themselves than about their stratum."""

Key = tuple[str, int, int, int]


def curve_rows(frames: Sequence[Pair], suffix: str = "") -> list[Row]:
    """The angle read off the network's midline against the same angle on the true points of the skin."""
    rows = []
    for row, name in CURVES.items():
        read, true = (np.array(column) for column in columns([one for one in frames if one.measure == row], "picture"))
        rise = slope(true, read) if read.size > 1 else None
        left = residual(true, read)
        note = f"{read.size} frames, against the same angle on the true points"
        if row == "C14":
            rows += [
                at_least(f"{name}_slope{suffix}", rise, LEAST_SLOPE, "", note),
                at_most(f"{name}_residual_sd_deg{suffix}", left, MOST_RESIDUAL_DEG, "deg", note),
            ]
        else:
            rows += [
                printed(f"{name}_slope{suffix}", rise, "", note),
                printed(f"{name}_residual_sd_deg{suffix}", left, "deg", note),
            ]
        spread = float(true.std()) if true.size else None
        rows.append(printed(f"{name}_true_sd_deg{suffix}", spread, "deg", "spread of the true angle itself"))
    return rows


def person_bias_rows(takes: Sequence[Pair], view: str, suffix: str = "") -> list[Row]:
    """How far apart the errors of people's first takes are: what averaging a take's frames does not remove."""
    rows = []
    for row, name in SHORT.items():
        own = [one for one in takes if (one.measure, one.view, one.take) == (row, view, 0)]
        read, true = (np.array(column) for column in columns(own, "picture"))
        bias = float((read - true).std(ddof=1)) if read.size > 1 else None
        note = f"{read.size} people, one take each"
        id_ = f"{name}_{view}_person_bias_sd_deg{suffix}"
        limited = row == "C1"
        rows.append(at_most(id_, bias, MOST_BIAS_DEG, "deg", note) if limited else printed(id_, bias, "deg", note))
    return rows


def stated_rows(frames: Sequence[Pair], view: str, suffix: str = "") -> list[Row]:
    """The typical error of a measure over the standard deviation it was given with; 1 = as uncertain as stated."""
    rows = []
    for row, name in (SHORT | CURVES).items():
        known = [
            (one.measured - one.picture) / one.sd
            for one in frames
            if (one.measure, one.view) == (row, view)
            if one.measured is not None and one.picture is not None and one.sd
        ]
        typical = math.sqrt(float(np.median(np.square(known))) / MEDIAN_OF_CHI_SQUARE) if known else None
        rows.append(printed(f"{name}_{view}_error_over_stated_sd{suffix}", typical, "", f"{len(known)} frames"))
    return rows


def strata_rows(frames: Sequence[Pair], kinds: Iterable[str], view: str, suffix: str = "") -> list[Row]:
    """The strata with the largest and the smallest median error of the shoulder tilt, beside the mean of all strata."""
    medians = _stratum_medians([one for one in frames if (one.measure, one.view) == ("C1", view)], kinds)
    name = f"{SHORT['C1']}_{view}"
    if len(medians) < 2:
        return [
            printed(f"{name}_{which}_stratum_median_deg{suffix}", None, "deg", "too few") for which in ("worst", "best")
        ]
    worst, best = max(medians, key=medians.__getitem__), min(medians, key=medians.__getitem__)
    ratio = medians[worst] / max(statistics.fmean(medians.values()), 1e-9)
    return [
        printed(f"{name}_worst_stratum_median_deg{suffix}", medians[worst], "deg", worst),
        printed(f"{name}_best_stratum_median_deg{suffix}", medians[best], "deg", best),
        at_most(f"{name}_worst_stratum_over_mean{suffix}", ratio, MOST_OF_MEAN, "", f"{len(medians)} strata"),
    ]


def int8_row(frames: Mapping[str, Sequence[Pair]]) -> Row | None:
    """
    Over people, the median difference between the INT8 and the float network, of the angle where it is largest.

    Args:
        frames: "int8" and "float" -> pairs of the same frames, read by the same networks; None without both.
    """
    if set(frames) < {"int8", "float"}:
        return None
    quantised, whole = (_by_frame(frames[precision]) for precision in ("int8", "float"))
    people: dict[tuple[str, int], list[float]] = {}
    for key in quantised.keys() & whole.keys():
        people.setdefault((key[0], key[1]), []).append(abs(quantised[key] - whole[key]))
    by_measure: dict[str, list[float]] = {}
    for (row, _), apart in people.items():
        by_measure.setdefault(row, []).append(statistics.median(apart))
    medians = {row: statistics.median(found) for row, found in by_measure.items()}
    worst = max(medians, key=medians.__getitem__, default=None)
    value = None if worst is None else medians[worst]
    return at_most("int8_minus_float_median_max_deg", value, MOST_INT8_DEG, "deg", f"{worst}, of {len(medians)} angles")


def _by_frame(pairs: Iterable[Pair]) -> dict[Key, float]:
    return {
        (one.measure, one.seed, one.take, one.number): one.measured
        for one in pairs
        if one.measured is not None and measured(one.measure).unit == "deg" and _of_points(one.measure)
    }


def _of_points(row: str) -> bool:
    """Whether it is an angle between points: curves are judged by themselves, and the outline has one precision."""
    return row not in CURVES and not RECIPES[row].outline


def _stratum_medians(pairs: Sequence[Pair], kinds: Iterable[str]) -> dict[str, float]:
    medians = {}
    for kind in kinds:
        for stratum, own in by_stratum(pairs, kind).items():
            read, true = (np.array(column) for column in columns(own, "picture"))
            if read.size >= FEWEST_IN_STRATUM:
                medians[f"{kind}: {stratum}"] = float(np.median(np.abs(read - true)))
    return medians
