"""B2 over a whole bend: when a hint is given, for which side and stretch of the back, and when not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.spine.hump import LEAST_DEG, BackReading, band_of, bend_depth_deg, hump_of


def sweep(angle, depths=range(40, 110, 3)):
    return [BackReading(float(depth), float(angle(depth))) for depth in depths]


@pytest.mark.parametrize(("angle", "side"), [(6.0, "right"), (-6.0, "left")])
def test_a_side_that_stands_higher_through_the_bend_is_named(angle, side):
    found = hump_of(sweep(lambda depth: angle))
    assert (found.side, found.angle_deg, found.reason) == (side, angle, None)


@pytest.mark.parametrize(("highest", "band"), [(60, "thoracic"), (94, "thoracolumbar"), (106, "lumbar")])
def test_the_stretch_of_the_back_is_the_one_seen_where_the_difference_was_largest(highest, band):
    found = hump_of(sweep(lambda depth: 5.0 + 8.0 * (abs(depth - highest) < 3)))
    assert found.band == band == band_of(highest)


def test_one_odd_frame_is_no_hump():
    readings = [*sweep(lambda depth: 0.5), BackReading(61.0, 45.0)]
    found = hump_of(readings)
    assert (found.side, found.band) == (None, None)
    assert "beyond what this station can tell" in found.reason


def test_sides_that_change_with_the_depth_are_no_hint():
    found = hump_of(sweep(lambda depth: 8.0 if depth < 85 else -8.0))
    assert found.side is None
    assert found.angle_deg is not None


def test_standing_is_not_part_of_the_bend():
    found = hump_of(sweep(lambda depth: 20.0, range(0, 30, 2)))
    assert (found.angle_deg, found.course) == (None, ())
    assert "not seen" in found.reason


def test_how_long_somebody_stays_at_a_depth_does_not_count():
    stays = [BackReading(90.0, -6.0)] * 500
    assert hump_of([*sweep(lambda depth: 6.0), *stays]).side == "right"


@given(st.lists(st.tuples(st.floats(0, 170), st.floats(-60, 60)), max_size=30))
def test_a_hint_has_a_side_and_a_stretch_or_a_reason_and_mirrors(pairs):
    found = hump_of([BackReading(*pair) for pair in pairs])
    assert (found.side is None) == (found.band is None) == (found.reason is not None)
    if found.side is not None:
        assert abs(found.angle_deg) >= LEAST_DEG
    mirrored = hump_of([BackReading(depth, -angle) for depth, angle in pairs])
    assert mirrored.side == {"left": "right", "right": "left", None: None}[found.side]


def test_the_depth_of_a_bend_seen_from_behind_is_the_angle_that_shortens_the_trunk():
    for depth in (0.0, 35.0, 90.0, 120.0):
        shoulders = 500.0 - 240.0 * np.cos(np.radians(depth))
        assert bend_depth_deg(500.0, shoulders, 240.0) == pytest.approx(depth, abs=1e-6)
    assert bend_depth_deg(500.0, 100.0, 240.0) == 0.0
    assert bend_depth_deg(500.0, 300.0, 0.0) is None
    assert bend_depth_deg(float("nan"), 300.0, 240.0) is None
