"""What light reaches: sharp depth maps for lamps and windows, coarse ones for the light from everywhere."""

from math import floor
from typing import NamedTuple

import numpy as np

from models.people.render.camera import Array
from models.people.render.compiled import compiled
from models.people.render.noise import Triple
from models.people.render.raster import Cut, bounds, is_there

_EMPTY = -1e9
KEY_BIAS_M = 0.010
SOFT_BIAS_M = 0.05


class Shadows(NamedTuple):
    """
    Maps of some lights over one ball around the people.

    Attributes:
        towards: (N, 3) float32, unit vectors to the lights.
        colours: (N, 3) float32, linear.
        spread: (N,) float32, how soft the shadows' edges are.
        frame: (N, 2, 4) float32, from the world to the map's column and row.
        nearest: (N, S, S) float32, metres along `towards`, of what the light meets first.
        texel_m: size of one cell of the map.
    """

    towards: Array
    colours: Array
    spread: Array
    frame: Array
    nearest: Array
    texel_m: float


class Ball(NamedTuple):
    """What the maps cover: a middle in the world's frame and a radius, in metres."""

    middle: Array
    radius: float


def empty_shadows(towards: Array, colours: Array, spread: Array, ball: Ball, size: int) -> Shadows:
    """Maps into which nothing is drawn yet."""
    scale = size / 2 / ball.radius
    towards = np.asarray(towards, np.float32).reshape(-1, 3)
    frame = np.zeros((len(towards), 2, 4), np.float32)
    for n, light in enumerate(towards.astype(np.float64)):
        side = np.cross(light, [0.0, 0.0, 1.0] if abs(light[2]) < 0.95 else [1.0, 0.0, 0.0])
        side /= np.linalg.norm(side)
        rows = np.stack([side, np.cross(light, side)]) * scale
        frame[n, :, :3], frame[n, :, 3] = rows, size / 2 - rows @ ball.middle
    nearest = np.full((len(towards), size, size), _EMPTY, np.float32)
    colours = np.asarray(colours, np.float32).reshape(-1, 3)
    return Shadows(towards, colours, np.asarray(spread, np.float32), frame, nearest, 1 / scale)


@compiled
def _seen_by(shadows: Shadows, light: int, point: Triple) -> Triple:
    """Column, row and nearness of a point for one light."""
    f, t = shadows.frame[light], shadows.towards[light]
    return (
        f[0, 0] * point[0] + f[0, 1] * point[1] + f[0, 2] * point[2] + f[0, 3],
        f[1, 0] * point[0] + f[1, 1] * point[1] + f[1, 2] * point[2] + f[1, 3],
        t[0] * point[0] + t[1] * point[1] + t[2] * point[2],
    )


@compiled
def draw_sharp(shadows: Shadows, positions: Array, faces: Array, cut: Cut) -> None:
    """Draw every triangle into every map."""
    count, size = positions.shape[0], shadows.nearest.shape[1]
    x, y, z = np.zeros(count, np.float32), np.zeros(count, np.float32), np.zeros(count, np.float32)
    for light in range(shadows.towards.shape[0]):
        for n in range(count):
            x[n], y[n], z[n] = _seen_by(shadows, light, (positions[n, 0], positions[n, 1], positions[n, 2]))
        for face in range(faces.shape[0]):
            corners = faces[face]
            i, j, k = corners[0], corners[1], corners[2]
            columns, rows = bounds(x[i], x[j], x[k], size), bounds(y[i], y[j], y[k], size)
            if columns[0] <= columns[1] and rows[0] <= rows[1]:
                where = ((x[i], x[j], x[k]), (y[i], y[j], y[k]), (z[i], z[j], z[k]))
                _fill(shadows.nearest[light], where, (columns, rows), (face, corners, cut))


@compiled
def _fill(
    nearest: Array,
    where: tuple[Triple, Triple, Triple],
    window: tuple[tuple[int, int], tuple[int, int]],
    what: tuple[int, Array, Cut],
) -> None:
    """Draw one triangle into one map."""
    x, y, z = where
    face, corners, cut = what
    area = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0])
    if area == 0:
        return
    for row in range(window[1][0], window[1][1] + 1):
        for column in range(window[0][0], window[0][1] + 1):
            a, b = column + 0.5 - x[2], row + 0.5 - y[2]
            first = ((y[1] - y[2]) * a + (x[2] - x[1]) * b) / area
            second = ((y[2] - y[0]) * a + (x[0] - x[2]) * b) / area
            if first < 0 or second < 0 or first + second > 1:
                continue
            depth = first * z[0] + second * z[1] + (1 - first - second) * z[2]
            if depth > nearest[row, column] and is_there(cut, face, corners, first, second):
                nearest[row, column] = depth


@compiled
def draw_coarse(shadows: Shadows, positions: Array, faces: Array, cut: Cut) -> None:
    """Dab the middle of every triangle into every map: enough for light that comes from everywhere."""
    last = shadows.nearest.shape[1] - 1
    for face in range(faces.shape[0]):
        corners = faces[face]
        if not is_there(cut, face, corners, 0.34, 0.33):
            continue
        a, b, c = positions[corners[0]], positions[corners[1]], positions[corners[2]]
        middle = ((a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3, (a[2] + b[2] + c[2]) / 3)
        for light in range(shadows.towards.shape[0]):
            x, y, z = _seen_by(shadows, light, middle)
            column, row = floor(x - 0.5), floor(y - 0.5)
            if 0 <= column < last and 0 <= row < last:
                _dab(shadows.nearest[light], row, column, z)


@compiled
def _dab(nearest: Array, row: int, column: int, depth: float) -> None:
    """Keep the nearest in four cells."""
    for i in range(row, row + 2):
        for j in range(column, column + 2):
            nearest[i, j] = max(nearest[i, j], depth)


@compiled
def _lit_cell(nearest: Array, x: float, y: float, depth: float) -> float:
    """How much light passes, 0 to 1, between the four nearest cells; all of it outside the map."""
    i, j = floor(y - 0.5), floor(x - 0.5)
    if i < 0 or j < 0 or i >= nearest.shape[0] - 1 or j >= nearest.shape[1] - 1:
        return 1.0
    u, v = x - 0.5 - j, y - 0.5 - i
    upper: float = (1 - u) * (nearest[i, j] < depth) + u * (nearest[i, j + 1] < depth)
    lower: float = (1 - u) * (nearest[i + 1, j] < depth) + u * (nearest[i + 1, j + 1] < depth)
    return upper + (lower - upper) * v


@compiled
def lit(shadows: Shadows, light: int, point: Triple, bias: float) -> float:
    """How much of one light reaches a point, 0 to 1, looked up once."""
    x, y, z = _seen_by(shadows, light, point)
    return _lit_cell(shadows.nearest[light], x, y, z + bias)


@compiled
def softly_lit(shadows: Shadows, light: int, point: Triple, bias: float) -> float:
    """How much of one light reaches a point, 0 to 1, as wide as the light is."""
    x, y, z = _seen_by(shadows, light, point)
    nearest, reach = shadows.nearest[light], 0.6 + 0.022 * shadows.spread[light] / shadows.texel_m
    total = _lit_cell(nearest, x + 0.9 * reach, y + 0.4 * reach, z + bias)
    total += _lit_cell(nearest, x - 0.4 * reach, y + 0.9 * reach, z + bias)
    total += _lit_cell(nearest, x - 0.9 * reach, y - 0.4 * reach, z + bias)
    return (total + _lit_cell(nearest, x + 0.4 * reach, y - 0.9 * reach, z + bias)) / 4


@compiled
def soft_light(shadows: Shadows, positions: Array, normals: Array) -> Array:
    """
    What reaches every corner from everywhere.

    Returns:
        (V, 6) float32: red, green, blue, and by how much a turned normal would get more (per unit, relative).
    """
    light = np.zeros((positions.shape[0], 6), np.float32)
    for n in range(positions.shape[0]):
        offset = SOFT_BIAS_M * 0.6
        point = (
            positions[n, 0] + offset * normals[n, 0],
            positions[n, 1] + offset * normals[n, 1],
            positions[n, 2] + offset * normals[n, 2],
        )
        _gather(shadows, light[n], point, normals[n])
    return light


@compiled
def _gather(shadows: Shadows, light: Array, point: Triple, normal: Array) -> None:
    """Add up all soft lights at one point."""
    for q in range(shadows.towards.shape[0]):
        towards = shadows.towards[q]
        facing = normal[0] * towards[0] + normal[1] * towards[1] + normal[2] * towards[2]
        if facing <= -0.2:
            continue
        part = lit(shadows, q, point, SOFT_BIAS_M)
        grey = part * (shadows.colours[q, 0] + shadows.colours[q, 1] + shadows.colours[q, 2]) / 3
        for axis in range(3):
            light[axis] += part * max(facing, 0.0) * shadows.colours[q, axis]
            light[3 + axis] += grey * towards[axis]
    total = (light[0] + light[1] + light[2]) / 3 + 1e-4
    for axis in range(3):
        light[3 + axis] /= total
