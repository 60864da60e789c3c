"""
T1: the people a network learns from. Wider than any hold-out, so that nothing the bench shows is new to it.

Against V1: other bodies (the shipped twelve belong to the benches), four sides, curves evenly from 5 to 55 degrees at
five apexes, and the law behind them varied: how far the vertebrae turn, and postures, muscles, fat and shoulder blades
that are uneven over a straight spine.
"""

from dataclasses import replace

from edge.errors import ConfigError
from models.people.dice import Dice
from models.people.sample import BODIES, SHARING, Body, sample
from models.people.shot import Moment, Shot
from models.people.standing import SECOND_CURVE, SINGLE_CURVES, Parameters, one_curve

NAME = "T1"
STRAIGHT, UNEVEN = 0.25, 0.2
"""Shares of the people with a straight spine, standing as people do, and standing very unevenly."""
DOUBLE = 0.35
CURVE_DEG = (5.0, 55.0)
TURN_SHARE = (0.1, 0.5)
WIDE_HEADING = 0.3
UNEVENNESS: dict[str, float] = {
    "shoulder_tilt_deg": 3.0,
    "pelvis_tilt_deg": 2.5,
    "trunk_lean_deg": 1.8,
    "trunk_shift_m": 0.008,
    "trunk_axial_deg": 3.0,
    "head_tilt_deg": 3.5,
    "head_shift_m": 0.008,
    "head_yaw_deg": 6.0,
    "arm_abduction_deg": 4.0,
    "arm_difference_deg": 4.0,
    "arm_flexion_deg": 5.0,
    "elbow_deg": 8.0,
}
"""Added to everybody: name -> standard deviation."""
ONE_SIDED_M: dict[str, float] = {"scapula_wing": 0.008, "muscle": 0.005, "fat": 0.008}
"""Added to one side of the uneven: name -> mean thickness."""


def training_shot(seed: int, bodies: tuple[Body, ...]) -> Shot:
    """
    One frame of one person to learn from.

    Args:
        seed: of the person; neighbours share a body.
        bodies: every rest body of the file; the shipped ones at its beginning are left out.

    Raises:
        ConfigError: the file holds the shipped bodies only.
    """
    others = len(bodies) - len(BODIES)
    if others < 1:
        raise ConfigError("bodies: training needs more than the shipped, run python -m models.people bodies --full")
    body = len(BODIES) + Dice(NAME, seed // SHARING, "body").choice(range(others))
    shot = sample(seed, "V0-crop", bodies=(bodies[body],))
    moment = shot.moments[0]
    uneven, straight = _kind(Dice(NAME, seed, "kind"))
    stands = _varied(moment.stands, Dice(NAME, seed, "stands"), uneven)
    return replace(
        shot,
        distribution=NAME,
        body=body,
        curves=() if straight else _curves(Dice(NAME, seed, "curves")),
        moments=(Moment(moment.time_s, stands, moment.bend_deg, moment.noise),),
    )


def _kind(dice: Dice) -> tuple[bool, bool]:
    """Whether the person stands very unevenly, and whether the spine is straight."""
    draw = dice.number()
    return draw < UNEVEN, draw < UNEVEN + STRAIGHT


def _varied(stands: Parameters | object, dice: Dice, uneven: bool) -> Parameters:
    assert isinstance(stands, dict)
    size = dice.uniform(0.0, 1.4) * (1.5 if uneven else 1.0)
    varied = {name: value + size * dice.normal(0.0, UNEVENNESS.get(name, 0.0), 20.0) for name, value in stands.items()}
    wide = dice.chance(WIDE_HEADING)
    varied["heading_deg"] = stands["heading_deg"] + (dice.uniform(-12.0, 12.0) if wide else dice.normal(0.0, 2.0))
    for part, mean_m in ONE_SIDED_M.items():
        side = dice.choice(("left", "right"))
        varied[f"{part}_{side}_m"] += min(0.02, dice.exponential(mean_m)) if uneven else 0.0
    return varied


def _curves(dice: Dice) -> tuple[dict[str, float | str], ...]:
    apex, upper, lower = dice.choice(SINGLE_CURVES)
    angle, side = dice.uniform(*CURVE_DEG), dice.choice((-1, 1))
    turn, shift = dice.uniform(*TURN_SHARE), dice.normal(0.0, 0.008, 0.025)
    double, second = dice.chance(DOUBLE), dice.uniform(0.3, 1.1)
    first = one_curve((apex, upper, lower), angle, turn, side, shift)
    if not double or apex not in ("T7", "T8", "T9"):
        return (first,)
    return first, one_curve(SECOND_CURVE, angle * second, dice.uniform(*TURN_SHARE), -side, 0.0)
