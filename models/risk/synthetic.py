"""People out of nothing: rest bodies with drawn habits in all three tasks, as joints without a skin."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from edge.pose.landmarks import Joint
from edge.pose.trunk_definition import HIPS_DOWN, SHOULDERS_UP
from models.people.asset import SHIPPED, load_bodies
from models.people.motion import task
from models.people.person import Person
from models.people.posed import BONE_JOINTS
from models.people.posture import Pair, Posture
from models.people.skeleton import ROWS
from models.risk.faults import AXIAL_ARMS, BLADES_DEG, BLADES_M, LEAN_DEG, Faults
from models.risk.motion import HIPS, SHOULDERS, Array, Motion, middle

RATE_HZ = 30.0
TASKS = ("toe_touch", "walk", "jump")
SECONDS = {"toe_touch": 5.4, "walk": 4.6, "jump": 3.8}
UNSEEN_BODIES = (2, 5, 9)
"""Of the twelve shipped: nothing is trained on them."""
SEEN_BODIES = tuple(number for number in range(12) if number not in UNSEEN_BODIES)
_SWUNG = ("trunk_axial_deg", "pelvis_axial_deg", "pelvis_tilt_deg", "trunk_lean_deg", "pelvis_shift_m")


@dataclass(frozen=True, slots=True)
class Habit:
    """
    How one person moves; nobody is perfectly even.

    Attributes:
        body: number of the rest body.
        base: how they stand.
        tempo: speed against the usual one.
        reach: depth of the bend, length of the step, height of the jump, against the usual ones.
        swing: of the arms.
        turning: of pelvis and thorax about the vertical.
        sway: of the trunk and pelvis to the sides.
    """

    body: int
    base: Posture
    tempo: float = 1.0
    reach: float = 1.0
    swing: float = 1.0
    turning: float = 1.0
    sway: float = 1.0


def draw_habit(rng: np.random.Generator, bodies: tuple[int, ...]) -> Habit:
    """A person within what is usual: leans of 0.6, tilts of 1 degree, 12 to 25 per cent in how much they move (sd)."""
    base = Posture(
        kyphosis_deg=float(rng.normal(0, 5)),
        lordosis_deg=float(rng.normal(0, 5)),
        trunk_lean_deg=float(rng.normal(0, 0.6)),
        trunk_pitch_deg=float(rng.normal(0, 1.5)),
        trunk_axial_deg=float(rng.normal(0, 1.2)),
        shoulder_tilt_deg=float(rng.normal(0, 1.0)),
        pelvis_tilt_deg=float(rng.normal(0, 0.8)),
        head_tilt_deg=float(rng.normal(0, 1.5)),
        head_yaw_deg=float(rng.normal(0, 3)),
        arms_abduction_deg=(float(rng.normal(11, 2.5)),) * 2,
        elbows_deg=(float(np.clip(rng.normal(15, 5), 4, 35)),) * 2,
        scapula_raise_m=(float(rng.normal(0, 0.003)), float(rng.normal(0, 0.003))),
    )
    spread = [float(np.exp(rng.normal(0, size))) for size in (0.10, 0.08, 0.25, 0.18, 0.25)]
    return Habit(int(rng.choice(bodies)), base, *spread)


def perform(name: str, habit: Habit, faults: Faults | None = None, *, who: str = "") -> Motion:
    """
    One person doing one task.

    Args:
        name: of the task.
        habit: who.
        faults: of them lean, rotation and blades are built into the posture; the others are left out.
        who: the person's name for the record.
    """
    reach = {
        "toe_touch": {"depth_deg": 146.0 * min(habit.reach, 1.08)},
        "walk": {"step_m": 0.5 * habit.reach, "distance_m": 2.0},
        "jump": {"height_m": 0.2 * habit.reach**2},
    }[name]
    motion = task(name, base=habit.base, **reach)
    faults = faults or Faults()
    posture = _habitual(motion, habit, faults if name == "walk" else Faults())
    times = np.arange(0.0, SECONDS[name] / habit.tempo, 2.0 / RATE_HZ)
    points = np.array([joints_m(habit.body, _faulty(posture(float(t) * habit.tempo), faults)) for t in times])
    return Motion(name, "synthetic", who or f"{habit.body}", RATE_HZ, _doubled(points))


def _doubled(points: Array) -> Array:
    """Twice as many samples, those in between by cubic interpolation: posing a body is the slow part."""
    wide = np.concatenate([points[:1], points, points[-1:]])
    between = (9.0 * (wide[1:-2] + wide[2:-1]) - wide[:-3] - wide[3:]) / 16.0
    doubled = np.empty((2 * len(points) - 1, *points.shape[1:]))
    doubled[::2], doubled[1::2] = points, between
    return doubled


def _habitual(motion: Callable[[float], Posture], habit: Habit, faults: Faults) -> Callable[[float], Posture]:
    """What the task adds to the base posture, in this person's measure."""
    kept = 1.0 - faults.rotation
    arms = habit.swing * (1.0 - AXIAL_ARMS * faults.rotation)
    share = {
        "trunk_axial_deg": habit.turning * kept, "pelvis_axial_deg": habit.turning * kept,
        "pelvis_tilt_deg": habit.sway, "trunk_lean_deg": habit.sway, "pelvis_shift_m": habit.sway,
    }  # fmt: skip

    def at(time_s: float) -> Posture:
        now = motion(time_s)
        swung = {name: _scaled(getattr(habit.base, name), getattr(now, name), share[name]) for name in _SWUNG}
        flexed: Pair = tuple(arms * angle for angle in now.arms_flexion_deg)  # type: ignore[assignment]
        return now.but(**swung, arms_flexion_deg=flexed if now.bend_deg == 0.0 else now.arms_flexion_deg)

    return at


def _scaled(base: float, now: float, share: float) -> float:
    return base + share * (now - base)


def _faulty(posture: Posture, faults: Faults) -> Posture:
    raised = BLADES_M * abs(faults.blades), BLADES_DEG * abs(faults.blades)
    right = faults.blades > 0
    return posture.plus(
        trunk_lean_deg=LEAN_DEG * faults.lean,
        scapula_raise_m=(0.0, raised[0]) if right else (raised[0], 0.0),
        scapula_protract_deg=(0.0, raised[1]) if right else (raised[1], 0.0),
    )


@lru_cache(maxsize=12)
def person(number: int) -> Person:
    """One of the shipped rest bodies."""
    return Person(_bodies(), number)


@lru_cache(maxsize=1)
def _bodies():  # type: ignore[no-untyped-def]
    return load_bodies(SHIPPED)


@lru_cache(maxsize=12)
def _places(number: int) -> tuple[tuple[int, ...], Array]:
    """For every joint the row of the bone it hangs on, and its place in the rest body."""
    who = person(number)
    rows, rest = [], []
    for joint in Joint:
        words = joint.name.lower().split("_")
        side = next((word for word in words if word in ("left", "right")), "")
        part = "_".join(word for word in words if word != side)
        if part in BONE_JOINTS:
            bone, head = BONE_JOINTS[part]
            rows.append(ROWS[f"{side}_{bone}"])
            rest.append(who.joint_rest(f"{side}_{head}"))
        elif part in ("heel", "foot_index"):
            rows.append(ROWS[f"{side}_{'foot' if part == 'heel' else 'toes'}"])
            rest.append(who.spots[f"{part}_{side}"].on(who.rest_m))
        else:
            rows.append(ROWS["head"])
            rest.append(_on_head(who, part, side))
    return tuple(rows), np.array(rest)


def _on_head(who: Person, part: str, side: str) -> Array:
    if part == "nose":
        return who.spots["nose"].on(who.rest_m)
    if part == "eye":
        return np.asarray(who.joint_rest(f"{side}_eye"), np.float64)
    return who.spots[f"{part}_{side}"].on(who.rest_m)


def joints_m(number: int, posture: Posture) -> Array:
    """(33, 3) where a landmark network places the joints of a body: bones only, the skin is carried along stiffly."""
    transforms = person(number).skeleton.pose(posture).transforms
    rows, rest = _places(number)
    bones = transforms[list(rows)]
    return as_placed(np.einsum("jab,jb->ja", bones[:, :, :3], rest) + bones[:, :, 3])


def as_placed(points_m: Array) -> Array:
    """(..., 33, 3) shoulders a little up and hips a little down the trunk, as a landmark network defines them."""
    placed: Array = points_m.copy()
    trunk = (middle(points_m, SHOULDERS) - middle(points_m, HIPS))[..., None, :]
    placed[..., list(SHOULDERS), :] += SHOULDERS_UP * trunk
    placed[..., list(HIPS), :] -= HIPS_DOWN * trunk
    return placed
