"""
How people stand, as distributions: part of V1, so nothing here may change. A change makes a new distribution.

Three layers: the habit is the body's own and stays; the stance is drawn anew for every take, as after a step off the
mark; the sway moves from frame to frame. Spreads are chosen so that true tilts cover what a school day brings, ill
and well; the stance and sway are about what repeated photographs of one person show (shoulders and pelvis ~0.6°,
C7 over the sacrum ~3 mm).
"""

import math
from collections.abc import Mapping

from models.people.dice import Dice

Parameters = dict[str, float]

SINGLE_CURVES = (("T8", "T5", "T12"), ("T9", "T6", "L1"), ("T12", "T9", "L3"), ("L2", "T11", "L4"), ("T7", "T4", "T11"))
"""Apex, upper and lower end of the single curves."""
SECOND_CURVE = ("L2", "T12", "L4")
"""Of a double curve, below a thoracic one."""
CURVED_SHARE, DOUBLE_SHARE, LEG_SHARE = 0.6, 0.35, 0.3
LARGEST_CURVE_DEG = 60.0

SWAY_PERIODS_S = (2.5, 6.0)
BREATH_PERIOD_S = (3.0, 5.0)
SWAY = {
    "trunk_lean_deg": 0.20,
    "trunk_shift_m": 0.0008,
    "trunk_axial_deg": 0.4,
    "trunk_pitch_deg": 0.2,
    "shoulder_tilt_deg": 0.1,
    "pelvis_tilt_deg": 0.15,
    "head_tilt_deg": 0.4,
    "head_yaw_deg": 1.0,
    "heading_deg": 0.3,
    "at_x_m": 0.003,
    "at_y_m": 0.004,
    "arm_abduction_deg": 0.4,
}
"""Half the way a value swings, of one of two waves."""
BREATH_M = 0.004
"""Half of how far the chest comes forward."""


def curves(dice: Dice) -> tuple[dict[str, float | str], ...]:
    """The curves of one spine, none for four people of ten; an entry has the fields of `Curve`."""
    curved, double = dice.chance(CURVED_SHARE), dice.chance(DOUBLE_SHARE)
    apex, upper, lower = dice.choice(SINGLE_CURVES)
    angle = min(LARGEST_CURVE_DEG, 5.0 + dice.exponential(14.0))
    side = dice.choice((-1, 1))
    turn, shift, second = dice.uniform(0.15, 0.45), dice.normal(0.0, 0.006, 0.02), dice.uniform(0.4, 1.0)
    if not curved:
        return ()
    first = one_curve((apex, upper, lower), angle, turn, side, shift)
    if not double or apex not in ("T7", "T8"):
        return (first,)
    return first, one_curve(SECOND_CURVE, angle * second, turn, -side, 0.0)


def habit(dice: Dice) -> Parameters:
    """How one body stands whenever it stands; degrees and metres, named as the fields of `Posture`."""
    return {
        "kyphosis_deg": dice.normal(0.0, 6.0, 15.0),
        "lordosis_deg": dice.normal(0.0, 6.0, 15.0),
        "shoulder_tilt_deg": dice.normal(0.0, 2.5, 8.0),
        "pelvis_tilt_deg": dice.normal(0.0, 2.0, 6.0),
        "pelvis_pitch_deg": dice.normal(0.0, 3.0, 8.0),
        "leg_difference_m": dice.normal(0.0, 0.008, 0.02) if dice.chance(LEG_SHARE) else 0.0,
        "trunk_lean_deg": dice.normal(0.0, 1.2, 4.0),
        "trunk_shift_m": dice.normal(0.0, 0.006, 0.02),
        "trunk_axial_deg": dice.normal(0.0, 2.0, 6.0),
        "head_tilt_deg": dice.normal(0.0, 2.5, 8.0),
        "head_shift_m": dice.normal(0.0, 0.006, 0.02),
        "head_forward_m": dice.normal(0.0, 0.012, 0.035),
        "arm_abduction_deg": dice.normal(10.0, 2.0, 5.0),
        "arm_difference_deg": dice.normal(0.0, 1.5, 4.0),
        "arm_flexion_deg": dice.normal(0.0, 3.0, 8.0),
        "elbow_deg": dice.normal(14.0, 4.0, 10.0),
        "knee_valgus_left_deg": dice.normal(0.0, 2.5, 7.0),
        "knee_valgus_right_deg": dice.normal(0.0, 2.5, 7.0),
        "knee_deg": abs(dice.normal(0.0, 2.5, 8.0)),
        "scapula_wing_left_m": abs(dice.normal(0.0, 0.004, 0.012)),
        "scapula_wing_right_m": abs(dice.normal(0.0, 0.004, 0.012)),
        "muscle_left_m": abs(dice.normal(0.0, 0.0025, 0.008)),
        "muscle_right_m": abs(dice.normal(0.0, 0.0025, 0.008)),
        "fat_left_m": abs(dice.normal(0.0, 0.004, 0.012)),
        "fat_right_m": abs(dice.normal(0.0, 0.004, 0.012)),
        "scapula_protract_deg": dice.normal(0.0, 3.0, 8.0),
    }


def stance(dice: Dice) -> Parameters:
    """What a step off the mark and back changes; to be added to the habit. `heading_deg` is the whole of it."""
    return {
        "shoulder_tilt_deg": dice.normal(0.0, 0.5, 1.5),
        "pelvis_tilt_deg": dice.normal(0.0, 0.5, 1.5),
        "trunk_lean_deg": dice.normal(0.0, 0.4, 1.2),
        "trunk_shift_m": dice.normal(0.0, 0.002, 0.006),
        "trunk_axial_deg": dice.normal(0.0, 0.8, 2.4),
        "head_tilt_deg": dice.normal(0.0, 1.0, 3.0),
        "head_yaw_deg": dice.normal(0.0, 4.0, 10.0),
        "arm_abduction_deg": dice.normal(0.0, 1.0, 3.0),
        "heading_deg": dice.normal(0.0, 2.0, 4.3),
        "at_x_m": dice.normal(0.0, 0.05, 0.13),
        "at_y_m": dice.normal(0.0, 0.04, 0.10),
    }


def sway(dice: Dice, times_s: tuple[float, ...]) -> tuple[Parameters, ...]:
    """What moves from frame to frame: two slow waves for every value, and breath; to be added to the stance."""
    waves = {name: [(dice.uniform(*SWAY_PERIODS_S), dice.number()) for _ in range(2)] for name in SWAY}
    period, phase = dice.uniform(*BREATH_PERIOD_S), dice.number()
    return tuple(
        {name: SWAY[name] * sum(_wave(time, *wave) for wave in waves[name]) for name in SWAY}
        | {"breath_m": BREATH_M * (1.0 + _wave(time, period, phase))}
        for time in times_s
    )


def added(*layers: Mapping[str, float]) -> Parameters:
    """The sum of some layers, name by name."""
    names = dict.fromkeys(name for layer in layers for name in layer)
    return {name: math.fsum(layer.get(name, 0.0) for layer in layers) for name in names}


def _wave(time_s: float, period_s: float, phase: float) -> float:
    return math.sin(2 * math.pi * (time_s / period_s + phase))


def one_curve(
    levels: tuple[str, str, str], angle_deg: float, turn: float, side: int, shift_m: float
) -> dict[str, float | str]:
    """An entry of `curves`: apex, upper and lower end; `side` and `turn` as in `Curve`."""
    apex, upper, lower = levels
    return {
        "apex": apex,
        "upper": upper,
        "lower": lower,
        "angle_deg": angle_deg,
        "rotation_share": turn,
        "side": side,
        "shift_m": shift_m,
    }
