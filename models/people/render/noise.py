"""Noise that is the same on every machine: whole-number hashes, smooth values and their slopes."""

from math import floor

from models.people.render.compiled import compiled

Triple = tuple[float, float, float]
Quadruple = tuple[float, float, float, float]


@compiled
def hashed(x: int, y: int, z: int) -> float:
    """A number in [0, 1) that belongs to a cell of the whole-number grid."""
    mixed = (x * 374761393 + y * 668265263 + z * 1440662683) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> 15)) * 2246822519) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> 13)) * 3266489917) & 0xFFFFFFFF
    return ((mixed ^ (mixed >> 16)) & 0xFFFFFF) / 16777216.0


@compiled
def smooth_noise(x: float, y: float, z: float) -> float:
    """Values in [0, 1), mean 0.5, that vary smoothly over about one unit of length."""
    i, j, k = floor(x), floor(y), floor(z)
    u, v, w = x - i, y - j, z - k
    u, v, w = u * u * (3 - 2 * u), v * v * (3 - 2 * v), w * w * (3 - 2 * w)
    near = _blend(i, j, k, u, v)
    return near + (_blend(i, j, k + 1, u, v) - near) * w


@compiled
def _blend(i: int, j: int, k: int, u: float, v: float) -> float:
    """The value inside one square of the grid."""
    a, b = hashed(i, j, k), hashed(i + 1, j, k)
    c, d = hashed(i, j + 1, k), hashed(i + 1, j + 1, k)
    return a + (b - a) * u + (c - a) * v + (a - b - c + d) * u * v


@compiled
def flat_noise(x: float, y: float, seed: int) -> float:
    """The same over a plane, at half the price."""
    i, j = floor(x), floor(y)
    u, v = x - i, y - j
    return _blend(i, j, seed, u * u * (3 - 2 * u), v * v * (3 - 2 * v))


@compiled
def _face(i: int, j: int, k: int, u: float, v: float) -> Triple:
    """Value and slopes (along both weights) inside one square."""
    a, b = hashed(i, j, k), hashed(i + 1, j, k)
    c, d = hashed(i, j + 1, k), hashed(i + 1, j + 1, k)
    twist = a - b - c + d
    return a + (b - a) * u + (c - a) * v + twist * u * v, b - a + twist * v, c - a + twist * u


@compiled
def noise_slope(x: float, y: float, z: float) -> Quadruple:
    """The smooth value and its slope along x, y and z."""
    i, j, k = floor(x), floor(y), floor(z)
    u, v, w = x - i, y - j, z - k
    near = _face(i, j, k, u * u * (3 - 2 * u), v * v * (3 - 2 * v))
    far = _face(i, j, k + 1, u * u * (3 - 2 * u), v * v * (3 - 2 * v))
    weight = w * w * (3 - 2 * w)
    slope_x = (near[1] + (far[1] - near[1]) * weight) * 6 * u * (1 - u)
    slope_y = (near[2] + (far[2] - near[2]) * weight) * 6 * v * (1 - v)
    return near[0] + (far[0] - near[0]) * weight, slope_x, slope_y, (far[0] - near[0]) * 6 * w * (1 - w)


@compiled
def layered_noise(x: float, y: float, seed: int) -> float:
    """Three octaves over a plane, in [0, 1): what plaster, stains and marble look like."""
    value = 0.57 * flat_noise(x, y, seed) + 0.29 * flat_noise(2.03 * x + 5.1, 2.03 * y, seed + 1)
    return value + 0.14 * flat_noise(4.1 * x, 4.1 * y + 3.7, seed + 2)
