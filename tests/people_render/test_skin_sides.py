"""Skin seen from inside is never drawn, and nothing of a body's outline is lost by it."""

from dataclasses import replace

import numpy as np
import pytest

from models.people.asset import load_bodies
from models.people.look.dress import dress
from models.people.look.wardrobe import Wardrobe
from models.people.person import Person
from models.people.posture import Posture
from models.people.render.camera import Camera
from models.people.render.figure import Figure
from models.people.render.raster import ONE_SIDED
from models.people.render.render import render
from models.people.render.room import EMPTY
from tests.people_render.scene import LIGHTS

PERSON = Person(load_bodies(), 0)


@pytest.mark.parametrize(("heading_deg", "bend_deg"), [(0.0, 0.0), (70.0, 0.0), (0.0, 90.0), (180.0, 60.0)])
def test_leaving_out_the_far_side_changes_no_outline(heading_deg, bend_deg):
    look = dress(PERSON, Wardrobe("m", "none", "briefs", hair="bald"))
    assert (look.mask[look.overlaid] == ONE_SIDED).all()
    both = replace(look, mask=look.mask & ~np.int32(ONE_SIDED))
    body = PERSON.pose(Posture(bend_deg=bend_deg, heading_deg=heading_deg))
    camera = Camera((0.0, -2.6, 1.2), (0.0, 0.0, 0.9), 42.0, (144, 192))
    one, other = (render([Figure(body, worn)], EMPTY, LIGHTS, camera) for worn in (look, both))
    assert one.silhouette.sum() > 2000
    assert (one.silhouette == other.silhouette).all()
    assert (one.depth_m == other.depth_m).all()
