"""Angles of people seen from behind and from the side, single frames, against the true points in the picture."""

from collections import Counter
from collections.abc import Mapping, Sequence

from edge.accuracy.sides import exchanged
from edge.bench.row import Row, at_most, printed
from edge.spine.measure import SpineMeasures
from models.spine.bench.look import Look
from models.spine.bench.statistics import bias_sd, median, p90, share

STANDING: dict[str, tuple[str, float | None, float | None]] = {
    "C1": ("shoulder_tilt_back", 0.6, 1.5),
    "C4": ("pelvis_tilt_back", 0.6, 1.5),
    "C6b": ("trunk_lean_back", 0.3, 0.8),
    "C6": ("body_lean_back", 0.3, 0.8),
    "C2": ("axilla_tilt_back", None, None),
    "C4_psis": ("psis_tilt_back", None, None),
}
"""Measure -> name, and what is asked of the median and of 90 % of its absolute errors, degrees."""
NEEDED = ("C1", "C4", "C6b")
"""A frame without one of these could not be measured."""
MOST_NOT_MEASURABLE, MOST_SWAPPED, MOST_BIAS_SD_DEG = 0.05, 0.005, 0.5

SEGMENTS = ("L3_S5_L4", "L3_L4_T8", "L3_T8_T6", "L3_T6_C4")
POSED_DEG, NEAR_DEG = (19.0, 37.0), 5.0
"""71 and 53 degrees from the horizontal, as angles from the vertical; true ones this near to either count."""
MOST_SIDE_DEG = 2.0

Errors = dict[str, dict[int, list[float]]]
"""Measure -> person -> read minus true, degrees."""


def errors(looks: Sequence[Look], measures: Sequence[str], by: str = "bare_measures") -> Errors:
    """
    Every error of some measures; what has no value on either side is left out.

    Args:
        looks: the frames.
        measures: which.
        by: whose: "bare_measures" of the network whatever it is worth, "measures" those the station gives,
            "coarse_measures" those without the spine network.
    """
    found: Errors = {row: {} for row in measures}
    for look in looks:
        read: SpineMeasures | None = getattr(look, by)
        for row in measures:
            pair = value_of(read, row), value_of(look.true_measures, row)
            if pair[0] is not None and pair[1] is not None:
                found[row].setdefault(look.case.shot.seed, []).append(pair[0] - pair[1])
    return found


def value_of(measures: SpineMeasures | None, row: str) -> float | None:
    """One measure's value; None without one."""
    one = None if measures is None else measures.by_id.get(row)
    return None if one is None else one.value


def standing_rows(looks: Sequence[Look], suffix: str = "") -> list[Row]:
    """
    The rows of people standing with their back to the camera.

    Args:
        looks: of V1, every frame alone.
        suffix: of the ids.
    """
    fine, given, coarse = (errors(looks, list(STANDING), f"{by}measures") for by in ("bare_", "", "coarse_"))
    rows = []
    for row, (name, most_median, most_p90) in STANDING.items():
        sizes = _sizes(fine[row])
        alone = _said(median(_sizes(coarse[row])))
        note = f"{len(sizes)} frames; the station gives {_given(looks, row, given)}; the coarse network alone {alone}"
        rows.append(_limited(f"{name}_median_deg{suffix}", median(sizes), most_median, "deg", note))
        note = f"the coarse network alone {_said(p90(_sizes(coarse[row])))}"
        rows.append(_limited(f"{name}_p90_deg{suffix}", p90(sizes), most_p90, "deg", note))
    spread = {row: bias_sd(fine[row]) for row in NEEDED}
    note = f"{len(fine['C1'])} people; the coarse network alone {_said(bias_sd(coarse['C1']))}"
    rows.append(at_most(f"shoulder_tilt_back_bias_sd_deg{suffix}", spread["C1"], MOST_BIAS_SD_DEG, "deg", note))
    rows.append(printed(f"pelvis_tilt_back_bias_sd_deg{suffix}", spread["C4"], "deg"))
    rows.append(printed(f"trunk_lean_back_bias_sd_deg{suffix}", spread["C6b"], "deg"))
    return [*rows, *_whole(looks, suffix)]


def side_rows(looks: Sequence[Look], suffix: str = "") -> list[Row]:
    """The angles between the five points of a side view; `looks` are of V0-left and V0-right."""
    near, everything, missing = list[float](), list[float](), list[bool]()
    reasons = Counter[str]()
    for look in looks:
        for row in SEGMENTS:
            read, true = value_of(look.bare_measures, row), value_of(look.true_measures, row)
            if true is None:
                continue
            missing.append(value_of(look.measures, row) is None)
            if missing[-1]:
                reasons[_why(look, row)] += 1
            if read is not None:
                everything.append(abs(read - true))
                if min(abs(abs(true) - posed) for posed in POSED_DEG) <= NEAR_DEG:
                    near.append(abs(read - true))
    said = ", ".join(f"{count} {why}" for why, count in reasons.most_common(2))
    note = f"{len(near)} angles within {NEAR_DEG:g} of 71 or 53 from the horizontal, p90 {_said(p90(near))}"
    return [
        at_most(f"side_angles_median_deg{suffix}", median(near), MOST_SIDE_DEG, "deg", note),
        printed(f"side_angles_every_median_deg{suffix}", median(everything), "deg", f"{len(everything)} angles"),
        printed(f"side_angles_not_measurable_share{suffix}", share(missing), "", f"{len(missing)} angles: {said}"),
    ]


def _why(look: Look, row: str) -> str:
    """Why a measure has no value, without its numbers."""
    one = None if look.measures is None else look.measures.by_id.get(row)
    why = look.refused if one is None else one.reason
    return (why or "not taken").partition(":")[0]


def refusals(looks: Sequence[Look]) -> str:
    """How many frames were refused and why, and in how many of them the coarse network takes left for right."""
    refused = [look for look in looks if look.refused is not None]
    exchanged_ = sum(exchanged(look.coarse, look.case.joints_px) for look in refused if look.coarse is not None)
    reasons = ", ".join(f"{count} {why}" for why, count in Counter(look.refused for look in refused).most_common())
    why = f" ({reasons}; the coarse network's sides exchanged in {exchanged_})" if refused else ""
    return f"{len(refused)} of {len(looks)} frames refused{why}"


def _whole(looks: Sequence[Look], suffix: str) -> list[Row]:
    """What went wrong as a whole: nothing measured, or left taken for right."""
    without = [any(value_of(look.measures, row) is None for row in NEEDED) for look in looks]
    swapped = [
        exchanged(look.reading.landmarks, look.case.joints_px)
        for look in looks
        if look.reading is not None and look.reading.landmarks is not None
    ]
    coarse = [exchanged(look.coarse, look.case.joints_px) for look in looks if look.coarse is not None]
    note = f"{refusals(looks)}; else a measure without a value"
    before = share(coarse)
    return [
        at_most(f"not_measurable_share{suffix}", share(without), MOST_NOT_MEASURABLE, "", note),
        at_most(
            f"left_right_swapped_share{suffix}", share(swapped), MOST_SWAPPED, "",
            f"{len(swapped)} frames; the coarse network {'-' if before is None else f'{before:.3f}'}",
        ),
    ]  # fmt: skip


def _given(looks: Sequence[Look], row: str, given: Errors) -> str:
    """How many values the station gives, their median error, and what is said of most of the others."""
    sizes = _sizes(given[row])
    reasons = Counter(_why(look, row) for look in looks if value_of(look.measures, row) is None)
    most = f" (else: {reasons.most_common(1)[0][0]})" if reasons else ""
    return f"{len(sizes)}, median {_said(median(sizes))}{most}"


def _sizes(people: Mapping[int, Sequence[float]]) -> list[float]:
    return [abs(error) for own in people.values() for error in own]


def _said(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _limited(name: str, value: float | None, limit: float | None, unit: str, note: str) -> Row:
    return printed(name, value, unit, note) if limit is None else at_most(name, value, limit, unit, note)
