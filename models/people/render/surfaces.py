"""Flat rectangles: what a room and its furniture are made of, drawn exactly, however near they come."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.people.render.camera import Array, Camera
from models.people.render.compiled import compiled
from models.people.render.mesh import dot
from models.people.render.mesh import row as row_of
from models.people.render.raster import Buffer, bounds

Colour = tuple[float, float, float]
"""Red, green, blue; linear light, 0 to 1."""
FIRST_SURFACE = -2
_NEAR_M = 0.02


@dataclass(frozen=True)
class Surface:
    """
    One rectangle, seen from the side its normal points to.

    Attributes:
        origin_m: one corner.
        across: unit vector of its first side.
        along: unit vector of its second side; across x along is the normal.
        size_m: lengths of both sides.
        texture: what it is made of, a number of `textures`.
        colours: two colours of that texture.
        scale_m: size of a tile, plank or brick; meaning by texture.
        gloss: 0 dull to 1 polished.
        glow: light it gives by itself, e.g. a window.
        seed: makes two planks differ.
    """

    origin_m: NDArray[np.float64]
    across: NDArray[np.float64]
    along: NDArray[np.float64]
    size_m: tuple[float, float]
    texture: int
    colours: tuple[Colour, Colour]
    scale_m: tuple[float, float] = (1.0, 1.0)
    gloss: float = 0.0
    glow: float = 0.0
    seed: int = 0
    cells: int = field(default=6)

    @property
    def normal(self) -> NDArray[np.float64]:
        """(3,) float64, unit vector to the side it is seen from."""
        return np.asarray(np.cross(self.across, self.along))


class Sheets(NamedTuple):
    """
    All surfaces of a scene as arrays.

    Attributes:
        frame: (S, 4, 3) float32: origin, across, along, normal.
        size: (S, 2) float32, metres.
        texture: (S,) int32.
        colours: (S, 2, 3) float32, linear.
        finish: (S, 4) float32: scale across, scale along, gloss, glow.
        seed: (S,) int32.
        grid: (S, 3) int32: where its light begins in the light map, its cells across and along.
    """

    frame: Array
    size: Array
    texture: Array
    colours: Array
    finish: Array
    seed: Array
    grid: Array


def sheets(surfaces: Sequence[Surface]) -> Sheets:
    """The surfaces as arrays; their light maps lie behind one another."""
    count = len(surfaces)
    frame = np.array([[s.origin_m, s.across, s.along, s.normal] for s in surfaces], np.float32).reshape(count, 4, 3)
    cells = [_cells(surface) for surface in surfaces]
    starts = np.concatenate([[0], np.cumsum([a * b for a, b in cells])[:-1]]) if cells else np.zeros(0)
    grid = np.array([[start, *size] for start, size in zip(starts, cells, strict=True)], np.int32).reshape(count, 3)
    return Sheets(
        frame,
        np.array([s.size_m for s in surfaces], np.float32).reshape(count, 2),
        np.array([s.texture for s in surfaces], np.int32),
        np.array([s.colours for s in surfaces], np.float32).reshape(count, 2, 3),
        np.array([[*s.scale_m, s.gloss, s.glow] for s in surfaces], np.float32).reshape(count, 4),
        np.array([s.seed for s in surfaces], np.int32),
        grid,
    )


def _cells(surface: Surface) -> tuple[int, int]:
    """How finely its light is kept: the longer side in `cells`, the shorter one in proportion."""
    longest = max(surface.size_m)
    across, along = (max(2, round(surface.cells * side / longest)) for side in surface.size_m)
    return across, along


def draw_surfaces(buffer: Buffer, all_sheets: Sheets, camera: Camera, samples: int) -> None:
    """Draw every surface into a buffer with so many samples along each side of a pixel."""
    centre = np.asarray(camera.size_px, np.float64) * samples / 2
    lens = (np.asarray(camera.position_m, np.float64), camera.axes, camera.focal_px * samples, centre)
    for number in range(len(all_sheets.texture)):
        frame, size = all_sheets.frame[number].astype(np.float64), all_sheets.size[number].astype(np.float64)
        if (lens[0] - frame[0]) @ frame[3] > 1e-4:
            _draw_one(buffer, frame, size, lens, FIRST_SURFACE - number)


@compiled
def _local(frame: Array, axes: Array, eye: Array) -> Array:
    """(4, 3): a surface's origin and axes as the camera has them."""
    local = np.zeros((4, 3))
    for row in range(4):
        for axis in range(3):
            for n in range(3):
                local[row, axis] += axes[axis, n] * (frame[row, n] - (eye[n] if row == 0 else 0.0))
    return local


@compiled
def _outline(local: Array, size: Array) -> Array:
    """(n, 3): the corners before the lens, cut where the surface passes beside it."""
    corners, kept = np.zeros((4, 3)), np.zeros((8, 3))
    for n in range(4):
        a, b = (size[0] if n in (1, 2) else 0.0), (size[1] if n > 1 else 0.0)
        corners[n] = local[0] + a * local[1] + b * local[2]
    count = 0
    for n in range(4):
        here, there = corners[n], corners[(n + 1) % 4]
        if here[2] > _NEAR_M:
            kept[count] = here
            count += 1
        if (here[2] > _NEAR_M) != (there[2] > _NEAR_M):
            kept[count] = here + (there - here) * (_NEAR_M - here[2]) / (there[2] - here[2])
            count += 1
    return kept[:count]


@compiled
def _window(outline: Array, focal: float, centre: Array, shape: tuple[int, int]) -> tuple[int, int, int, int]:
    """First and last column and row of an outline."""
    left, right, top, bottom = 1e9, -1e9, 1e9, -1e9
    for n in range(outline.shape[0]):
        x, y = centre[0] + focal * outline[n, 0] / outline[n, 2], centre[1] + focal * outline[n, 1] / outline[n, 2]
        left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
    if left > right:
        return 0, -1, 0, -1
    limit = 1e6
    columns = bounds(max(left, -limit), min(right, limit), left if left > -limit else -limit, shape[1])
    rows = bounds(max(top, -limit), min(bottom, limit), top if top > -limit else -limit, shape[0])
    return columns[0], columns[1], rows[0], rows[1]


@compiled
def _draw_one(buffer: Buffer, frame: Array, size: Array, lens: tuple[Array, Array, float, Array], number: int) -> None:
    """Draw one surface: along a ray, its plane's inverse depth is linear in the picture."""
    eye, axes, focal, centre = lens
    local = _local(frame, axes, eye)
    distance = dot(row_of(local, 0), row_of(local, 3))
    left, right, top, bottom = _window(_outline(local, size), focal, centre, buffer.triangle.shape)
    begin_a, begin_b = dot(row_of(local, 0), row_of(local, 1)), dot(row_of(local, 0), row_of(local, 2))
    for row in range(top, bottom + 1):
        y = (row + 0.5 - centre[1]) / focal
        for column in range(left, right + 1):
            x = (column + 0.5 - centre[0]) / focal
            nearness = (local[3, 0] * x + local[3, 1] * y + local[3, 2]) / distance
            if nearness <= buffer.inverse_depth[row, column]:
                continue
            a = (local[1, 0] * x + local[1, 1] * y + local[1, 2]) / nearness - begin_a
            b = (local[2, 0] * x + local[2, 1] * y + local[2, 2]) / nearness - begin_b
            if 0 <= a <= size[0] and 0 <= b <= size[1]:
                buffer.inverse_depth[row, column] = nearness
                buffer.triangle[row, column] = number


@compiled
def place_on(frame: Array, size: Array, point: tuple[float, float, float]) -> tuple[float, float]:
    """Where a point of the world lies on a surface, in metres from its origin."""
    a, b = 0.0, 0.0
    for n in range(3):
        a += (point[n] - frame[0, n]) * frame[1, n]
        b += (point[n] - frame[0, n]) * frame[2, n]
    return min(max(a, 0.0), size[0]), min(max(b, 0.0), size[1])


@compiled
def from_map(values: Array, grid: Array, a: float, b: float) -> tuple[float, float, float]:
    """A surface's light at (a, b), both 0 to 1, between the four nearest cells."""
    x, y = min(max(a * grid[1] - 0.5, 0.0), grid[1] - 1.001), min(max(b * grid[2] - 0.5, 0.0), grid[2] - 1.001)
    i, j = floor(x), floor(y)
    u, v = x - i, y - j
    at = grid[0] + j * grid[1] + i
    next_row = at + grid[1]
    red = (1 - v) * ((1 - u) * values[at, 0] + u * values[at + 1, 0])
    green = (1 - v) * ((1 - u) * values[at, 1] + u * values[at + 1, 1])
    blue = (1 - v) * ((1 - u) * values[at, 2] + u * values[at + 1, 2])
    red += v * ((1 - u) * values[next_row, 0] + u * values[next_row + 1, 0])
    green += v * ((1 - u) * values[next_row, 1] + u * values[next_row + 1, 1])
    blue += v * ((1 - u) * values[next_row, 2] + u * values[next_row + 1, 2])
    return red, green, blue


def map_size(all_sheets: Sheets) -> int:
    """How many cells the light map of all surfaces has."""
    return int((all_sheets.grid[:, 1] * all_sheets.grid[:, 2]).sum())
