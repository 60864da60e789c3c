"""Walking a short way: steps planned ahead, feet planted, everything else in between."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from models.people.posture import Foot, Pair, Posture
from models.people.timing import smooth

STEP_S = 0.56
"""From one heel strike to the next: 107 steps a minute."""
SWING_SHARE = 0.76
"""Of a step, while the foot is in the air."""
START_S = 0.7
LIFT_M, HEEL_UP_DEG, TOES_UP_DEG = 0.055, 34.0, 14.0
ARMS_DEG, LIST_DEG, AXIAL_DEG, SHIFT_M = 17.0, 3.5, 4.5, 0.022


@dataclass(frozen=True, slots=True)
class Step:
    """One foot's way through the air: `side` 0 left or 1 right, from one place to another (metres), from a time on."""

    side: int
    start_s: float
    from_m: float
    to_m: float


def plan(distance_m: float, step_m: float) -> list[Step]:
    """Steps that lead both feet from 0 to `distance_m`, left foot first; the last one closes up."""
    count = max(1, round(distance_m / step_m))
    places = [0.0, 0.0]
    steps = []
    for number in range(count + 1):
        side, to_m = number % 2, min((number + 1) * distance_m / count, distance_m)
        steps.append(Step(side, START_S + number * STEP_S, places[side], to_m))
        places[side] = to_m
    return steps


def foot_at(steps: list[Step], side: int, time_s: float) -> Foot:
    """Where one foot is."""
    own = [step for step in steps if step.side == side]
    place, pitch, lift = own[0].from_m, 0.0, 0.0
    for step in own:
        length = min((step.to_m - step.from_m) / 0.8, 1.0)
        share = (time_s - step.start_s) / (SWING_SHARE * STEP_S)
        heel = HEEL_UP_DEG * length * smooth((share + 0.45) / 0.45) * (1.0 - smooth(share / 0.7))
        toes = TOES_UP_DEG * length * smooth((share - 0.55) / 0.4) * (1.0 - smooth((share - 1.0) / 0.35))
        if -0.45 < share < 1.4:
            pitch = heel - toes
        if share > 0.0:
            place = step.from_m + (step.to_m - step.from_m) * smooth(share)
            lift = LIFT_M * length * math.sin(math.pi * min(share, 1.0)) ** 2
    return Foot(forward_m=place, lift_m=lift, pitch_deg=pitch)


def walk(
    *, base: Posture, distance_m: float = 2.0, step_m: float = 0.52, asymmetry: float = 0.0
) -> Callable[[float], Posture]:
    """
    Starts, walks `distance_m` in the direction of the heading and stops.

    `asymmetry` (-1 to 1) shortens the arm swing of one side, lists the pelvis and leans the trunk to it.
    """
    steps = plan(distance_m, step_m)
    knots = [(START_S, 0.0)]
    landed = [0.0, 0.0]
    for step in steps:
        landed[step.side] = step.to_m
        knots.append((step.start_s + 0.5 * (1.0 + SWING_SHARE) * STEP_S, 0.5 * sum(landed)))
    end_s = steps[-1].start_s + STEP_S
    swings: Pair = (1.0 - 0.6 * max(-asymmetry, 0.0), 1.0 - 0.6 * max(asymmetry, 0.0))

    def at(time_s: float) -> Posture:
        feet = foot_at(steps, 0, time_s), foot_at(steps, 1, time_s)
        speed = smooth((time_s - START_S) / 0.6) * (1.0 - smooth((time_s - end_s + 0.55) / 0.55))
        phase = math.pi * (time_s - START_S) / STEP_S
        left_swings, turn = speed * math.sin(phase), speed * math.cos(phase)
        return base.plus(
            pelvis_forward_m=along(knots, time_s) - 0.5 * (feet[0].forward_m + feet[1].forward_m),
            pelvis_shift_m=SHIFT_M * left_swings,
            pelvis_tilt_deg=LIST_DEG * left_swings + 2.5 * asymmetry * speed,
            pelvis_axial_deg=-AXIAL_DEG * turn,
            trunk_axial_deg=1.8 * AXIAL_DEG * turn,
            trunk_lean_deg=1.2 * left_swings + 3.0 * asymmetry * speed,
            trunk_pitch_deg=2.0 * speed,
            arms_flexion_deg=(ARMS_DEG * turn * swings[0], -ARMS_DEG * turn * swings[1]),
            elbows_deg=6.0 * speed,
        ).but(feet=feet)

    return at


def along(knots: list[tuple[float, float]], time_s: float) -> float:
    """A smooth way through (time, place) knots, standing still before the first and after the last."""
    if time_s <= knots[0][0]:
        return knots[0][1]
    slopes = _slopes(knots)
    for number, ((t0, y0), (t1, y1)) in enumerate(pairwise(knots)):
        if time_s <= t1:
            span, share = t1 - t0, (time_s - t0) / (t1 - t0)
            s2, s3 = share**2, share**3
            rest = y0 * (2 * s3 - 3 * s2 + 1) + y1 * (3 * s2 - 2 * s3)
            return rest + span * (slopes[number] * (s3 - 2 * s2 + share) + slopes[number + 1] * (s3 - s2))
    return knots[-1][1]


def _slopes(knots: list[tuple[float, float]]) -> list[float]:
    times, places = np.array(knots).T
    inner = (places[2:] - places[:-2]) / (times[2:] - times[:-2])
    return [0.0, *inner.tolist(), 0.0]
