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
from models.people.render.raster import Buffer

Colour = tuple[float, float, float]
"""Red, green, blue; linear light, 0 to 1."""
FIRST_SURFACE = -2
Window = tuple[int, int, int, int]
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
        (a, b, c), (d, e, f) = self.across, self.along
        return np.array([b * f - c * e, c * d - a * f, a * e - b * d])


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
    eye, focal = np.asarray(camera.position_m, np.float64), camera.focal_px * samples
    frames = all_sheets.frame.astype(np.float64)
    frames[:, 0] -= eye
    for number in np.flatnonzero((frames[:, 0] * frames[:, 3]).sum(1) < -1e-4):
        local, size = frames[number] @ camera.axes.T, all_sheets.size[number].astype(np.float64)
        window = _window(_outline(local, size), focal, centre, buffer.triangle.shape)
        if window is not None:
            _draw_one(buffer, local, size, (focal, centre[0], centre[1]), window, FIRST_SURFACE - int(number))


def _outline(local: Array, size: Array) -> Array:
    """(n, 3): the corners before the lens, cut where the surface passes beside it."""
    origin, across, along = local[0], local[1] * size[0], local[2] * size[1]
    corners = [origin, origin + across, origin + across + along, origin + along]
    kept = []
    for here, there in zip(corners, corners[1:] + corners[:1], strict=True):
        if here[2] > _NEAR_M:
            kept.append(here)
        if (here[2] > _NEAR_M) != (there[2] > _NEAR_M):
            kept.append(here + (there - here) * (_NEAR_M - here[2]) / (there[2] - here[2]))
    return np.array(kept).reshape(-1, 3)


def _window(outline: Array, focal: float, centre: Array, shape: tuple[int, ...]) -> Window | None:
    """First and last column, first and last row of an outline; None when it is not in the picture."""
    if not len(outline):
        return None
    places = centre + focal * outline[:, :2] / outline[:, 2:]
    low = np.clip(np.ceil(places.min(0) - 0.5), 0, (shape[1], shape[0]))
    high = np.clip(np.floor(places.max(0) - 0.5), -1, (shape[1] - 1, shape[0] - 1))
    return int(low[0]), int(high[0]), int(low[1]), int(high[1])


@compiled
def _draw_one(
    buffer: Buffer, local: Array, size: Array, lens: tuple[float, float, float], window: Window, number: int
) -> None:
    """Draw one surface: along a ray, its plane's inverse depth is linear in the picture."""
    focal, middle_x, middle_y = lens
    distance = dot(row_of(local, 0), row_of(local, 3))
    begin_a, begin_b = dot(row_of(local, 0), row_of(local, 1)), dot(row_of(local, 0), row_of(local, 2))
    for row in range(window[2], window[3] + 1):
        y = (row + 0.5 - middle_y) / focal
        for column in range(window[0], window[1] + 1):
            ray = ((column + 0.5 - middle_x) / focal, y, 1.0)
            nearness = dot(row_of(local, 3), ray) / distance
            if nearness <= buffer.inverse_depth[row, column]:
                continue
            a = dot(row_of(local, 1), ray) / nearness - begin_a
            b = dot(row_of(local, 2), ray) / nearness - begin_b
            if 0 <= a <= size[0] and 0 <= b <= size[1]:
                buffer.inverse_depth[row, column] = nearness
                buffer.triangle[row, column] = number


@compiled
def place_on(all_sheets: Sheets, number: int, point: tuple[float, float, float]) -> tuple[float, float]:
    """Where a point of the world lies on a surface, in metres from its origin."""
    a, b, frame = 0.0, 0.0, all_sheets.frame
    for n in range(3):
        a += (point[n] - frame[number, 0, n]) * frame[number, 1, n]
        b += (point[n] - frame[number, 0, n]) * frame[number, 2, n]
    return min(max(a, 0.0), all_sheets.size[number, 0]), min(max(b, 0.0), all_sheets.size[number, 1])


@compiled
def colour_of(all_sheets: Sheets, number: int, which: int) -> tuple[float, float, float]:
    """One of a surface's two colours."""
    colours = all_sheets.colours
    return colours[number, which, 0], colours[number, which, 1], colours[number, which, 2]


@compiled
def from_map(values: Array, all_sheets: Sheets, number: int, place: tuple[float, float]) -> tuple[float, float, float]:
    """A surface's light at a place, both 0 to 1, between the four nearest cells."""
    across, along = all_sheets.grid[number, 1], all_sheets.grid[number, 2]
    x, y = min(max(place[0] * across - 0.5, 0.0), across - 1.001), min(max(place[1] * along - 0.5, 0.0), along - 1.001)
    i, j = floor(x), floor(y)
    at = all_sheets.grid[number, 0] + j * across + i
    return (
        _between(values, at, across, 0, (x - i, y - j)),
        _between(values, at, across, 1, (x - i, y - j)),
        _between(values, at, across, 2, (x - i, y - j)),
    )


@compiled
def _between(values: Array, at: int, step: int, channel: int, place: tuple[float, float]) -> float:
    """One channel between four cells."""
    u, v = place
    near: float = (1 - u) * values[at, channel] + u * values[at + 1, channel]
    far: float = (1 - u) * values[at + step, channel] + u * values[at + step + 1, channel]
    return near + (far - near) * v


def map_size(all_sheets: Sheets) -> int:
    """How many cells the light map of all surfaces has."""
    return int((all_sheets.grid[:, 1] * all_sheets.grid[:, 2]).sum())
