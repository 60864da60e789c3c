"""Places on the skin: found once on the rest body, moving with it ever after."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
TOUCH_M = 1e-6
"""A line this near to a triangle's edge still meets it."""


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """
    One place on the skin, fixed to the mesh.

    Attributes:
        corners: (3,) int64, vertices of the triangle it lies in.
        shares: (3,) float64, how much of each; they sum to 1.
    """

    corners: NDArray[np.int64]
    shares: Points

    def on(self, vertices_m: NDArray[np.float32]) -> Points:
        """Where it is (3,) on vertices (V, 3)."""
        place: Points = self.shares @ vertices_m[self.corners].astype(np.float64)
        return place

    @staticmethod
    def vertex(number: int) -> "Spot":
        """The place of one vertex."""
        return Spot(np.array([number] * 3), np.array([1.0, 0.0, 0.0]))


class Surface:
    """Triangles that a straight line can be shot at."""

    def __init__(self, vertices_m: NDArray[np.float32], faces: NDArray[np.int32]) -> None:
        """Vertices (V, 3) metres and triangles (F, 3)."""
        self.vertices_m = vertices_m
        self._faces = faces
        self._corners = vertices_m[faces].astype(np.float64)
        # One row a coordinate: a line then needs four comparisons over the faces and no more.
        first, second, third = (self._corners[:, corner].T for corner in range(3))
        self._low = np.minimum(np.minimum(first, second), third) - TOUCH_M
        self._high = np.maximum(np.maximum(first, second), third) + TOUCH_M

    def hit(self, axis: int, place: tuple[float, float], from_above: bool) -> Spot | None:
        """
        The first triangle that a line along `axis` meets, coming from its positive end or the negative one.

        `place` holds the two other coordinates of the line, in the order x, y, z. None when it misses.
        """
        others = [number for number in range(3) if number != axis]
        across = [
            (self._low[other] <= here) & (here <= self._high[other]) for other, here in zip(others, place, strict=True)
        ]
        near = np.flatnonzero(across[0] & across[1])
        a, b, c = (self._corners[near, corner][:, others] - np.asarray(place) for corner in range(3))
        area = _cross(b - a, c - a)
        solid = np.abs(area) > 1e-12
        near, a, b, c, area = near[solid], a[solid], b[solid], c[solid], area[solid]
        shares = np.stack([_cross(b, c), _cross(c, a), _cross(a, b)], axis=1) / area[:, None]
        inside = (shares >= -1e-6).all(axis=1)
        if not inside.any():
            return None
        near, shares = near[inside], shares[inside]
        depth = np.einsum("fc,fc->f", shares, self._corners[near, :, axis])
        best = int(depth.argmax() if from_above else depth.argmin())
        return Spot(self._faces[near[best]].astype(np.int64), shares[best])


def _cross(first: Points, second: Points) -> Points:
    product: Points = first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]
    return product


def normals(vertices_m: NDArray[np.float32], faces: NDArray[np.int32]) -> NDArray[np.float32]:
    """(V, 3) float32 unit normals, outwards; zero where a vertex belongs to no triangle."""
    a, b, c = (vertices_m[faces[:, corner]] for corner in range(3))
    across = np.cross(b - a, c - a)
    total = np.zeros_like(vertices_m)
    for corner in range(3):
        np.add.at(total, faces[:, corner], across)
    length = np.linalg.norm(total, axis=1, keepdims=True)
    unit: NDArray[np.float32] = total / np.maximum(length, 1e-12)
    return unit
