"""How well an outline agrees with the true one."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.pose.region import Region

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Score:
    """
    One outline against the truth, inside one square.

    Attributes:
        overlap: intersection over union, 0 to 1.
        boundary_px: mean distance between the two boundaries, both ways, pixels of the picture.
        boundary_worst_px: 95th percentile of the same.
    """

    overlap: float
    boundary_px: float
    boundary_worst_px: float


def score(found: Mask, truth: Mask, square: Region) -> Score:
    """
    Compare two masks of the picture inside an upright square.

    Args:
        found, truth: (H, W) bool.
        square: where to compare; what lies outside is nobody's business.
    """
    rows, columns = _slices(square, truth.shape)
    found, truth = found[rows, columns], truth[rows, columns]
    overlap = float((found & truth).sum() / max((found | truth).sum(), 1))
    edges = boundary(found), boundary(truth)
    if not (edges[0].any() and edges[1].any()):
        return Score(overlap, float("inf"), float("inf"))
    distances = np.concatenate([_distance(edges[1])[edges[0]], _distance(edges[0])[edges[1]]])
    return Score(overlap, float(distances.mean()), float(np.percentile(distances, 95)))


def boundary(mask: Mask) -> Mask:
    """The pixels of a mask with a neighbour outside it; the edge of the picture is no boundary."""
    padded = np.pad(mask, 1, mode="edge")
    inside = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    return np.asarray(mask & ~inside, np.bool_)


def _distance(edge: Mask) -> NDArray[np.float32]:
    return np.asarray(cv2.distanceTransform((~edge).astype(np.uint8), cv2.DIST_L2, 5), np.float32)


def _slices(square: Region, shape: tuple[int, ...]) -> tuple[slice, slice]:
    half = square.side_px / 2
    edges = [(square.y_px - half, square.y_px + half, shape[0]), (square.x_px - half, square.x_px + half, shape[1])]
    rows, columns = (slice(max(round(low), 0), min(round(high), limit)) for low, high, limit in edges)
    return rows, columns
