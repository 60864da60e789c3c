"""Draws triangles into a buffer of what is nearest: depth, which triangle, and where on it."""

from math import ceil, floor
from typing import NamedTuple

import numpy as np

from models.people.render.camera import Array
from models.people.render.compiled import compiled
from models.people.render.noise import Triple, smooth_noise

NEAREST_M = 0.05
"""Triangles that reach nearer to the lens are not drawn."""
NOTHING = -1
ONE_SIDED = 1 << 30
"""Bit of `Cut.mask`: skin that is never seen from inside."""
HIDING = 16
"""From this bit on, `Cut.mask` says which fields hide a triangle."""
Corners = tuple[int, int, int]
"""Three rows of the corners' arrays."""


class Buffer(NamedTuple):
    """
    What every sample sees.

    Attributes:
        inverse_depth: (H, W) float32, 1/metre; 0 where nothing is.
        triangle: (H, W) int32, its number; -1 nothing; -2 - s where surface s of the room is.
        first: (H, W) float32, weight of the triangle's first corner, on the triangle itself.
        second: (H, W) float32, weight of the second.
    """

    inverse_depth: Array
    triangle: Array
    first: Array
    second: Array


class Projected(NamedTuple):
    """Corners in samples: (V,) float32 each, right and down from the upper left, and 1/metre."""

    x: Array
    y: Array
    inverse_depth: Array


class Cut(NamedTuple):
    """
    Where triangles end between their corners: cloth at its hem, hair at its tips.

    Attributes:
        fields: (V, K) float32, metres inside an edge, negative outside.
        mask: (F,) int32, bit k: the triangle is there where field k is positive; 0: everywhere. Bit 16 + k: it is not
            there where field k is positive, because another garment lies over it.
        ragged: (F,) float32, metres by which strands of hair move that edge.
        sparse: (F,) float32, 0 to 1, share of the strands that are missing.
        strand: (V, 3) float32, which strand (two numbers on a circle) and how far along it.
    """

    fields: Array
    mask: Array
    ragged: Array
    sparse: Array
    strand: Array


def empty_buffer(width: int, height: int) -> Buffer:
    """A buffer that saw nothing yet."""
    nearest = np.zeros((height, width), np.float32)
    triangle = np.full((height, width), NOTHING, np.int32)
    return Buffer(nearest, triangle, np.zeros_like(nearest), np.zeros_like(nearest))


def project(positions: Array, eye: Array, axes: Array, focal: float, centre: Array) -> Projected:
    """The corners as the camera sees them, in samples."""
    x, y, inverse = np.zeros((3, len(positions)), np.float32)
    seen = Projected(x, y, inverse)
    _project(seen, positions, eye, axes, focal, centre)
    return seen


@compiled
def _project(seen: Projected, positions: Array, eye: Array, axes: Array, focal: float, centre: Array) -> None:
    """Write where the corners are; what is behind the lens keeps its zeros."""
    for n in range(positions.shape[0]):
        a, b, c = positions[n, 0] - eye[0], positions[n, 1] - eye[1], positions[n, 2] - eye[2]
        depth = axes[2, 0] * a + axes[2, 1] * b + axes[2, 2] * c
        if depth > NEAREST_M:
            seen.inverse_depth[n] = 1 / depth
            seen.x[n] = centre[0] + focal * (axes[0, 0] * a + axes[0, 1] * b + axes[0, 2] * c) / depth
            seen.y[n] = centre[1] + focal * (axes[1, 0] * a + axes[1, 1] * b + axes[1, 2] * c) / depth


@compiled
def strand_value(strand: Triple) -> float:
    """What sets one lock of hair apart from the next, in [0, 1)."""
    return smooth_noise(26 * strand[0], 26 * strand[1], 1.9 * strand[2])


@compiled
def corners_of(faces: Array, face: int) -> Corners:
    """The corners of a triangle. Whole numbers, because a slice of an array costs more than the drawing itself."""
    return faces[face, 0], faces[face, 1], faces[face, 2]


@compiled
def weighted(values: Array, column: int, corners: Corners, first: float, second: float) -> float:
    """One number per corner, at one place of a triangle."""
    third = 1 - first - second
    value: float = first * values[corners[0], column] + second * values[corners[1], column]
    last: float = third * values[corners[2], column]
    return value + last


@compiled
def mix(values: Array, corners: Corners, first: float, second: float) -> Triple:
    """The first three numbers per corner, at one place of a triangle."""
    return (
        weighted(values, 0, corners, first, second),
        weighted(values, 1, corners, first, second),
        weighted(values, 2, corners, first, second),
    )


@compiled
def is_there(cut: Cut, face: int, corners: Corners, first: float, second: float) -> bool:
    """Whether a triangle is there at one place, or cut away."""
    mask, shift = cut.mask[face] & ~ONE_SIDED, 0.0
    if mask == 0:
        return True
    if cut.ragged[face] > 0 or cut.sparse[face] > 0:
        lock = strand_value(mix(cut.strand, corners, first, second))
        if lock < cut.sparse[face]:
            return False
        shift = cut.ragged[face] * (2 * lock - 1)
    there = False
    for channel in range(cut.fields.shape[1]):
        if (mask >> channel | mask >> (channel + HIDING)) & 1:
            field = weighted(cut.fields, channel, corners, first, second) + shift
            if field > 0 and mask >> (channel + HIDING) & 1:
                return False
            there = there or (field > 0 and mask >> channel & 1 != 0)
    return there


@compiled
def bounds(a: float, b: float, c: float, size: int) -> tuple[int, int]:
    """The first and last sample centre between three numbers."""
    return max(ceil(min(a, min(b, c)) - 0.5), 0), min(floor(max(a, max(b, c)) - 0.5), size - 1)


@compiled
def draw(buffer: Buffer, seen: Projected, faces: Array, cut: Cut, start: int, stop: int) -> None:
    """Draw the triangles from start to stop, nearest first for each sample."""
    for face in range(start, stop):
        i, j, k = corners_of(faces, face)
        if seen.inverse_depth[i] > 0 and seen.inverse_depth[j] > 0 and seen.inverse_depth[k] > 0:
            _fill(buffer, seen, cut, face, (i, j, k))


@compiled
def _fill(buffer: Buffer, seen: Projected, cut: Cut, face: int, corners: Corners) -> None:
    """Draw one triangle: every sample inside that it is the nearest to and not cut away at."""
    i, j, k = corners
    x, y = (seen.x[i], seen.x[j], seen.x[k]), (seen.y[i], seen.y[j], seen.y[k])
    a, b, c = seen.inverse_depth[i], seen.inverse_depth[j], seen.inverse_depth[k]
    area = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0])
    left, right = bounds(x[0], x[1], x[2], buffer.triangle.shape[1])
    top, bottom = bounds(y[0], y[1], y[2], buffer.triangle.shape[0])
    if area == 0 or (area > 0 and cut.mask[face] & ONE_SIDED) or left > right or top > bottom:
        return
    first_x, first_y = (y[1] - y[2]) / area, (x[2] - x[1]) / area
    second_x, second_y = (y[2] - y[0]) / area, (x[0] - x[2]) / area
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            u, v = column + 0.5 - x[2], row + 0.5 - y[2]
            first, second = first_x * u + first_y * v, second_x * u + second_y * v
            nearness = first * a + second * b + (1 - first - second) * c
            if min(first, second) < 0 or first + second > 1 or nearness <= buffer.inverse_depth[row, column]:
                continue
            # Weights in the picture are not weights on the triangle: nearer corners count for more.
            first, second = first * a / nearness, second * b / nearness
            if is_there(cut, face, corners, first, second):
                buffer.inverse_depth[row, column] = nearness
                buffer.triangle[row, column] = face
                buffer.first[row, column], buffer.second[row, column] = first, second
