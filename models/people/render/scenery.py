"""The room around the people: what one place on its surfaces sends to the eye."""

from typing import NamedTuple

from models.people.render.camera import Array
from models.people.render.compiled import compiled
from models.people.render.mesh import added, blended, dot, row, scaled, unit
from models.people.render.noise import Triple
from models.people.render.shadow import Shadows, softly_lit
from models.people.render.surfaces import Sheets, colour_of, from_map, place_on
from models.people.render.textures import texture

_WALL_BIAS_M = 0.012


class Scenery(NamedTuple):
    """
    A room, ready to be seen.

    Attributes:
        sheets: its surfaces.
        light: (cells, 3) float32, their soft light.
        outside: (3,) float32, the colour where there is no surface at all.
    """

    sheets: Sheets
    light: Array
    outside: Array


@compiled
def scenery_colour(
    scenery: Scenery, shadows: Shadows, number: int, point: Triple, look: tuple[Triple, float]
) -> Triple:
    """The light one place of a surface sends to the eye; `look` is (unit vector to the lens, metres a pixel covers)."""
    if number > -2:
        return scenery.outside[0], scenery.outside[1], scenery.outside[2]
    s, eye, sheets = -2 - number, look[0], scenery.sheets
    a, b = place_on(sheets, s, point)
    size, scale = (sheets.size[s, 0], sheets.size[s, 1]), (sheets.finish[s, 0], sheets.finish[s, 1])
    share, bright = texture(sheets.texture[s], (a, b), size, scale, (look[1], sheets.seed[s]))
    colour = scaled(blended(colour_of(sheets, s, 0), colour_of(sheets, s, 1), share), bright)
    if sheets.finish[s, 3] > 0:
        return scaled(colour, sheets.finish[s, 3])
    light = from_map(scenery.light, sheets, s, (a / size[0], b / size[1]))
    normal = (sheets.frame[s, 3, 0], sheets.frame[s, 3, 1], sheets.frame[s, 3, 2])
    light, shine = _keys(shadows, (point, normal, eye), light, sheets.finish[s, 2])
    return colour[0] * light[0] + shine[0], colour[1] * light[1] + shine[1], colour[2] * light[2] + shine[2]


@compiled
def _keys(shadows: Shadows, place: tuple[Triple, Triple, Triple], light: Triple, gloss: float) -> tuple[Triple, Triple]:
    """The light with lamps and windows added, and their reflection in a polished surface."""
    point, normal, eye = place
    grazing = (1 - max(dot(normal, eye), 0.0)) ** 4
    shine = scaled(light, gloss * (0.04 + 0.5 * grazing))
    for q in range(shadows.towards.shape[0]):
        towards = row(shadows.towards, q)
        facing = dot(normal, towards)
        if facing <= 0:
            continue
        seen = facing * softly_lit(shadows, q, point, _WALL_BIAS_M)
        light = added(light, scaled(row(shadows.colours, q), seen))
        if gloss > 0:
            peak = max(dot(normal, unit(added(eye, towards))), 0.0) ** 40
            shine = added(shine, scaled(row(shadows.colours, q), gloss * seen * peak * (0.25 + 2 * grazing)))
    return light, shine
