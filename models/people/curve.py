"""Lateral curves of the spine: what a prescribed curve does to each vertebra, and what was built in the end."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models.people.posture import LEVELS, Curve, level_index

SEGMENTS = 26
"""Sacrum, L5 to L1, T12 to T1, C7 to C1, head."""
T1, C7, HEAD = 17, 18, 25
SMALLEST_DEG = 3.0
"""What bends less between two end vertebrae is not called a curve."""

Profile = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BuiltCurve:
    """
    One lateral curve read back from the posed vertebrae.

    Attributes:
        side: +1 convex to the person's right, -1 to the left.
        upper: the upper end vertebra.
        apex: the vertebra whose tilt is nearest to the mean of both end vertebrae.
        lower: the lower end vertebra.
        angle_deg: between the end plates of both end vertebrae in the frontal plane.
    """

    side: Literal[-1, 1]
    upper: str
    apex: str
    lower: str
    angle_deg: float


def lean_profile(curve: Curve, heights_m: Profile) -> Profile:
    """
    (26,) degrees, how far each segment leans to the right; 0 at the sacrum and the head.

    Args:
        curve: as asked for.
        heights_m: (26,) of the segments, metres; what they carry sideways decides how much the neighbours bend back.
    """
    lower, apex, upper = (level_index(level) for level in (curve.lower, curve.apex, curve.upper))
    levels = np.arange(SEGMENTS, dtype=float)
    half_deg, t1_deg = 0.5 * curve.angle_deg, -curve.t1_share * curve.angle_deg
    lean = half_deg * np.cos(np.pi * np.interp(levels, [lower, apex, upper], [0.0, 0.5, 1.0]))
    if lower > 0:
        lean = np.where(levels < lower, half_deg * _rise(levels / lower), lean)
    if upper < T1:
        above = t1_deg + (-half_deg - t1_deg) * _rise((T1 - levels) / (T1 - upper))
        lean = np.where(levels > upper, above, lean)
    end = max(upper, T1)
    lean = np.where(levels > end, lean[end] * _rise((HEAD - levels) / (HEAD - end)), lean)
    lean[0] = 0.0
    return curve.side * _balanced(lean, heights_m, _counter_weight(lower, upper), curve.side * curve.shift_m)


def turn_profile(curve: Curve) -> Profile:
    """(26,) degrees, how far each segment turns its right side backwards; bodies turn to the convex side."""
    lower, apex, upper = (level_index(level) for level in (curve.lower, curve.apex, curve.upper))
    levels = np.arange(SEGMENTS, dtype=float)
    width = max(2.2, 0.48 * (upper - lower))
    turn = curve.side * curve.rotation_share * curve.angle_deg * np.exp(-0.5 * ((levels - apex) / width) ** 2)
    turn -= turn[0] * _rise(1.0 - levels / max(apex, 1))
    return np.where(levels > T1, turn * _rise((HEAD - levels) / (HEAD - T1)), turn)


def read_curves(lean_deg: Profile) -> tuple[BuiltCurve, ...]:
    """The lateral curves between S1 and T1 from the lean to the right of each vertebra (25+,), largest first."""
    lean = lean_deg[: T1 + 1]
    turns = [0, *(k for k in range(1, T1) if (lean[k] - lean[k - 1]) * (lean[k + 1] - lean[k]) < 0), T1]
    turns = _strongest(lean, turns)
    curves = [_between(lean, low, high) for low, high in pairwise(turns)]
    return tuple(sorted((c for c in curves if c.angle_deg >= SMALLEST_DEG), key=lambda c: -c.angle_deg))


def _strongest(lean: Profile, turns: list[int]) -> list[int]:
    """End vertebrae without those small swings in between that nobody would call a curve."""
    while len(turns) > 2:
        swings = [abs(lean[high] - lean[low]) for low, high in pairwise(turns)]
        least = int(np.argmin(swings))
        if swings[least] >= SMALLEST_DEG:
            break
        ends = {0, len(turns) - 1}
        gone = ({least, least + 1} - ends) if {least, least + 1} & ends else {least, least + 1}
        turns = [turn for k, turn in enumerate(turns) if k not in gone]
    return turns


def _between(lean: Profile, low: int, high: int) -> BuiltCurve:
    angle = float(lean[low] - lean[high])
    middle = 0.5 * (lean[low] + lean[high])
    apex = low + 1 + int(np.argmin(np.abs(lean[low + 1 : high] - middle))) if high - low > 1 else high
    return BuiltCurve(1 if angle > 0 else -1, LEVELS[high], LEVELS[apex], LEVELS[low], abs(angle))


def _rise(share: Profile) -> Profile:
    """From 0 at 0 to 1 at 1 without a kink at either end."""
    rise: Profile = 0.5 - 0.5 * np.cos(np.pi * np.clip(share, 0.0, 1.0))
    return rise


def _counter_weight(lower: int, upper: int) -> Profile:
    """Where the spine bends back: the lumbar spine below a thoracic curve, the thorax above a lumbar one."""
    below = lower >= level_index("L1")
    middle = 0.5 * lower if below else 0.5 * (upper + T1)
    width = max(1.5, 0.28 * lower) if below else max(2.0, 0.25 * (T1 - upper))
    levels = np.arange(SEGMENTS, dtype=float)
    return np.where((levels > 0) & (levels < T1), np.exp(-0.5 * ((levels - middle) / width) ** 2), 0.0)


def _balanced(lean_deg: Profile, heights_m: Profile, weight: Profile, shift_m: float) -> Profile:
    """The same profile bent back where `weight` says, so that C7 stands `shift_m` right of S1."""
    span = slice(1, C7)
    for _ in range(3):
        excess_m = float(np.sum(np.sin(np.radians(lean_deg[span])) * heights_m[span])) - shift_m
        reach_m = float(np.sum(weight[span] * np.cos(np.radians(lean_deg[span])) * heights_m[span]))
        lean_deg = lean_deg - np.degrees(excess_m / reach_m) * weight
    return lean_deg
