"""Rooms a screening happens in: gymnasium, practice, classroom, corridor, living room."""

from dataclasses import dataclass

import numpy as np

from models.people.render.camera import Camera
from models.people.render.furniture import FURNISH, FURNITURE
from models.people.render.palettes import PALETTES, Palette, shade
from models.people.render.room import Joiner, Room, Stuff, away_deg
from models.people.render.textures import PAINT, PLASTER

KINDS = tuple(PALETTES)
_BEHIND_CAMERA_M = 1.5


@dataclass(frozen=True, slots=True)
class Plan:
    """
    Where the walls stand, metres in the room's own axes around the people.

    Attributes:
        left, right: of the side walls, to the picture's left (negative) and right.
        back: of the wall behind the people.
        near: of the floor's end behind the camera, negative.
        height: of the ceiling.
    """

    left: float
    right: float
    back: float
    near: float
    height: float


def random_room(
    rng: np.random.Generator, camera: Camera, at_m: tuple[float, float] = (0.0, 0.0), kind: str | None = None
) -> Room:
    """
    Draw a room around people who stand at a place and are seen by a camera.

    Args:
        rng: decides everything.
        camera: stands inside; the wall it faces is the furnished one.
        at_m: where the people stand, world x and y.
        kind: one of `KINDS`, any when not given.
    """
    kind = kind or str(rng.choice(KINDS))
    palette = PALETTES[kind]
    distance = float(np.hypot(*np.subtract(camera.position_m[:2], at_m)))
    joiner = Joiner(at_m, away_deg(camera) + float(np.clip(rng.normal(0, 5), -12, 12)))
    plan = Plan(
        left=-float(rng.uniform(1.5, 3.6)),
        right=float(rng.uniform(1.5, 3.6)),
        back=float(rng.uniform(*palette.back_m)),
        near=-distance - _BEHIND_CAMERA_M,
        height=float(rng.uniform(*palette.height_m)),
    )
    _shell(joiner, plan, palette, rng)
    _furnish(joiner, plan, palette, rng)
    return joiner.room(kind)


def _shell(joiner: Joiner, plan: Plan, palette: Palette, rng: np.random.Generator) -> None:
    """Floor, walls, ceiling, skirting and perhaps a painted lower half."""
    wide, deep = plan.right - plan.left, plan.back - plan.near
    ground, wall = palette.floor(rng), palette.wall(rng)
    white = shade((0.78, 0.78, 0.76), rng)
    j = joiner
    j.wall(j.at(plan.left, plan.near, 0), j.a, j.b, (wide, deep), ground)
    j.wall(j.at(plan.left, plan.back, 0), j.a, j.c, (wide, plan.height), wall)
    j.wall(j.at(plan.left, plan.near, 0), j.b, j.c, (deep, plan.height), wall)
    j.wall(j.at(plan.right, plan.back, 0), -j.b, j.c, (deep, plan.height), wall)
    # The floor's light on a ceiling comes from all over the room: one value is closer to it than a dark corner.
    ceiling = Stuff(PLASTER, (white, white), glow=0.4)
    j.wall(j.at(plan.left, plan.back, plan.height), j.a, -j.b, (wide, deep), ceiling)
    height = float(rng.uniform(0.06, 0.13))
    colour = shade((0.7, 0.69, 0.66), rng) if rng.random() < 0.6 else shade((0.12, 0.09, 0.07), rng)
    skirting = Stuff(PAINT, (colour, colour), gloss=0.2)
    if rng.random() < palette.dado:
        tone = shade((0.35, 0.45, 0.42), rng)
        dado = Stuff(PLASTER, (tone, tone), gloss=0.15, seed=int(rng.integers(1000)))
        j.rectangle(j.at(plan.left, plan.back - 0.004, 0), j.a, j.c, (wide, float(rng.uniform(0.9, 1.4))), dado)
    j.box((plan.left, plan.back - 0.018, 0.0), (wide, 0.018, height), skirting, skirting)


def _furnish(joiner: Joiner, plan: Plan, palette: Palette, rng: np.random.Generator) -> None:
    """Things along the back wall that do not overlap, picked from what such a room holds."""
    free = [(plan.left + 0.1, plan.right - 0.1)]
    names = [str(name) for name in rng.permutation(palette.things)]
    for name in names[: int(rng.integers(1, 5))]:
        width = float(rng.uniform(*FURNITURE[name]))
        places = [(low, high) for low, high in free if high - low > width + 0.1]
        if not places:
            continue
        low, high = places[int(rng.integers(len(places)))]
        left = float(rng.uniform(low, high - width))
        FURNISH[name](joiner, (left, width, plan.back), rng)
        free.remove((low, high))
        free += [(low, left - 0.12), (left + width + 0.12, high)]
