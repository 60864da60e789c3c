"""The person's outline on a level grid: cleaned, levelled, its edges finer than a pixel."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.geometry import Point
from edge.pose.silhouette import SIDE, Silhouette
from edge.spine.plane import Plane

FINER = 2.0
"""Grid points per pixel of the mask."""

SMALLEST_HOLE = 0.0015
"""Holes below this share of the square of the trunk's length are noise, larger ones may be the gap beside an arm."""


@dataclass(frozen=True, slots=True, eq=False)
class LevelMask:
    """
    How much of the person lies at every point of a level grid.

    Attributes:
        field: (H, W) float32, 0 outside to 1 inside; the outline is where it crosses 0.5.
        origin: of the grid's first point, levelled pixels as `Body.point` gives them.
        step_px: between neighbours, levelled pixels.
    """

    field: NDArray[np.float32]
    origin: Point
    step_px: float

    def row(self, y_px: float) -> int:
        """The grid row nearest to a height; may lie outside."""
        return round((y_px - self.origin[1]) / self.step_px)

    def column(self, x_px: float) -> int:
        """The grid column nearest to a place across; may lie outside."""
        return round((x_px - self.origin[0]) / self.step_px)

    def height_px(self, row: float) -> float:
        """The height of a row, levelled pixels, down."""
        return self.origin[1] + row * self.step_px

    def place_px(self, column: float) -> float:
        """The place of a column, levelled pixels, right."""
        return self.origin[0] + column * self.step_px

    def runs(self, row: int) -> list[tuple[float, float]]:
        """Where a row of the grid is inside: (first, last) columns, left to right, finer than a column."""
        return _runs(self.field[row])

    def top(self, column: int) -> float | None:
        """The uppermost row that is inside, finer than a row; None when the column is empty."""
        runs = _runs(self.field[:, column])
        return runs[0][0] if runs else None


def level_mask(silhouette: Silhouette, plane: Plane, centre: Point, trunk_px: float) -> LevelMask | None:
    """
    Clean and level a silhouette.

    Kept is the one connected part that holds the trunk's centre, or comes nearest to it; specks and small holes go.

    Args:
        silhouette: of the person.
        plane: the one the landmarks were levelled with.
        centre: of the trunk, levelled pixels.
        trunk_px: length of the trunk, levelled pixels.

    Returns:
        None when the mask is empty or its map cannot be turned round.
    """
    corners = np.array([[0, 0], [SIDE - 1, 0], [SIDE - 1, SIDE - 1], [0, SIDE - 1]], np.float64)
    picture = corners @ silhouette.to_picture[:, :2].T + silhouette.to_picture[:, 2]
    level = plane.flat(picture)
    across = float(np.linalg.norm(level[1] - level[0])) / (SIDE - 1)
    if not np.isfinite(level).all() or across <= 0 or abs(np.linalg.det(silhouette.to_picture[:, :2])) < 1e-9:
        return None
    to_level = np.asarray(cv2.getPerspectiveTransform(corners.astype(np.float32), level.astype(np.float32)), np.float64)
    kept = _cleaned(silhouette.mask, _on_mask(to_level, centre), trunk_px / across)
    if kept is None:
        return None
    soft = cv2.GaussianBlur(kept.astype(np.float32), (0, 0), 0.8)
    step, origin = across / FINER, level.min(axis=0)
    width, height = (np.ceil((level.max(axis=0) - origin) / step) + 1).astype(int)
    to_grid = np.array([[1 / step, 0, -origin[0] / step], [0, 1 / step, -origin[1] / step], [0, 0, 1]])
    field = cv2.warpPerspective(soft, to_grid @ to_level, (int(width), int(height)), flags=cv2.INTER_LINEAR)
    return LevelMask(field.astype(np.float32), (float(origin[0]), float(origin[1])), step)


def _on_mask(to_level: NDArray[np.float64], point: Point) -> tuple[int, int]:
    x, y, w = np.linalg.inv(to_level) @ np.array([*point, 1.0])
    u, v = np.clip(np.nan_to_num([x / w, y / w]), 0, SIDE - 1).round().astype(int)
    return int(u), int(v)


def _cleaned(mask: NDArray[np.bool_], centre: tuple[int, int], trunk: float) -> NDArray[np.uint8] | None:
    """(256, 256) uint8: the part of the mask that is the person, without specks and small holes; None when empty."""
    calm = cv2.medianBlur(mask.astype(np.uint8), 3)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(calm, connectivity=4)
    if count < 2:
        return None
    u, v = centre
    label = int(labels[v, u])
    if label == 0:
        rows, columns = np.nonzero(labels)
        nearest = int(np.argmin((rows - v) ** 2 + (columns - u) ** 2))
        label = int(labels[rows[nearest], columns[nearest]])
    person = (labels == label).astype(np.uint8)
    holes, hole_labels, hole_stats, _ = cv2.connectedComponentsWithStats(1 - person, connectivity=4)
    small = hole_stats[:, cv2.CC_STAT_AREA] < SMALLEST_HOLE * trunk**2
    small[0] = False
    person[small[hole_labels]] = 1
    return person if holes and stats[label, cv2.CC_STAT_AREA] else None


def _runs(values: NDArray[np.float32]) -> list[tuple[float, float]]:
    inside = np.concatenate([[False], values >= 0.5, [False]])
    change = np.flatnonzero(inside[1:] != inside[:-1])
    runs = []
    for first, after in zip(change[::2], change[1::2], strict=True):
        start, end = float(first), float(after - 1)
        if first > 0:
            start -= (values[first] - 0.5) / (values[first] - values[first - 1])
        if after < len(values):
            end += (values[after - 1] - 0.5) / (values[after - 1] - values[after])
        runs.append((start, end))
    return runs
