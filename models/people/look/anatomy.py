"""Where things are on a rest body, as clothes and hair need it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models.people.asset import BODY, Bodies

Field = NDArray[np.float32]
"""(19158,) float32: one number for each vertex; of an edge: metres inside it, negative outside."""


class Somebody(Protocol):
    """A rest body by number: what a look is made for."""

    @property
    def bodies(self) -> Bodies:
        """All rest bodies."""

    @property
    def index(self) -> int:
        """Which one."""


@dataclass(frozen=True, slots=True)
class Anybody:
    """A rest body by number, without everything else a `Person` knows."""

    bodies: Bodies
    index: int


class Anatomy:
    """
    One rest body, by coordinates and body parts.

    Attributes:
        bodies: where it comes from.
        rest: (19158, 3) float32, metres.
        x, y, z: its columns; `aside` is the distance from the midline.
        size: its height against an adult's, 1 for 1.70 m.
    """

    def __init__(self, somebody: Somebody) -> None:
        self.bodies, self.index = somebody.bodies, somebody.index
        self.rest = self.bodies.rest_m[self.index]
        self.x, self.y, self.z = (np.ascontiguousarray(column) for column in self.rest.T)
        self.aside = np.abs(self.x)
        self.size = float(np.ptp(self.z[:BODY]) / 1.7)
        self.female = self.bodies.describe(self.index).sex == "f"

    def joint(self, name: str) -> NDArray[np.float64]:
        """(3,) float64, metres: a joint of the rest body; of pairs the right one."""
        joints = self.bodies.joints_m
        return np.asarray(joints[name if name in joints else f"right_{name}"][self.index], np.float64)

    def share(self, *parts: str) -> Field:
        """How far each vertex belongs to some parts of the body, 0 to 1, both sides together."""
        total = np.zeros(len(self.rest), np.float32)
        for column, slot in enumerate(self.bodies.slots):
            if slot in parts or slot.split("_", 1)[-1] in parts:
                total += self.bodies.weights[:, column]
        return total

    @cached_property
    def arm(self) -> Field:
        """How far each vertex belongs to an arm."""
        return self.share("upper_arm", "forearm", "hand")

    @cached_property
    def head(self) -> Field:
        """How far each vertex belongs to the head."""
        return self.share("head")

    def level(self, fraction: float) -> float:
        """A height on the trunk: 0 at the lowest disc, 1 at the top of the first thoracic vertebra."""
        low, high = self.joint("l5_s1")[2], self.joint("t1_c7")[2]
        return float(low + (high - low) * fraction)

    def along(self, start: str, end: str) -> Field:
        """How far along a bone each vertex lies, 0 at its start and 1 at its end, mirrored to both sides."""
        a, b = self.joint(start), self.joint(end)
        d = ((b - a) / ((b - a) @ (b - a))).astype(np.float32)
        return np.asarray(self.aside * d[0] + self.y * d[1] + self.z * d[2] - np.float32(a @ d), np.float32)

    @cached_property
    def crotch(self) -> float:
        """The height of the lowest skin between the legs, metres."""
        between = (self.aside[:BODY] < 0.012) & (self.z[:BODY] > 0.3 * self.joint("thigh")[2])
        return float(self.z[:BODY][between].min())

    @cached_property
    def middle_y(self) -> float:
        """Where the trunk's front half begins at the armpit's height."""
        return float(self.joint("t1_c7")[1] - 0.012 * self.size)

    @cached_property
    def front(self) -> Field:
        """0 behind, 1 in front, smooth over the flanks."""
        return np.asarray(1 / (1 + np.exp(-(self.y - self.middle_y) / (0.018 * self.size))), np.float32)


def near(anatomy: Anatomy, point: NDArray[np.float64], radius_m: float) -> Field:
    """1 at a point and its mirror image, falling off over a radius."""
    x, y, z = np.float32(abs(point[0])), np.float32(point[1]), np.float32(point[2])
    away = (anatomy.aside - x) ** 2 + (anatomy.y - y) ** 2 + (anatomy.z - z) ** 2
    return np.asarray(np.exp(away * np.float32(-1 / (radius_m * radius_m))), np.float32)


def any_corner(chosen: NDArray[np.bool_], faces: NDArray[np.int32]) -> NDArray[np.bool_]:
    """(F,) bool: the faces with a chosen vertex."""
    return np.asarray(chosen[faces[:, 0]] | chosen[faces[:, 1]] | chosen[faces[:, 2]])


def all_corners(chosen: NDArray[np.bool_], faces: NDArray[np.int32]) -> NDArray[np.bool_]:
    """(F,) bool: the faces all of whose vertices are chosen."""
    return np.asarray(chosen[faces[:, 0]] & chosen[faces[:, 1]] & chosen[faces[:, 2]])
