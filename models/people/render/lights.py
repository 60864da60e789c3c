"""The light of a room: one to three lamps or windows that cast clear shadows, and the soft rest from all sides."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_KEYS = 12


@dataclass(frozen=True)
class Key:
    """
    One lamp or window, far enough away that its light falls in parallel.

    Attributes:
        towards: (3,) unit vector from the scene to the light.
        colour: red, green, blue; linear.
        spread: how soft its shadows' edges are, 0 sharp to 1.
    """

    towards: tuple[float, float, float]
    colour: tuple[float, float, float]
    spread: float = 0.3


@dataclass(frozen=True, eq=False)
class Lights:
    """
    All light of a scene.

    Attributes:
        keys: up to twelve lights with shadow maps.
        soft_towards: (N, 3) float32, unit vectors to the soft lights, each with a coarse shadow map.
        soft_colours: (N, 3) float32, linear.
    """

    keys: tuple[Key, ...]
    soft_towards: NDArray[np.float32]
    soft_colours: NDArray[np.float32]

    def __post_init__(self) -> None:
        if len(self.keys) > MOST_KEYS:
            raise ValueError(f"at most {MOST_KEYS} lights may cast clear shadows, got {len(self.keys)}")


def sphere(count: int, turn: float = 0.0) -> NDArray[np.float64]:
    """(count, 3) float64, unit vectors spread evenly over all directions."""
    height = 1 - (2 * np.arange(count) + 1) / count
    angle = np.arange(count) * np.pi * (3 - np.sqrt(5)) + turn
    radius = np.sqrt(1 - height**2)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle), height], -1)


def direction(azimuth_deg: float, elevation_deg: float) -> tuple[float, float, float]:
    """The unit vector towards a light; azimuth from the person's right (x) over forward (y)."""
    a, e = np.radians(azimuth_deg), np.radians(elevation_deg)
    return float(np.cos(a) * np.cos(e)), float(np.sin(a) * np.cos(e)), float(np.sin(e))


def soft(above: float, floor: float, side: tuple[float, float, float], side_gain: float, count: int = 12) -> Lights:
    """
    Light from all sides, without a lamp.

    Args:
        above: from ceiling and upper walls.
        floor: from the floor.
        side: unit vector to the brighter side.
        side_gain: how much brighter that side is, 0 to 2.
        count: of soft lights.
    """
    towards = sphere(count)
    level = np.where(towards[:, 2] > 0, above, floor) * (1 + side_gain * np.clip(towards @ np.asarray(side), -0.6, 1))
    # A warm floor and a faintly blue sky: nothing in a real room is lit by pure grey.
    warm = np.where(towards[:, 2:] > 0, [[0.98, 1.0, 1.03]], [[1.06, 1.0, 0.9]])
    colours = level[:, None] * warm * 4 / count
    return Lights((), towards.astype(np.float32), colours.astype(np.float32))


def random_lights(rng: np.random.Generator, towards_camera: float | None = None) -> Lights:
    """
    The light of an ordinary room: a window or lamps from one side, more or less of it from everywhere.

    Args:
        rng: decides everything.
        towards_camera: azimuth of the camera from the scene in degrees; lights then rarely stand behind the person.
    """
    camera_deg = -90.0 if towards_camera is None else towards_camera
    keys = []
    for number in range(int(rng.choice([1, 2, 3], p=[0.45, 0.4, 0.15]))):
        azimuth = camera_deg + float(rng.choice([-1, 1])) * float(rng.uniform(25, 105))
        tint = float(rng.normal(0, 0.06))
        power = float(rng.uniform(0.35, 1.0)) / (1 + number)
        colour = (power * (1 + tint), power, power * (1 - tint))
        keys.append(Key(direction(azimuth, float(rng.uniform(22, 72))), colour, float(rng.uniform(0.15, 0.9))))
    base = soft(
        float(rng.uniform(0.16, 0.4)), float(rng.uniform(0.05, 0.14)), keys[0].towards, float(rng.uniform(0, 1))
    )
    return Lights(tuple(keys), base.soft_towards, base.soft_colours)
