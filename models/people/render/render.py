"""Draws people in a room and says exactly what can be seen where."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.people.render.bake import light_map
from models.people.render.camera import Array, Camera
from models.people.render.effects import Effects, taken
from models.people.render.figure import Crowd, Figure, crowd
from models.people.render.lights import Lights
from models.people.render.mesh import Mesh
from models.people.render.raster import Buffer, draw, empty_buffer, project
from models.people.render.room import Room
from models.people.render.scenery import Scenery
from models.people.render.seen import covered, seen
from models.people.render.shade import View, developed, picture
from models.people.render.shadow import Ball, Shadows, draw_coarse, draw_sharp, empty_shadows, soft_light
from models.people.render.surfaces import draw_surfaces, sheets

_SOFT_MAP = 72
_MIDDLE_GREY = 0.46


@dataclass(frozen=True)
class Quality:
    """
    How much work a picture is worth.

    Attributes:
        samples: along each side of a pixel; 2 is four samples a pixel.
        shadow_map: cells along each side of a lamp's shadow map.
        effects: what lens, sensor and compression do to the picture; nothing when not given.
    """

    samples: int = 2
    shadow_map: int = 224
    effects: Effects | None = None


ORDINARY = Quality()


@dataclass(frozen=True, eq=False)
class Rendered:
    """
    A picture and the truth about every pixel of it.

    Attributes:
        image: (H, W, 3) uint8, blue, green, red; with the camera's effects where some were asked for.
        depth_m: (H, W) float32, metres along the viewing direction at the pixel's middle; infinite where nothing is.
        person: (H, W) int8, which figure is seen, by its number; -1 nobody.
        whole: (H, W) bool, where figure 0 would be seen if nothing stood before it.
    """

    image: NDArray[np.uint8]
    depth_m: NDArray[np.float32]
    person: NDArray[np.int8]
    whole: NDArray[np.bool_]

    @property
    def silhouette(self) -> NDArray[np.bool_]:
        """(H, W) bool, where figure 0 is seen."""
        return np.asarray(self.person == 0)


def render(
    figures: Sequence[Figure],
    room: Room,
    lights: Lights,
    camera: Camera,
    rng: np.random.Generator | None = None,
    quality: Quality = ORDINARY,
) -> Rendered:
    """
    Take a picture.

    Args:
        figures: the person to be measured first, then anybody else.
        room: around them.
        lights: of the room.
        camera: where the picture is taken from.
        rng: decides the camera's noise; unused without effects.
        quality: how much work the picture is worth, and the camera's faults.
    """
    people = crowd(figures)
    view = _view(camera, quality)
    scene = sheets(room.surfaces)
    buffer = empty_buffer(camera.size_px[0] * quality.samples, camera.size_px[1] * quality.samples)
    whole = _draw_people(buffer, people, view)
    draw_surfaces(buffer, scene, camera, quality.samples)
    sharp, mesh, coarse = _lit_people(people, lights, quality)
    scenery = Scenery(scene, light_map(scene, coarse, room.blocks, room.walls), np.asarray(room.outside, np.float32))
    image = developed(picture(buffer, mesh, scenery, sharp, view), exposure(lights, camera), CURVE)
    if quality.effects is not None:
        image = taken(image, quality.effects, rng or np.random.default_rng(0))
    truth = seen(buffer, people.ends, quality.samples)
    return Rendered(image, truth.depth_m, truth.person, whole)


def _view(camera: Camera, quality: Quality) -> View:
    n = quality.samples
    centre = np.asarray(camera.size_px, np.float64) * n / 2
    return View(np.asarray(camera.position_m, np.float64), camera.axes, camera.focal_px * n, centre, n)


def _draw_people(buffer: Buffer, people: Crowd, view: View) -> NDArray[np.bool_]:
    """Draw all figures; return where the first one alone covers most of a pixel."""
    mesh, start = people.mesh, 0
    corners = project(mesh.position, view.eye, view.axes, view.focal, view.centre)
    whole: NDArray[np.bool_] = np.zeros((0, 0), np.bool_)
    for number, end in enumerate(people.ends):
        draw(buffer, corners, mesh.faces, mesh.cut, start, end)
        whole = covered(buffer, view.samples) if number == 0 else whole
        start = end
    return whole


def _lit_people(people: Crowd, lights: Lights, quality: Quality) -> tuple[Shadows, Mesh, Shadows]:
    """The lamps' shadow maps, the figures with their soft light, and the soft lights' maps."""
    mesh, ball = people.mesh, _ball(people.mesh.position)
    towards = np.array([key.towards for key in lights.keys], np.float32).reshape(-1, 3)
    colours = np.array([key.colour for key in lights.keys], np.float32).reshape(-1, 3)
    spread = np.array([key.spread for key in lights.keys], np.float32)
    sharp = empty_shadows(towards, colours, spread, ball, quality.shadow_map)
    draw_sharp(sharp, mesh.position, mesh.faces, mesh.cut)
    flat = np.ones(len(lights.soft_towards), np.float32)
    coarse = empty_shadows(lights.soft_towards, lights.soft_colours, flat, ball, _SOFT_MAP)
    draw_coarse(coarse, mesh.position, mesh.faces, mesh.cut)
    return sharp, mesh._replace(soft=soft_light(coarse, mesh.position, mesh.normal)), coarse


def _ball(positions: Array) -> Ball:
    """The smallest ball around the middle of the people's box that holds all of them."""
    low, high = positions.min(0).astype(np.float64), positions.max(0).astype(np.float64)
    return Ball((low + high) / 2, float(np.linalg.norm(high - low) / 2) + 0.05)


def exposure(lights: Lights, camera: Camera) -> float:
    """The gain at which a middle grey that faces the camera comes out middle grey; it never changes within a clip."""
    back = -camera.axes[2] + np.array([0.0, 0.0, 0.35])
    around = float(lights.soft_colours.sum()) / 3 * 0.25
    lamps = sum(sum(key.colour) / 3 * (0.12 + 0.7 * max(float(back @ key.towards), 0.0)) for key in lights.keys)
    return _MIDDLE_GREY / max(around + lamps, 1e-3) * 1.85


def _film_curve() -> NDArray[np.uint8]:
    """(4096,) uint8: the value of every step of linear light from 0 to 2, with a soft shoulder."""
    light = np.linspace(0, 2, 4096)
    shown = np.where(light < 0.6, light, 0.6 + 0.4 * (1 - np.exp(-(light - 0.6) / 0.4)))
    encoded = np.where(shown <= 0.0031308, 12.92 * shown, 1.055 * shown ** (1 / 2.4) - 0.055)
    return np.asarray(np.clip(np.rint(encoded * 255), 0, 255), np.uint8)


CURVE = _film_curve()
