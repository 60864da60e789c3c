"""Gives every sample its light and every pixel its colour."""

from math import floor
from typing import NamedTuple

import numpy as np

from models.people.render.camera import Array
from models.people.render.compiled import compiled
from models.people.render.materials import material_at
from models.people.render.mesh import (
    CLOTH,
    HAIR,
    KIND,
    Finish,
    Mesh,
    Spot,
    added,
    dot,
    row,
    scaled,
    tone_at,
    unit,
)
from models.people.render.noise import Triple
from models.people.render.raster import Buffer, corners_of, mix, weighted
from models.people.render.scenery import Scenery, scenery_colour
from models.people.render.shadow import KEY_BIAS_M, Shadows, softly_lit

_BRIGHTEST = 1.6
"""Highlights are cut here before they are averaged: one sparkling sample must not make a white pixel."""
_NO_EDGE_M = 1.0


class View(NamedTuple):
    """
    Where the picture is taken from.

    Attributes:
        eye: (3,) float64, metres, world.
        axes: (3, 3) float64, right, down and forward as rows.
        focal: distance of the picture plane, in samples.
        centre: (2,) float64, the picture's middle, in samples.
        samples: along each side of a pixel.
    """

    eye: Array
    axes: Array
    focal: float
    centre: Array
    samples: int


def picture(buffer: Buffer, mesh: Mesh, scenery: Scenery, shadows: Shadows, view: View) -> Array:
    """(H, W, 3) float32, red, green, blue in linear light."""
    height, width = (size // view.samples for size in buffer.triangle.shape)
    image = np.zeros((height, width, 3), np.float32)
    _picture(image, buffer, mesh, scenery, shadows, view)
    return image


@compiled
def _picture(image: Array, buffer: Buffer, mesh: Mesh, scenery: Scenery, shadows: Shadows, view: View) -> None:
    """Write every pixel."""
    n = view.samples
    for y in range(image.shape[0]):
        for x in range(image.shape[1]):
            if _one_surface(buffer, y * n, x * n, n):
                at = (y * n + 0.5 * n, x * n + 0.5 * n)
                colour = _sample(buffer, mesh, scenery, shadows, (view, y * n, x * n, at))
            else:
                colour = _average(buffer, mesh, scenery, shadows, (view, y * n, x * n))
            image[y, x, 0], image[y, x, 1], image[y, x, 2] = colour


@compiled
def _one_surface(buffer: Buffer, top: int, left: int, samples: int) -> bool:
    """Whether a pixel shows one piece of the room and nothing else, so that one sample is enough."""
    number = buffer.triangle[top, left]
    if number >= 0:
        return False
    for y in range(top, top + samples):
        for x in range(left, left + samples):
            if buffer.triangle[y, x] != number:
                return False
    return True


@compiled
def _average(buffer: Buffer, mesh: Mesh, scenery: Scenery, shadows: Shadows, where: tuple[View, int, int]) -> Triple:
    """The mean of a pixel's samples; inside a figure those of the diagonal are enough."""
    view, top, left = where
    total, count, n = (0.0, 0.0, 0.0), 0, view.samples
    inside = _inside(buffer, top, left, n)
    for y in range(top, top + n):
        for x in range(left, left + n):
            if not inside or y - top == x - left:
                total = added(total, _sample(buffer, mesh, scenery, shadows, (view, y, x, (y + 0.5, x + 0.5))))
                count += 1
    return scaled(total, 1 / count)


@compiled
def _inside(buffer: Buffer, top: int, left: int, samples: int) -> bool:
    """Whether all samples of a pixel lie on figures, one close behind the other."""
    nearest, farthest = 0.0, 1e9
    for y in range(top, top + samples):
        for x in range(left, left + samples):
            if buffer.triangle[y, x] < 0:
                return False
            nearest, farthest = max(nearest, buffer.inverse_depth[y, x]), min(farthest, buffer.inverse_depth[y, x])
    return nearest < farthest * 1.02


@compiled
def _sample(
    buffer: Buffer, mesh: Mesh, scenery: Scenery, shadows: Shadows, where: tuple[View, int, int, tuple[float, float]]
) -> Triple:
    """The light that comes from one place."""
    view, y, x, at = where
    a, b = (at[1] - view.centre[0]) / view.focal, (at[0] - view.centre[1]) / view.focal
    ray = added(added(scaled(row(view.axes, 0), a), scaled(row(view.axes, 1), b)), row(view.axes, 2))
    number = buffer.triangle[y, x]
    if number >= 0:
        colour = _person(buffer, mesh, shadows, (y, x), (unit(scaled(ray, -1)), view))
    else:
        depth = 1 / max(buffer.inverse_depth[y, x], 1e-3)
        point = added((view.eye[0], view.eye[1], view.eye[2]), scaled(ray, depth))
        footprint = depth * view.samples / view.focal
        colour = scenery_colour(scenery, shadows, number, point, (unit(scaled(ray, -1)), footprint))
    return min(colour[0], _BRIGHTEST), min(colour[1], _BRIGHTEST), min(colour[2], _BRIGHTEST)


@compiled
def _person(buffer: Buffer, mesh: Mesh, shadows: Shadows, where: tuple[int, int], look: tuple[Triple, View]) -> Triple:
    """The light that comes from one sample of a figure."""
    eye, view = look
    face, first = buffer.triangle[where], buffer.first[where]
    corners, second = corners_of(mesh.faces, face), buffer.second[where]
    normal = unit(mix(mesh.normal, corners, first, second))
    if dot(normal, eye) < 0:
        normal = scaled(normal, -1.0)
    material, edge = _what_covers(mesh, face, first, second)
    spot = Spot(
        mix(mesh.position, corners, first, second),
        normal,
        eye,
        mix(mesh.rest, corners, first, second),
        mix(mesh.cut.strand, corners, first, second),
        tone_at(mesh, corners, first, second),
        edge,
        view.samples / (view.focal * buffer.inverse_depth[where]),
        corners,
    )
    finish = material_at(mesh, spot, material)
    soft = _soft(mesh, spot, finish, (first, second))
    if int(mesh.finish[material, KIND]) == HAIR:
        return _hair_light(spot, finish, soft, shadows)
    return _surface_light(spot, finish, soft, shadows)


@compiled
def _what_covers(mesh: Mesh, face: int, first: float, second: float) -> tuple[int, float]:
    """The material at one place of a triangle and how far its edge is, in metres; negative beside an edge."""
    material, table = mesh.material[face], mesh.overlay[face]
    edge, corners = -_NO_EDGE_M, corners_of(mesh.faces, face)
    for channel in range(mesh.cut.fields.shape[1]):
        if table >= 0:
            over = mesh.overlays[table, channel]
            if over < 0:
                continue
            field = weighted(mesh.cut.fields, channel, corners, first, second)
            if field > 0:
                return over, field
            if mesh.finish[over, KIND] == CLOTH:
                edge = max(edge, field)
        elif mesh.cut.mask[face] >> channel & 1:
            edge = max(edge, weighted(mesh.cut.fields, channel, corners, first, second))
    return material, edge if table >= 0 or mesh.cut.mask[face] != 0 else _NO_EDGE_M


@compiled
def _soft(mesh: Mesh, spot: Spot, finish: Finish, weights: tuple[float, float]) -> Triple:
    """The light from everywhere on the material's own relief."""
    first, second = weights
    base = mix(mesh.soft, spot.corners, first, second)
    turn = (
        weighted(mesh.soft, 3, spot.corners, first, second),
        weighted(mesh.soft, 4, spot.corners, first, second),
        weighted(mesh.soft, 5, spot.corners, first, second),
    )
    change = dot(added(finish.normal, scaled(spot.normal, -1.0)), turn)
    return scaled(base, min(max(1 + change, 0.2), 2.0))


@compiled
def _lifted(spot: Spot) -> Triple:
    """A place a little above the surface, so that it does not lie in its own shadow."""
    return added(spot.position, scaled(spot.normal, KEY_BIAS_M))


@compiled
def _surface_light(spot: Spot, finish: Finish, soft: Triple, shadows: Shadows) -> Triple:
    """What skin, cloth and plain things send to the eye."""
    facing_eye = max(dot(finish.normal, spot.eye), 0.0)
    rim = (1 - facing_eye) ** 4
    light, shine = soft, scaled(soft, 0.5 * finish.specular * (0.3 + 3 * rim))
    for q in range(shadows.towards.shape[0]):
        towards, lamp = row(shadows.towards, q), row(shadows.colours, q)
        facing = dot(finish.normal, towards)
        if facing <= -finish.wrap[0]:
            continue
        seen = softly_lit(shadows, q, _lifted(spot), KEY_BIAS_M)
        if seen <= 0:
            continue
        w = finish.wrap
        red, green = max((facing + w[0]) / (1 + w[0]), 0.0), max((facing + w[1]) / (1 + w[1]), 0.0)
        blue = max((facing + w[2]) / (1 + w[2]), 0.0)
        light = added(light, (red * seen * lamp[0], green * seen * lamp[1], blue * seen * lamp[2]))
        if facing > 0:
            half = unit(added(spot.eye, towards))
            peak = finish.specular * max(dot(finish.normal, half), 0.0) ** finish.gloss * (0.6 + 4 * rim)
            shine = added(shine, scaled(lamp, peak * seen * facing))
    fibres = 1 + finish.sheen * (1 - facing_eye) ** 3
    c = scaled(finish.colour, fibres)
    return c[0] * light[0] + shine[0], c[1] * light[1] + shine[1], c[2] * light[2] + shine[2]


@compiled
def _hair_light(spot: Spot, finish: Finish, soft: Triple, shadows: Shadows) -> Triple:
    """What hair sends to the eye: a strand shines along a ring around itself, in two lobes."""
    light, shine, along = scaled(soft, 0.9), scaled(soft, 0.12 * finish.specular), finish.normal
    for q in range(shadows.towards.shape[0]):
        towards, lamp = row(shadows.towards, q), row(shadows.colours, q)
        seen = softly_lit(shadows, q, _lifted(spot), 2 * KEY_BIAS_M)
        across = max(1 - dot(along, towards) ** 2, 0.0) ** 0.5
        side = max(0.45 + 0.55 * dot(spot.normal, towards), 0.0)
        light = added(light, scaled(lamp, 0.75 * seen * across * side))
        ring = max(1 - dot(along, unit(added(spot.eye, towards))) ** 2, 0.0) ** 0.5
        peak = finish.specular * (ring**finish.gloss + 0.35 * ring ** (0.25 * finish.gloss))
        shine = added(shine, scaled(lamp, peak * seen * side))
    c = finish.colour
    tint = (0.35 + 0.65 * c[0], 0.33 + 0.67 * c[1], 0.3 + 0.7 * c[2])
    return (
        c[0] * light[0] + tint[0] * shine[0],
        c[1] * light[1] + tint[1] * shine[1],
        c[2] * light[2] + tint[2] * shine[2],
    )


def developed(image: Array, gain: float, curve: Array) -> Array:
    """(H, W, 3) uint8, blue, green, red, from linear light; `curve` has the value of every step of 0 to 2."""
    out = np.zeros(image.shape, np.uint8)
    _develop(out, image, gain, curve)
    return out


@compiled
def _develop(out: Array, image: Array, gain: float, curve: Array) -> None:
    """Look every value up."""
    last = curve.shape[0] - 1
    for y in range(image.shape[0]):
        for x in range(image.shape[1]):
            for axis in range(3):
                step = floor(max(image[y, x, axis], 0.0) * gain * 0.5 * last + 0.5)
                out[y, x, 2 - axis] = curve[min(step, last)]
