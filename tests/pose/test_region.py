import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.pose.region import MARGIN, Region, region_of


def test_an_upright_person_has_an_unturned_region():
    region = region_of((100.0, 200.0), (100.0, 120.0))
    assert region == Region(100.0, 200.0, 2 * MARGIN * 80.0, 0.0)
    assert region.body_radius_px == pytest.approx(80.0)


@pytest.mark.parametrize(
    ("top", "rotation_deg"), [((180, 100), 90.0), ((20, 100), -90.0), ((100, 180), 180.0), ((180, 20), 45.0)]
)
def test_the_region_turns_with_the_person_clockwise_positive(top, rotation_deg):
    assert math.degrees(region_of((100, 100), top).rotation_rad) == pytest.approx(rotation_deg)


@pytest.mark.parametrize("top", [(100.0, 100.0), (math.nan, 50.0), (math.inf, 50.0), (100.5, 100.0)])
def test_points_that_span_no_square_give_no_region(top):
    assert region_of((100.0, 100.0), top) is None


@given(st.floats(-1000, 1000), st.floats(-1000, 1000))
def test_the_body_circle_ends_at_the_second_point(dx, dy):
    region = region_of((5.0, 7.0), (5.0 + dx, 7.0 + dy))
    if region is not None:
        r, a = region.body_radius_px, region.rotation_rad
        assert (r * math.sin(a), -r * math.cos(a)) == pytest.approx((dx, dy), abs=1e-6)


def test_two_people_shoulder_to_shoulder_are_two():
    # 1.8 m people with hips 45 cm apart; the square is about 2.4 m
    assert not Region(0, 0, 480).same_person_as(Region(90, 0, 480))


def test_hips_a_hand_apart_are_one_person():
    assert Region(0, 0, 480).same_person_as(Region(30, 20, 440))
