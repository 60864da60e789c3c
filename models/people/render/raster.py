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
        mask: (F,) int32, bit k: the triangle is there where field k is positive; 0: everywhere.
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


@compiled
def project(positions: Array, eye: Array, axes: Array, focal: float, centre: Array) -> Projected:
    """The corners as the camera sees them, in samples."""
    count = positions.shape[0]
    x, y, inverse = np.zeros(count, np.float32), np.zeros(count, np.float32), np.zeros(count, np.float32)
    for n in range(count):
        a, b, c = positions[n, 0] - eye[0], positions[n, 1] - eye[1], positions[n, 2] - eye[2]
        depth = axes[2, 0] * a + axes[2, 1] * b + axes[2, 2] * c
        if depth > NEAREST_M:
            inverse[n] = 1 / depth
            x[n] = centre[0] + focal * (axes[0, 0] * a + axes[0, 1] * b + axes[0, 2] * c) / depth
            y[n] = centre[1] + focal * (axes[1, 0] * a + axes[1, 1] * b + axes[1, 2] * c) / depth
    return Projected(x, y, inverse)


@compiled
def strand_value(strand: Triple) -> float:
    """What sets one lock of hair apart from the next, in [0, 1)."""
    return smooth_noise(26 * strand[0], 26 * strand[1], 7 * strand[2])


@compiled
def mix(values: Array, corners: Array, first: float, second: float) -> Triple:
    """Three numbers per corner, at one place of a triangle."""
    i, j, k = corners[0], corners[1], corners[2]
    third = 1 - first - second
    return (
        first * values[i, 0] + second * values[j, 0] + third * values[k, 0],
        first * values[i, 1] + second * values[j, 1] + third * values[k, 1],
        first * values[i, 2] + second * values[j, 2] + third * values[k, 2],
    )


@compiled
def is_there(cut: Cut, face: int, corners: Array, first: float, second: float) -> bool:
    """Whether a triangle is there at one place, or cut away."""
    mask = cut.mask[face]
    if mask == 0:
        return True
    lock = 0.5
    if cut.ragged[face] > 0 or cut.sparse[face] > 0:
        lock = strand_value(mix(cut.strand, corners, first, second))
        if lock < cut.sparse[face]:
            return False
    shift, third = cut.ragged[face] * (2 * lock - 1), 1 - first - second
    for channel in range(cut.fields.shape[1]):
        if mask >> channel & 1:
            field = cut.fields[:, channel]
            if first * field[corners[0]] + second * field[corners[1]] + third * field[corners[2]] + shift > 0:
                return True
    return False


@compiled
def bounds(a: float, b: float, c: float, size: int) -> tuple[int, int]:
    """The first and last sample centre between three numbers."""
    return max(ceil(min(a, min(b, c)) - 0.5), 0), min(floor(max(a, max(b, c)) - 0.5), size - 1)


@compiled
def draw(buffer: Buffer, seen: Projected, faces: Array, cut: Cut, start: int, stop: int) -> None:
    """Draw the triangles from start to stop, nearest first for each sample."""
    for face in range(start, stop):
        corners = faces[face]
        i, j, k = corners[0], corners[1], corners[2]
        if seen.inverse_depth[i] > 0 and seen.inverse_depth[j] > 0 and seen.inverse_depth[k] > 0:
            x, y = (seen.x[i], seen.x[j], seen.x[k]), (seen.y[i], seen.y[j], seen.y[k])
            _fill(
                buffer,
                x,
                y,
                (seen.inverse_depth[i], seen.inverse_depth[j], seen.inverse_depth[k]),
                (face, corners, cut),
            )


@compiled
def _fill(buffer: Buffer, x: Triple, y: Triple, inverse: Triple, what: tuple[int, Array, Cut]) -> None:
    """Draw one triangle: its corners' places and inverse depths, its number and its edges."""
    area = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0])
    left, right = bounds(x[0], x[1], x[2], buffer.triangle.shape[1])
    top, bottom = bounds(y[0], y[1], y[2], buffer.triangle.shape[0])
    if area == 0 or left > right or top > bottom:
        return
    first_x, first_y = (y[1] - y[2]) / area, (x[2] - x[1]) / area
    second_x, second_y = (y[2] - y[0]) / area, (x[0] - x[2]) / area
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            a, b = column + 0.5 - x[2], row + 0.5 - y[2]
            first, second = first_x * a + first_y * b, second_x * a + second_y * b
            if first >= 0 and second >= 0 and first + second <= 1:
                _touch(buffer, row, column, (first, second, 1 - first - second), (inverse, what))


@compiled
def _touch(buffer: Buffer, row: int, column: int, weights: Triple, what: tuple[Triple, tuple[int, Array, Cut]]) -> None:
    """Keep a triangle at one sample if it is the nearest so far and not cut away there."""
    inverse, (face, corners, cut) = what
    nearness = weights[0] * inverse[0] + weights[1] * inverse[1] + weights[2] * inverse[2]
    if nearness <= buffer.inverse_depth[row, column]:
        return
    # Weights in the picture are not weights on the triangle: nearer corners count for more.
    first, second = weights[0] * inverse[0] / nearness, weights[1] * inverse[1] / nearness
    if is_there(cut, face, corners, first, second):
        buffer.inverse_depth[row, column] = nearness
        buffer.triangle[row, column] = face
        buffer.first[row, column], buffer.second[row, column] = first, second
