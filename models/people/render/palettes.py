"""Which floors, walls and things belong to which kind of room."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.people.render.room import Stuff
from models.people.render.surfaces import Colour
from models.people.render.textures import BRICK, CARPET, LINO, PLANKS, PLASTER, TILES

Maker = Callable[[np.random.Generator], Stuff]


def shade(colour: tuple[float, float, float], rng: np.random.Generator, spread: float = 0.08) -> Colour:
    """A colour near another one, linear."""
    around = np.clip(np.asarray(colour) * rng.uniform(0.85, 1.15) * (1 + rng.normal(0, spread, 3)), 0.01, 0.9)
    return float(around[0]), float(around[1]), float(around[2])


def _wood_floor(rng: np.random.Generator) -> Stuff:
    tones = [(0.42, 0.25, 0.13), (0.5, 0.34, 0.2), (0.3, 0.16, 0.08), (0.46, 0.38, 0.29), (0.2, 0.12, 0.075)]
    tone = tones[int(rng.integers(len(tones)))]
    lighter = (min(1.3 * tone[0], 1), min(1.32 * tone[1], 1), min(1.35 * tone[2], 1))
    size = (float(rng.uniform(0.6, 2.0)), float(rng.uniform(0.06, 0.2)))
    return Stuff(PLANKS, (shade(tone, rng), shade(lighter, rng)), size, float(rng.uniform(0.1, 0.7)), seed=_seed(rng))


def _lino_floor(rng: np.random.Generator) -> Stuff:
    tones = [(0.3, 0.33, 0.34), (0.22, 0.28, 0.33), (0.3, 0.36, 0.29), (0.42, 0.38, 0.31), (0.2, 0.2, 0.21)]
    tone = tones[int(rng.integers(len(tones)))]
    speck = (0.62 * tone[0], 0.62 * tone[1], 0.62 * tone[2])
    return Stuff(LINO, (shade(tone, rng), shade(speck, rng)), gloss=float(rng.uniform(0.15, 0.7)), seed=_seed(rng))


def _tiled_floor(rng: np.random.Generator) -> Stuff:
    tone = [(0.55, 0.52, 0.47), (0.36, 0.36, 0.37), (0.42, 0.3, 0.22)][int(rng.integers(3))]
    side = float(rng.choice([0.2, 0.3, 0.33, 0.6]))
    grout = shade((0.3, 0.29, 0.28), rng)
    return Stuff(TILES, (shade(tone, rng), grout), (side, side), float(rng.uniform(0.2, 0.8)), seed=_seed(rng))


def _carpet(rng: np.random.Generator) -> Stuff:
    tone = [(0.13, 0.15, 0.2), (0.22, 0.2, 0.18), (0.16, 0.17, 0.17), (0.25, 0.12, 0.1)][int(rng.integers(4))]
    return Stuff(CARPET, (shade(tone, rng), shade((0.6 * tone[0], 0.6 * tone[1], 0.6 * tone[2]), rng)), seed=_seed(rng))


def _plaster(rng: np.random.Generator) -> Stuff:
    tones = [
        (0.74, 0.73, 0.7),
        (0.68, 0.66, 0.58),
        (0.55, 0.62, 0.66),
        (0.6, 0.66, 0.57),
        (0.7, 0.6, 0.52),
        (0.4, 0.43, 0.45),
    ]
    tone = shade(tones[int(rng.integers(len(tones)))], rng, 0.04)
    return Stuff(PLASTER, (tone, (0.93 * tone[0], 0.93 * tone[1], 0.92 * tone[2])), seed=_seed(rng))


def _brick(rng: np.random.Generator) -> Stuff:
    painted = rng.random() < 0.5
    tone = shade((0.66, 0.64, 0.6) if painted else (0.36, 0.15, 0.1), rng)
    mortar = (0.85 * tone[0], 0.85 * tone[1], 0.85 * tone[2]) if painted else shade((0.45, 0.42, 0.38), rng)
    return Stuff(BRICK, (tone, mortar), (0.25, 0.085), seed=_seed(rng))


def _tiled_wall(rng: np.random.Generator) -> Stuff:
    tone = shade([(0.75, 0.76, 0.75), (0.62, 0.72, 0.72), (0.7, 0.68, 0.6)][int(rng.integers(3))], rng, 0.03)
    return Stuff(TILES, (tone, shade((0.5, 0.5, 0.49), rng)), (0.15, 0.15), 0.5, seed=_seed(rng))


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(1000))


@dataclass(frozen=True, slots=True)
class Palette:
    """
    One kind of room.

    Attributes:
        floors, walls: what they may be made of.
        things: what may stand or hang there.
        back_m: how far behind the people the wall may stand.
        height_m: of the ceiling.
        dado: chance of a painted lower half of the wall.
    """

    floors: tuple[Maker, ...]
    walls: tuple[Maker, ...]
    things: tuple[str, ...]
    back_m: tuple[float, float] = (0.5, 2.2)
    height_m: tuple[float, float] = (2.4, 2.9)
    dado: float = 0.1

    def floor(self, rng: np.random.Generator) -> Stuff:
        """One of the floors."""
        return self.floors[int(rng.integers(len(self.floors)))](rng)

    def wall(self, rng: np.random.Generator) -> Stuff:
        """One of the walls."""
        return self.walls[int(rng.integers(len(self.walls)))](rng)


PALETTES = {
    "gymnasium": Palette(
        (_wood_floor, _lino_floor),
        (_brick, _plaster, _plaster),
        ("wall bars", "bench", "window", "door", "mats", "wall bars"),
        (0.6, 3.5),
        (3.2, 5.0),
        0.3,
    ),
    "practice": Palette(
        (_lino_floor, _tiled_floor, _wood_floor),
        (_plaster, _plaster, _tiled_wall),
        ("height chart", "couch", "cabinet", "poster", "door", "window", "poster"),
        dado=0.15,
    ),
    "classroom": Palette(
        (_lino_floor, _wood_floor, _carpet),
        (_plaster,),
        ("board", "bookshelf", "cabinet", "poster", "window", "door", "poster"),
        height_m=(2.7, 3.4),
        dado=0.25,
    ),
    "corridor": Palette(
        (_lino_floor, _tiled_floor),
        (_plaster, _brick, _tiled_wall),
        ("door", "door", "bench", "poster", "cabinet"),
        dado=0.35,
    ),
    "living room": Palette(
        (_wood_floor, _carpet),
        (_plaster,),
        ("bookshelf", "cabinet", "poster", "window", "door", "radiator"),
        (0.4, 1.8),
    ),
}
