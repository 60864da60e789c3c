"""
Spines and postures of the distributions S1 and S1-uneven: part of them, so nothing here may change.

The sizes are those of the people a network learns from, written down again: training may change, a hold-out may not.
"""

from models.people.dice import Dice
from models.people.standing import SECOND_CURVE, SINGLE_CURVES, Parameters, one_curve

LARGEST_DEG = 50.0
DOUBLE_SHARE = 0.5
"""Of the curves with a thoracic apex, which are three of five: three of ten people have a double curve."""
THORACIC = ("T7", "T8", "T9")
TURN_SHARE = (0.15, 0.45)
SECOND_SHARE = (0.4, 1.0)

UNEVEN = (1.2, 2.0)
"""How uneven somebody stands, in the standard deviations below."""
UNEVENNESS: dict[str, float] = {
    "shoulder_tilt_deg": 3.0,
    "pelvis_tilt_deg": 2.5,
    "trunk_lean_deg": 1.8,
    "trunk_shift_m": 0.008,
    "trunk_axial_deg": 3.0,
    "head_tilt_deg": 3.5,
    "head_shift_m": 0.008,
    "head_yaw_deg": 6.0,
    "arm_difference_deg": 4.0,
}
LARGEST_SD = 2.0
ONE_SIDED_M: dict[str, float] = {"scapula_wing": 0.008, "muscle": 0.005, "fat": 0.008}
"""More on one side than on the other: part -> mean thickness."""
THICKEST_M = 0.02


def even_curves(dice: Dice, seed: int) -> tuple[dict[str, float | str], ...]:
    """
    The curves of one spine: sizes evenly from 0 to 50 degrees, apexes in turn by the seed, sides by chance.

    Args:
        dice: for this person's curves.
        seed: of the person.
    """
    levels = SINGLE_CURVES[seed % len(SINGLE_CURVES)]
    angle, side = dice.uniform(0.0, LARGEST_DEG), dice.choice((-1, 1))
    turn, shift = dice.uniform(*TURN_SHARE), dice.normal(0.0, 0.006, 0.02)
    double, second = dice.chance(DOUBLE_SHARE), dice.uniform(*SECOND_SHARE)
    first = one_curve(levels, angle, turn, side, shift)
    if not double or levels[0] not in THORACIC:
        return (first,)
    return first, one_curve(SECOND_CURVE, angle * second, turn, -side, 0.0)


def unevenness(dice: Dice) -> Parameters:
    """What is uneven about somebody whose spine is straight; to be added to how they stand."""
    size = dice.uniform(*UNEVEN)
    found = {name: size * dice.normal(0.0, sd, LARGEST_SD * sd) for name, sd in UNEVENNESS.items()}
    for part, mean_m in ONE_SIDED_M.items():
        side = dice.choice(("left", "right"))
        found[f"{part}_{side}_m"] = min(THICKEST_M, size * dice.exponential(mean_m))
    return found
