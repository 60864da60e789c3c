"""What a camera that the person faces sees of a movement, without any error."""

from dataclasses import dataclass

import numpy as np

from models.people.render.camera import Camera
from models.risk.motion import HIPS, Array, Motion, middle

SIZE_PX = (720, 1280)
"""Width and height: the station's camera stands upright."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """
    Joints as a perfect landmark network would give them.

    Attributes:
        world_m: (F, 33, 3) float64, metres from mid-hip; x right and y down in the picture, z away from the camera.
        plane_px: (F, 33, 2) float64, pixels.
    """

    world_m: Array
    plane_px: Array


def draw_camera(motion: Motion, rng: np.random.Generator) -> Camera:
    """Somewhere before the person, 2.4 to 3.6 m from where the movement ends, turned and rolled a little."""
    end = middle(motion.points_m[-1], HIPS)
    aside = np.radians(rng.normal(0.0, 4.0))
    away = rng.uniform(2.4, 3.6)
    x, y = end[0] + away * np.sin(aside) + rng.normal(0, 0.08), end[1] + away * np.cos(aside)
    floor = float(motion.points_m[..., 2].min())
    height = floor + rng.uniform(0.9, 1.3)
    target = (float(end[0]), float(end[1]), float(floor + rng.uniform(0.8, 1.0)))
    fov, roll = float(rng.uniform(52.0, 64.0)), float(rng.normal(0.0, 0.7))
    return Camera((float(x), float(y), float(height)), target, fov, SIZE_PX, roll)


def seen(points_m: Array, camera: Camera) -> Seen:
    """The (F, 33, 3) joints of some frames in a camera."""
    world = (points_m - middle(points_m, HIPS)[:, None]) @ camera.axes.T
    plane = camera.project(points_m.reshape(-1, 3)).reshape(*points_m.shape[:2], 2)
    return Seen(world, plane)
