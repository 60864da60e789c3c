"""What a look adds to the body's own mesh: shells of hair, and pieces that move with the head or a foot."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]
"""(n, 3) float32, metres."""


class Part(Protocol):
    """Some extra corners and how they follow the body."""

    @property
    def rest(self) -> Points:
        """(n, 3) float32, metres, beside the rest body."""

    @property
    def strand(self) -> Points:
        """(n, 3) float32, see `raster.Cut`."""

    @property
    def faces(self) -> NDArray[np.int32]:
        """(F, 3) int32, of this part."""

    def placed(self, vertices: Points, normals: Points) -> Points:
        """Where the corners are on the posed body (19158 vertices and their normals), metres, world."""


@dataclass(frozen=True, eq=False)
class Shell:
    """
    Triangles of the body once more, lifted off it: layers of short hair.

    Attributes:
        index: (n,) int32, the body's vertices.
        lift_m: (n,) float32, how far above them.
        rest: (n, 3) float32.
        strand: (n, 3) float32.
        faces: (F, 3) int32, of this part.
    """

    index: NDArray[np.int32]
    lift_m: NDArray[np.float32]
    rest: Points
    strand: Points
    faces: NDArray[np.int32]

    def placed(self, vertices: Points, normals: Points) -> Points:
        return vertices[self.index] + normals[self.index] * self.lift_m[:, None]


@dataclass(frozen=True, eq=False)
class Rigid:
    """
    A piece that keeps its shape and follows some vertices: a bun, a shoe.

    Attributes:
        anchors: (m,) int32, the body's vertices it follows.
        anchors_rest: (m, 3) float32, where they are at rest.
        rest: (n, 3) float32, its corners beside the rest body.
        strand: (n, 3) float32.
        faces: (F, 3) int32, of this part.
    """

    anchors: NDArray[np.int32]
    anchors_rest: Points
    rest: Points
    strand: Points
    faces: NDArray[np.int32]

    def placed(self, vertices: Points, normals: Points) -> Points:
        turn, shift = motion(self.anchors_rest, vertices[self.anchors])
        return np.asarray(self.rest @ turn.T + shift, np.float32)


@dataclass(frozen=True, eq=False)
class Tail:
    """
    A ponytail: leaves the head backwards, then hangs.

    Attributes:
        anchors: (m,) int32, vertices of the head.
        anchors_rest: (m, 3) float32.
        root: (3,) float32, where it begins at rest.
        radii: (r,) float32, of its rings, metres.
        step_m: between rings.
        rest: (n, 3) float32.
        strand: (n, 3) float32.
        faces: (F, 3) int32.
        stiffness: how many rings it takes to hang straight.
    """

    anchors: NDArray[np.int32]
    anchors_rest: Points
    root: NDArray[np.float32]
    radii: NDArray[np.float32]
    step_m: float
    rest: Points
    strand: Points
    faces: NDArray[np.int32]
    stiffness: float = field(default=2.2)

    def placed(self, vertices: Points, normals: Points) -> Points:
        turn, shift = motion(self.anchors_rest, vertices[self.anchors])
        at, leaving = turn @ self.root + shift, turn @ np.array([0.0, -1.0, 0.25])
        points = []
        for ring, radius in enumerate(self.radii):
            straight = 1 - np.exp(-ring / self.stiffness)
            along = leaving * (1 - straight) + np.array([0.0, 0.0, -1.0]) * straight
            along /= np.linalg.norm(along) + 1e-9
            points.append(_ring(at, along, turn[:, 0], float(radius), len(self.rest) // len(self.radii)))
            at = at + along * self.step_m
        return np.concatenate(points).astype(np.float32)


def _ring(
    middle: NDArray[np.float64], along: NDArray[np.float64], side: NDArray[np.float64], radius: float, count: int
) -> NDArray[np.float64]:
    """Points around a middle, square to a direction."""
    across = side - along * (side @ along)
    across /= np.linalg.norm(across) + 1e-9
    angle = np.arange(count) * 2 * np.pi / count
    ring = np.cos(angle)[:, None] * across + np.sin(angle)[:, None] * np.cross(along, across)
    return np.asarray(middle + radius * ring, np.float64)


def motion(before: Points, after: Points) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The turn (3, 3) and shift (3,) that carry one set of points best onto another."""
    a, b = before.astype(np.float64), after.astype(np.float64)
    u, _, v = np.linalg.svd((a - a.mean(0)).T @ (b - b.mean(0)))
    flip = np.diag([1.0, 1.0, np.sign(np.linalg.det(u @ v))])
    turn = (u @ flip @ v).T
    return turn, b.mean(0) - turn @ a.mean(0)


def tube_faces(rings: int, around: int) -> NDArray[np.int32]:
    """(F, 3) int32: the skin of rings of points, each ring of the same number."""
    ring, step = np.meshgrid(np.arange(rings - 1), np.arange(around), indexing="ij")
    a, b = (ring * around + step).ravel(), (ring * around + (step + 1) % around).ravel()
    faces = np.concatenate([np.stack([a, b, a + around], -1), np.stack([b, b + around, a + around], -1)])
    return np.asarray(faces, np.int32)
