"""Turns the numbers of a shot into pictures with their truth."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.people.asset import SHIPPED, Bodies, load_bodies
from models.people.look.dress import dress
from models.people.look.look import Look
from models.people.look.wardrobe import Wardrobe
from models.people.motion import Motion
from models.people.occluders import bar, door_frame, nurse, second_person, with_own_arm
from models.people.person import Person
from models.people.posed import PosedBody
from models.people.posture import Posture
from models.people.render.camera import Camera
from models.people.render.effects import Effects
from models.people.render.figure import Figure
from models.people.render.lights import Key, Lights, direction, soft
from models.people.render.render import Quality, Rendered, render
from models.people.render.room import Room
from models.people.render.rooms import random_room
from models.people.sample import Body
from models.people.shot import Place, Shot
from models.people.strata import age_band, curve_band, distance_band, yaw_band
from models.people.surroundings import light_name
from models.people.truth.body_points import BodyPoints
from models.people.truth.points import Pointer
from models.people.truth.record import Truth, truth_of

Image = NDArray[np.uint8]
MARGIN = 1.25
"""How much larger a crop is than what it has to hold."""
ADULTS = (6, 7, 8, 9, 10, 11)
"""Of the shipped bodies, which every file of bodies begins with: helpers and bystanders."""
TORSO = ("left_shoulder", "right_shoulder", "left_hip", "right_hip", "nose")


class Studio:
    """
    Rest bodies, ready to be photographed.

        for frame, image, truth in Studio().frames(sample(7)):
            ...
    """

    def __init__(self, path: Path = SHIPPED) -> None:
        self._bodies: Bodies = load_bodies(path)
        self._person = lru_cache(maxsize=16)(self._new_person)

    @property
    def known(self) -> tuple[Body, ...]:
        """Stature and sex of every rest body."""
        people = [self._bodies.describe(number) for number in range(self._bodies.count)]
        return tuple((who.height_m, who.sex) for who in people)

    def frames(self, shot: Shot, wanted: Sequence[int] | None = None) -> Iterator[tuple[int, Image, Truth]]:
        """
        The frames of a shot: number, (H, W, 3) uint8 BGR picture, truth.

        Args:
            shot: whom and where.
            wanted: which frames; all when not given. A frame is the same whichever others are asked for.
        """
        numbers = range(len(shot.moments)) if wanted is None else wanted
        if not numbers:
            return
        (person, pointer), look = self._person(shot.body), self._look(shot)
        camera = camera_of(shot.place)
        room, others = self._around(shot, camera)
        lights = lights_of(shot)
        for number in numbers:
            body = person.pose(posture_of(shot, number))
            shown = _shown(shot, number, [Figure(body, look), *others], (room, lights, camera))
            about = about_frame(shot, number, body, camera, room)
            yield number, shown.image, _truth(about, body, pointer.points(body), camera, shown)

    def clip(self, shot: Shot, motion: Motion, times_s: Sequence[float]) -> Iterator[tuple[Image, Truth]]:
        """The person of a shot doing something: one frame for each time of the motion, in seconds."""
        (person, pointer), look = self._person(shot.body), self._look(shot)
        camera = camera_of(shot.place)
        room, lights = room_of(shot, camera), lights_of(shot)
        moments = tuple(
            replace(shot.moments[0], time_s=time, noise=shot.moments[0].noise + n) for n, time in enumerate(times_s)
        )
        moving = replace(shot, moments=moments)
        for number, time in enumerate(times_s):
            body = person.pose(motion(time))
            shown = _shown(moving, number, [Figure(body, look)], (room, lights, camera))
            about = about_frame(moving, number, body, camera, room)
            yield shown.image, _truth(about, body, pointer.points(body), camera, shown)

    def crop(self, shot: Shot, crop: str, size_px: tuple[int, int], margin: float = MARGIN) -> tuple[Image, Truth]:
        """
        The first frame of a shot, close up: the camera turns to the person and zooms in instead of cutting out.

        Args:
            shot: whom and where.
            crop: "torso" (head to hips) or "body".
            size_px: width and height.
            margin: how much larger the picture is than what it has to hold.
        """
        (person, pointer), look = self._person(shot.body), self._look(shot)
        body = person.pose(posture_of(shot, 0))
        points = pointer.points(body, outline=False)
        wide = camera_of(shot.place)
        torso = [*(points.joints[name] for name in TORSO), points.landmarks["head_top"], points.skin["C7"]]
        held = torso if crop == "torso" else list(body.vertices_m[::40])
        camera = close_up(wide, np.asarray(held, np.float64), size_px, margin)
        room, others = self._around(shot, wide)
        shown = _shown(shot, 0, [Figure(body, look), *others], (room, lights_of(shot), camera))
        return shown.image, _truth(about_frame(shot, 0, body, camera, room), body, points, camera, shown)

    def _new_person(self, number: int) -> tuple[Person, Pointer]:
        person = Person(self._bodies, number)
        return person, Pointer(person)

    def _around(self, shot: Shot, camera: Camera) -> tuple[Room, list[Figure]]:
        """The room with what stands before the person, and who else is in it."""
        room, (what, seed) = room_of(shot, camera), shot.occluder
        rng, at_m = np.random.default_rng(seed), _mark(shot)
        adult = self._person(int(rng.choice(ADULTS)))[0]
        match what:
            case "bar":
                return room.with_more(bar(camera, rng, at_m)), []
            case "door frame":
                return room.with_more(door_frame(camera, rng, at_m)), []
            case "nurse":
                return room, [nurse(adult, camera, rng, at_m, side=1 if rng.random() < 0.5 else -1)]
            case "second person":
                return room, [second_person(adult, camera, rng, at_m)]
        return room, []

    def _look(self, shot: Shot) -> Look:
        return dress(self._person(shot.body)[0], wardrobe_of(shot))


@lru_cache(maxsize=2)
def studio(path: Path = SHIPPED) -> Studio:
    """The studio of this process."""
    return Studio(path)


def camera_of(place: Place) -> Camera:
    """The camera at a place."""
    return Camera(place.position_m, place.target_m, place.vertical_fov_deg, place.size_px, place.roll_deg)


def close_up(camera: Camera, points_m: NDArray[np.float64], size_px: tuple[int, int], margin: float = MARGIN) -> Camera:
    """The camera turned to some (N, 3) points and zoomed in until they fill the picture but for a margin."""
    px = camera.project(points_m)
    middle = (px.min(axis=0) + px.max(axis=0)) / 2 - np.asarray(camera.size_px) / 2
    ray = np.array([*middle, camera.focal_px]) @ camera.axes
    x, y, z = (float(value) for value in np.asarray(camera.position_m) + ray / np.linalg.norm(ray))
    aimed = replace(camera, target_m=(x, y, z))
    width, height = size_px
    reach = np.abs(aimed.project(points_m) - np.asarray(camera.size_px) / 2).max(axis=0)
    half = margin * max(float(reach[1]), float(reach[0]) * height / width)
    return replace(aimed, vertical_fov_deg=2 * math.degrees(math.atan(half / camera.focal_px)), size_px=size_px)


def wardrobe_of(shot: Shot) -> Wardrobe:
    """What the person wears."""
    return Wardrobe(**shot.wardrobe)  # type: ignore[arg-type]


def lights_of(shot: Shot) -> Lights:
    """The light of a shot."""
    lit: Any = shot.light
    keys = tuple(
        Key(
            direction(key["azimuth_deg"], key["elevation_deg"]),
            (key["power"] * (1 + key["tint"]), key["power"], key["power"] * (1 - key["tint"])),
            key["spread"],
        )
        for key in lit["keys"]
    )
    rest = soft(lit["above"], lit["floor"], keys[0].towards, lit["side_gain"])
    return Lights(keys, rest.soft_towards, rest.soft_colours)


def room_of(shot: Shot, camera: Camera) -> Room:
    """The room of a shot."""
    kind, seed = shot.room
    return random_room(np.random.default_rng(seed), camera, kind=kind)


def strata_of(shot: Shot, number: int, person: Person) -> dict[str, str]:
    """The groups one frame belongs to."""
    worn = wardrobe_of(shot)
    return {
        "age": age_band(person.description),
        "build": person.description.build,
        "clothing": worn.top if worn.top != "none" else "bare back",
        "hair": worn.hair,
        "skin": ("light", "medium", "dark")[min(2, worn.skin_tone * 3 // 10)],
        "light": light_name(shot.light),
        "room": shot.room[0],
        "hidden": shot.occluder[0],
        "distance": distance_band(shot.place.distance_m),
        "yaw": yaw_band(shot.yaw_deg(number)),
        "curve": curve_band(float(curve["angle_deg"]) for curve in shot.curves),
    }


def about_frame(shot: Shot, number: int, body: PosedBody, camera: Camera, room: Room) -> dict[str, Any]:
    """Who, where and when, as the record keeps it."""
    at = shot.moments[number].stands
    away = math.hypot(camera.position_m[0] - at["at_x_m"], camera.position_m[1] - at["at_y_m"])
    return {
        "seed": shot.seed,
        "distribution": shot.distribution,
        "take": shot.take,
        "frame": number,
        "time_s": shot.moments[number].time_s,
        "view": shot.view,
        "yaw_deg": shot.yaw_deg(number),
        "person": {"body": shot.body, **asdict(body.person.description)},
        "camera": camera_record(camera, away),
        "strata": strata_of(shot, number, body.person),
        "posture": asdict(body.posture),
        "wardrobe": wardrobe_of(shot).as_record(),
        "room": room.kind,
    }


def camera_record(camera: Camera, distance_m: float) -> dict[str, Any]:
    """A camera as the record keeps it."""
    flat = math.dist(camera.position_m[:2], camera.target_m[:2])
    return {
        "position_m": camera.position_m,
        "target_m": camera.target_m,
        "vertical_fov_deg": camera.vertical_fov_deg,
        "roll_deg": camera.roll_deg,
        "pitch_deg": math.degrees(math.atan2(camera.target_m[2] - camera.position_m[2], flat)),
        "size_px": camera.size_px,
        "focal_px": camera.focal_px,
        "distance_m": distance_m,
    }


def posture_of(shot: Shot, number: int) -> Posture:
    """How the person of a shot stands in one frame, an arm in the way included."""
    posture, (what, seed) = shot.posture(number), shot.occluder
    return with_own_arm(posture, np.random.default_rng(seed)) if what == "own arm" else posture


def _mark(shot: Shot) -> tuple[float, float]:
    at = shot.moments[0].stands
    return at["at_x_m"], at["at_y_m"]


def _shown(shot: Shot, number: int, figures: Sequence[Figure], scene: tuple[Room, Lights, Camera]) -> Rendered:
    room, lights, camera = scene
    faults = Effects(**shot.camera_faults)  # type: ignore[arg-type]
    noise = np.random.default_rng(shot.moments[number].noise)
    return render(figures, room, lights, camera, noise, Quality(effects=faults))


def _truth(about: dict[str, Any], body: PosedBody, points: BodyPoints, camera: Camera, shown: Rendered) -> Truth:
    return truth_of(about, points, camera, shown.depth_m, shown.silhouette, built_of(body))


def built_of(body: PosedBody) -> tuple[dict[str, float], list[dict[str, Any]]]:
    """Rotation of the back per level of the trunk, degrees, and the curves as they were built."""
    levels = [*(f"T{number}" for number in range(1, 13)), *(f"L{number}" for number in range(1, 6))]
    return {level: body.atr_deg(level) for level in levels}, [asdict(curve) for curve in body.built_curves()]
