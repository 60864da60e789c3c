"""What may stand between the camera and the person: a bar, a door frame, a nurse, somebody else, the own arm."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from models.people.look.dress import dress
from models.people.look.wardrobe import BOTTOMS, FEET, Wardrobe, random_wardrobe
from models.people.person import Person
from models.people.posture import Posture
from models.people.render.camera import Camera
from models.people.render.figure import Figure
from models.people.render.palettes import shade
from models.people.render.room import Joiner, Room, Stuff, away_deg
from models.people.render.textures import METAL, PAINT, WOOD

Occluder = Literal["none", "bar", "door frame", "nurse", "second person", "own arm"]
OCCLUDERS: tuple[Occluder, ...] = get_args(Occluder)
Side = Literal[-1, 1]
"""Of the picture: -1 its left, 1 its right."""
_SOMEWHERE = (0.0, 0.0)


def bar(
    camera: Camera, rng: np.random.Generator, at_m: tuple[float, float] = _SOMEWHERE, height_m: float | None = None
) -> Room:
    """
    A rail between camera and person, on two posts outside the picture's middle.

    Args:
        camera: that it stands before.
        rng: decides what it is made of and what is not given.
        at_m: where the person stands.
        height_m: of the rail's lower edge; between knee and chest when not given.
    """
    height = float(rng.uniform(0.5, 1.25)) if height_m is None else height_m
    before, thick = float(rng.uniform(0.35, 0.7)), float(rng.uniform(0.03, 0.06))
    stuff = _rail(rng)
    joiner = Joiner(at_m, away_deg(camera))
    joiner.box((-1.3, -before, height), (2.6, thick, thick), stuff, stuff)
    for left in (-1.3, 1.3 - thick):
        joiner.box((left, -before, 0.0), (thick, thick, height), stuff, stuff)
    return joiner.room("bar")


def door_frame(
    camera: Camera, rng: np.random.Generator, at_m: tuple[float, float] = _SOMEWHERE, side: Side | None = None
) -> Room:
    """
    A frame the camera looks through; one post hides a part of one side of the person.

    Args:
        camera: that it stands before.
        rng: decides how far and what is not given.
        at_m: where the person stands.
        side: of the picture on which the hiding post stands.
    """
    hiding = side if side is not None else (1 if rng.random() < 0.5 else -1)
    before, wide, post = float(rng.uniform(0.5, 0.9)), float(rng.uniform(0.85, 1.0)), float(rng.uniform(0.08, 0.12))
    inner = float(rng.uniform(0.08, 0.24))
    left = -inner - post if hiding < 0 else inner - wide
    tone = shade((0.72, 0.71, 0.68), rng)
    stuff = Stuff(PAINT, (tone, tone), gloss=0.25)
    joiner = Joiner(at_m, away_deg(camera))
    joiner.box((left, -before, 0.0), (post, 0.14, 2.05), stuff, stuff)
    joiner.box((left + wide, -before, 0.0), (post, 0.14, 2.05), stuff, stuff)
    joiner.box((left, -before, 2.05), (wide + post, 0.14, post), stuff, stuff)
    return joiner.room("door frame")


def nurse(
    helper: Person, camera: Camera, rng: np.random.Generator, at_m: tuple[float, float] = _SOMEWHERE, side: Side = 1
) -> Figure:
    """
    A dressed helper beside the person, turned to it, an arm reaching to its shoulder or back.

    Args:
        helper: an adult's rest body.
        camera: whose right and left `side` means.
        rng: decides clothes and posture.
        at_m: where the person stands.
        side: of the picture on which the helper stands.
    """
    joiner = Joiner(at_m, away_deg(camera))
    place = joiner.at(side * float(rng.uniform(0.42, 0.56)), -float(rng.uniform(0.0, 0.25)), 0.0)
    near, far = (float(rng.uniform(48, 78)), float(rng.uniform(20, 45))), (float(rng.uniform(0, 15)), 20.0)
    # Looking at the person, a helper on the picture's right has the camera at the left hand.
    left, right = (near, far) if side > 0 else (far, near)
    posture = Posture(
        heading_deg=_facing(place[:2], np.asarray(at_m)) + float(rng.normal(0, 8)),
        at_m=(float(place[0]), float(place[1])),
        arms_flexion_deg=(left[0], right[0]),
        elbows_deg=(left[1], right[1]),
        arms_abduction_deg=(8.0, 8.0),
        head_pitch_deg=12.0,
        trunk_pitch_deg=float(rng.uniform(0, 8)),
    )
    worn = Wardrobe(
        sex=helper.description.sex,
        top="long sleeve" if rng.random() < 0.3 else "t-shirt",
        bottom=BOTTOMS[4],
        feet=FEET[2],
        hair="bun" if helper.description.sex == "f" else "short",
        skin_tone=int(rng.integers(10)),
        hair_colour=int(rng.integers(6)),
        loose=float(rng.uniform(0.4, 0.8)),
        seed=int(rng.integers(2**31)),
    )
    return Figure(helper.pose(posture), dress(helper, worn))


def second_person(
    other: Person, camera: Camera, rng: np.random.Generator, at_m: tuple[float, float] = _SOMEWHERE
) -> Figure:
    """
    Somebody else beside or behind the person, seen from the camera.

    Args:
        other: the rest body.
        camera: that decides what is beside and behind.
        rng: decides clothes, place and posture.
        at_m: where the person stands.
    """
    aside = float(rng.choice([-1, 1])) * float(rng.uniform(0.3, 0.95))
    place = Joiner(at_m, away_deg(camera)).at(aside, float(rng.uniform(-0.15, 0.7)), 0.0)
    arms = float(rng.uniform(6, 20)), float(rng.uniform(6, 20))
    posture = Posture(
        heading_deg=float(rng.uniform(-180, 180)),
        at_m=(float(place[0]), float(place[1])),
        arms_abduction_deg=arms,
        elbows_deg=(float(rng.uniform(5, 60)), float(rng.uniform(5, 60))),
    )
    return Figure(other.pose(posture), dress(other, random_wardrobe(rng, other.description.sex, False)))


def with_own_arm(posture: Posture, rng: np.random.Generator) -> Posture:
    """The same posture with one arm before the trunk as a side camera sees it, or with a hand on the hip."""
    left = bool(rng.random() < 0.5)
    if rng.random() < 0.5:
        arm = {"flexion": float(rng.uniform(20, 60)), "abduction": 8.0, "elbow": float(rng.uniform(10, 80))}
    else:
        arm = {"flexion": float(rng.uniform(-25, 0)), "abduction": float(rng.uniform(32, 48)), "elbow": 85.0}
    return posture.but(
        arms_flexion_deg=_one_side(posture.arms_flexion_deg, arm["flexion"], left),
        arms_abduction_deg=_one_side(posture.arms_abduction_deg, arm["abduction"], left),
        elbows_deg=_one_side(posture.elbows_deg, arm["elbow"], left),
    )


def _one_side(pair: tuple[float, float], value: float, left: bool) -> tuple[float, float]:
    return (value, pair[1]) if left else (pair[0], value)


def _facing(start: NDArray[np.float64], end: NDArray[np.float64]) -> float:
    """The heading of somebody at `start` who looks at `end`, degrees."""
    away = np.asarray(end) - np.asarray(start)
    return float(np.degrees(np.arctan2(-away[0], away[1])))


def _rail(rng: np.random.Generator) -> Stuff:
    """Wood or metal."""
    if rng.random() < 0.5:
        return Stuff(WOOD, (shade((0.5, 0.33, 0.18), rng), shade((0.33, 0.2, 0.1), rng)), gloss=0.3)
    return Stuff(METAL, (shade((0.5, 0.5, 0.51), rng), shade((0.2, 0.2, 0.21), rng)), gloss=0.5)
