"""B2 to B6 and the tempo."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.pose.body_view import BodyView
from edge.pose.silhouette import SIDE, Silhouette
from edge.spine.bend import BendFrame, above_floor_px, course_of, deviation_of
from edge.spine.level_mask import LevelMask, level_mask
from edge.spine.measures import back_skyline
from edge.spine.plane import Plane
from edge.spine.setup import Setup
from edge.spine.skyline import REACH_M, Skyline, skyline_of
from tests.people import standing

PX_PER_M = 600.0
STEP_PX = 600 / 256


def bent(angle_deg, view=BodyView.BACK, *, roll_deg=0.0, width_m=0.34):
    """A bent back as a half ellipse on legs, its upper side turned by an angle about the midline."""
    u, v = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    x, z = (u - SIDE / 2) * STEP_PX / PX_PER_M, (SIDE * 0.45 - v) * STEP_PX / PX_PER_M
    roll = np.radians(roll_deg)
    x, z = x * np.cos(roll) + z * np.sin(roll), z * np.cos(roll) - x * np.sin(roll)
    side = x if view is BodyView.BACK else -x
    top = 0.10 * np.sqrt(np.clip(1 - (side / (width_m / 2)) ** 2, 0, 1)) + side * np.tan(np.radians(angle_deg))
    trunk = (np.abs(side) < width_m / 2) & (z < top) & (z > -0.2)
    legs = (np.abs(np.abs(side) - 0.09) < 0.06) & (z <= -0.1) & (z > -0.6)
    return Silhouette(trunk | legs, np.array([[STEP_PX, 0, 0], [0, STEP_PX, 0]]))


def skyline(angle_deg, view=BodyView.BACK, px_per_m=PX_PER_M, **how) -> Skyline:
    plane = Plane(how.get("roll_deg", 0.0))
    picture = bent(angle_deg, view, **how)
    middle = plane.flat(np.array([[SIDE / 2 * STEP_PX, SIDE * 0.45 * STEP_PX]]))[0]
    mask = level_mask(picture, plane, (middle[0], middle[1] + 30), 0.45 * PX_PER_M)
    found = skyline_of(mask, middle[0], view, px_per_m)
    assert isinstance(found, Skyline), found
    return found


@settings(max_examples=25, deadline=None)
@given(st.floats(-15, 15), st.sampled_from([BodyView.BACK, BodyView.FRONT]), st.sampled_from([None, PX_PER_M]))
def test_the_skyline_has_the_angle_the_back_was_turned_by_from_both_sides(angle, view, px_per_m):
    # Half a pixel of the mask over twice the reach is the finest it can be: 0.6 degrees.
    assert skyline(angle, view, px_per_m).angle_deg == pytest.approx(angle, abs=0.8)


@pytest.mark.parametrize("roll", [-4.0, 2.0, 5.0])
def test_camera_roll_is_no_hump(roll):
    assert skyline(0.0, roll_deg=roll).angle_deg == pytest.approx(0, abs=1.0)


def test_the_higher_reading_is_on_the_higher_side():
    found = skyline(8.0)
    assert found.right[1] < found.left[1]
    assert found.right[0] > found.left[0]
    assert found.reach_px == pytest.approx(REACH_M * PX_PER_M, rel=0.01)
    mirrored = skyline(8.0, BodyView.FRONT)
    assert mirrored.right[1] < mirrored.left[1]
    assert mirrored.right[0] < mirrored.left[0]


def test_a_narrow_back_is_read_nearer_to_the_midline():
    assert skyline(5.0, width_m=0.2).reach_px < 0.99 * REACH_M * PX_PER_M


def test_a_midline_outside_and_a_back_too_narrow_are_reasons():
    picture = bent(0.0)
    mask = level_mask(picture, Plane(), (300, 300), 270)
    assert "midline" in skyline_of(mask, -50.0, BodyView.BACK)
    needle = LevelMask(np.pad(np.ones((9, 3), np.float32), 3), (0.0, 0.0), 1.0)
    assert "narrow" in skyline_of(needle, 4.0, BodyView.BACK)


def test_a_head_above_the_back_is_not_taken_for_the_back():
    picture = bent(0.0)
    u, v = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    head = (np.abs(u - SIDE / 2 - 6) < 12) & (v > 40) & (v < SIDE * 0.45)
    mask = level_mask(Silhouette(picture.mask | head, picture.to_picture), Plane(), (300, 300), 270)
    found = skyline_of(mask, 300.0, BodyView.BACK, PX_PER_M)
    assert "not smooth" in found or "narrow" in found


def test_the_skyline_of_a_frame_needs_hips_and_the_right_view():
    picture = bent(6.0)
    person = standing(px_per_m=PX_PER_M)
    person.xyz_px[:, 0] += 300 - person.xyz_px[[23, 24], 0].mean()
    person.xyz_px[:, 1] += 330 - person.xyz_px[[23, 24], 1].mean()
    found = back_skyline(picture, person, BodyView.BACK, Setup(px_per_m=PX_PER_M))
    assert found.angle_deg == pytest.approx(6, abs=0.8)
    assert "side" in back_skyline(picture, person, BodyView.LEFT, Setup())
    person.score[23] = 0.0
    assert back_skyline(picture, person, BodyView.BACK, Setup()) == "hips not seen"


def frames(down_s=2.0, up_s=2.0, side_down=lambda d: 0.0, side_up=None, rest_s=0.5):
    """Stand, bend evenly, come up evenly, stand."""
    deepest, hz = 90.0, 30
    depth = np.concatenate([
        np.zeros(round(rest_s * hz)),
        np.linspace(0, deepest, round(down_s * hz) + 1)[1:],
        np.linspace(deepest, 0, round(up_s * hz) + 1)[1:],
        np.zeros(round(rest_s * hz)),
    ])  # fmt: skip
    turn = int(depth.argmax())
    side_up = side_up or side_down
    return [BendFrame(k / hz, float(d), float((side_down if k <= turn else side_up)(d))) for k, d in enumerate(depth)]


def test_range_deviation_return_and_tempo_are_what_the_bend_was_made_of():
    found = course_of(frames(down_s=2.0, up_s=3.0, side_down=lambda d: d / 30, side_up=lambda d: d / 30 - 1 + d / 90))
    assert found.range_deg == pytest.approx(90)
    assert found.deviation == pytest.approx(3.0)
    assert found.area == pytest.approx(1.5, abs=0.05)
    assert found.return_difference == pytest.approx(0.5, abs=0.02)
    assert found.down_s == pytest.approx(2.0, abs=0.05)
    assert found.up_s == pytest.approx(3.0, abs=0.05)
    assert found.pauses_s == 0


def test_a_bend_to_the_left_is_negative():
    found = course_of(frames(side_down=lambda d: -d / 30))
    assert found.deviation == pytest.approx(-3.0)
    assert found.area < 0
    assert found.return_difference == pytest.approx(0, abs=1e-6)


def test_a_stop_on_the_way_down_is_a_pause():
    way = frames()
    stop = 30
    later = [BendFrame(f.time_s + 1.0, f.flexion_deg, f.deviation) for f in way[stop:]]
    still = [BendFrame(way[stop].time_s + k / 30, way[stop].flexion_deg, 0.0) for k in range(30)]
    found = course_of([*way[:stop], *still, *later])
    assert found.pauses_s == pytest.approx(1.0, abs=0.1)
    assert found.down_s == pytest.approx(3.0, abs=0.1)


def test_a_bend_without_return_has_no_return_path():
    way = frames(rest_s=0.1)
    deepest = max(range(len(way)), key=lambda k: way[k].flexion_deg)
    found = course_of(way[: deepest + 1])
    assert found.return_difference is None
    assert found.up_s == 0


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ([], "too few"),
        ([BendFrame(k / 30, 1.0, 0.0) for k in range(30)], "no bend"),
        ([BendFrame(0.0, 0.0, 0.0), BendFrame(0.0, 50.0, 0.0), BendFrame(1.0, 0.0, 0.0)], "order"),
        ([BendFrame(0.0, 0.0, 0.0), BendFrame(0.5, float("nan"), 0.0), BendFrame(1.0, 0.0, 0.0)], "order"),
    ],
)
def test_what_is_no_bend_says_why(wrong, why):
    assert why in course_of(wrong)


def test_fingers_below_the_floor_line_reach_the_floor():
    assert above_floor_px([(0, 900), (5, 950)], 1000.0) == 50
    assert above_floor_px([(0, 1020)], 1000.0) == 0


def test_a_deviation_is_a_share_of_the_standing_trunk():
    assert deviation_of((100, 500), (110, 300), 1.0, 200.0) == 5.0
    assert deviation_of((100, 500), (110, 300), -1.0, 200.0) == -5.0
    assert deviation_of((100, 500), (110, 300), 1.0, 0.0) is None
