"""From the picture to the plane the person stands in: what camera roll, pitch, height and body turn do is taken out."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.geometry import levelled
from edge.spine.setup import Setup

MAX_YAW_DEG = 5.0
"""Without the camera's geometry a body turned further than this is not measured."""

MAX_CORRECTED_YAW_DEG = 15.0
"""With it, a body turned further than this is not measured either: a trunk is no flat plate."""


@dataclass(frozen=True, slots=True)
class Plane:
    """
    Turns picture points into points of the person's own upright plane.

        plane = Plane(roll_deg=0.8)
        plane = Plane(0.8, pitch_deg=-4.0, yaw_deg=3.0, focal_px=1800.0, distance_m=3.0, size_px=(720, 1280))

    With `focal_px`, `distance_m`, `size_px` and `pitch_deg` known, every ray of the pinhole camera is cut with the
    vertical plane that stands `distance_m` away at `pivot_px` and is turned by `yaw_deg`. Else only roll is taken out.

    Attributes:
        roll_deg: of the camera, clockwise as it looks is positive.
        pitch_deg: of the camera, looking up is positive; None when unknown.
        yaw_deg: how far the plane is turned; positive = its right end in the picture is further away.
        focal_px: of the upright frame, pixels.
        distance_m: from the lens to the person along the floor.
        size_px: width and height of the upright frame.
        pivot_px: a point of the picture the plane's axis goes through, e.g. mid-hip; None = the picture's middle.
    """

    roll_deg: float = 0.0
    pitch_deg: float | None = None
    yaw_deg: float = 0.0
    focal_px: float | None = None
    distance_m: float | None = None
    size_px: tuple[int, int] | None = None
    pivot_px: tuple[float, float] | None = None

    @property
    def knows_the_camera(self) -> bool:
        """Whether pitch, height and turn are taken out, not roll alone."""
        return None not in (self.pitch_deg, self.focal_px, self.distance_m, self.size_px)

    def flat(self, points_px: NDArray[np.floating]) -> NDArray[np.float64]:
        """
        Points of the picture as a level camera straight in front of the plane would have them, up to a shift.

        Args:
            points_px: (N, 2), pixels of the upright frame, x right and y down.

        Returns:
            (N, 2) float64, pixels at the scale of the person's distance.
        """
        if self.focal_px is None or self.distance_m is None or not self.knows_the_camera:
            return levelled(points_px, self.roll_deg)
        distance, turn = self.distance_m, math.radians(self.yaw_deg)
        middle = np.array(self.size_px, np.float64) / 2
        pivot = middle if self.pivot_px is None else np.array(self.pivot_px, np.float64)
        across, ahead, up = self._rays(np.vstack([points_px, pivot[None]]), self.focal_px)
        pivot_m = distance * across[-1] / ahead[-1]
        across, ahead, up = across[:-1], ahead[:-1], up[:-1]
        cos, sin = math.cos(turn), math.sin(turn)
        reach = (distance * cos - pivot_m * sin) / (ahead * cos - across * sin)
        along = (reach * across - pivot_m) * cos + (reach * ahead - distance) * sin
        return np.column_stack([along, -reach * up]) * (self.focal_px / distance)

    def _rays(self, points_px: NDArray[np.floating], focal_px: float) -> NDArray[np.float64]:
        """(3, N) float64, directions of the rays: right, ahead along the floor, up."""
        middle = np.array(self.size_px, np.float64) / 2
        x, y = (levelled(np.asarray(points_px, np.float64) - middle, self.roll_deg) / focal_px).T
        pitch = math.radians(self.pitch_deg or 0.0)
        return np.stack([x, math.cos(pitch) + y * math.sin(pitch), math.sin(pitch) - y * math.cos(pitch)])


def focal_px(setup: Setup, size_px: tuple[int, int] | None) -> float | None:
    """The camera's focal length in pixels of the upright frame; None when its field of view is not known."""
    if setup.vertical_fov_deg is None or size_px is None:
        return None
    return size_px[1] / 2 / math.tan(math.radians(setup.vertical_fov_deg) / 2)


def false_tilt_deg(above_camera_m: float, distance_m: float, yaw_deg: float) -> float:
    """
    How much a level line seems to tilt because the body is turned and stands above or below the camera's height.

    Source: clinical ground, fact 8: atan((h / Z) tan psi). Only for saying how much it would be: `Plane` takes it out
    exactly.

    >>> round(false_tilt_deg(0.35, 3.0, 5.0), 2)
    0.58
    """
    return math.degrees(math.atan(above_camera_m / distance_m * math.tan(math.radians(yaw_deg))))


def pitch_from_feet_deg(feet_px: tuple[float, float], plane: Plane, camera_height_m: float) -> float | None:
    """
    The camera's pitch from where the feet stand in the picture, degrees, looking up is positive.

    Args:
        feet_px: a point of the floor below the person, pixels of the upright frame.
        plane: its roll, focal length, distance and size are used.
        camera_height_m: of the lens above the floor.
    """
    if plane.focal_px is None or plane.distance_m is None or plane.size_px is None:
        return None
    middle = np.array(plane.size_px, np.float64) / 2
    y = levelled(np.array([feet_px]) - middle, plane.roll_deg)[0, 1] / plane.focal_px
    return math.degrees(math.atan(y) - math.atan(camera_height_m / plane.distance_m))
