"""The truth about every pixel: whose it is, how far away, and where the first person would be seen alone."""

from typing import NamedTuple

import numpy as np

from models.people.render.camera import Array
from models.people.render.compiled import compiled
from models.people.render.raster import Buffer

NOBODY = -1
_MOST_FIGURES = 16


class Seen(NamedTuple):
    """
    What pixels see.

    Attributes:
        person: (H, W) int8, the figure that covers at least half of a pixel; -1 nobody.
        depth_m: (H, W) float32, metres at the pixel's middle, of what it shows most; infinite where nothing is.
    """

    person: Array
    depth_m: Array


def covered(buffer: Buffer, samples: int) -> Array:
    """(H, W) bool: where triangles cover at least half of a pixel."""
    height, width = (size // samples for size in buffer.triangle.shape)
    mask = np.zeros((height, width), np.bool_)
    _cover(mask, buffer.triangle, samples)
    return mask


def seen(buffer: Buffer, ends: tuple[int, ...], samples: int) -> Seen:
    """The truth of a finished buffer; `ends` says after which face each figure ends."""
    if len(ends) > _MOST_FIGURES:
        raise ValueError(f"at most {_MOST_FIGURES} figures fit into one picture, got {len(ends)}")
    height, width = (size // samples for size in buffer.triangle.shape)
    result = Seen(np.full((height, width), NOBODY, np.int8), np.full((height, width), np.inf, np.float32))
    _see(result, buffer, np.asarray(ends, np.int64), samples)
    return result


@compiled
def _cover(mask: Array, triangle: Array, samples: int) -> None:
    """Count each pixel's samples."""
    for y in range(mask.shape[0]):
        for x in range(mask.shape[1]):
            count = 0
            for row in range(y * samples, (y + 1) * samples):
                for column in range(x * samples, (x + 1) * samples):
                    count += triangle[row, column] >= 0
            mask[y, x] = 2 * count >= samples * samples


@compiled
def _owner(number: int, ends: Array) -> int:
    """Whose triangle it is; -1 nobody's."""
    if number < 0:
        return NOBODY
    owner = 0
    while number >= ends[owner]:
        owner += 1
    return owner


@compiled
def _see(result: Seen, buffer: Buffer, ends: Array, samples: int) -> None:
    """Write person and depth of each pixel."""
    for y in range(result.person.shape[0]):
        for x in range(result.person.shape[1]):
            owner, inverse = NOBODY, 0.0
            for figure in range(ends.shape[0]):
                count, total = _count(buffer, ends, figure, (y * samples, x * samples, samples))
                if owner == NOBODY and 2 * count >= samples * samples:
                    owner, inverse = figure, total / count
            if owner == NOBODY:
                count, total = _count(buffer, ends, NOBODY, (y * samples, x * samples, samples))
                inverse = total / max(count, 1)
            result.person[y, x] = owner
            if inverse > 0:
                result.depth_m[y, x] = 1 / inverse


@compiled
def _count(buffer: Buffer, ends: Array, figure: int, where: tuple[int, int, int]) -> tuple[int, float]:
    """How many samples of a pixel show a figure (or none at all), and the sum of their inverse depths."""
    top, left, samples = where
    count, total = 0, 0.0
    for row in range(top, top + samples):
        for column in range(left, left + samples):
            if _owner(buffer.triangle[row, column], ends) == figure and buffer.inverse_depth[row, column] > 0:
                # Inverse depth is linear in the picture: the mean of the samples is exact at the pixel's middle.
                count += 1
                total += buffer.inverse_depth[row, column]
    return count, total
