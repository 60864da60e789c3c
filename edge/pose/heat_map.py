"""From heat maps to points: the highest cell, the place between the cells, and the mean of both mirror images."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

_LEAST = 1e-10
"""A heat below this counts as this: the logarithm of nothing is no number."""


@dataclass(frozen=True, slots=True, eq=False)
class Peaks:
    """
    Where each heat map is highest.

    Attributes:
        xy: (n, 2) float64, cells; x along the columns, y down the rows, 0 is the centre of the first cell.
        score: (n,) float64, the heat of the highest cell, in the map's own unit.
        covariance: (n, 2, 2) float64, cells², of the bell that fits the peak; NaN where the peak is no bell.
    """

    xy: NDArray[np.float64]
    score: NDArray[np.float64]
    covariance: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Grid:
    """
    How the cells of a heat map lie in the network's input.

    Attributes:
        stride_px: width and height of a cell, pixels of the input.
        first_px: where the centre of the first cell lies in the input, x and y.
    """

    stride_px: tuple[float, float]
    first_px: tuple[float, float]

    def to_input(self, cells: NDArray[np.floating]) -> NDArray[np.float64]:
        """(..., 2) float64, pixels of the input, from cells."""
        moved: NDArray[np.float64] = np.asarray(cells, np.float64) * self.stride_px + self.first_px
        return moved

    def to_cells(self, points_px: NDArray[np.floating]) -> NDArray[np.float64]:
        """(..., 2) float64, cells, from pixels of the input."""
        moved: NDArray[np.float64] = (np.asarray(points_px, np.float64) - self.first_px) / self.stride_px
        return moved


def centred_grid(size_px: tuple[int, int], cells: tuple[int, int]) -> Grid:
    """
    Cells that tile the input, each centred on the pixels it covers.

    Args:
        size_px: width and height of the input.
        cells: columns and rows.

    >>> centred_grid((256, 256), (64, 64))
    Grid(stride_px=(4.0, 4.0), first_px=(1.5, 1.5))
    """
    wide, high = size_px[0] / cells[0], size_px[1] / cells[1]
    return Grid((wide, high), ((wide - 1) / 2, (high - 1) / 2))


def highest_cells(maps: NDArray[np.floating]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """
    The highest cell of each map; of several alike the first, row by row.

    Args:
        maps: (n, rows, columns).

    Returns:
        (n, 2) intp, column and row; (n,) float64, the heat there.
    """
    flat = maps.reshape(len(maps), -1)
    place = flat.argmax(axis=1)
    rows, columns = np.divmod(place, maps.shape[2])
    return np.stack([columns, rows], axis=1), flat[np.arange(len(maps)), place].astype(np.float64)


def coarse_peaks(maps: NDArray[np.floating]) -> Peaks:
    """Read each map to the cell, as the first programs did: kept so that their figures can be reproduced."""
    cells, score = highest_cells(maps)
    return Peaks(cells.astype(np.float64), score, np.full((len(maps), 2, 2), np.nan))


def fine_peaks(maps: NDArray[np.floating], blur_cells: float = 0.0) -> Peaks:
    """
    Read each map between its cells: the top of the bell through the highest cell and its eight neighbours.

    The logarithm of a bell is a parabola, so its top lies where the parabola's slope ends (Zhang et al.,
    Distribution-aware coordinate representation, CVPR 2020). The cell itself stands where it lies on the edge, where
    its surroundings are no hill, or where the top would leave the cell's neighbours.

    Args:
        maps: (n, rows, columns), heat, 0 where there is none.
        blur_cells: standard deviation of the bell that calms the maps first; 0 leaves them as they are.
    """
    calm = _blurred(maps, blur_cells)
    cells, _ = highest_cells(calm)
    score = maps.reshape(len(maps), -1).max(axis=1).astype(np.float64)
    around, inside = _neighbours(calm, cells)
    offset, covariance, bell = _top(np.log(np.maximum(around, _LEAST)))
    bell &= inside
    if blur_cells > 0:
        covariance = covariance - blur_cells**2 * np.eye(2)
        bell &= np.linalg.eigvalsh(covariance)[:, 0] > 0
    xy: NDArray[np.float64] = cells.astype(np.float64) + np.where(bell[:, None], offset, 0.0)
    return Peaks(xy, score, np.where(bell[:, None, None], covariance, np.nan))


def flip_averaged(
    maps: NDArray[np.floating], mirrored: NDArray[np.floating], twins: NDArray[np.intp], shift_cells: float = 0.0
) -> NDArray[np.float64]:
    """
    The mean of the maps of a picture and those of its mirror image, laid back onto each other.

    Args:
        maps: (n, rows, columns).
        mirrored: (n, rows, columns), of the mirror image, as the network gave them.
        twins: (n,) for each map the number of its twin on the other side, itself on the midline.
        shift_cells: how far the mirrored maps are to move right after they are turned back, see `flip_shift`.

    Returns:
        (n, rows, columns) float64.
    """
    back = mirrored[twins][:, :, ::-1].astype(np.float64)
    return (maps + _shifted(back, shift_cells)) / 2


def flip_shift(grid: Grid, width_px: int, columns: int) -> float:
    """
    How many cells a mirrored map is off after it is turned back; 0 where the cells tile the input evenly.

    >>> flip_shift(centred_grid((256, 256), (64, 64)), 256, 64)
    0.0
    >>> flip_shift(Grid((4.0, 4.0), (0.0, 0.0)), 256, 64)
    0.75
    """
    return (width_px - 1 - 2 * grid.first_px[0]) / grid.stride_px[0] - (columns - 1)


def _shifted(maps: NDArray[np.float64], cells: float) -> NDArray[np.float64]:
    """The maps moved to the right; the edge is repeated."""
    if cells == 0:
        return maps
    columns = np.arange(maps.shape[2])
    low = np.floor(columns - cells).astype(np.intp)
    share = (columns - cells) - low
    last = maps.shape[2] - 1
    left, right = maps[:, :, low.clip(0, last)], maps[:, :, (low + 1).clip(0, last)]
    moved: NDArray[np.float64] = left * (1 - share) + right * share
    return moved


def _blurred(maps: NDArray[np.floating], blur_cells: float) -> NDArray[np.float64]:
    if blur_cells <= 0:
        return maps.astype(np.float64)
    return np.stack([cv2.GaussianBlur(one.astype(np.float64), (0, 0), blur_cells) for one in maps])


def _neighbours(maps: NDArray[np.float64], cells: NDArray[np.intp]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(n, 3, 3) float64, the heat around a cell; (n,) bool, False where the cell lies on the map's edge."""
    limit = np.array([maps.shape[2] - 1, maps.shape[1] - 1])
    steps = np.arange(-1, 2)
    columns = (cells[:, :1] + steps).clip(0, limit[0])
    rows = (cells[:, 1:] + steps).clip(0, limit[1])
    inside: NDArray[np.bool_] = np.all((cells > 0) & (cells < limit), axis=1)
    around: NDArray[np.float64] = maps[np.arange(len(maps))[:, None, None], rows[:, :, None], columns[:, None, :]]
    return around, inside


def _top(around: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """
    The top of the parabola through 3 x 3 values.

    Returns:
        (n, 2) float64, cells from the middle one; (n, 2, 2) float64, the bell's covariance, cells²; (n,) bool, whether
        there is a top, no farther than one cell away.
    """
    slope = np.stack([around[:, 1, 2] - around[:, 1, 0], around[:, 2, 1] - around[:, 0, 1]], axis=1) / 2
    bend = np.empty((len(around), 2, 2))
    bend[:, 0, 0] = around[:, 1, 2] - 2 * around[:, 1, 1] + around[:, 1, 0]
    bend[:, 1, 1] = around[:, 2, 1] - 2 * around[:, 1, 1] + around[:, 0, 1]
    cross = (around[:, 2, 2] - around[:, 2, 0] - around[:, 0, 2] + around[:, 0, 0]) / 4
    bend[:, 0, 1] = bend[:, 1, 0] = cross
    hill = np.linalg.eigvalsh(bend)[:, 1] < -_LEAST
    bend[~hill] = -np.eye(2)
    covariance: NDArray[np.float64] = np.linalg.inv(-bend).astype(np.float64)
    offset: NDArray[np.float64] = np.einsum("nij,nj->ni", covariance, slope)
    near: NDArray[np.bool_] = np.all(np.abs(offset) <= 1, axis=1)
    return offset, covariance, hill & near
