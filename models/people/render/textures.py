"""
What rooms are made of, drawn by rule at true scale.

Every texture takes a place on its surface in metres and gives (mix, brightness): how much of the second colour, and a
factor on the result. `sharp` is 1 where a pixel is smaller than the finest detail and falls to 0 where it is not, so
that far floors do not flicker.
"""

from math import exp, floor, sin

from models.people.render.compiled import compiled
from models.people.render.noise import flat_noise, hashed, layered_noise

PAINT, PLASTER, BRICK, TILES, PLANKS, LINO, CARPET = range(7)
WOOD, POSTER, CHART, WINDOW, DOOR, METAL, BOOKS, BOARD, WALL_BARS = range(7, 16)

Pair = tuple[float, float]
Scale = tuple[float, float]


@compiled
def texture(kind: int, place: Pair, size: Pair, scale: Scale, look: tuple[float, int]) -> Pair:
    """Mix and brightness of any texture; `look` is (metres one pixel covers, seed)."""
    footprint, seed = look
    if kind >= WOOD:
        return _furnishing(kind, place, size, footprint, seed)
    stains = 0.93 + 0.14 * layered_noise(0.9 * place[0], 0.9 * place[1], seed)
    mixed, bright = _building(kind, place, scale, footprint, seed)
    return mixed, bright * stains


@compiled
def _building(kind: int, place: Pair, scale: Scale, footprint: float, seed: int) -> Pair:
    """Walls and floors."""
    a, b = place
    if kind == PLASTER:
        return _plaster(a, b, footprint, seed)
    if kind == BRICK:
        return _bricks(a, b, scale, footprint, seed)
    if kind == TILES:
        return _tiles(a, b, scale, footprint, seed)
    if kind == PLANKS:
        return _planks(a, b, scale, footprint, seed)
    if kind == LINO:
        return _lino(a, b, footprint, seed)
    if kind == CARPET:
        return _sharp(footprint, 0.006) * flat_noise(220 * a, 220 * b, seed), 1.0
    return 0.0, 1.0


@compiled
def _furnishing(kind: int, place: Pair, size: Pair, footprint: float, seed: int) -> Pair:
    """What stands in a room or hangs on its walls."""
    a, b = place
    if kind == WOOD:
        return _grain(b, a, footprint, seed), 1.0
    if kind == POSTER:
        return _poster(a / size[0], b / size[1], seed)
    if kind == CHART:
        return _chart(a, b, footprint)
    if kind == WINDOW:
        return _window(a, b, size, seed)
    if kind == DOOR:
        return _door(a, b, size, seed)
    return _more_furnishing(kind, place, size, footprint, seed)


@compiled
def _more_furnishing(kind: int, place: Pair, size: Pair, footprint: float, seed: int) -> Pair:
    """The rest of it."""
    a, b = place
    if kind == METAL:
        return 0.35 + 0.5 * sin(9 * a / size[0] + seed) ** 2, 0.92 + 0.16 * flat_noise(4 * a, 160 * b, seed)
    if kind == BOOKS:
        return _books(a, b, seed)
    if kind == BOARD:
        edge = min(min(a, size[0] - a), min(b, size[1] - b))
        chalk = flat_noise(26 * a, 9 * b, seed) > 0.83 and flat_noise(1.5 * a, 3 * b, seed + 1) > 0.55
        return (1.0 if edge < 0.03 else 0.35 if chalk else 0.0), 0.9 + 0.2 * layered_noise(a, b, seed)
    if kind == WALL_BARS:
        return _wall_bars(a, b, size)
    return 0.0, 1.0


@compiled
def _sharp(footprint: float, detail_m: float) -> float:
    """How much of a detail a pixel still shows, 0 to 1."""
    return min(max(1.6 - footprint / detail_m, 0.0), 1.0)


@compiled
def _line(distance: float, half: float, footprint: float) -> float:
    """A line of a given half width, never narrower in light than a pixel makes it."""
    return min(max((half - distance) / max(footprint, 1e-4) + 0.5, 0.0), 1.0) * min(
        2 * half / max(footprint, 1e-4), 1.0
    )


@compiled
def _plaster(a: float, b: float, footprint: float, seed: int) -> Pair:
    """A painted wall: faint clouds and the roller's grain."""
    clouds, grain = layered_noise(2.3 * a, 2.3 * b, seed), flat_noise(240 * a, 240 * b, seed + 3)
    return 0.35 * clouds, 1 + 0.07 * _sharp(footprint, 0.004) * (grain - 0.5)


@compiled
def _bricks(a: float, b: float, scale: Scale, footprint: float, seed: int) -> Pair:
    """A running bond with mortar."""
    row = floor(b / scale[1])
    shifted = a + 0.5 * scale[0] * (row & 1)
    column = floor(shifted / scale[0])
    along, up = shifted - column * scale[0], b - row * scale[1]
    gap = min(min(along, scale[0] - along), min(up, scale[1] - up))
    mortar = _line(gap, 0.005, footprint)
    tone = 0.78 + 0.4 * hashed(column, row, seed) + 0.22 * (layered_noise(14 * a, 14 * b, seed) - 0.5)
    return mortar, tone + (1 - tone) * mortar


@compiled
def _tiles(a: float, b: float, scale: Scale, footprint: float, seed: int) -> Pair:
    """Square tiles with grout, each a little different, some of the second colour's tone."""
    column, row = floor(a / scale[0]), floor(b / scale[1])
    along, up = a - column * scale[0], b - row * scale[1]
    gap = min(min(along, scale[0] - along), min(up, scale[1] - up))
    grout = _line(gap, 0.0025, footprint)
    tone = 0.95 + 0.1 * hashed(column, row, seed) + 0.08 * (layered_noise(5 * a, 5 * b, seed) - 0.5)
    return grout, tone


@compiled
def _planks(a: float, b: float, scale: Scale, footprint: float, seed: int) -> Pair:
    """Boards of random length with grain and dark joints."""
    row = floor(b / scale[1])
    shifted = a + scale[0] * hashed(row, 17, seed)
    column = floor(shifted / scale[0])
    along, up = shifted - column * scale[0], b - row * scale[1]
    joint = max(_line(min(up, scale[1] - up), 0.0014, footprint), _line(min(along, scale[0] - along), 0.001, footprint))
    tone = hashed(column, row, seed + 1)
    grain = _grain(shifted + 3 * tone, up + 7 * tone, footprint, seed)
    return 0.6 * tone + 0.4 * grain, (0.9 + 0.16 * hashed(row, column, seed)) * (1 - 0.65 * joint)


@compiled
def _grain(a: float, b: float, footprint: float, seed: int) -> float:
    """Fibres along a, with slow rings, 0 to 1."""
    rings = flat_noise(1.2 * a, 16 * b, seed)
    fibres = flat_noise(5 * a, 190 * b, seed + 2)
    return 0.62 * rings + 0.38 * (0.5 + (fibres - 0.5) * _sharp(footprint, 0.005))


@compiled
def _lino(a: float, b: float, footprint: float, seed: int) -> Pair:
    """Linoleum: a marbled ground with specks."""
    speck = flat_noise(130 * a, 130 * b, seed)
    specks = _sharp(footprint, 0.008) * (0.75 if speck > 0.74 else 0.0)
    return min(0.45 * layered_noise(3 * a + 2 * b, 9 * b, seed) + specks, 1.0), 1.0


@compiled
def _poster(u: float, v: float, seed: int) -> Pair:
    """A picture above some lines of print, on white paper (the second colour)."""
    if min(min(u, 1 - u), min(v, 1 - v)) < 0.06:
        return 1.0, 1.0
    if v < 0.33:
        line = floor(v * 44)
        ink = line & 1 and u < 0.94 - 0.4 * hashed(line, 3, seed) and hashed(floor(u * 40), line, seed) > 0.18
        return 1.0, 0.45 if ink else 1.0
    picture = layered_noise(3.2 * u, 3.2 * v, seed)
    return (0.0 if picture < 0.47 else 0.45 if picture < 0.57 else 0.8), 0.7 + 0.5 * v


@compiled
def _chart(a: float, b: float, footprint: float) -> Pair:
    """A height chart: a mark every centimetre, longer ones at five and ten."""
    centimetre = floor(100 * b + 0.5)
    reach = 0.075 if centimetre % 10 == 0 else 0.05 if centimetre % 5 == 0 else 0.028
    mark = _line(abs(b - centimetre / 100), 0.0012, footprint) if a < reach else 0.0
    figures = centimetre % 10 in (0, 1) and 0.085 < a < 0.125 and hashed(centimetre // 10, floor(a * 240), 5) > 0.4
    return max(mark, 0.8 if figures else 0.0), 1.0


@compiled
def _window(a: float, b: float, size: Pair, seed: int) -> Pair:
    """Panes between white bars (the second colour); outside, sky over blurred green."""
    bars = 2.0 if size[0] > 0.9 else 1.0
    pane = a / size[0] * bars
    across = abs(pane - floor(pane + 0.5)) * size[0] / bars
    edge = min(min(across, min(b, size[1] - b)), abs(b - 0.68 * size[1]))
    if edge < 0.035:
        return 1.0, 0.5 + 8 * edge
    outside = b / size[1] + 0.25 * (layered_noise(2 * a, 2 * b, seed) - 0.5)
    return 0.0, 0.55 + 0.75 / (1 + exp(-9 * (outside - 0.42)))


@compiled
def _door(a: float, b: float, size: Pair, seed: int) -> Pair:
    """Two sunk panels, a frame around all and a handle."""
    u, v = a / size[0], b / size[1]
    if min(u, 1 - u) < 0.07 or v > 0.965:
        return 1.0, 0.96 + 0.04 * (min(u, 1 - u) > 0.012)
    handle = abs(u - 0.86) < 0.03 and abs(v - 0.49) < 0.012
    inset = min(min(u - 0.18, 0.82 - u) * size[0], min(abs(v - 0.28), abs(v - 0.73)) * -size[1] + 0.19 * size[1])
    groove = 1 - 0.28 * exp(-((inset / 0.008) ** 2)) + 0.12 * exp(-(((inset - 0.012) / 0.006) ** 2))
    return 0.15 * flat_noise(40 * a, 2 * b, seed), 0.3 if handle else groove


@compiled
def _books(a: float, b: float, seed: int) -> Pair:
    """Shelves of books; each back its own mix and height."""
    shelf = floor(b / 0.33)
    up = b - 0.33 * shelf
    if up < 0.025:
        return 0.15, 0.8
    back = floor(a / 0.038 + 0.6 * hashed(shelf, 1, seed))
    height = 0.2 + 0.08 * hashed(back, shelf, seed)
    if up > height or hashed(back, shelf, seed + 4) < 0.1:
        return 0.0, 0.12
    return hashed(back, shelf, seed + 1), 0.45 + 0.75 * hashed(back, shelf, seed + 2)


@compiled
def _wall_bars(a: float, b: float, size: Pair) -> Pair:
    """A gymnasium's ladder of round bars before a dark gap."""
    post = min(a, size[0] - a)
    if post < 0.045:
        return 0.25, 0.75 + 5 * post
    up = b - 0.14 * floor(b / 0.14)
    if up > 0.042:
        return 1.0, 0.55 if up < 0.075 else 0.7
    across = up / 0.021 - 1
    return 0.0, 0.45 + 0.65 * max(1 - (across - 0.35) ** 2 * 0.9, 0.0)
