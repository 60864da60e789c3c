"""The shipped people, loaded once, and what the tests read off their joints with formulas of their own."""

from functools import cache

import numpy as np

from models.people.asset import Bodies, load_bodies
from models.people.person import Person
from models.people.posed import PosedBody
from models.people.posture import Posture


@cache
def bodies() -> Bodies:
    return load_bodies()


@cache
def person(index: int = 0) -> Person:
    return Person(bodies(), index)


def stand(index: int = 0, **how: object) -> PosedBody:
    return person(index).pose(Posture(**how))  # type: ignore[arg-type]


def line_tilt_deg(body: PosedBody, part: str) -> float:
    right, left = body.joint(f"right_{part}"), body.joint(f"left_{part}")
    return float(np.degrees(np.arctan((right[2] - left[2]) / (right[0] - left[0]))))


def lean_deg(body: PosedBody) -> float:
    low, top = body.vertebra("S1"), body.vertebra("C7")
    return float(np.degrees(np.arctan((top[0] - low[0]) / (top[2] - low[2]))))


def apex_m(body: PosedBody, level: str = "T8") -> float:
    """How far right of the line from S1 to C7 a vertebra is."""
    low, top, here = body.vertebra("S1"), body.vertebra("C7"), body.vertebra(level)
    share = (here[2] - low[2]) / (top[2] - low[2])
    return float(here[0] - low[0] - share * (top[0] - low[0]))
