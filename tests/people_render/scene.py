"""Simple things before the camera for the renderer's tests."""

from dataclasses import dataclass, field

import numpy as np

from models.people.look.wardrobe import Wardrobe
from models.people.render.camera import Camera
from models.people.render.lights import Key, Lights, soft
from models.people.render.mesh import FINISHES

_SQUARES = ((0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5))
BOX_FACES = np.array([[a, *rest] for a, b, c, d in _SQUARES for rest in ((b, c), (c, d))], np.int32)
_SOFT = soft(0.3, 0.1, (0.0, -1.0, 0.0), 0.3)
LIGHTS = Lights((Key((0.0, -0.6, 0.8), (0.6, 0.6, 0.6)),), _SOFT.soft_towards, _SOFT.soft_colours)


@dataclass
class BoxBody:
    """Eight corners that count as a posed body."""

    vertices_m: np.ndarray


@dataclass
class BoxLook:
    """A grey box's look, by the names the renderer asks for."""

    wardrobe: Wardrobe | None = None
    parts: tuple[()] = ()
    faces: np.ndarray = field(default_factory=lambda: BOX_FACES.copy())
    material: np.ndarray = field(default_factory=lambda: np.zeros(12, np.int32))
    overlaid: np.ndarray = field(default_factory=lambda: np.zeros(12, bool))
    mask: np.ndarray = field(default_factory=lambda: np.zeros(12, np.int32))
    ragged: np.ndarray = field(default_factory=lambda: np.zeros(12, np.float32))
    sparse: np.ndarray = field(default_factory=lambda: np.zeros(12, np.float32))
    overlays: np.ndarray = field(default_factory=lambda: np.full(8, -1, np.int32))
    rest: np.ndarray = field(default_factory=lambda: np.zeros((8, 3), np.float32))
    fields: np.ndarray = field(default_factory=lambda: np.full((8, 8), -1, np.float32))
    tone: np.ndarray = field(default_factory=lambda: np.zeros((8, 4), np.float32))
    strand: np.ndarray = field(default_factory=lambda: np.zeros((8, 3), np.float32))
    colours: np.ndarray = field(default_factory=lambda: np.full((1, 3, 3), 0.4, np.float32))
    finish: np.ndarray = field(default_factory=lambda: np.full((1, FINISHES), 3, np.float32))

    def dressed(self, vertices_m: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        out = vertices_m - vertices_m.mean(0)
        return vertices_m, (out / np.linalg.norm(out, axis=1, keepdims=True)).astype(np.float32)


def corners(low: tuple[float, float, float], high: tuple[float, float, float]) -> np.ndarray:
    """The eight corners of an upright box, metres."""
    return np.array(
        [[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])], np.float32
    )


def camera(size_px: tuple[int, int] = (160, 120), **changes: float) -> Camera:
    """Two metres behind the origin, level, one metre high."""
    return Camera(
        (0.0, -2.0, 1.0), (0.0, 0.0, 1.0), changes.get("fov_deg", 45.0), size_px, changes.get("roll_deg", 0.0)
    )
