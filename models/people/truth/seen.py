"""Where points lie in the picture, and which of them it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

SKIN_TOLERANCE_M = 0.02
"""A point on the skin is hidden when something else stands this much closer to the camera."""
INSIDE_TOLERANCE_M = 0.16
"""The same for a point deep inside the body: its own flesh in front of it hides nothing."""
LIMB_TOLERANCE_M = 0.08
"""The same for a joint inside a thin limb."""


class Lens(Protocol):
    """What a camera does to points."""

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height."""

    def project(self, points_m: ArrayLike) -> NDArray[np.float64]:
        """(N, 3) metres as (N, 2) pixels."""

    def depth(self, points_m: ArrayLike) -> NDArray[np.float64]:
        """(N, 3) metres as (N,) metres along the viewing direction."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """
    Some named points and where the picture shows them.

    Attributes:
        names: N of them.
        m: (N, 3) float64, metres, world.
        px: (N, 2) float64, pixels, x right and y down from the top left corner of the picture.
        visible: (N,) bool, False where something hides the point or it lies outside the picture.
        inside: (N,) bool, whether it lies inside the picture's borders.
    """

    names: tuple[str, ...]
    m: NDArray[np.float64]
    px: NDArray[np.float64]
    visible: NDArray[np.bool_]
    inside: NDArray[np.bool_]


def seen(
    names: Sequence[str],
    points_m: ArrayLike,
    lens: Lens,
    depth_m: NDArray[np.floating],
    tolerance_m: float | NDArray[np.floating],
) -> Seen:
    """
    Find points in the picture.

    Args:
        names: of the points.
        points_m: (N, 3), metres, world.
        lens: of the camera.
        depth_m: (H, W), metres along the viewing direction to what each pixel shows; inf or 0 where it shows nothing.
        tolerance_m: how much closer something may be before it hides a point; one number or one a point.
    """
    points = np.asarray(points_m, np.float64).reshape(-1, 3)
    px, away = lens.project(points), lens.depth(points)
    width, height = lens.size_px
    finite = np.isfinite(px).all(axis=1) & (away > 0)
    inside = finite & (px >= 0).all(axis=1) & (px[:, 0] < width) & (px[:, 1] < height)
    visible = inside & (_nearest_m(px, inside, depth_m) >= away - tolerance_m)
    return Seen(tuple(names), points, px, visible, inside)


def _nearest_m(
    px: NDArray[np.float64], inside: NDArray[np.bool_], depth_m: NDArray[np.floating]
) -> NDArray[np.float64]:
    """(N,) metres: what stands before each point; the furthest of 3 x 3 pixels, so that a rim hides nothing."""
    empty = np.where((depth_m > 0) & np.isfinite(depth_m), depth_m, np.inf)
    padded = np.pad(empty, 1, mode="edge")
    found = np.full(len(px), np.inf)
    for number in np.flatnonzero(inside):
        x, y = int(px[number, 0]), int(px[number, 1])
        found[number] = padded[y : y + 3, x : x + 3].max()
    return found
