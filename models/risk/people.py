"""Which people train, tune and test: nobody is in two groups."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.risk.faults import LEAN_DEG, Faults
from models.risk.motion import Motion
from models.risk.synthetic import SEEN_BODIES, TASKS, UNSEEN_BODIES, Habit, draw_habit, perform

GROUPS = {"train": 0, "native": 1, "tune": 2, "severity": 3, "symmetric": 4, "walkers": 5}
UNSEEN_CMU = 5
"""Every fifth recording of CMU is kept from training; who walks in which is not recorded."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many synthetic people each group has."""

    train: int = 500
    native: int = 500
    tune: int = 120
    severity: int = 25
    symmetric: int = 210
    walkers: int = 50
    turning: int = 40


def habit(group: str, number: int) -> Habit:
    """One person of a group; `train`, `native` and `tune` share bodies, the others have bodies of their own."""
    bodies = SEEN_BODIES if group in ("train", "native", "tune") else UNSEEN_BODIES
    return draw_habit(np.random.default_rng((20_261, GROUPS[group], number)), bodies)


def everything(group: str, count: int) -> list[Motion]:
    """All three tasks of every person of a group, without faults."""
    return [perform(task, habit(group, n), who=f"{group}{n}") for n in range(count) for task in TASKS]


def one_task_each(group: str, count: int) -> list[Motion]:
    """One task of every person of a group, tasks in turn."""
    return [perform(TASKS[n % len(TASKS)], habit(group, n), who=f"{group}{n}") for n in range(count)]


def walkers(group: str, count: int, faults: Faults) -> list[Motion]:
    """Every person of a group walking with faults that are built into their posture."""
    return [perform("walk", habit(group, n), faults, who=f"{group}{n}") for n in range(count)]


def native(count: int) -> list[tuple[Motion, Faults]]:
    """People whose lean, turning and blades come from their posture, not from moved joints: walks and others."""
    made = []
    for number in range(count):
        rng = np.random.default_rng((20_262, number))
        task = "walk" if number % 2 else str(rng.choice(TASKS))
        grades = rng.uniform(-1, 1), rng.uniform(0, 0.9) * (task == "walk"), rng.uniform(-1, 1)
        chosen = rng.random(3) < 0.6
        faults = Faults(*(float(grade * one) for grade, one in zip(grades, chosen, strict=True)))
        made.append((perform(task, habit("native", number), faults, who=f"native{number}"), faults))
    return made


def turning(group: str, count: int) -> list[tuple[Motion, Faults]]:
    """The walkers of a group as they are, and each again with less turning built into the posture."""
    rng, made = np.random.default_rng(20_263), []
    for number in range(count):
        for faults in (Faults(), Faults(rotation=float(rng.uniform(0.25, 1.0)))):
            made.append((perform("walk", habit(group, number), faults, who=f"{group}{number}"), faults))
    return made


def seen_cmu(motions: Sequence[Motion]) -> list[Motion]:
    """The recordings of CMU that train."""
    return [motion for number, motion in enumerate(motions) if number % UNSEEN_CMU]


def unseen_cmu(motions: Sequence[Motion]) -> list[Motion]:
    """The recordings of CMU that test."""
    return list(motions[::UNSEEN_CMU])


EIGHT_DEGREES = Faults(lean=8.0 / LEAN_DEG)
HALF_TURNING = Faults(rotation=0.5)
