"""
Tasks as posture over time.

    at = task("toe_touch", base=Posture(curves=(Curve(),)), asymmetry=0.5)
    person.pose(at(1.5))

Every task starts from a base posture and adds to it, so a person keeps its habit while moving. Seconds count from the
start of the task. The movements are written down by hand after published curves and times; nobody was recorded.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.people.exercises import EXERCISES
from models.people.gait import walk
from models.people.posture import Foot, Posture
from models.people.timing import hold, smooth, waves

Motion = Callable[[float], Posture]

SWAY_MM = (3.2, 3.8)
"""Standard deviation of C7 in quiet standing, sideways and forwards, eyes open."""
SWAY_HZ = (0.11, 0.31, 0.67)
C7_OVER_HIPS_M, HIPS_M = 0.52, 0.93
"""Of an adult; sway leans as a stick on the ankles does."""
BREATH_HZ, BREATH_M = 0.25, 0.004
ADAMS_DEG, TOE_TOUCH_DEG = 102.0, 146.0
REACH_SHARE = (0.54, 0.27, 0.19)
GRAVITY_M_S2 = 9.81


def stand(*, base: Posture, seed: int = 0, sway: float = 1.0) -> Motion:
    """Quiet standing: sways about the ankles by 3 to 4 mm (standard deviation at C7) and breathes."""
    rng = np.random.default_rng(seed)
    aside, ahead, turn, head = (waves(rng, SWAY_HZ) for _ in range(4))
    phase = float(rng.uniform(0.0, 2.0 * math.pi))
    hips = HIPS_M / (HIPS_M + C7_OVER_HIPS_M)
    lean_deg = [math.degrees((1.0 - hips) * 1e-3 * size / C7_OVER_HIPS_M) for size in SWAY_MM]

    def at(time_s: float) -> Posture:
        side, fore = sway * aside(time_s), sway * ahead(time_s)
        return base.plus(
            pelvis_shift_m=hips * 1e-3 * SWAY_MM[0] * side,
            trunk_lean_deg=lean_deg[0] * side,
            pelvis_forward_m=hips * 1e-3 * SWAY_MM[1] * fore,
            trunk_pitch_deg=lean_deg[1] * fore,
            trunk_axial_deg=0.25 * sway * turn(time_s),
            head_yaw_deg=0.8 * sway * head(time_s),
            breath_m=BREATH_M * (1.0 + math.sin(2.0 * math.pi * BREATH_HZ * time_s + phase)),
        )

    return at


def adams(*, base: Posture, depth_deg: float = ADAMS_DEG, seconds: float = 7.0, asymmetry: float = 0.0) -> Motion:
    """The forward bend test: palms together, arms hanging, slowly down, a moment, and up again."""

    def at(time_s: float) -> Posture:
        down = hold(time_s, 0.6, 2.2, seconds)
        return base.plus(
            bend_deg=depth_deg * down,
            arms_abduction_deg=-26.0 * down,
            elbows_deg=-10.0 * down,
            trunk_axial_deg=6.0 * asymmetry * down,
            trunk_lean_deg=3.0 * asymmetry * down,
        )

    return at


def toe_touch(
    *, base: Posture, depth_deg: float = TOE_TOUCH_DEG, seconds: float = 5.0, asymmetry: float = 0.0
) -> Motion:
    """Bends down to touch the toes, at a natural speed; `asymmetry` (-1 to 1) twists and leans to one side."""

    def at(time_s: float) -> Posture:
        down = hold(time_s, 0.5, 1.6, seconds)
        return base.plus(
            bend_deg=depth_deg * down,
            arms_flexion_deg=6.0 * down,
            arms_abduction_deg=-8.0 * down,
            elbows_deg=-10.0 * down,
            trunk_axial_deg=10.0 * asymmetry * down,
            trunk_lean_deg=7.0 * asymmetry * down,
            knees_deg=3.0 * down,
        ).but(bend_share=REACH_SHARE)

    return at


@dataclass(frozen=True, slots=True)
class Leap:
    """Where in a jump one moment is; all from 0 to 1 but `height_m`."""

    crouch: float
    swing: float
    tiptoe: float
    height_m: float


def leap(time_s: float, height_m: float) -> Leap:
    """One moment of a jump that leaves the floor at 1.6 s."""
    speed = math.sqrt(2.0 * GRAVITY_M_S2 * height_m)
    off, on = 1.6, 1.6 + 2.0 * speed / GRAVITY_M_S2
    flown = float(np.clip(time_s - off, 0.0, on - off))
    before = smooth((time_s - 0.8) / 0.5) * (1.0 - smooth((time_s - 1.3) / (off - 1.3)))
    after = smooth((time_s - on) / 0.18) * (1.0 - smooth((time_s - on - 0.2) / 0.7))
    swing = smooth((time_s - 1.3) / 0.3) * (1.0 - smooth((time_s - off - 0.15) / 0.5))
    tiptoe = smooth((time_s - 1.45) / 0.15) * (1.0 - smooth((time_s - on + 0.12) / 0.12))
    return Leap(max(before, 0.8 * after), swing - 0.6 * before, tiptoe, speed * flown - 0.5 * GRAVITY_M_S2 * flown**2)


def jump(*, base: Posture, height_m: float = 0.25, asymmetry: float = 0.0) -> Motion:
    """Crouch, jump on the spot, land and stand; `asymmetry` (-1 to 1) loads one leg and lands it first."""

    def at(time_s: float) -> Posture:
        now = leap(time_s, height_m)
        late = 0.012 * asymmetry * smooth(now.height_m / 0.05)
        pitch = 28.0 * now.tiptoe
        return base.plus(
            knees_deg=(70.0 * now.crouch, 70.0 * now.crouch),
            trunk_pitch_deg=26.0 * now.crouch,
            kyphosis_deg=6.0 * now.crouch,
            pelvis_forward_m=-0.06 * now.crouch,
            arms_flexion_deg=(60.0 * now.swing, 60.0 * now.swing * (1.0 - 0.3 * abs(asymmetry))),
            pelvis_tilt_deg=2.5 * asymmetry * now.crouch,
            trunk_lean_deg=5.0 * asymmetry * (now.crouch + 0.3 * now.tiptoe),
            pelvis_shift_m=0.02 * asymmetry * now.crouch,
            airborne_m=now.height_m,
        ).but(feet=(Foot(pitch_deg=pitch, lift_m=max(0.0, late)), Foot(pitch_deg=pitch, lift_m=max(0.0, -late))))

    return at


TASKS: Mapping[str, Callable[..., Motion]] = {
    "stand": stand,
    "adams": adams,
    "toe_touch": toe_touch,
    "walk": walk,
    "jump": jump,
    **EXERCISES,
}
"""Every task by name; exercises take `right=False` to be done wrong."""


def task(name: str, *, base: Posture | None = None, **how: Any) -> Motion:
    """
    A task by its name in `TASKS`.

    Args:
        name: which.
        base: how the person stands before; neutral if None.
        how: what the task itself takes, see its function.
    """
    if name not in TASKS:
        raise ValueError(f"{name!r} is no task, name one of {', '.join(TASKS)}")
    return TASKS[name](base=base or Posture(), **how)
