import math

import pytest

from edge.pose.landmarks import Joint
from edge.spine.scale import EAR_TO_ANKLE_OF_STATURE, Scale, find_scale
from edge.spine.setup import Setup
from tests.people import ANKLE, HEAD, HIP_HEIGHT, SIZE_PX, TRUNK, standing

EVERYTHING = Setup(px_per_m=611, distance_m=3, vertical_fov_deg=36, person_height_m=1.6)


def test_a_measured_scale_wins():
    assert find_scale(EVERYTHING, standing(), SIZE_PX) == Scale(611, "setting")


def test_distance_and_field_of_view_come_next():
    setup = Setup(distance_m=3.0, vertical_fov_deg=36.0, person_height_m=1.6)
    scale = find_scale(setup, standing(), SIZE_PX)
    assert scale.origin == "camera distance"
    assert scale.px_per_m == pytest.approx(640 / math.tan(math.radians(18)) / 3)


def test_body_height_is_the_last_resort():
    scale = find_scale(Setup(person_height_m=1.6), standing(px_per_m=600), SIZE_PX)
    assert scale.origin == "body height"
    drawn = HIP_HEIGHT + TRUNK + HEAD - ANKLE
    assert scale.px_per_m == pytest.approx(600 * drawn / EAR_TO_ANKLE_OF_STATURE, rel=1e-3)


def test_body_height_needs_ears_and_ankles():
    assert find_scale(Setup(person_height_m=1.6), standing(hidden=(Joint.LEFT_ANKLE,))) == Scale(None, "unknown")


def test_body_height_holds_under_a_rolled_camera():
    level = find_scale(Setup(person_height_m=1.6), standing()).px_per_m
    rolled = find_scale(Setup(person_height_m=1.6, roll_deg=15.0), standing(camera_roll_deg=15.0)).px_per_m
    assert rolled == pytest.approx(level, rel=1e-3)


def test_an_upside_down_person_gives_no_scale():
    assert find_scale(Setup(person_height_m=1.6), standing(camera_roll_deg=180.0)).px_per_m is None


@pytest.mark.parametrize("setup", [Setup(), Setup(distance_m=3.0), Setup(vertical_fov_deg=36.0)])
def test_half_of_the_facts_is_no_scale(setup):
    assert find_scale(setup, standing(), SIZE_PX) == Scale(None, "unknown")
