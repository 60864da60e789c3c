"""
Key poses of everyday, working and sporting life, written down by hand in degrees; nobody was recorded.

A pose is a vector of the angles in `ANGLES`. Flexion moves a limb forwards, abduction away from the body, twist
turns it about its own axis, elbows and knees bend; the trunk bends forwards, to the left, and turns to the left.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

ROOT = ("pitch", "roll", "yaw")
TRUNK = ("spine", "spine_side", "spine_twist", "nod", "head_turn", "head_side")
ARM = ("flex", "abduct", "twist", "elbow", "hand")
LEG = ("hip", "spread", "turn", "knee", "foot")
ANGLES = (
    *ROOT,
    *TRUNK,
    *(f"{side}_{name}" for side in ("left", "right") for name in ARM),
    *(f"{side}_{name}" for side in ("left", "right") for name in LEG),
)
PLACE = {name: number for number, name in enumerate(ANGLES)}
MIRRORED = np.array([PLACE[n.replace("left", "#").replace("right", "left").replace("#", "right")] for n in ANGLES])
SIGNS = np.array(
    [-1.0 if n in ("roll", "yaw", "spine_side", "spine_twist", "head_turn", "head_side") else 1.0 for n in ANGLES]
)
Pose = NDArray[np.float64]
Limbs = tuple[float, ...]


def _pose(
    trunk: Mapping[str, float] | None = None,
    *,
    arms: Limbs | tuple[Limbs, Limbs] = (0.0, 8.0, 0.0, 15.0),
    legs: Limbs | tuple[Limbs, Limbs] = (0.0, 3.0, 0.0, 3.0),
) -> Pose:
    pose = np.zeros(len(ANGLES))
    for name, value in (trunk or {}).items():
        pose[PLACE[name]] = value
    for limbs, names in ((arms, ARM), (legs, LEG)):
        pair = limbs if isinstance(limbs[0], tuple) else (limbs, limbs)
        for side, values in zip(("left", "right"), pair, strict=True):
            for name, value in zip(names, values, strict=False):
                pose[PLACE[f"{side}_{name}"]] = value
    if 0.0 < pose[PLACE["pitch"]] < 80.0:  # leaning forwards happens in the hips: the legs stay where they are
        pose[[PLACE["left_hip"], PLACE["right_hip"]]] += pose[PLACE["pitch"]]
    return pose


def mirrored(pose: Pose) -> Pose:
    """Left and right exchanged; the last axis holds the angles."""
    swapped: Pose = pose[..., MIRRORED] * SIGNS
    return swapped


_STEP = ((28.0, 2.0, 0.0, 10.0), (-18.0, 2.0, 0.0, 12.0))
_RUN = ((65.0, 2.0, 0.0, 80.0), (-20.0, 2.0, 0.0, 25.0))
_SPLIT = ((20.0, 8.0, 0.0, 25.0), (-10.0, 14.0, 0.0, 15.0))
_SQUAT, _DEEP = (70.0, 14.0, 0.0, 80.0), (110.0, 18.0, 0.0, 125.0)
POSES: Mapping[str, Pose] = {
    "stand": _pose(),
    "walk": _pose({"spine_twist": 5}, arms=((-20, 5, 0, 15), (22, 5, 0, 25)), legs=_STEP),
    "run": _pose({"spine": 8, "spine_twist": 8}, arms=((-35, 10, 0, 85), (35, 8, 0, 85)), legs=_RUN),
    "squat": _pose({"pitch": 25, "spine": 12}, arms=(80, 5, 0, 10), legs=_SQUAT),
    "squat_bar": _pose({"pitch": 25, "spine": 8}, arms=(20, 65, -60, 130), legs=_DEEP),
    "crouch": _pose({"pitch": 35, "spine": 25}, arms=(40, 5, 0, 30), legs=_DEEP),
    "sit": _pose({"spine": 5}, arms=(25, 6, 0, 60), legs=(88, 6, 0, 88)),
    "lunge": _pose({"pitch": 8}, arms=(10, 10, 0, 40), legs=((75, 3, 0, 85), (-15, 3, 0, 60))),
    "kick": _pose({"spine_twist": -15}, arms=((50, 30, 0, 30), (-35, 25, 0, 30)),
        legs=((75, 5, 0, 10), (-5, 5, 0, 15))),
    "kick_back": _pose({"spine": 8}, arms=((-20, 35, 0, 30), (40, 25, 0, 30)), legs=((-35, 8, 0, 85), (10, 5, 0, 20))),
    "overhead": _pose(arms=(172, 8, 0, 10)),
    "wide": _pose(arms=(0, 90, 0, 5)),
    "jack": _pose(arms=(5, 160, 0, 15), legs=(0, 25, 0, 5)),
    "forward": _pose(arms=(90, 3, 0, 5)),
    "akimbo": _pose(arms=(-15, 45, 40, 95)),
    "crossed": _pose(arms=(25, -5, 50, 105)),
    "behind": _pose(arms=(-30, 12, 60, 80)),
    "drink": _pose({"nod": -10}, arms=((60, 10, 30, 135), (5, 8, 0, 20))),
    "comb": _pose(arms=((95, 55, -40, 130), (5, 8, 0, 20))),
    "wave": _pose(arms=((60, 75, -85, 75), (0, 8, 0, 15))),
    "clap": _pose(arms=(45, 5, 45, 75)),
    "point": _pose(arms=((85, 10, 0, 5), (0, 8, 0, 15))),
    "bend": _pose({"pitch": 45, "spine": 50, "nod": 10}, arms=(85, 4, 0, 5), legs=(6, 4, 0, 12)),
    "stoop": _pose({"pitch": 65, "spine": 35}, arms=(95, 4, 0, 15), legs=(10, 6, 0, 30)),
    "side_bend": _pose({"spine_side": 32, "head_side": 10}, arms=((0, 12, 0, 10), (20, 150, 0, 30))),
    "lift_low": _pose({"pitch": 50, "spine": 15, "nod": -20}, arms=(75, 8, 0, 3), legs=(75, 10, 0, 85)),
    "rack": _pose({"pitch": 4}, arms=(65, 15, 0, 145), legs=(20, 10, 0, 25)),
    "press": _pose(arms=(165, 20, 0, 8), legs=_SPLIT),
    "hang": _pose({"nod": -8}, arms=(165, 18, 0, 5), legs=(5, 3, 0, 25)),
    "pull": _pose({"nod": -15}, arms=(55, 55, -60, 140), legs=(10, 3, 0, 50)),
    "plank": _pose({"pitch": 76, "nod": -20}, arms=(78, 12, 0, 5), legs=(-76, 4, 0, 4, -50)),
    "push_up": _pose({"pitch": 92, "nod": -20}, arms=(35, 50, 0, 105), legs=(0, 4, 0, 4, -50)),
    "lie": _pose({"pitch": -88}, arms=(15, 12, 0, 20), legs=(0, 6, 0, 8)),
    "lie_knees": _pose({"pitch": -88, "nod": 20}, arms=(60, 30, 60, 140), legs=(55, 6, 0, 95)),
    "sit_up": _pose({"pitch": -25, "spine": 35, "nod": 10}, arms=(60, 30, 60, 140), legs=(118, 6, 0, 95)),
    "bench_low": _pose({"pitch": -88}, arms=(15, 70, -20, 110), legs=(25, 18, 0, 80)),
    "bench_high": _pose({"pitch": -88}, arms=(88, 12, 0, 8), legs=(25, 18, 0, 80)),
    "kneel": _pose({"spine": 8}, arms=(25, 8, 0, 45), legs=((80, 5, 0, 90), (0, 5, 0, 95))),
    "wind_up": _pose({"spine_twist": -35, "spine_side": -8}, arms=((75, 20, 20, 90), (60, 20, 20, 95)),
        legs=((85, 3, 0, 95), (0, 3, 0, 8))),
    "cocked": _pose({"spine_twist": 15, "spine": -10}, arms=((60, 40, 20, 70), (5, 95, -95, 95)),
        legs=((50, 12, 0, 35), (-25, 15, 0, 25))),
    "released": _pose({"pitch": 30, "spine": 30, "spine_twist": 40}, arms=((-10, 30, 20, 95), (75, -10, 0, 20)),
        legs=((65, 5, 0, 55), (-25, 15, 0, 45))),
    "bat": _pose({"spine_twist": -40, "pitch": 12}, arms=((70, -25, 30, 60), (45, 55, -20, 125)), legs=(30, 15, 0, 35)),
    "batted": _pose({"spine_twist": 60}, arms=((60, 60, 0, 80), (95, -30, 20, 50)),
        legs=((5, 18, 0, 5), (10, 20, 30, 50))),
    "address": _pose({"pitch": 28, "spine": 18, "nod": 10}, arms=(50, -8, 15, 8), legs=(28, 10, 0, 25)),
    "swung_back": _pose({"pitch": 22, "spine": 12, "spine_twist": -75, "head_turn": 60},
        arms=((95, -45, 20, 15), (75, 25, -50, 105)), legs=((25, 8, 15, 35), (22, 10, 0, 15))),
    "swung_through": _pose({"pitch": 5, "spine_twist": 85, "spine_side": -8},
        arms=((75, 50, -50, 105), (115, -40, 20, 40)), legs=((0, 8, 0, 2), (-5, 5, 25, 40))),
    "toss": _pose({"spine": -15, "spine_twist": -30}, arms=((165, 15, 0, 5), (-25, 60, -60, 95)), legs=(15, 8, 0, 35)),
    "served": _pose({"spine": 12, "spine_twist": 25}, arms=((30, 15, 60, 100), (168, 15, 0, 8)),
        legs=((5, 5, 0, 5), (-15, 8, 0, 30))),
    "forehand_back": _pose({"spine_twist": -55, "pitch": 10}, arms=((60, 25, 20, 40), (-20, 65, -20, 50)),
        legs=(25, 20, 0, 40)),
    "forehand_through": _pose({"spine_twist": 50, "pitch": 8}, arms=((20, 40, 0, 70), (110, -35, 30, 75)),
        legs=((20, 15, 0, 30), (0, 18, 0, 40))),
    "bowl_back": _pose({"pitch": 35, "spine": 15}, arms=((25, 55, 0, 15), (-75, 12, 0, 5)),
        legs=((45, 5, 0, 60), (15, 5, 0, 45))),
    "bowled": _pose({"pitch": 40, "spine": 20}, arms=((-10, 70, 0, 15), (110, -5, 0, 20)),
        legs=((70, 2, 0, 85), (-30, -15, 0, 30))),
    "strum": _pose({"nod": 15}, arms=((30, 35, 30, 85), (15, 25, 55, 90))),
    "jump": _pose({"spine": -5}, arms=(140, 25, 0, 15), legs=(-8, 8, 0, 25, -35)),
    "rope": _pose(arms=(5, 30, -30, 65), legs=(8, 2, 0, 18)),
}  # fmt: skip
PAIRS: tuple[tuple[str, ...], ...] = (
    ("rope", "rope"), ("stand", "jack"), ("stand", "squat"), ("squat_bar", "rack"), ("sit", "stand"),
    ("lie_knees", "sit_up"), ("bench_low", "bench_high"), ("hang", "pull"), ("plank", "push_up"),
    ("lift_low", "rack", "press"), ("lift_low", "stand"), ("stand", "bend"), ("stand", "stoop"),
    ("stand", "wind_up", "cocked", "released"), ("bat", "batted"),
        ("address", "swung_back", "address", "swung_through"),
    ("stand", "toss", "served"), ("forehand_back", "forehand_through"), ("walk", "bowl_back", "bowled"),
    ("stand", "overhead"), ("forward", "wide"), ("akimbo", "side_bend"), ("kick_back", "kick"), ("crouch", "jump"),
    ("strum", "strum"), ("stand", "wave"), ("stand", "drink"), ("stand", "comb"), ("clap", "forward"),
        ("stand", "point"),
)  # fmt: skip
"""Poses that follow one another in life."""
LYING = (("lie_knees", "sit_up"), ("bench_low", "bench_high"), ("plank", "push_up"))
_SPORTING = {"rope", "jack", "squat_bar", "pull", "press", "released", "batted", "strum", "swung_back", "served"}
SPORTS = tuple(pair for pair in PAIRS if (_SPORTING | {"forehand_back", "bowled"}) & set(pair))
