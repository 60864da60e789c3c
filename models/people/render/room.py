"""A room as data, and the joiner that builds one from walls, boxes and things that hang."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from models.people.render.camera import Camera
from models.people.render.surfaces import Colour, Surface

Vector = NDArray[np.float64]
_DECAL_M = 0.006
"""How far before a wall flat things hang."""


@dataclass(frozen=True, eq=False)
class Room:
    """
    What stands around the people.

    Attributes:
        surfaces: everything that can be seen of it.
        blocks: (B, 3, 4) float64: boxes that take light away, as frames from the world to -1..1.
        walls: (W, 4) float64: inward normal and offset of floor, walls and ceiling.
        outside: colour where there is no surface, linear.
        kind: of room, in a word.
    """

    surfaces: tuple[Surface, ...]
    blocks: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 3, 4)))
    walls: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 4)))
    outside: Colour = (0.35, 0.36, 0.38)
    kind: str = "bare"

    def with_more(self, *others: "Room") -> "Room":
        """The same room with more in it."""
        return replace(
            self,
            surfaces=(*self.surfaces, *(surface for other in others for surface in other.surfaces)),
            blocks=np.concatenate([self.blocks, *(other.blocks for other in others)]),
        )


EMPTY = Room(())
"""Nothing but people before an even ground."""


@dataclass(frozen=True, slots=True)
class Stuff:
    """
    What something is made of.

    Attributes:
        texture: a number of `textures`.
        colours: two, linear.
        scale_m: of tiles, planks or bricks.
        gloss: 0 dull to 1 polished.
        glow: light it gives by itself.
        seed: makes two pieces differ.
    """

    texture: int
    colours: tuple[Colour, Colour]
    scale_m: tuple[float, float] = (1.0, 1.0)
    gloss: float = 0.0
    glow: float = 0.0
    seed: int = 0


class Joiner:
    """
    Builds in a room's own axes: a to the picture's right, b away from the camera, c up; (0, 0) is where people stand.
    """

    def __init__(self, origin_m: tuple[float, float], away_deg: float) -> None:
        """Start at a place of the floor, with b pointing `away_deg` from the world's x axis."""
        angle = np.radians(away_deg)
        self.b = np.array([np.cos(angle), np.sin(angle), 0.0])
        self.c = np.array([0.0, 0.0, 1.0])
        self.a = np.cross(self.b, self.c)
        self._origin = np.array([*origin_m, 0.0])
        self._surfaces: list[Surface] = []
        self._blocks: list[Vector] = []
        self._walls: list[Vector] = []

    def at(self, a: float, b: float, c: float) -> Vector:
        """A place of the room in the world's frame."""
        return np.asarray(self._origin + a * self.a + b * self.b + c * self.c, np.float64)

    def rectangle(self, corner: Vector, across: Vector, along: Vector, size: tuple[float, float], stuff: Stuff) -> None:
        """Add one rectangle; small ones need fewer cells of light."""
        cells = int(np.clip(14 * max(size), 4, 64))
        self._surfaces.append(
            Surface(
                corner,
                across,
                along,
                size,
                stuff.texture,
                stuff.colours,
                stuff.scale_m,
                stuff.gloss,
                stuff.glow,
                stuff.seed,
                cells,
            )
        )

    def wall(self, corner: Vector, across: Vector, along: Vector, size: tuple[float, float], stuff: Stuff) -> None:
        """Add a wall, floor or ceiling: a rectangle that darkens its neighbours' corners."""
        self.rectangle(corner, across, along, size, stuff)
        normal = self._surfaces[-1].normal
        self._walls.append(np.array([*normal, normal @ corner]))

    def hang(self, left: float, low: float, size: tuple[float, float], wall_b: float, stuff: Stuff) -> None:
        """Hang something flat on the back wall at `wall_b`."""
        self.rectangle(self.at(left, wall_b - _DECAL_M, low), self.a, self.c, size, stuff)

    def box(self, low: tuple[float, float, float], size: tuple[float, float, float], front: Stuff, side: Stuff) -> None:
        """Add a box by its lower near left corner; what the camera faces may differ from the other sides."""
        (a, b, c), (width, depth, height) = low, size
        self.rectangle(self.at(a, b, c), self.a, self.c, (width, height), front)
        self.rectangle(self.at(a, b + depth, c), -self.b, self.c, (depth, height), side)
        self.rectangle(self.at(a + width, b, c), self.b, self.c, (depth, height), side)
        self.rectangle(self.at(a, b, c + height), self.a, self.b, (width, depth), side)
        self.rectangle(self.at(a + width, b + depth, c), -self.a, self.c, (width, height), side)
        if c > 0.05:
            self.rectangle(self.at(a + width, b, c), -self.a, self.b, (width, depth), side)
        middle = self.at(a + width / 2, b + depth / 2, c + height / 2)
        rows = np.stack([self.a * 2 / width, self.b * 2 / depth, self.c * 2 / height])
        self._blocks.append(np.concatenate([rows, -(rows @ middle)[:, None]], 1))

    def room(self, kind: str, outside: Colour = (0.3, 0.31, 0.33)) -> Room:
        """Everything built so far."""
        blocks = np.stack(self._blocks) if self._blocks else np.zeros((0, 3, 4))
        walls = np.stack(self._walls) if self._walls else np.zeros((0, 4))
        return Room(tuple(self._surfaces), blocks, walls, outside, kind)


def away_deg(camera: Camera) -> float:
    """The direction a camera looks in over the floor, from the world's x axis."""
    ahead = np.subtract(camera.target_m, camera.position_m)
    return float(np.degrees(np.arctan2(ahead[1], ahead[0])))
