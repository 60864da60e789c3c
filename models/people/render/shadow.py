"""What light reaches: sharp depth maps for lamps and windows, coarse ones for the light from everywhere."""

from math import floor
from typing import NamedTuple

import numpy as np

from models.people.render.camera import UP, Array
from models.people.render.compiled import compiled
from models.people.render.noise import Triple
from models.people.render.raster import Corners, Cut, bounds, corners_of, is_there, mix
from models.people.rotation import crossed

_EMPTY = -1e9
_ASIDE = np.array([1.0, 0.0, 0.0])
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
        side = crossed(light, UP if abs(light[2]) < 0.95 else _ASIDE)
        side /= np.linalg.norm(side)
        rows = np.stack([side, crossed(light, side)]) * scale
        frame[n, :, :3], frame[n, :, 3] = rows, size / 2 - rows @ ball.middle
    nearest = np.full((len(towards), size, size), _EMPTY, np.float32)
    colours = np.asarray(colours, np.float32).reshape(-1, 3)
    return Shadows(towards, colours, np.asarray(spread, np.float32), frame, nearest, 1 / scale)


@compiled
def _seen_by(shadows: Shadows, light: int, point: Triple) -> Triple:
    """Column, row and nearness of a point for one light."""
    f, t, (x, y, z) = shadows.frame, shadows.towards, point
    return (
        f[light, 0, 0] * x + f[light, 0, 1] * y + f[light, 0, 2] * z + f[light, 0, 3],
        f[light, 1, 0] * x + f[light, 1, 1] * y + f[light, 1, 2] * z + f[light, 1, 3],
        t[light, 0] * x + t[light, 1] * y + t[light, 2] * z,
    )


def draw_sharp(shadows: Shadows, positions: Array, faces: Array, cut: Cut) -> None:
    """Draw every triangle into every map."""
    seen = np.zeros((len(positions), 3), np.float32)
    for light in range(len(shadows.towards)):
        _draw_sharp(shadows, light, positions, seen, faces, cut)


@compiled
def _draw_sharp(shadows: Shadows, light: int, positions: Array, seen: Array, faces: Array, cut: Cut) -> None:
    """Draw every triangle into one map; `seen` is room for where the light sees the corners."""
    for n in range(positions.shape[0]):
        seen[n, 0], seen[n, 1], seen[n, 2] = _seen_by(
            shadows, light, (positions[n, 0], positions[n, 1], positions[n, 2])
        )
    for face in range(faces.shape[0]):
        i, j, k = corners_of(faces, face)
        where = (
            (seen[i, 0], seen[j, 0], seen[k, 0]),
            (seen[i, 1], seen[j, 1], seen[k, 1]),
            (seen[i, 2], seen[j, 2], seen[k, 2]),
        )
        _fill(shadows.nearest, where, cut, (light, face), (i, j, k))


@compiled
def _fill(
    nearest: Array, where: tuple[Triple, Triple, Triple], cut: Cut, what: tuple[int, int], corners: Corners
) -> None:
    """Draw one triangle into one map."""
    x, y, z = where
    light, face = what
    area = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0])
    columns, rows = bounds(x[0], x[1], x[2], nearest.shape[2]), bounds(y[0], y[1], y[2], nearest.shape[1])
    if area == 0 or columns[0] > columns[1] or rows[0] > rows[1]:
        return
    for row in range(rows[0], rows[1] + 1):
        for column in range(columns[0], columns[1] + 1):
            a, b = column + 0.5 - x[2], row + 0.5 - y[2]
            first = ((y[1] - y[2]) * a + (x[2] - x[1]) * b) / area
            second = ((y[2] - y[0]) * a + (x[0] - x[2]) * b) / area
            depth = first * z[0] + second * z[1] + (1 - first - second) * z[2]
            if min(first, second) < 0 or first + second > 1 or depth <= nearest[light, row, column]:
                continue
            if is_there(cut, face, corners, first, second):
                nearest[light, row, column] = depth


@compiled
def draw_coarse(shadows: Shadows, positions: Array, faces: Array, cut: Cut) -> None:
    """Dab the middle of every second triangle (one of each pair) into every map: enough for such soft light."""
    last = shadows.nearest.shape[1] - 1
    for face in range(0, faces.shape[0], 2):
        corners = corners_of(faces, face)
        if not is_there(cut, face, corners, 0.34, 0.33):
            continue
        middle = mix(positions, corners, 1 / 3, 1 / 3)
        for light in range(shadows.towards.shape[0]):
            x, y, z = _seen_by(shadows, light, middle)
            column, row = floor(x - 0.5), floor(y - 0.5)
            if 0 <= column < last and 0 <= row < last:
                _dab(shadows.nearest, light, (row, column), z)


@compiled
def _dab(nearest: Array, light: int, cell: tuple[int, int], depth: float) -> None:
    """Keep the nearest in four cells."""
    for i in range(cell[0], cell[0] + 2):
        for j in range(cell[1], cell[1] + 2):
            nearest[light, i, j] = max(nearest[light, i, j], depth)


@compiled
def _lit_cell(nearest: Array, light: int, x: float, y: float, depth: float) -> float:
    """How much light passes, 0 to 1, between the four nearest cells; all of it outside the map."""
    i, j = floor(y - 0.5), floor(x - 0.5)
    if i < 0 or j < 0 or i >= nearest.shape[1] - 1 or j >= nearest.shape[2] - 1:
        return 1.0
    u, v = x - 0.5 - j, y - 0.5 - i
    upper: float = (1 - u) * (nearest[light, i, j] < depth) + u * (nearest[light, i, j + 1] < depth)
    lower: float = (1 - u) * (nearest[light, i + 1, j] < depth) + u * (nearest[light, i + 1, j + 1] < depth)
    return upper + (lower - upper) * v


@compiled
def lit(shadows: Shadows, light: int, point: Triple, bias: float) -> float:
    """How much of one light reaches a point, 0 to 1, looked up once."""
    x, y, z = _seen_by(shadows, light, point)
    return _lit_cell(shadows.nearest, light, x, y, z + bias)


@compiled
def softly_lit(shadows: Shadows, light: int, point: Triple, bias: float) -> float:
    """How much of one light reaches a point, 0 to 1, as wide as the light is."""
    x, y, z = _seen_by(shadows, light, point)
    nearest, reach = shadows.nearest, 0.6 + 0.022 * shadows.spread[light] / shadows.texel_m
    # A wide look-up crosses sloping skin: without more bias it would shade itself in stripes.
    bias += 0.7 * reach * shadows.texel_m
    total = _lit_cell(nearest, light, x + 0.9 * reach, y + 0.4 * reach, z + bias)
    total += _lit_cell(nearest, light, x - 0.4 * reach, y + 0.9 * reach, z + bias)
    total += _lit_cell(nearest, light, x - 0.9 * reach, y - 0.4 * reach, z + bias)
    return (total + _lit_cell(nearest, light, x + 0.4 * reach, y - 0.9 * reach, z + bias)) / 4


def soft_light(shadows: Shadows, positions: Array, normals: Array) -> Array:
    """
    What reaches every corner from everywhere.

    Returns:
        (V, 6) float32: red, green, blue, and by how much a turned normal would get more (per unit, relative).
    """
    light = np.zeros((len(positions), 6), np.float32)
    _soft_light(light, shadows, positions, normals)
    return light


@compiled
def _soft_light(light: Array, shadows: Shadows, positions: Array, normals: Array) -> None:
    """Write the light of every corner; those without a normal belong to nothing that is drawn."""
    offset = SOFT_BIAS_M * 0.6
    for n in range(positions.shape[0]):
        normal = (normals[n, 0], normals[n, 1], normals[n, 2])
        if normal[0] == 0 and normal[1] == 0 and normal[2] == 0:
            continue
        point = (
            positions[n, 0] + offset * normal[0],
            positions[n, 1] + offset * normal[1],
            positions[n, 2] + offset * normal[2],
        )
        _gather(shadows, light, n, point, normal)


@compiled
def _gather(shadows: Shadows, light: Array, n: int, point: Triple, normal: Triple) -> None:
    """Add up all soft lights at one corner."""
    for q in range(shadows.towards.shape[0]):
        towards = (shadows.towards[q, 0], shadows.towards[q, 1], shadows.towards[q, 2])
        facing = normal[0] * towards[0] + normal[1] * towards[1] + normal[2] * towards[2]
        if facing <= -0.2:
            continue
        part = lit(shadows, q, point, SOFT_BIAS_M)
        grey = part * (shadows.colours[q, 0] + shadows.colours[q, 1] + shadows.colours[q, 2]) / 3
        for axis in range(3):
            light[n, axis] += part * max(facing, 0.0) * shadows.colours[q, axis]
            light[n, 3 + axis] += grey * towards[axis]
    total = (light[n, 0] + light[n, 1] + light[n, 2]) / 3 + 1e-4
    for axis in range(3):
        light[n, 3 + axis] /= total
