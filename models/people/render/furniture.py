"""What stands and hangs along a wall."""

from collections.abc import Callable

import numpy as np

from models.people.render.palettes import shade
from models.people.render.room import Joiner, Stuff
from models.people.render.surfaces import Colour
from models.people.render.textures import BOARD, BOOKS, CHART, DOOR, METAL, PAINT, POSTER, WALL_BARS, WINDOW, WOOD

Place = tuple[float, float, float]
"""Left end, width and the wall's distance, metres in the room's own axes."""
_WHITE: Colour = (0.8, 0.8, 0.78)
_WOODS: tuple[tuple[Colour, Colour], ...] = (
    ((0.5, 0.33, 0.18), (0.33, 0.2, 0.1)),
    ((0.3, 0.17, 0.09), (0.18, 0.09, 0.05)),
    ((0.66, 0.54, 0.4), (0.52, 0.4, 0.28)),
)


def _stuff(rng: np.random.Generator, texture: int, colours: tuple[Colour, Colour], gloss: float = 0.1) -> Stuff:
    """Some material with its own seed."""
    return Stuff(texture, (shade(colours[0], rng), shade(colours[1], rng)), gloss=gloss, seed=int(rng.integers(1000)))


def _wood(rng: np.random.Generator) -> Stuff:
    return _stuff(rng, WOOD, _WOODS[int(rng.integers(len(_WOODS)))], 0.2)


def _board_material(rng: np.random.Generator) -> Stuff:
    """What cabinets are made of."""
    tones: list[Colour] = [(0.75, 0.75, 0.73), (0.3, 0.36, 0.42), (0.55, 0.56, 0.57)]
    tone = tones[int(rng.integers(len(tones)))]
    return _wood(rng) if rng.random() < 0.4 else _stuff(rng, PAINT, (tone, tone), 0.25)


def _door(joiner: Joiner, place: Place, rng: np.random.Generator) -> None:
    left, width, wall = place
    leaf = _wood(rng) if rng.random() < 0.3 else _stuff(rng, DOOR, (_WHITE, (0.7, 0.7, 0.68)), 0.25)
    joiner.hang(left, 0.0, (width, 2.05), wall, Stuff(DOOR, leaf.colours, gloss=leaf.gloss, seed=leaf.seed))


def _window(joiner: Joiner, place: Place, rng: np.random.Generator) -> None:
    left, width, wall = place
    sky = shade((0.8, 0.88, 0.95), rng, 0.03)
    glass = Stuff(WINDOW, (sky, _WHITE), glow=float(rng.uniform(0.8, 1.5)), seed=int(rng.integers(1000)))
    low = float(rng.uniform(0.85, 1.1))
    joiner.hang(left, low, (width, float(rng.uniform(0.9, 1.35))), wall, glass)
    sill = _stuff(rng, PAINT, (_WHITE, _WHITE), 0.3)
    joiner.box((left - 0.04, wall - 0.14, low - 0.035), (width + 0.08, 0.14, 0.03), sill, sill)
    if rng.random() < 0.5:
        _radiator(joiner, (left + 0.1 * width, 0.8 * width, wall), rng)


def _radiator(joiner: Joiner, place: Place, rng: np.random.Generator) -> None:
    left, width, wall = place
    steel = _stuff(rng, PAINT, (_WHITE, _WHITE), 0.3)
    for n in range(max(4, int(width / 0.09))):
        joiner.box((left + 0.09 * n, wall - 0.1, 0.13), (0.06, 0.07, 0.55), steel, steel)


def _poster(joiner: Joiner, place: Place, rng: np.random.Generator) -> None:
    left, width, wall = place
    ink: Colour = tuple(float(part) for part in rng.uniform(0.03, 0.6, 3))  # type: ignore[assignment]
    sheet = Stuff(POSTER, (ink, shade((0.8, 0.8, 0.78), rng, 0.03)), gloss=0.1, seed=int(rng.integers(1000)))
    joiner.hang(left, float(rng.uniform(1.05, 1.5)), (width, width * float(rng.uniform(1.2, 1.5))), wall, sheet)


def _chart(joiner: Joiner, place: Place, rng: np.random.Generator) -> None:
    left, width, wall = place
    joiner.hang(left, 0.0, (width, 2.0), wall, Stuff(CHART, (shade((0.82, 0.8, 0.68), rng), (0.05, 0.05, 0.06))))


def _cabinet(joiner: Joiner, place: Place, rng: np.random.Generator) -> None:
    left, width, wall = place
    height, depth, body = float(rng.uniform(0.75, 2.0)), float(rng.uniform(0.3, 0.5)), _board_material(rng)
    doors = max(1, round(width / 0.5))
    joiner.box((left, wall - depth, 0.0), (width, depth, height), body, body)
    handle = _stuff(rng, METAL, ((0.5, 0.5, 0.5), (0.25, 0.25, 0.26)), 0.5)
    gap = Stuff(PAINT, ((0.05, 0.05, 0.05), (0.05, 0.05, 0.05)))
    for n in range(doors):
        at = left + width * n / doors
        if n:
            joiner.hang(at - 0.003, 0.03, (0.006, height - 0.06), wall - depth, gap)
        joiner.hang(at + 0.06, height * 0.55, (0.018, 0.14), wall - depth, handle)


def _bookshelf(joiner: Joiner, place: Place, rng: np.random.Generator) -> None:
    left, width, wall = place
    height, frame = float(rng.choice([1.02, 1.35, 1.68, 2.01])), _wood(rng)
    first, second = rng.uniform(0.03, 0.6, 3), rng.uniform(0.03, 0.6, 3)
    books = Stuff(BOOKS, (tuple(first.tolist()), tuple(second.tolist())), seed=int(rng.integers(1000)))
    joiner.box((left, wall - 0.3, 0.0), (width, 0.3, height), books, frame)
    joiner.hang(left, 0.0, (0.025, height), wall - 0.3, frame)
    joiner.hang(left + width - 0.025, 0.0, (0.025, height), wall - 0.3, frame)


def _bench(joiner: Joiner, place: Place, rng: np.random.Generator) -> None:
    left, width, wall = place
    plank, leg = _wood(rng), _stuff(rng, PAINT, ((0.06, 0.06, 0.065), (0.06, 0.06, 0.065)), 0.3)
    joiner.box((left, wall - 0.42, 0.41), (width, 0.3, 0.045), plank, plank)
    for at in (left + 0.12, left + width - 0.2):
        joiner.box((at, wall - 0.4, 0.0), (0.07, 0.26, 0.41), leg, leg)


def _couch(joiner: Joiner, place: Place, rng: np.random.Generator) -> None:
    left, width, wall = place
    tones: list[Colour] = [(0.06, 0.12, 0.2), (0.08, 0.2, 0.19), (0.12, 0.12, 0.13), (0.3, 0.07, 0.06)]
    tone = tones[int(rng.integers(len(tones)))]
    leather, steel = _stuff(rng, PAINT, (tone, tone), 0.35), _stuff(rng, METAL, ((0.5, 0.5, 0.5), (0.3, 0.3, 0.3)), 0.4)
    joiner.box((left, wall - 0.75, 0.62), (width, 0.65, 0.1), leather, leather)
    for at in (left + 0.1, left + width - 0.15):
        for deep in (0.7, 0.2):
            joiner.box((at, wall - deep, 0.0), (0.05, 0.05, 0.62), steel, steel)


def _wall_bars(joiner: Joiner, place: Place, rng: np.random.Generator) -> None:
    left, width, wall = place
    bars = _stuff(rng, WALL_BARS, ((0.55, 0.38, 0.2), (0.1, 0.08, 0.06)), 0.2)
    sides = _wood(rng)
    joiner.box((left, wall - 0.12, 0.0), (width, 0.12, 2.45), bars, sides)


def _mats(joiner: Joiner, place: Place, rng: np.random.Generator) -> None:
    left, width, wall = place
    tone: Colour = ((0.05, 0.13, 0.3), (0.05, 0.2, 0.12), (0.35, 0.06, 0.05))[int(rng.integers(3))]
    for n in range(int(rng.integers(2, 6))):
        mat, shift = _stuff(rng, PAINT, (tone, tone), 0.2), float(rng.uniform(0, 0.05))
        joiner.box((left + shift, wall - 0.95 + shift, 0.08 * n), (width - 0.06, 0.85, 0.078), mat, mat)


def _board(joiner: Joiner, place: Place, rng: np.random.Generator) -> None:
    left, width, wall = place
    tone: Colour = (0.03, 0.07, 0.05) if rng.random() < 0.6 else (0.75, 0.76, 0.76)
    frame: Colour = (0.5, 0.4, 0.3) if tone[0] < 0.1 else (0.3, 0.3, 0.31)
    joiner.hang(left, 0.85, (width, 1.15), wall, _stuff(rng, BOARD, (tone, frame), 0.2))


Furnisher = Callable[[Joiner, Place, np.random.Generator], None]
FURNISH: dict[str, Furnisher] = {
    "door": _door, "window": _window, "radiator": _radiator, "poster": _poster, "height chart": _chart,
    "cabinet": _cabinet, "bookshelf": _bookshelf, "bench": _bench, "couch": _couch, "wall bars": _wall_bars,
    "mats": _mats, "board": _board,
}  # fmt: skip
FURNITURE = {
    "door": (0.82, 0.98), "window": (0.8, 1.8), "radiator": (0.6, 1.2), "poster": (0.35, 0.7),
    "height chart": (0.15, 0.2), "cabinet": (0.5, 1.4), "bookshelf": (0.7, 1.4), "bench": (1.2, 2.6),
    "couch": (1.7, 2.0), "wall bars": (0.85, 1.0), "mats": (1.2, 2.0), "board": (1.4, 2.6),
}  # fmt: skip
"""How wide each may be, metres."""
