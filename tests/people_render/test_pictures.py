"""Pictures of people: the same bytes for the same seed, every size, nothing that is not a colour."""

import hashlib
import subprocess
import sys

import numpy as np
import pytest

from models.people.asset import load_bodies
from models.people.look.anatomy import Anybody
from models.people.look.dress import random_look
from models.people.occluders import bar, door_frame
from models.people.render.camera import Camera
from models.people.render.effects import Effects, random_effects, taken
from models.people.render.figure import Figure
from models.people.render.lights import random_lights
from models.people.render.render import Quality, render
from models.people.render.rooms import KINDS, random_room
from tests.people_render.scene import BoxBody
from tests.repository import ROOT

BODIES = load_bodies()


def shot(seed: int, size_px: tuple[int, int] = (96, 128), effects: bool = True, **more):
    """One picture of somebody, everything drawn from one seed."""
    rng = np.random.default_rng(seed)
    number = seed % BODIES.count
    camera = Camera((0.0, -2.4, 1.2), (0.0, 0.0, 0.85), 42.0, size_px)
    figure = Figure(BoxBody(BODIES.rest_m[number]), random_look(Anybody(BODIES, number), rng))
    room, lights = random_room(rng, camera, kind=more.get("kind")), random_lights(rng, -90.0)
    faults = random_effects(rng) if effects else None
    return render([figure], room, lights, camera, rng, Quality(more.get("samples", 2), effects=faults))


def digest(seed: int) -> str:
    seen = shot(seed)
    parts = (seen.image, seen.depth_m, seen.person, seen.whole)
    return hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest()


def test_the_same_seed_gives_the_same_bytes_in_another_process():
    program = "from tests.people_render.test_pictures import digest; print(digest(5), digest(8))"
    other = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert other.stdout.split() == [digest(5), digest(8)]
    assert digest(5) != digest(8)


@pytest.mark.parametrize("size_px", [(160, 120), (192, 256), (720, 1280), (3840, 2160)])
def test_every_size_can_be_drawn(size_px):
    seen = shot(3, size_px, samples=1 if size_px[0] > 2000 else 2)
    width, height = size_px
    assert seen.image.shape == (height, width, 3)
    assert seen.image.dtype == np.uint8
    assert seen.depth_m.shape == seen.person.shape == seen.whole.shape == (height, width)
    assert 0.02 < seen.silhouette.mean() < 0.5


@pytest.mark.parametrize("kind", KINDS)
def test_a_room_leaves_no_hole_and_no_impossible_depth(kind):
    for seed in range(3):
        seen = shot(seed, kind=kind)
        assert np.isfinite(seen.depth_m).all()
        assert seen.depth_m.min() > 0.5
        assert 20 < seen.image.mean() < 235
        assert seen.image.std() > 8


def test_light_makes_no_number_that_is_none():
    for seed in range(12):
        seen = shot(seed, effects=False)
        assert not np.isnan(seen.depth_m).any()
        assert (seen.image[seen.silhouette].max(1) > 0).mean() > 0.97


def test_the_whole_person_is_known_behind_a_bar_and_a_frame():
    rng = np.random.default_rng(1)
    camera = Camera((0.0, -2.6, 1.2), (0.0, 0.0, 0.85), 42.0, (192, 256))
    figure = Figure(BoxBody(BODIES.rest_m[6]), random_look(Anybody(BODIES, 6), rng))
    room, lights = random_room(rng, camera), random_lights(rng)
    alone = render([figure], room, lights, camera).silhouette
    for before in (bar(camera, rng, height_m=1.0), door_frame(camera, rng, side=1)):
        seen = render([figure], room.with_more(before), lights, camera)
        assert (seen.whole == alone).all()
        assert 0.3 * alone.sum() < seen.silhouette.sum() < 0.98 * alone.sum()


def test_no_effects_leave_a_picture_as_it_is():
    image = shot(2, effects=False).image
    assert (taken(image, Effects(), np.random.default_rng(0)) == image).all()


def test_every_effect_does_what_it_says():
    rng, image = np.random.default_rng(0), np.full((90, 120, 3), 120, np.uint8)
    image[:, 60:] = 40
    assert taken(image, Effects(gain=1.5), rng).mean() > image.mean() + 10
    assert taken(image, Effects(noise=6.0), rng)[:, :50].std() == pytest.approx(6, rel=0.35)
    white = taken(image, Effects(white=(1.2, 0.9)), rng)[45, 10]
    assert white[0] > white[1] > white[2]
    dark = taken(image, Effects(vignette=0.4), rng)
    assert dark[0, 0, 0] < dark[45, 30, 0]
    bands = taken(image, Effects(rolling=0.2, rolling_rows=30.0), rng)[:, 10, 0].astype(float)
    assert np.ptp(bands) > 15
    streak = taken(image, Effects(motion_px=(8.0, 0.0)), rng)[45, :, 0].astype(int)
    assert 7 <= ((streak > 42) & (streak < 118)).sum() <= 9
    assert (taken(image, Effects(blur_px=2.0), rng)[45, 56:64, 0] % 80 != 40).any()
    assert (taken(image, Effects(jpeg_quality=40), rng) != image).any()
