import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.pose.landmarks import Joint
from edge.pose.silhouette import SIDE, Silhouette
from edge.pose.spine_crop import (
    GREY,
    HEIGHT,
    WIDTH,
    Box,
    body_box,
    box_about,
    cut_upright,
    person_in,
    to_tensor,
    torso_box,
)
from tests.people import standing

SIZE_PX = (720, 1280)


def ramps(width, height):
    """Every pixel says where its middle is."""
    y, x = np.mgrid[0:height, 0:width] + 0.5
    return np.stack([x, y, x + y], axis=2).astype(np.float32)


boxes = st.builds(
    Box, left=st.floats(40, 150), top=st.floats(40, 150), scale=st.one_of(st.floats(0.4, 2.6), st.just(1.0))
)


@settings(max_examples=30, deadline=None)
@given(boxes)
def test_every_pixel_of_a_crop_is_the_picture_at_its_own_place_to_a_hundredth_of_a_pixel(box):
    crop = cut_upright(ramps(720, 900), box)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH] + 0.5
    places = box.to_picture(np.stack([x, y], axis=2).reshape(-1, 2)).reshape(HEIGHT, WIDTH, 2)
    assert np.abs(crop[:, :, :2] - places).max() < 0.01


@given(boxes, st.floats(0, 192), st.floats(0, 256))
def test_a_point_comes_back_from_the_picture(box, x, y):
    assert box.to_crop(box.to_picture(np.array([[x, y]])))[0] == pytest.approx([x, y], abs=1e-6)


def test_a_crop_that_is_the_picture_is_the_picture():
    image = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 3)).astype(np.uint8)
    assert np.array_equal(cut_upright(image, Box(0.0, 0.0, 1.0)), image.astype(np.float32))


@pytest.mark.parametrize("scale", [0.7, 1.0, 2.3, 3.9])
def test_beyond_the_picture_its_edge_is_repeated(scale):
    image = np.full((400, 300, 3), 50, np.uint8)
    image[:, :12] = 200
    image[-12:] = 90
    crop = cut_upright(image, Box(-100.0, 300.0, scale))
    assert (crop[5, : int(95 / scale)] == 200).all()
    assert (crop[int(110 / scale) :, WIDTH // 2 + 60 :] == 90).all()


def test_a_fine_pattern_becomes_grey_and_no_other_pattern():
    image = np.zeros((1000, 800, 3), np.uint8)
    image[:, ::2] = 255
    assert cut_upright(image, Box(3.3, 5.1, 2.0)).std() < 1
    noise = np.random.default_rng(1).integers(0, 256, (1000, 800, 3)).astype(np.uint8)
    assert cut_upright(noise, Box(3.3, 5.1, 3.0)).std() < 0.4 * noise.std()


def test_the_torso_s_box_holds_head_shoulders_and_hips_and_is_centred_on_them():
    landmarks = standing()
    box = torso_box(landmarks)
    joints = [Joint.NOSE, Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP, Joint.LEFT_EAR]
    inside = box.to_crop(landmarks.xyz_px[joints, :2])
    assert (inside > [10, 20]).all()
    assert (inside < [WIDTH - 10, HEIGHT - 20]).all()
    hips = box.to_crop(landmarks.xyz_px[[Joint.LEFT_HIP, Joint.RIGHT_HIP], :2]).mean(axis=0)
    assert hips[0] == pytest.approx(WIDTH / 2, abs=1)
    assert HEIGHT - hips[1] == pytest.approx(HEIGHT / 2 * (1 - 1 / 1.375), abs=1)


def test_the_body_s_box_holds_every_joint():
    landmarks = standing()
    inside = body_box(landmarks).to_crop(landmarks.xyz_px[:, :2])
    assert (inside > 0).all()
    assert (inside < [WIDTH, HEIGHT]).all()


@pytest.mark.parametrize("box", [torso_box, body_box])
def test_without_a_hip_there_is_no_box(box):
    assert box(standing(hidden=(Joint.LEFT_HIP,))) is None


def test_a_head_that_is_not_known_is_taken_to_be_upright():
    hidden = (Joint.NOSE, Joint.LEFT_EAR, Joint.RIGHT_EAR)
    seen, guessed = torso_box(standing()), torso_box(standing(hidden=hidden))
    assert guessed.scale == pytest.approx(seen.scale, rel=0.1)


def test_points_that_span_nothing_or_are_no_numbers_make_no_box():
    assert box_about(np.zeros((4, 2)), 1.4) is None
    assert box_about(np.array([[0.0, 0.0], [np.nan, 400.0]]), 1.4) is None


def halves():
    """A silhouette of everything left of x = 300 in the picture, as far down as y = 600."""
    mask = np.zeros((SIDE, SIDE), np.bool_)
    mask[:, : SIDE // 2] = True
    return Silhouette(mask, np.array([[2.0, 0.0, 300.0 - SIDE], [0.0, 2.0, 600.0 - 2 * SIDE]]))


def test_what_is_not_the_person_becomes_grey_and_what_the_outline_does_not_reach_stays():
    image = np.full((1280, 720, 3), 200, np.uint8)
    box = Box(200.0, 400.0, 1.5)
    tensor = to_tensor(cut_upright(image, box), person_in(halves(), box))
    at = box.to_crop(np.array([[250.0, 500.0], [300.0, 500.0], [330.0, 500.0], [330.0, 640.0]])).astype(int)
    shown = [tensor[0, 0, y, x] for x, y in at]
    assert shown == pytest.approx([200 / 255, 200 / 255, GREY / 255, 200 / 255], abs=1e-6)


def test_the_tensor_has_red_first_and_values_from_0_to_1():
    crop = np.zeros((HEIGHT, WIDTH, 3), np.float32)
    crop[:, :, 2] = 255.0
    tensor = to_tensor(crop)
    assert tensor.shape == (1, 3, HEIGHT, WIDTH)
    assert tensor.dtype == np.float32
    assert (tensor[0, 0] == 1).all()
    assert (tensor[0, 1:] == 0).all()
