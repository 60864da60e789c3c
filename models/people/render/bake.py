"""The soft light on floors, walls and furniture: what people and corners take away, kept on a coarse grid."""

import numpy as np

from models.people.render.camera import Array
from models.people.render.compiled import compiled
from models.people.render.shadow import SOFT_BIAS_M, Shadows, lit
from models.people.render.surfaces import Sheets, map_size


def light_map(sheets: Sheets, shadows: Shadows, blocks: Array, walls: Array) -> Array:
    """
    The soft light of every cell of every surface.

    Args:
        sheets: the surfaces.
        shadows: of the soft lights.
        blocks: (B, 3, 4) float64: boxes that stand in the room, as frames from the world to -1..1.
        walls: (W, 4) float64: planes of the room, inward normal and offset.

    Returns:
        (cells, 3) float32, linear.
    """
    values = np.zeros((map_size(sheets), 3), np.float32)
    for number in range(len(sheets.texture)):
        _bake_one(values, sheets.frame[number], sheets.size[number], sheets.grid[number], (shadows, blocks, walls))
    return values


@compiled
def _bake_one(values: Array, frame: Array, size: Array, grid: Array, around: tuple[Shadows, Array, Array]) -> None:
    """Fill the cells of one surface."""
    shadows, blocks, walls = around
    for row in range(grid[2]):
        for column in range(grid[1]):
            a, b = (column + 0.5) / grid[1] * size[0], (row + 0.5) / grid[2] * size[1]
            x = frame[0, 0] + a * frame[1, 0] + b * frame[2, 0] + 0.01 * frame[3, 0]
            y = frame[0, 1] + a * frame[1, 1] + b * frame[2, 1] + 0.01 * frame[3, 1]
            z = frame[0, 2] + a * frame[1, 2] + b * frame[2, 2] + 0.01 * frame[3, 2]
            open_sky = _corners(walls, (x, y, z), frame[3]) * _furniture(blocks, (x, y, z))
            _sum(values[grid[0] + row * grid[1] + column], shadows, (x, y, z), frame[3], open_sky)


@compiled
def _sum(value: Array, shadows: Shadows, point: tuple[float, float, float], normal: Array, open_sky: float) -> None:
    """Add up the soft lights at one cell."""
    for light in range(shadows.towards.shape[0]):
        towards = shadows.towards[light]
        facing = normal[0] * towards[0] + normal[1] * towards[1] + normal[2] * towards[2]
        if facing > 0:
            part = facing * open_sky * lit(shadows, light, point, SOFT_BIAS_M * 0.4)
            for axis in range(3):
                value[axis] += part * shadows.colours[light, axis]


@compiled
def _corners(walls: Array, point: tuple[float, float, float], normal: Array) -> float:
    """What a room's corners leave of the light, 0 to 1."""
    left = 1.0
    for n in range(walls.shape[0]):
        aligned = normal[0] * walls[n, 0] + normal[1] * walls[n, 1] + normal[2] * walls[n, 2]
        if aligned < 0.9:
            away = point[0] * walls[n, 0] + point[1] * walls[n, 1] + point[2] * walls[n, 2] - walls[n, 3]
            left *= 1 - 0.38 / (1 + (max(away, 0.0) / 0.22) ** 2)
    return left


@compiled
def _furniture(blocks: Array, point: tuple[float, float, float]) -> float:
    """What boxes nearby leave of the light, 0 to 1."""
    left = 1.0
    for n in range(blocks.shape[0]):
        squared, inside = 0.0, True
        for axis in range(3):
            frame = blocks[n, axis]
            at = frame[0] * point[0] + frame[1] * point[1] + frame[2] * point[2] + frame[3]
            stretch = np.sqrt(frame[0] ** 2 + frame[1] ** 2 + frame[2] ** 2)
            beyond = max(abs(at) - 1, 0.0) / stretch
            squared += beyond * beyond
            inside = inside and abs(at) < 1.02
        # A box does not shade its own faces, but what stands beside it.
        if not inside and squared > 2e-4:
            left *= 1 - 0.5 / (1 + squared / 0.012)
    return left
