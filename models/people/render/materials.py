"""Skin, cloth, hair and plain things: their colour, relief and shine at one place."""

from math import floor

from models.people.render.compiled import compiled
from models.people.render.mesh import (
    BUNCH,
    BUNCHED,
    CLOTH,
    DARK,
    DRAPE,
    DRAPED,
    FREQUENCY,
    GLOSS,
    HAIR,
    KIND,
    PATTERN,
    RED,
    SEED,
    SHEEN,
    SKIN,
    SPECULAR,
    WEAVE,
    Finish,
    Mesh,
    Spot,
    added,
    blended,
    finished,
    posed_slope,
    row,
    scaled,
    slope_on,
    unit,
)
from models.people.render.noise import Triple, hashed, noise_slope, smooth_noise
from models.people.render.raster import Corners, strand_value

STRIPES, BARS, CHECKS, BLOTCHES, PANELS, DOTS = range(1, 7)
"""Patterns of cloth; 0 is none."""
_NO_WRAP = (0.0, 0.0, 0.0)


@compiled
def material_at(mesh: Mesh, spot: Spot, material: int) -> Finish:
    """What a material is like at one place."""
    kind = int(mesh.finish[material, KIND])
    if kind == SKIN:
        return _skin(mesh, spot, material)
    if kind == CLOTH:
        return _cloth(mesh, spot, material)
    if kind == HAIR:
        return _hair(mesh, spot, material)
    return finished(
        row(mesh.colours[material], 0),
        spot.normal,
        (mesh.finish[material, SPECULAR], mesh.finish[material, GLOSS]),
        _NO_WRAP,
        0.0,
    )


@compiled
def _skin(mesh: Mesh, spot: Spot, material: int) -> Finish:
    """Skin: clouds of a few centimetres, redder and darker regions, pores, a few moles."""
    x, y, z = spot.rest
    seed = mesh.finish[material, SEED]
    clouds = smooth_noise(17 * x + seed, 17 * y, 17 * z) - 0.5
    flecks = smooth_noise(75 * x, 75 * y + seed, 75 * z) - 0.5
    red = min(max(spot.tone[RED] + 0.35 * clouds + 0.3 * flecks, 0.0), 1.0)
    colour = blended(row(mesh.colours[material], 0), row(mesh.colours[material], 1), red)
    dark = min(max(spot.tone[DARK] + 0.1 * flecks, 0.0), 1.0)
    bright = (1 + 0.09 * clouds + 0.06 * flecks) * (1 - 0.34 * dark) * _mole(spot, seed)
    if spot.edge_m > -0.012:
        # Cloth throws a narrow shadow on the skin beside it: without it, clothes look painted on.
        bright *= 1 - 0.4 * (1 + spot.edge_m / 0.012)
    _, a, b, c = noise_slope(260 * x, 260 * y, 260 * z)
    pores = 0.05 * min(max(1.5 - spot.footprint_m / 0.003, 0.0), 1.0)
    normal = unit(added(spot.normal, scaled((a, b, c), pores)))
    return finished(
        scaled(colour, bright),
        normal,
        (mesh.finish[material, SPECULAR], mesh.finish[material, GLOSS]),
        (0.26, 0.13, 0.09),
        0.0,
    )


@compiled
def _mole(spot: Spot, seed: float) -> float:
    """A dark dot in a few of the body's five-centimetre cells."""
    x, y, z = spot.rest[0] / 0.05, spot.rest[1] / 0.05, spot.rest[2] / 0.05
    i, j, k = floor(x), floor(y), floor(z)
    chance = hashed(i, j + 57, k + int(seed * 31))
    if chance > 0.13:
        return 1.0
    away = (x - i - 0.25 - 4 * chance) ** 2 + (y - j - 0.5) ** 2 + (z - k - 0.3 - 3 * chance) ** 2
    reach = 0.018 + 0.25 * chance
    return 0.45 if away < reach * reach else 1.0


@compiled
def _pattern(kind: int, place: Triple, frequency: float, seed: float) -> float:
    """How much of the pattern's colour is at one place of the cloth, 0 to 1."""
    x, y, z = place
    if kind == STRIPES:
        return 1.0 if z * frequency - floor(z * frequency) < 0.35 else 0.0
    if kind == BARS:
        return 1.0 if x * frequency - floor(x * frequency) < 0.3 else 0.0
    if kind == CHECKS:
        one, other = x * frequency - floor(x * frequency), z * frequency - floor(z * frequency)
        return (0.5 if one < 0.4 else 0.0) + (0.5 if other < 0.4 else 0.0)
    if kind == BLOTCHES:
        value = smooth_noise(x * frequency + seed, y * frequency, z * frequency)
        return min(max((value - 0.52) * 14, 0.0), 1.0)
    if kind == PANELS:
        return 1.0 if abs(x) > 0.095 + 0.02 * frequency / 40 else 0.0
    i, k = floor(x * frequency), floor(z * frequency)
    away = (x * frequency - i - 0.5) ** 2 + (z * frequency - k - 0.5) ** 2
    return 1.0 if kind == DOTS and away < 0.07 else 0.0


@compiled
def _fold(place: Triple, stretch: Triple, height_m: float) -> tuple[float, Triple]:
    """Rounded folds with sharp valleys: how high here (0 to 1), and the slope on the unposed body."""
    value, a, b, c = noise_slope(place[0] * stretch[0], place[1] * stretch[1], place[2] * stretch[2])
    crest = 2 * value - 1
    push = -4 * crest * height_m
    return 1 - crest * crest, (push * a * stretch[0], push * b * stretch[1], push * c * stretch[2])


@compiled
def _folds(mesh: Mesh, spot: Spot, material: int) -> tuple[float, Triple]:
    """All folds of a piece of cloth: those that hang, those that bunch up at joints, and small creases."""
    seed = mesh.finish[material, SEED]
    x, y, z = spot.rest
    # Folds lean inwards from shoulder and hip; x and z are mixed so that they do not stand like a curtain.
    leaning = (x + 0.28 * z + seed, y + 0.2 * z, z)
    hanging, one = _fold(leaning, (10.0, 10.0, 2.6), mesh.finish[material, DRAPE] * spot.tone[DRAPED])
    bunched, other = _fold(
        (x + seed, y, z + 0.35 * x), (5.0, 5.0, 21.0), mesh.finish[material, BUNCH] * spot.tone[BUNCHED]
    )
    creases, third = _fold(
        (x - 0.4 * z, y + seed, z + 0.3 * y), (21.0, 21.0, 13.0), 0.25 * mesh.finish[material, DRAPE]
    )
    depth = 1 - 0.26 * spot.tone[DRAPED] * (1 - hanging) - 0.22 * spot.tone[BUNCHED] * (1 - bunched)
    return depth * (0.95 + 0.05 * creases), added(one, added(other, third))


@compiled
def _cloth(mesh: Mesh, spot: Spot, material: int) -> Finish:
    """Cloth: pattern, folds, a hem, the weave."""
    depth, slope = _folds(mesh, spot, material)
    relief = posed_slope(mesh, spot.corners, slope)
    normal = unit((spot.normal[0] - relief[0], spot.normal[1] - relief[1], spot.normal[2] - relief[2]))
    share = _pattern(
        int(mesh.finish[material, PATTERN]), spot.rest, mesh.finish[material, FREQUENCY], mesh.finish[material, SEED]
    )
    colour = blended(row(mesh.colours[material], 0), row(mesh.colours[material], 1), share)
    if spot.edge_m < 0.02:
        # A hem is folded over: the edge itself is bright, its seam two centimetres in is a dark line.
        seam = spot.edge_m > 0.016
        depth *= 0.72 if seam else 0.9 + 0.2 * (spot.edge_m > 0.004)
    x, y, z = spot.rest
    weave = smooth_noise(330 * x, 330 * y, 330 * z) - 0.5
    depth *= 1 + mesh.finish[material, WEAVE] * weave * min(max(1.6 - spot.footprint_m / 0.003, 0.0), 1.0)
    return finished(
        scaled(colour, depth),
        normal,
        (mesh.finish[material, SPECULAR], mesh.finish[material, GLOSS]),
        _NO_WRAP,
        mesh.finish[material, SHEEN],
    )


@compiled
def _strands_run(mesh: Mesh, corners: Corners) -> Triple:
    """The way the strands run over a posed triangle: where they get longer."""
    start, strand = mesh.cut.strand[corners[0], 2], mesh.cut.strand
    return slope_on(mesh, corners, strand[corners[1], 2] - start, strand[corners[2], 2] - start)


@compiled
def _hair(mesh: Mesh, spot: Spot, material: int) -> Finish:
    """Hair: every lock its own tone; the normal becomes the way the strands run."""
    lock = strand_value(spot.strand)
    fine = smooth_noise(80 * spot.strand[0], 80 * spot.strand[1], 2.7 * spot.strand[2])
    clump = smooth_noise(8 * spot.strand[0], 8 * spot.strand[1], 1.1 * spot.strand[2] + 3)
    share = 0.45 * lock + 0.3 * fine + 0.25 * clump
    colour = blended(
        row(mesh.colours[material], 0), row(mesh.colours[material], 1), min(max(1.6 * share - 0.3, 0.0), 1.0)
    )
    along = unit(_strands_run(mesh, spot.corners))
    # Locks do not lie perfectly parallel: this breaks the highlight up.
    tilt = 0.5 * (lock - 0.5) + 0.35 * (clump - 0.5)
    along = unit(added(along, scaled(spot.normal, tilt)))
    depth = (0.62 + 0.38 * min(2.2 * lock, 1.0)) * (0.8 + 0.4 * clump)
    return finished(
        scaled(colour, depth), along, (mesh.finish[material, SPECULAR], mesh.finish[material, GLOSS]), _NO_WRAP, 0.0
    )
