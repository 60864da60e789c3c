"""
What lies between bone and skin: furrow, back muscles, flanks, shoulder blades, breath.

Each is a field of displacements over the rest body that a posture turns up or down. They come on top of the bones, so
a back can be uneven without a curve and a curve can hide.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.people.asset import SIDES
from models.people.column import Column
from models.people.curve import SEGMENTS
from models.people.limbs import SIGN
from models.people.posture import LEVELS, Posture

Field = NDArray[np.float64]
FURROW_M = (0.0055, 0.0015)
"""Depth of the groove over the spine of a thin and of a heavy person at 1.7 m."""
BLADE_M = (0.003, 0.0)
"""How far the shoulder blade's edge stands out by itself, thin and heavy."""
RIB_SPREAD = 3.2
"""Over how many segments (standard deviation) the ribs tie the side of the chest together."""
LEAST_SHARE = 0.02
BLADE_SHARE = 0.75
"""How much of the skin over the blade slides with it."""


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """
    Where one field is not zero.

    Attributes:
        vertices: (n,) int64.
        push: (n, 3) float32, displacement for an amount of one metre.
    """

    vertices: NDArray[np.int64]
    push: NDArray[np.float32]

    @staticmethod
    def of(amount: Field, direction: Field) -> "Patch":
        """From an amount of each vertex (V,) and where it goes (V, 3)."""
        vertices = np.flatnonzero(amount > 1e-3)
        return Patch(vertices, (amount[vertices, None] * direction[vertices]).astype(np.float32))

    def add(self, rest_m: NDArray[np.float32], amount_m: float) -> None:
        """Displace the vertices of an array (V, 3) that is the caller's own."""
        rest_m[self.vertices] += np.float32(amount_m) * self.push


class Shape:
    """
    The back of a rest body in the measures that the fields are drawn in.

    Attributes:
        aside: (V,) distance from the midline, metres at 1.7 m body height.
        level: (V,) height in vertebrae, 0 at S1, 17 at T1.
        back: (V,) 1 where the skin of trunk faces backwards, 0 where it faces sideways or forwards.
        front: (V,) the same for the front.
        flank: (V,) the same for both sides.
    """

    def __init__(self, rest_m: NDArray[np.float32], normals: NDArray[np.float32], column: Column, trunk: Field) -> None:
        """Rest vertices (V, 3), their normals (V, 3), the spine, and how far each vertex belongs to the trunk (V,)."""
        self.normals = normals.astype(np.float64)
        self.x = rest_m[:, 0].astype(np.float64)
        self.level = np.interp(rest_m[:, 2], column.centres_m[:, 2], np.arange(len(column.centres_m), dtype=float))
        behind = np.interp(rest_m[:, 2], column.centres_m[:, 2], column.centres_m[:, 1])
        rear = _step(self.normals[:, 1], 0.05, -0.45) * (rest_m[:, 1] < behind + 0.02)
        self.back, self.front = rear * trunk, _step(self.normals[:, 1], 0.1, 0.6) * trunk
        self.flank = np.abs(self.normals[:, 0]) * trunk

    def side(self, side: str) -> Field:
        """(V,) 1 on that side of the midline, fading over it."""
        return _step(SIGN[side] * self.x, -0.01, 0.012)


def blade_weight(shape: Shape, scale: float, side: str) -> Field:
    """(V,) how far each vertex moves with the shoulder blade of one side, 0 to 0.75."""
    aside = SIGN[side] * shape.x / scale
    across = _step(aside, 0.03, 0.062) * _step(aside, 0.165, 0.115)
    up = _step(shape.level, _at("T9"), _at("T7")) * _step(shape.level, _at("T1") + 1.0, _at("T3"))
    return BLADE_SHARE * across * up * shape.back


def column_weights(shape: Shape, scale: float) -> NDArray[np.float32]:
    """
    (V, 26) how far each vertex follows each segment of the spine; rows sum to 1.

    Near the spine these are the two nearest segments. Further out the ribs tie more of them together, or the skin
    would crease below the armpit of a rotated chest.
    """
    segments = np.arange(SEGMENTS, dtype=float)
    chest = _step(shape.level, _at("L1"), _at("T9")) * _step(shape.level, _at("C6"), _at("T3"))
    spread = RIB_SPREAD * chest * _step(np.abs(shape.x) / scale, 0.05, 0.14)
    away = np.abs(shape.level[:, None] - segments)
    tied = np.exp(-0.5 * (away / np.maximum(spread, 0.3)[:, None]) ** 2)
    near = np.where(spread[:, None] > 0.5, tied, np.maximum(0.0, 1.0 - away))
    blend = np.clip(spread - 0.5, 0.0, 1.0)[:, None]
    weights = (1.0 - blend) * np.maximum(0.0, 1.0 - away) + blend * near / near.sum(axis=1, keepdims=True)
    weights[weights < LEAST_SHARE] = 0.0
    whole: NDArray[np.float32] = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    return whole


class Relief:
    """The fields of one person."""

    def __init__(self, shape: Shape, scale: float, fatness: float) -> None:
        """Drawn on a shape of a person of `scale` body heights of 1.7 m, 0 (thin) to 1 (heavy)."""
        self._scale, self._fatness = scale, fatness
        backwards = np.tile([0.0, -1.0, 0.0], (len(shape.x), 1))
        aside = np.abs(shape.x) / scale
        self._furrow = Patch.of(_bump(aside, 0.0, 0.011) * _spinal(shape) * shape.back, -backwards)
        self._pairs: dict[str, list[Patch]] = {"muscle": [], "flank": [], "wing": []}
        for side in SIDES:
            here = shape.side(side)
            beside = _bump(aside, 0.036, 0.016) * _spinal(shape) * shape.back * here
            self._pairs["muscle"].append(Patch.of(beside, backwards))
            waist = _bump(shape.level, _at("L2"), 2.8) * shape.flank * here
            self._pairs["flank"].append(Patch.of(waist, shape.normals))
            self._pairs["wing"].append(Patch.of(_blade_edge(shape, aside) * here, backwards))
        self._blades: dict[str, tuple[NDArray[np.int64], NDArray[np.float32]]] = {}
        for side in SIDES:
            weight = blade_weight(shape, scale, side)
            vertices = np.flatnonzero(weight > 1e-3)
            self._blades[side] = vertices, weight[vertices, None].astype(np.float32)
        chest = shape.front * _bump(shape.level, _at("T7"), 3.5)
        self._chest = Patch.of(chest, shape.normals)

    def at_rest(self, rest_m: NDArray[np.float32]) -> NDArray[np.float32]:
        """(V, 3) the rest body with the groove and the blades it has while standing relaxed."""
        shaped: NDArray[np.float32] = rest_m.copy()
        self._furrow.add(shaped, self._own(FURROW_M))
        for patch in self._pairs["muscle"]:
            patch.add(shaped, 0.35 * self._own(FURROW_M))
        for patch in self._pairs["wing"]:
            patch.add(shaped, self._own(BLADE_M))
        return shaped

    def posed(
        self, shaped_m: NDArray[np.float32], posture: Posture, blades: dict[str, NDArray[np.float64]]
    ) -> NDArray[np.float32]:
        """(V, 3) the same before the bones move: as a posture has it, the blades slid by their (3, 4) `blades`."""
        amounts = {"muscle": posture.muscle_m, "flank": posture.fat_m, "wing": posture.scapula_wing_m}
        out: NDArray[np.float32] = shaped_m.copy()
        for name, pair in amounts.items():
            for patch, amount_m in zip(self._pairs[name], pair, strict=True):
                patch.add(out, amount_m)
        self._chest.add(out, posture.breath_m)
        for side, (vertices, weight) in self._blades.items():
            here = out[vertices]
            slid = here @ blades[side][:, :3].T.astype(np.float32) + blades[side][:, 3].astype(np.float32)
            out[vertices] = here + weight * (slid - here)
        return out

    def _own(self, thin_to_heavy_m: tuple[float, float]) -> float:
        return self._scale * float(np.interp(self._fatness, [0.2, 0.8], thin_to_heavy_m))


def _blade_edge(shape: Shape, aside: Field) -> Field:
    """(V,) the medial border and the inferior angle, which comes off the ribs first."""
    border = _bump(aside, 0.07, 0.02) * _step(shape.level, _at("T3"), _at("T7"))
    return border * _step(shape.level, _at("T9"), _at("T8") + 0.4) * shape.back


def _spinal(shape: Shape) -> Field:
    return _step(shape.level, 0.3, 2.5) * _step(shape.level, _at("T1"), _at("T4"))


def _at(level: str) -> float:
    return float(LEVELS.index(level))


def _bump(values: Field, middle: float, width: float) -> Field:
    bump: Field = np.exp(-0.5 * ((values - middle) / width) ** 2)
    return bump


def _step(values: Field, zero: float, one: float) -> Field:
    """From 0 at `zero` to 1 at `one` without a kink."""
    share = np.clip((values - zero) / (one - zero), 0.0, 1.0)
    step: Field = share * share * (3.0 - 2.0 * share)
    return step
