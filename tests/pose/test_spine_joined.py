"""Shoulders and hips out of two networks that define them differently and are differently sure."""

from dataclasses import replace

import numpy as np
import pytest

from edge.pose.landmarks import Joint, Landmarks
from edge.pose.spine_answer import SpineAnswer
from edge.pose.spine_crop import HIPS, SHOULDERS, Box
from edge.pose.spine_joined import COARSE_SD, joined_px
from edge.pose.spine_layout import JOINTS
from edge.pose.spine_reading import Trend
from edge.pose.trunk_definition import anatomical, anatomical_trunk
from models.people.truth.offsets import as_network_places

NUMBER = {joint: number for number, joint in JOINTS.items()}
TRUNK = [*SHOULDERS, *HIPS]
PX = np.array([[100.0, 100.0], [160.0, 104.0], [112.0, 210.0], [148.0, 208.0]])
"""As a landmark network defines them, of somebody seen from behind."""
BOX = Box(10.0, 20.0, 1.5)


def landmarks(px=PX, unseen=()) -> Landmarks:
    xyz, score = np.zeros((33, 3), np.float32), np.ones(33, np.float32)
    xyz[TRUNK, :2] = px
    score[list(unseen)] = 0.1
    return Landmarks(xyz, np.zeros((33, 3), np.float32), score, np.zeros(33, np.bool_), 0.0)


def answer(px, sd_px):
    """`sd_px`: (4,) pixels of the picture."""
    xy, sd = np.full((74, 2), 50.0), np.ones((74, 2))
    for joint, place, wide in zip(TRUNK, px, np.broadcast_to(sd_px, 4), strict=True):
        xy[NUMBER[joint]], sd[NUMBER[joint]] = BOX.to_crop(place), wide / BOX.scale
    return SpineAnswer(xy, sd, np.ones(74), Trend(0.0, np.zeros(7)), BOX)


def trunk_of(points_px):
    return points_px[[NUMBER[joint] for joint in TRUNK]]


def moved(sd_px, *, by=(6.0, -4.0), **seen):
    """How far towards the landmarks, 0 to 1: (4,)."""
    coarse = anatomical(PX, from_behind=True)
    found = trunk_of(joined_px(answer(coarse + by, sd_px), landmarks(**seen)))
    return 1 - ((found - coarse) / by).mean(axis=1)


@pytest.mark.parametrize("from_behind", [True, False])
def test_the_definitions_are_each_other_s_opposite(from_behind):
    names = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
    joints = {name: np.array([*place, 0.0]) for name, place in zip(names, PX, strict=True)}
    placed = as_network_places(joints, from_behind=from_behind)
    back = anatomical(np.array([placed[name][:2] for name in names]), from_behind=from_behind)
    # Taking the hips further apart, they are measured against the trunk's new direction.
    assert back == pytest.approx(PX, abs=0.05)


def test_a_trunk_without_width_is_no_division_by_zero():
    flat = PX.copy()
    flat[3] = flat[2]
    assert np.isfinite(anatomical(flat, from_behind=True)).all()
    assert np.isfinite(joined_px(answer(flat, 2.0), landmarks(np.full((4, 2), 7.0)))).all()


def test_what_the_spine_network_is_sure_of_stays():
    assert moved(0.05) == pytest.approx(np.zeros(4), abs=1e-3)


def test_as_unsure_as_the_landmarks_it_meets_them_half_way_and_less_sure_further():
    own = COARSE_SD * float(np.linalg.norm(anatomical_trunk(PX)))
    assert moved(own) == pytest.approx(np.full(4, 0.5))
    assert moved(2 * own) == pytest.approx(np.full(4, 0.8))


def test_both_sides_weigh_alike_so_that_their_line_is_of_one_kind():
    own = COARSE_SD * float(np.linalg.norm(anatomical_trunk(PX)))
    assert moved([0.1, own, 2 * own, 0.1]) == pytest.approx([0.5, 0.5, 0.8, 0.8])


def test_a_pair_the_landmarks_do_not_see_both_of_stays():
    own = COARSE_SD * float(np.linalg.norm(anatomical_trunk(PX)))
    assert moved(own, unseen=[Joint.LEFT_HIP]) == pytest.approx([0.5, 0.5, 0.0, 0.0])


def test_a_recovered_hip_is_not_joined_as_if_it_were_seen():
    coarse = anatomical(PX, from_behind=True)
    recovered = np.zeros(33, np.bool_)
    recovered[Joint.RIGHT_HIP] = True
    given = answer(coarse + 5.0, 8.0)
    found = trunk_of(joined_px(given, replace(landmarks(), recovered=recovered)))
    assert found[2:] == pytest.approx(coarse[2:] + 5.0)


def test_every_other_point_and_the_answer_itself_stay():
    given = answer(PX + 30.0, 8.0)
    before = given.xy.copy()
    others = [number for number in range(74) if number not in {NUMBER[joint] for joint in TRUNK}]
    assert np.array_equal(joined_px(given, landmarks())[others], given.xy_px[others])
    assert np.array_equal(given.xy, before)
