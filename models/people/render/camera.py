"""A camera without lens errors, and what it sees where."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.people.rotation import crossed

Array = NDArray[Any]
UP = np.array([0.0, 0.0, 1.0])


@dataclass(frozen=True)
class Camera:
    """
    Where a camera stands and looks, in the world's frame: x to the person's right, y forward, z up.

    Attributes:
        position_m: of the lens.
        target_m: what stands in the middle of the picture.
        vertical_fov_deg: how much it sees from the upper to the lower edge.
        size_px: width and height of the picture.
        roll_deg: clockwise as the camera's user sees it; the picture's content turns the other way.
    """

    position_m: tuple[float, float, float]
    target_m: tuple[float, float, float]
    vertical_fov_deg: float = 45.0
    size_px: tuple[int, int] = (640, 480)
    roll_deg: float = 0.0

    def __post_init__(self) -> None:
        if not 1.0 <= self.vertical_fov_deg <= 150.0:
            raise ValueError(f"vertical_fov_deg must be within 1 and 150, got {self.vertical_fov_deg}")
        if min(self.size_px) < 8:
            raise ValueError(f"size_px must be at least 8 x 8, got {self.size_px}")
        if np.hypot(*np.subtract(self.target_m, self.position_m)[:2]) < 1e-6:
            raise ValueError("target_m must not stand straight above or below position_m")

    @cached_property
    def axes(self) -> NDArray[np.float64]:
        """(3, 3) float64: the picture's right, its downward and the viewing direction as rows, in the world's frame."""
        forward = np.subtract(self.target_m, self.position_m).astype(np.float64)
        forward /= np.linalg.norm(forward)
        right = crossed(forward, UP)
        right /= np.linalg.norm(right)
        down = crossed(forward, right)
        cos, sin = np.cos(np.radians(self.roll_deg)), np.sin(np.radians(self.roll_deg))
        return np.stack([cos * right + sin * down, cos * down - sin * right, forward])

    @cached_property
    def focal_px(self) -> float:
        """The distance of the picture plane, in pixels."""
        return float(0.5 * self.size_px[1] / np.tan(np.radians(self.vertical_fov_deg) / 2))

    def seen_from(self, points_m: ArrayLike) -> NDArray[np.float64]:
        """(N, 3) float64, metres: right of, below and before the lens, from (N, 3) points of the world."""
        away: NDArray[np.float64] = np.asarray(points_m, np.float64) - np.asarray(self.position_m)
        return np.asarray(away @ self.axes.T, np.float64)

    def project(self, points_m: ArrayLike) -> NDArray[np.float64]:
        """(N, 2) float64, pixels from the picture's upper left corner; NaN for what is behind the lens."""
        local = self.seen_from(points_m)
        depth = np.where(local[..., 2:] > 0, local[..., 2:], np.nan)
        return np.asarray(self.focal_px * local[..., :2] / depth + np.asarray(self.size_px) / 2, np.float64)

    def depth(self, points_m: ArrayLike) -> NDArray[np.float64]:
        """(N,) float64, metres along the viewing direction; negative behind the lens."""
        return np.asarray(self.seen_from(points_m)[..., 2], np.float64)
