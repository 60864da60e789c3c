"""Everything about the people of one picture as arrays, and what one place on them is like."""

from typing import NamedTuple

from models.people.render.camera import Array
from models.people.render.compiled import compiled
from models.people.render.noise import Quadruple, Triple
from models.people.render.raster import Corners, Cut, corners_of, weighted

SKIN, CLOTH, HAIR, PLAIN = range(4)
"""How a material takes light."""
KIND, PATTERN, FREQUENCY, SPECULAR, GLOSS, DRAPE, BUNCH, WEAVE, SEED, SHEEN = range(10)
"""Columns of `Mesh.finish`."""
FINISHES = 10
RED, DARK, DRAPED, BUNCHED = range(4)
"""Columns of `Mesh.tone`."""


class Mesh(NamedTuple):
    """
    The triangles of all figures, V corners and F faces.

    Attributes:
        position: (V, 3) float32, metres, world.
        normal: (V, 3) float32, unit vectors outwards.
        rest: (V, 3) float32, metres: where the corner lies on the unposed body; patterns stick to it.
        tone: (V, 4) float32, 0 to 1: redder skin, darker skin, cloth that hangs in folds, cloth that bunches up.
        soft: (V, 6) float32, light from everywhere, see `shadow.soft_light`.
        faces: (F, 3) int32.
        material: (F,) int32, a row of colours and finish.
        overlay: (F,) int32, the row of `overlays` for skin that something covers; -1 for everything else.
        overlays: (O, K) int32, the material of each field of `cut`, -1 for none; the first positive field wins.
        colours: (M, 3, 3) float32, linear: ground, pattern, accent.
        finish: (M, 10) float32, see the names above.
        cut: the edges of cloth and hair.
    """

    position: Array
    normal: Array
    rest: Array
    tone: Array
    soft: Array
    faces: Array
    material: Array
    overlay: Array
    overlays: Array
    colours: Array
    finish: Array
    cut: Cut


class Spot(NamedTuple):
    """
    One place on a triangle, as its material needs it.

    Attributes:
        position: metres, world.
        normal: unit vector, turned to the eye.
        eye: unit vector to the lens.
        rest: metres, on the unposed body.
        strand: see `Cut.strand`.
        tone: see `Mesh.tone`.
        edge_m: metres from the edge of what covers it; large where there is no edge near.
        footprint_m: what one pixel covers.
        corners: of the triangle.
    """

    position: Triple
    normal: Triple
    eye: Triple
    rest: Triple
    strand: Triple
    tone: Quadruple
    edge_m: float
    footprint_m: float
    corners: Corners


class Finish(NamedTuple):
    """
    What a material does with light at one place.

    Attributes:
        colour: linear, 0 to 1.
        normal: unit vector, with the material's own relief.
        specular: strength of the highlight.
        gloss: its sharpness, an exponent.
        wrap: how far light creeps round the edge into the shadow, by colour.
        sheen: brightness of fibres seen along the surface.
    """

    colour: Triple
    normal: Triple
    specular: float
    gloss: float
    wrap: Triple
    sheen: float


@compiled
def finished(colour: Triple, normal: Triple, shine: tuple[float, float], wrap: Triple, sheen: float) -> Finish:
    """A finish with every number in double precision: numba wants one type from all materials."""
    return Finish(
        scaled(colour, 1.0), scaled(normal, 1.0), shine[0] * 1.0, shine[1] * 1.0, scaled(wrap, 1.0), sheen * 1.0
    )


@compiled
def unit(vector: Triple) -> Triple:
    """A vector of length one in the same direction."""
    length = (vector[0] ** 2 + vector[1] ** 2 + vector[2] ** 2) ** 0.5 + 1e-12
    return vector[0] / length, vector[1] / length, vector[2] / length


@compiled
def dot(one: Triple, other: Triple) -> float:
    """The scalar product."""
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


@compiled
def cross(one: Triple, other: Triple) -> Triple:
    """The vector product."""
    return (
        one[1] * other[2] - one[2] * other[1],
        one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    )


@compiled
def scaled(vector: Triple, by: float) -> Triple:
    """A vector times a number; colours as well."""
    return vector[0] * by, vector[1] * by, vector[2] * by


@compiled
def added(one: Triple, other: Triple) -> Triple:
    """The sum of two vectors or colours."""
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


@compiled
def blended(one: Triple, other: Triple, share: float) -> Triple:
    """A colour between two, 0 the first and 1 the second."""
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
        one[2] + (other[2] - one[2]) * share,
    )


@compiled
def row(values: Array, number: int) -> Triple:
    """Three numbers of one row."""
    return values[number, 0], values[number, 1], values[number, 2]


@compiled
def edge(values: Array, corners: Corners, to: int) -> Triple:
    """From the first corner of a triangle to another."""
    i, j = corners[0], corners[to]
    return values[j, 0] - values[i, 0], values[j, 1] - values[i, 1], values[j, 2] - values[i, 2]


@compiled
def slope_on(mesh: Mesh, corners: Corners, to_second: float, to_third: float) -> Triple:
    """The slope on the posed triangle of what rises by so much towards its second and third corner, per metre."""
    one, other = edge(mesh.position, corners, 1), edge(mesh.position, corners, 2)
    normal = cross(one, other)
    area = dot(normal, normal) ** 0.5 + 1e-12
    normal = scaled(normal, 1 / area)
    return scaled(added(scaled(cross(other, normal), to_second), scaled(cross(normal, one), to_third)), 1 / area)


@compiled
def posed_slope(mesh: Mesh, corners: Corners, slope: Triple) -> Triple:
    """A slope on the unposed body, as it lies on the posed one."""
    to_second = dot(edge(mesh.rest, corners, 1), slope)
    return slope_on(mesh, corners, to_second, dot(edge(mesh.rest, corners, 2), slope))


@compiled
def tone_at(mesh: Mesh, corners: Corners, first: float, second: float) -> Quadruple:
    """The four tones at one place of a triangle."""
    return (
        weighted(mesh.tone, 0, corners, first, second),
        weighted(mesh.tone, 1, corners, first, second),
        weighted(mesh.tone, 2, corners, first, second),
        weighted(mesh.tone, 3, corners, first, second),
    )


@compiled
def vertex_normals(positions: Array, faces: Array, normals: Array) -> None:
    """Write the outward unit vectors of all corners of the faces; others stay as they are."""
    for face in range(faces.shape[0]):
        for n in range(3):
            normals[faces[face, n]] = 0
    for face in range(faces.shape[0]):
        corners = corners_of(faces, face)
        across = cross(edge(positions, corners, 1), edge(positions, corners, 2))
        for n in range(3):
            for axis in range(3):
                normals[corners[n], axis] += across[axis]
    for n in range(normals.shape[0]):
        length = (normals[n, 0] ** 2 + normals[n, 1] ** 2 + normals[n, 2] ** 2) ** 0.5 + 1e-20
        for axis in range(3):
            normals[n, axis] /= length


@compiled
def relax(positions: Array, faces: Array, share: Array, sums: Array, counts: Array) -> None:
    """Move every corner of the faces towards the middle of its neighbours, by half of its share; the rest is room."""
    sums[:] = 0
    counts[:] = 0
    for face in range(faces.shape[0]):
        for n in range(3):
            _meet(positions, sums, counts, faces[face, n], faces[face, (n + 1) % 3])
    for n in range(positions.shape[0]):
        if counts[n] > 0 and share[n] > 0:
            for axis in range(3):
                positions[n, axis] += 0.5 * share[n] * (sums[n, axis] / counts[n] - positions[n, axis])


@compiled
def _meet(positions: Array, sums: Array, counts: Array, here: int, there: int) -> None:
    """Count one corner as the neighbour of another."""
    counts[here] += 1
    for axis in range(3):
        sums[here, axis] += positions[there, axis]
