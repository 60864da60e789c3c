"""Where a camera sees points, against numbers worked out by hand."""

import math

import numpy as np
import pytest

from models.people.render.camera import Camera

LEVEL = Camera((0.0, -2.0, 1.0), (0.0, 0.0, 1.0), 90.0, (640, 480))
"""Half of 480 px at one metre's half-height per metre: the focal length is 240 px."""


def test_the_focal_length_follows_from_the_vertical_angle():
    assert LEVEL.focal_px == pytest.approx(240.0)
    assert Camera((0, -2, 1), (0, 0, 1), 60.0, (100, 1280)).focal_px == pytest.approx(640 * math.sqrt(3))


@pytest.mark.parametrize(
    ("point", "pixel", "depth"),
    [
        ((0, 0, 1), (320, 240), 2.0),
        ((1, 0, 1), (440, 240), 2.0),
        ((0, 0, 1.5), (320, 180), 2.0),
        ((-1, 1, 0), (240, 320), 3.0),
        ((0.5, -1, 1), (440, 240), 1.0),
    ],
)
def test_a_point_is_seen_where_geometry_puts_it(point, pixel, depth):
    assert LEVEL.project([point])[0] == pytest.approx(pixel)
    assert LEVEL.depth([point])[0] == pytest.approx(depth)


def test_from_behind_the_persons_right_is_on_the_pictures_right():
    assert LEVEL.project([(0.2, 0, 1)])[0, 0] > 320
    front = Camera((0.0, 2.0, 1.0), (0.0, 0.0, 1.0), 90.0, (640, 480))
    assert front.project([(0.2, 0, 1)])[0, 0] < 320


def test_a_camera_rolled_clockwise_turns_the_picture_the_other_way():
    rolled = Camera((0.0, -2.0, 1.0), (0.0, 0.0, 1.0), 90.0, (640, 480), roll_deg=30.0)
    x, y = rolled.project([(1, 0, 1)])[0] - (320, 240)
    assert (x, y) == pytest.approx((120 * math.cos(math.pi / 6), -120 * math.sin(math.pi / 6)))


def test_a_camera_that_looks_down_sees_level_points_higher():
    tilted = Camera((0.0, -2.0, 1.0), (0.0, 0.0, -1.0), 90.0, (640, 480))
    assert tilted.project([(0, 0, -1)])[0] == pytest.approx((320, 240))
    assert tilted.depth([(0, 0, 1)])[0] == pytest.approx(math.sqrt(2))
    assert tilted.project([(0, 0, 1)])[0] == pytest.approx((320, 0))


def test_what_is_behind_the_lens_has_no_place():
    assert np.isnan(LEVEL.project([(0, -3, 1)])).all()
    assert LEVEL.depth([(0, -3, 1)])[0] == pytest.approx(-1.0)


@pytest.mark.parametrize(
    "wrong",
    [{"vertical_fov_deg": 0.0}, {"size_px": (4, 4)}, {"target_m": (0.0, -2.0, 0.0)}],
)
def test_an_impossible_camera_is_refused(wrong):
    with pytest.raises(ValueError, match="must"):
        Camera(**{"position_m": (0.0, -2.0, 1.0), "target_m": (0.0, 0.0, 1.0), **wrong})
