"""Rows 3.1, 3.2 and 3.8: a site's SpinePose or RTMPose network runs unchanged and gives our points."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.engine.artefact import load_artefact
from edge.engine.onnx import OnnxEngine
from edge.engine.simulated import SimulatedEngine
from edge.errors import ModelError
from edge.pose.fit import Box
from edge.pose.landmarks import Joint
from edge.pose.network_card import Decoding, read_card
from edge.pose.picture_points import PicturePoints
from edge.pose.point_layout import BODY17, BODY26, SPINETRACK37, PointLayout
from edge.pose.simcc import SimccPose, decode
from edge.pose.spine_points import NINE, SpinePoint
from edge.pose.spinetrack import SPINE, joints_of, spine_points
from tests.pose.site_networks import MEAN, STD, dots, simcc_card, simcc_network, write_site_folder

BOX = Box(60.0, 40.0, 240.0, 320.0)
IMAGE = np.zeros((400, 360, 3), np.uint8)


def published(along_x, along_y, box, size_px, ratio):
    """SpinePose's and rtmlib's reading, one value after another: first highest step, mean height, then the box."""
    width, height = box.width_px * 1.25, box.height_px * 1.25
    aspect = size_px[0] / size_px[1]
    width, height = (width, width / aspect) if width > height * aspect else (height * aspect, height)
    centre = box.left_px + box.width_px / 2, box.top_px + box.height_px / 2
    found = []
    for row_x, row_y in zip(along_x.tolist(), along_y.tolist(), strict=True):
        place = []
        for row in (row_x, row_y):
            best = 0
            for step, value in enumerate(row):
                if value > row[best]:
                    best = step
            place.append(best)
        score = 0.5 * (max(row_x) + max(row_y))
        if score <= 0:
            found.append((math.nan, math.nan, 0.0))
            continue
        x = place[0] / ratio / size_px[0] * width + centre[0] - width / 2
        y = place[1] / ratio / size_px[1] * height + centre[1] - height / 2
        found.append((x, y, score))
    return np.array(found)


def answers(along_x, along_y):
    return {"simcc_x": along_x[None].astype(np.float32), "simcc_y": along_y[None].astype(np.float32)}


@settings(max_examples=12, deadline=None)  # the reference reads 33,000 values one by one
@given(st.integers(0, 2**32 - 1), st.floats(30, 900), st.floats(30, 900))
def test_random_answers_are_read_as_the_published_programs_read_them(seed, width, height):
    chance = np.random.default_rng(seed)
    # Few levels, so that many steps are equally high; some points below zero.
    along_x, along_y = (
        chance.integers(-3, 4, (37, steps)) / 4.0 - chance.integers(0, 2, (37, 1)) for steps in (384, 512)
    )
    box = Box(12.5, -7.0, width, height)
    card = simcc_card(decoding=Decoding("simcc", "spinetrack37", fine=False))
    points = SimccPose(SimulatedEngine([answers(along_x, along_y)]), card).read(IMAGE, box)
    expected = published(along_x.astype(np.float32), along_y.astype(np.float32), box, (192, 256), 2.0)
    assert points.xy_px == pytest.approx(expected[:, :2], abs=1e-6, nan_ok=True)
    assert points.score == pytest.approx(expected[:, 2], abs=1e-6)


def test_of_several_steps_alike_the_first_counts():
    along = np.zeros((1, 9))
    along[0, [3, 4, 8]] = 0.7
    (xy,), (score,) = decode(along, along)
    assert (*xy, score) == (3.0, 3.0, pytest.approx(0.7))
    (xy,), _ = decode(along, along, fine=True)
    assert xy.tolist() == [3.5, 3.5]


@pytest.mark.parametrize("heights", [(0.0, 0.0), (-0.5, 0.5), (-0.2, -0.3)])
def test_no_height_above_zero_is_no_point(heights):
    (xy,), (score,) = decode(np.full((1, 5), heights[0]), np.full((1, 5), heights[1]), fine=True)
    assert np.isnan(xy).all()
    assert score == 0.0


@settings(max_examples=40, deadline=None)
@given(st.floats(3, 60), st.floats(3, 60))
def test_between_the_steps_a_bell_is_read_closer_than_to_the_step(x, y):
    steps = np.arange(64)
    along_x, along_y = (np.exp(-((steps - place) ** 2) / (2 * 5.0**2))[None] for place in (x, y))
    (fine,), _ = decode(along_x, along_y, fine=True)
    assert fine == pytest.approx([x, y], abs=0.02)
    (coarse,), _ = decode(along_x, along_y)
    assert np.abs(fine - coarse).max() <= 0.5 + 1e-9


def test_a_network_from_a_folder_finds_what_the_picture_shows(tmp_path):
    places = {2: (150.0, 100.0), 1: (210.0, 190.0), 0: (120.0, 320.0)}
    picture = f'colour = "RGB"\nlow = 0.0\nhigh = 255.0\nmean = {list(MEAN)}\nstd = {list(STD)}\nborder = "zero"'
    decoding = 'kind = "simcc"\nlayout = "spinetrack37"\nsplit_ratio = 2.0'
    artefact = load_artefact(write_site_folder(tmp_path, simcc_network(37), picture, decoding), "site")
    engine = OnnxEngine(artefact)
    points = SimccPose(engine, read_card(artefact)).read(dots((360, 400), places, 6.0), BOX)
    for row, (x, y) in enumerate(points.xy_px):
        # One pixel of the input is 1.6 of the picture.
        assert (x, y) == pytest.approx(places[2 - row % 3], abs=1.6), points.layout.points[row]
    assert points.cell_px == pytest.approx((400 / 512, 400 / 512))
    engine.close()


def test_the_network_is_fed_what_mmpose_feeds():
    card = simcc_card()
    pixel = np.array([10, 20, 30], np.uint8)  # blue, green, red
    tensor = card.tensor(np.tile(pixel, (256, 192, 1)))
    assert tensor.shape == (1, 3, 256, 192)
    assert tensor.dtype == np.float32
    expected = [(value - mean) / std for value, mean, std in zip((30, 20, 10), MEAN, STD, strict=True)]
    assert tensor[0, :, 7, 9] == pytest.approx(expected, abs=1e-5)


def test_a_network_of_another_size_and_layout_runs_as_well():
    for layout in (BODY17, BODY26):
        count = len(layout.points)
        outputs = {"simcc_x": (1, count, 576), "simcc_y": (1, count, 768)}
        card = simcc_card(inputs={"input": (1, 3, 384, 288)}, outputs=outputs, decoding=Decoding("simcc", layout.name))
        along_x, along_y = np.zeros((count, 576)), np.zeros((count, 768))
        along_x[:, 288], along_y[:, 384] = 1.0, 1.0
        points = SimccPose(SimulatedEngine([answers(along_x, along_y)]), card).read(IMAGE, BOX)
        assert points.xy_px == pytest.approx(np.tile([180.0, 200.0], (count, 1)))
        assert points.at("nose") == pytest.approx((180.0, 200.0))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"decoding": Decoding("simcc", "spinetrack38")}, "name one of body17, body26, spinetrack37"),
        ({"decoding": Decoding("heat_map", "spinetrack37")}, "not simcc"),
        ({"decoding": Decoding("simcc", "body17")}, r"need \(1, 17, 384\)"),
        ({"decoding": Decoding("simcc", "spinetrack37", split_ratio=3.0)}, r"need \(1, 37, 576\)"),
        ({"outputs": {"simcc_x": (1, 37, 384)}}, "simcc_y as None"),
        ({"outputs": {"simcc_x": (1, 37, 512), "simcc_y": (1, 37, 384)}}, "gives simcc_x"),
        ({"inputs": {"image": (1, 1, 256, 192)}}, "not one colour picture"),
        ({"inputs": {"a": (1, 3, 256, 192), "b": (1, 3, 256, 192)}}, "not one colour picture"),
    ],
)
def test_a_network_that_cannot_be_read_is_refused_before_it_sees_a_person(changes, says):
    with pytest.raises(ModelError, match=says) as caught:
        SimccPose(SimulatedEngine([{}]), simcc_card(**changes))
    assert "adopt the network again" in str(caught.value)


@pytest.mark.parametrize(
    ("given_x", "given_y", "says"),
    [
        (np.ones((37, 384)), None, "gives no simcc_y, only simcc_x"),
        (np.ones((26, 384)), np.ones((37, 512)), "its card says"),
        (np.ones((37, 384)), np.full((37, 512), np.nan), "not finite"),
        (np.ones((37, 384)), np.full((37, 512), np.inf), "not finite"),
    ],
)
def test_a_network_that_answers_otherwise_than_its_card_is_refused(given_x, given_y, says):
    outputs = {"simcc_x": given_x[None].astype(np.float32)}
    if given_y is not None:
        outputs["simcc_y"] = given_y[None].astype(np.float32)
    with pytest.raises(ModelError, match=says):
        SimccPose(SimulatedEngine([outputs]), simcc_card()).read(IMAGE, BOX)


def a_person():
    xy_px = np.stack([np.arange(37) + 100.0, np.arange(37) * 3.0 + 50.0], axis=1)
    score = np.linspace(0.3, 1.2, 37)
    xy_px[30], score[30] = np.nan, 0.0
    return PicturePoints(SPINETRACK37, xy_px, score, (1.0, 1.0), BOX)


def test_the_nine_spine_points_have_their_published_ids_levels_and_sigmas():
    ids = [SPINETRACK37.points.index(name) for name in SPINE]
    assert ids == [19, 26, 27, 28, 29, 30, 18, 35, 36]
    assert [SpinePoint[level] for level in SPINE.values()] == list(NINE)
    assert [SPINETRACK37.sigmas[row] for row in ids] == [0.07, 0.10, 0.10, 0.10, 0.08, 0.08, 0.04, 0.07, 0.06]
    assert [SPINETRACK37.sigmas[row] for row in (31, 32, 33, 34)] == [0.12, 0.12, 0.07, 0.07]
    assert SPINETRACK37.points[31:35] == ("left_latissimus", "right_latissimus", "left_clavicle", "right_clavicle")


def test_the_points_of_the_layout_have_twins():
    for layout in (BODY17, BODY26, SPINETRACK37):
        assert (layout.twins[layout.twins] == np.arange(len(layout.points))).all()
    assert SPINETRACK37.twins[[5, 31, 18]].tolist() == [6, 32, 18]


def test_spine_points_lie_inside_the_body_unless_the_skin_is_asked_for():
    inside = spine_points(a_person(), 4.5)
    assert inside.time_s == 4.5
    assert inside.xy_px[SpinePoint.CENTRE_C7].tolist() == [118.0, 104.0]
    assert inside.xy_px[SpinePoint.HEAD_TOP].tolist() == [117.0, 101.0]
    assert np.isnan(inside.xy_px[SpinePoint.C7]).all()
    assert inside.score[SpinePoint.C7] == 0.0
    skin = spine_points(a_person(), 4.5, on_skin=True)
    assert skin.xy_px[SpinePoint.C7].tolist() == [118.0, 104.0]
    assert skin.score[SpinePoint.C1] == 1.0  # networks give more than 1
    assert not skin.recovered.any()


def test_a_spine_point_is_as_uncertain_as_the_labels_it_was_learnt_from():
    points = spine_points(a_person(), 0.0)
    sd_px = 0.04 * math.sqrt(0.53 * 240 * 320)
    assert points.covariance_px2[SpinePoint.CENTRE_C7] == pytest.approx(np.eye(2) * sd_px**2, rel=1e-5)
    assert np.isnan(points.covariance_px2[SpinePoint.PSIS_LEFT]).all()


def test_a_point_the_network_did_not_give_is_unknown():
    points = spine_points(a_person(), 0.0)
    assert np.isnan(points.xy_px[SpinePoint.CENTRE_T3]).all()
    assert not points.known[SpinePoint.CENTRE_T3]


def test_the_joints_get_their_numbers():
    xy_px, score = joints_of(a_person())
    assert xy_px[Joint.LEFT_SHOULDER].tolist() == [105.0, 65.0]
    assert xy_px[Joint.RIGHT_FOOT_INDEX].tolist() == [121.0, 113.0]
    assert np.isnan(xy_px[Joint.LEFT_PINKY]).all()
    assert score[Joint.LEFT_PINKY] == 0.0
    assert (np.isfinite(xy_px[:, 0]) == (score > 0)).all()
    assert np.isfinite(xy_px[:, 0]).sum() == 17 + 4


def test_a_layout_without_a_spine_gives_no_spine_points():
    body = PicturePoints(BODY17, np.zeros((17, 2)), np.ones(17), (1.0, 1.0), BOX)
    with pytest.raises(ValueError, match="spinetrack37"):
        spine_points(body, 0.0)


def test_points_and_sigmas_must_fit_their_layout():
    with pytest.raises(ValueError, match="xy_px must be"):
        PicturePoints(BODY17, np.zeros((16, 2)), np.ones(17), (1.0, 1.0), BOX)
    with pytest.raises(ValueError, match="sigmas"):
        PointLayout("short", ("nose", "head"), (0.1,))
