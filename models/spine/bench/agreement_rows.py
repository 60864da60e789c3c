"""How far the INT8 networks are from the float ones, and how far noise and a box put elsewhere move the angles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from numpy.random import Generator

from edge.bench.row import Row, at_most, printed
from edge.pose.spine_answer import SpineAnswer
from edge.pose.spine_crop import HEIGHT, WIDTH, Box, torso_box
from edge.pose.spine_estimator import LEGS, finer
from edge.pose.spine_layout import JOINTS
from edge.spine.measure import SpineMeasures
from models.spine.bench.angle_rows import value_of
from models.spine.bench.look import Look, bare_measures
from models.spine.bench.networks import Networks
from models.spine.bench.statistics import median, p90

MOST_APART_DEG, MOST_JITTER_DEG = 0.3, 0.5
JITTER = 0.1
JITTERED = 8
"""Boxes tried for each person."""
JITTER_ANGLES = ("C1", "C4", "C6", "C6b")
LEGS_ANGLES = ("C13", "C13_left", "C13_right", "C13_knees", "C13_ankles")
"""Of the legs, which another network reads: the spine network is not asked for them here."""

Apart = Mapping[str, list[float]]
"""Angle -> how far two readings of the same people lie apart, degrees."""


def apart(one: Sequence[Look], other: Sequence[Look]) -> Apart:
    """
    Compare two readings of the same pictures, angle by angle; the curve head's counts as `curve_head`.

    Raises:
        ValueError: they are not of the same pictures.
    """
    found: dict[str, list[float]] = {}
    for a, b in zip(one, other, strict=True):
        if a.case is not b.case:
            raise ValueError("two readings of different pictures cannot be compared")
        for row, (first, second) in _pairs(a, b).items():
            found.setdefault(row, []).append(abs(first - second))
    return found


def precision_rows(int8: Sequence[Look], floats: Sequence[Look], shaken: Sequence[Look]) -> list[Row]:
    """
    INT8 against float, with what noise alone does to INT8 beside it.

    Args:
        int8: one frame of each person of V1.
        floats: the same by the float networks.
        shaken: the same by INT8, every value of the picture changed by -1, 0 or 1.
    """
    found = {row: median(sizes) for row, sizes in apart(int8, floats).items()}
    noise = {row: median(sizes) for row, sizes in apart(int8, shaken).items()}
    angles = {row: value for row, value in found.items() if row != "curve_head" and value is not None}
    worst = max(angles, key=lambda row: angles[row], default=None)
    note = f"{len(int8)} people, every angle" + (f"; worst {worst}, {_noise(noise, worst)}" if worst else "")
    known = [value for row, value in noise.items() if row != "curve_head" and value is not None]
    target = angles[worst] if worst else None
    return [
        at_most("int8_minus_float_median_max_deg", target, MOST_APART_DEG, "deg", note),
        printed("lsb_noise_median_max_deg", max(known, default=None), "deg", "INT8, picture changed by -1, 0 or 1"),
        printed("int8_minus_float_curve_head_median_deg", found.get("curve_head"), "deg"),
        printed("lsb_noise_curve_head_median_deg", noise.get("curve_head"), "deg"),
        *[printed(f"int8_minus_float_{row}_median_deg", angles[row], "deg", _noise(noise, row)) for row in angles],
    ]


def jitter_rows(looks: Iterable[Look], networks: Networks, dice: Generator) -> list[Row]:
    """
    How far the angles move when the box is put elsewhere by up to a tenth of its size and made larger or smaller; the
    landmarks that shoulders and hips are joined with stay.

    Args:
        looks: one frame of each person.
        networks: those that read them.
        dice: decides where the boxes go.
    """
    moved: dict[str, list[float]] = {row: [] for row in JITTER_ANGLES}
    for look in looks:
        box = None if look.coarse is None else torso_box(look.coarse)
        if box is None or look.refused is not None:
            continue
        frame = look.case.shot.frame()
        asked = [networks.ask(frame, one, look.silhouette) for one in (box, *jittered(box, dice))]
        still, *others = [_measured(look, answer) for answer in asked]
        for row in JITTER_ANGLES:
            first = value_of(still, row)
            values = [value_of(other, row) for other in others]
            if first is not None:
                moved[row] += [abs(value - first) for value in values if value is not None]
    medians = {row: median(sizes) for row, sizes in moved.items()}
    known = {row: value for row, value in medians.items() if value is not None}
    note = ", ".join(f"{row} {value:.2f} (p90 {p90(moved[row]):.2f})" for row, value in known.items())
    return [at_most("box_jitter_median_max_deg", max(known.values(), default=None), MOST_JITTER_DEG, "deg", note)]


def jittered(box: Box, dice: Generator) -> list[Box]:
    """Boxes beside a box: up to a tenth of its sides away, up to a tenth larger or smaller."""
    return [_jittered(box, *dice.uniform(-JITTER, JITTER, 3)) for _ in range(JITTERED)]


def _jittered(box: Box, across: float, down: float, wider: float) -> Box:
    scale = box.scale * (1 + wider)
    left = box.left + WIDTH * (across * box.scale + (box.scale - scale) / 2)
    top = box.top + HEIGHT * (down * box.scale + (box.scale - scale) / 2)
    return replace(box, left=left, top=top, scale=scale)


def _measured(look: Look, answer: SpineAnswer) -> SpineMeasures:
    assert look.coarse is not None
    landmarks = finer(look.coarse, [(answer, frozenset(JOINTS.values()) - LEGS)])
    return bare_measures(look.case, landmarks, answer.spine_points(0.0))


def _pairs(a: Look, b: Look) -> dict[str, tuple[float, float]]:
    if a.bare_measures is None or b.bare_measures is None or a.reading is None or b.reading is None:
        return {}
    found = {}
    for row, one in a.bare_measures.by_id.items():
        other = value_of(b.bare_measures, row)
        if one.unit == "deg" and row not in LEGS_ANGLES and one.value is not None and other is not None:
            found[row] = one.value, other
    if a.reading.trend is not None and b.reading.trend is not None:
        found["curve_head"] = a.reading.trend.largest, b.reading.trend.largest
    return found


def _noise(noise: Mapping[str, float | None], row: str) -> str:
    value = noise.get(row)
    return "" if value is None else f"by noise alone {value:.3f}"
