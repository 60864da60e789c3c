"""
T2: the people of T1 as photographs show people: arms anywhere, leaning, turning, knees bent.

Nobody stands like that before the station. A network that has seen arms only hanging takes a raised one for a
shoulder, and photographs of real people are full of them.
"""

from dataclasses import replace

from models.people.dice import Dice
from models.people.sample import Body
from models.people.shot import Moment, Shot
from models.people.standing import Parameters
from models.people.training import training_shot

NAME = "T2"
SPREAD: dict[str, tuple[float, float]] = {
    "trunk_lean_deg": (7.0, 18.0),
    "trunk_axial_deg": (10.0, 25.0),
    "trunk_pitch_deg": (9.0, 25.0),
    "pelvis_tilt_deg": (4.0, 9.0),
    "shoulder_tilt_deg": (5.0, 12.0),
    "head_tilt_deg": (9.0, 22.0),
    "head_yaw_deg": (28.0, 65.0),
}
"""Added to how the person stands: name -> standard deviation and limit."""
TURNED_DEG = 60.0
"""At most, from the side that is shown."""
HANGING = 0.35
"""Share of the arms that hang as they do at rest."""


def loose_shot(seed: int, bodies: tuple[Body, ...]) -> Shot:
    """
    One frame of one person in no particular pose.

    Args:
        seed: of the person; neighbours share a body.
        bodies: every rest body of the file; the shipped ones at its beginning are left out.

    Raises:
        ConfigError: the file holds the shipped bodies only.
    """
    shot = training_shot(seed, bodies)
    moment = shot.moments[0]
    stands = _loosened(dict(moment.stands), Dice(NAME, seed, "pose"))
    return replace(shot, distribution=NAME, moments=(Moment(moment.time_s, stands, 0.0, moment.noise),))


def _loosened(stands: Parameters, dice: Dice) -> Parameters:
    for name, (sd, limit) in SPREAD.items():
        stands[name] += dice.normal(0.0, sd, limit)
    stands["heading_deg"] += dice.uniform(-TURNED_DEG, TURNED_DEG)
    stands["knee_deg"] = abs(dice.normal(0.0, 18.0, 55.0))
    hangs = stands["arm_abduction_deg"]
    for side in ("left", "right"):
        abducted, flexed = hangs + abs(dice.normal(0.0, 50.0, 140.0)), dice.normal(8.0, 35.0, 70.0)
        bent, still = dice.uniform(0.0, 125.0), dice.chance(HANGING)
        stands[f"arm_abduction_{side}_deg"] = hangs if still else abducted
        stands[f"arm_flexion_{side}_deg"] = stands["arm_flexion_deg"] if still else flexed
        stands[f"elbow_{side}_deg"] = stands["elbow_deg"] if still else bent
    return stands
