"""Row 1.2: a box of the picture in a network's input, there and back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.pose.fit import Box, box_around, fit_contain, whole

sides = st.floats(20, 3000)
places = st.floats(-500, 500)


@settings(max_examples=50, deadline=None)
@given(places, places, sides, sides, st.tuples(st.integers(32, 512), st.integers(32, 512)), st.booleans())
def test_a_point_comes_back_to_where_it_was(left, top, width, height, size, whole_pixels):
    box = Box(left, top, width, height)
    fit = fit_contain(box, size, whole_pixels=whole_pixels)
    points = np.array([[left, top], [left + width, top + height], [left + width / 3, top + height / 7]])
    assert fit.to_picture(fit.to_input(points)) == pytest.approx(points, abs=1e-6)


@settings(max_examples=50, deadline=None)
@given(places, places, sides, sides, st.tuples(st.integers(32, 512), st.integers(32, 512)))
def test_the_whole_box_lies_inside_and_touches_two_opposite_sides(left, top, width, height, size):
    box = Box(left, top, width, height)
    low, high = fit_contain(box, size).to_input(np.array([[left, top], [left + width, top + height]]))
    assert (low >= -1e-6).all()
    assert (high <= np.array(size) + 1e-6).all()
    assert low + high == pytest.approx(np.array(size), abs=1e-6)
    assert np.min(size - (high - low)) == pytest.approx(0, abs=1e-6)


def test_what_is_cut_out_shows_a_point_where_the_map_says():
    image = np.zeros((300, 200, 3), np.uint8)
    image[118:123, 78:83] = 255
    fit = fit_contain(Box(20, 40, 120, 200), (96, 128))
    cut = fit.cut(image).astype(np.float64)[:, :, 0]
    rows, columns = np.mgrid[0:128, 0:96]
    centre = np.array([(cut * columns).sum(), (cut * rows).sum()]) / cut.sum()
    assert fit.to_picture(centre) == pytest.approx(np.array([80.0, 120.0]), abs=0.15)


def test_outside_the_picture_lies_black_or_the_edge_that_goes_on():
    image = np.full((50, 50, 3), 200, np.uint8)
    fit = fit_contain(Box(-50, 0, 100, 100), (64, 64))
    assert fit.cut(image)[:, :20].max() == 0
    assert fit.cut(image, black_outside=False).min() == 200


def test_the_box_around_points_leaves_the_unknown_ones_out():
    points = np.array([[10.0, 20.0], [np.nan, np.nan], [40.0, 90.0]])
    assert box_around(points) == Box(10.0, 20.0, 30.0, 70.0)


@pytest.mark.parametrize(
    "points", [[[10.0, 20.0]], [[np.nan, 1.0], [2.0, np.nan]], [[10.0, 20.0], [11.0, 90.0]], [[5.0, 5.0]] * 3]
)
def test_points_without_extent_have_no_box(points):
    assert box_around(np.array(points)) is None


@pytest.mark.parametrize(("width", "height"), [(0, 10), (10, 0), (-4, 10), (float("nan"), 10)])
def test_a_box_without_extent_is_refused(width, height):
    with pytest.raises(ValueError, match="extent"):
        Box(0, 0, width, height)


def test_the_whole_picture_is_a_box():
    assert whole(np.zeros((480, 640, 3), np.uint8)) == Box(0.0, 0.0, 640.0, 480.0)
