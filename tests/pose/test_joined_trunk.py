"""Shoulders and hips out of two networks that define them differently and are differently sure."""

from dataclasses import replace

import numpy as np
import pytest

from edge.pose.joined_trunk import COARSE_SD, joined_trunk
from edge.pose.landmarks import Joint, Landmarks
from edge.pose.spine_answer import SpineAnswer
from edge.pose.spine_crop import Box
from edge.pose.spine_estimator import LEGS, finer
from edge.pose.spine_gate import refusal
from edge.pose.spine_layout import JOINTS, TRUNK, TRUNK_IDS
from edge.pose.spine_reading import Trend
from edge.pose.trunk_definition import anatomical, anatomical_trunk
from models.people.truth.offsets import as_network_places

PX = np.array([[100.0, 100.0], [172.0, 104.0], [118.0, 210.0], [154.0, 208.0]])
"""As a landmark network defines them, of somebody seen from behind."""
FRONT = PX[[1, 0, 3, 2]]
BOX = Box(10.0, 20.0, 1.5)
TRUNK_PX = float(np.linalg.norm(anatomical_trunk(PX)))
SHOULDERS_SD, HIPS_SD = (share * TRUNK_PX for share in COARSE_SD)
"""Of the landmarks, pixels of the picture."""
HALF = (0.5 - 0.1) / 0.9
"""What is left of a half when the weight counts from a tenth on."""


def landmarks(px=PX, unseen=()) -> Landmarks:
    xyz, score = np.zeros((33, 3), np.float32), np.ones(33, np.float32)
    xyz[TRUNK, :2] = px
    score[list(unseen)] = 0.1
    return Landmarks(xyz, np.zeros((33, 3), np.float32), score, np.zeros(33, np.bool_), 0.0)


def answer(px, sd_px) -> SpineAnswer:
    """`sd_px`: one or (4,) pixels of the picture."""
    xy, sd = np.full((74, 2), 50.0), np.ones((74, 2))
    xy[TRUNK_IDS] = BOX.to_crop(px)
    sd[TRUNK_IDS] = np.broadcast_to(sd_px, 4)[:, None] / BOX.scale
    return SpineAnswer(xy, sd, np.ones(74), Trend(0.0, np.zeros(7)), BOX)


def moved(sd_px, *, by=(6.0, -4.0), px=PX, behind=True, **seen):
    """How far towards the landmarks, 0 to 1: (4,)."""
    coarse = anatomical(px, from_behind=behind)
    found, _ = joined_trunk(answer(coarse + by, sd_px), landmarks(px, **seen))
    return 1 - ((found - coarse) / by).mean(axis=1)


@pytest.mark.parametrize("from_behind", [True, False])
def test_the_definitions_are_each_other_s_opposite(from_behind):
    names = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
    joints = {name: np.array([*place, 0.0]) for name, place in zip(names, PX, strict=True)}
    placed = as_network_places(joints, from_behind=from_behind)
    back = anatomical(np.array([placed[name][:2] for name in names]), from_behind=from_behind)
    assert back == pytest.approx(PX, abs=0.05)


def test_a_trunk_without_width_or_length_is_no_division_by_zero():
    flat = PX.copy()
    flat[3] = flat[2]
    assert np.isfinite(anatomical(flat, from_behind=True)).all()
    for nowhere in (np.full((4, 2), 7.0), flat):
        found, sd_px = joined_trunk(answer(flat, 2.0), landmarks(nowhere))
        assert np.isfinite(found).all()
        assert np.isfinite(sd_px).all()


def test_an_answer_three_times_as_sure_stays_to_the_last_bit():
    given = answer(PX + 6.0, [SHOULDERS_SD / 3.1] * 2 + [HIPS_SD / 3.1] * 2)
    found, sd_px = joined_trunk(given, landmarks())
    assert np.array_equal(found, given.xy_px[TRUNK_IDS])
    assert sd_px == pytest.approx(given.sd_px[TRUNK_IDS])


def test_as_unsure_as_the_landmarks_it_goes_nearly_half_way_and_less_sure_further():
    assert moved([SHOULDERS_SD] * 2 + [HIPS_SD] * 2) == pytest.approx(np.full(4, HALF))
    assert moved([20 * SHOULDERS_SD] * 2 + [20 * HIPS_SD] * 2) == pytest.approx(np.full(4, 1.0), abs=0.01)


def test_of_somebody_seen_in_front_the_hips_are_defined_differently():
    sd_px = [SHOULDERS_SD] * 2 + [HIPS_SD] * 2
    assert moved(sd_px, px=FRONT, behind=False) == pytest.approx(np.full(4, HALF))
    assert moved(sd_px, px=FRONT, behind=True) != pytest.approx(np.full(4, HALF), abs=0.01)


def test_both_sides_weigh_alike_so_that_their_line_is_of_one_kind():
    assert moved([0.1, SHOULDERS_SD, HIPS_SD, 0.1]) == pytest.approx(np.full(4, HALF))


def test_what_was_moved_is_stated_as_less_sure_by_as_much():
    given = answer(anatomical(PX, from_behind=True) + np.array([6.0, 0.0]), HIPS_SD)
    _, sd_px = joined_trunk(given, landmarks())
    assert sd_px[2] ** 2 == pytest.approx(HIPS_SD**2 + (HALF * 6.0) ** 2 / 2)


@pytest.mark.parametrize("hidden", ["unseen", "recovered"])
def test_a_pair_the_landmark_network_does_not_see_both_of_stays(hidden):
    coarse = anatomical(PX, from_behind=True)
    recovered = np.zeros(33, np.bool_)
    recovered[Joint.RIGHT_HIP] = hidden == "recovered"
    given = replace(landmarks(unseen=[Joint.RIGHT_HIP] if hidden == "unseen" else []), recovered=recovered)
    found, _ = joined_trunk(answer(coarse + 5.0, HIPS_SD), given)
    assert found[2:] == pytest.approx(coarse[2:] + 5.0)
    assert (found[:2] < coarse[:2] + 4.0).all()


def test_pairs_the_other_way_round_are_not_joined_to_a_line_without_width():
    fine = PX[[1, 0, 2, 3]]
    found, _ = joined_trunk(answer(fine, 20.0), landmarks())
    assert found[:2] == pytest.approx(fine[:2])
    assert found[2:] != pytest.approx(fine[2:], abs=0.5)


def test_a_trunk_that_leans_towards_the_camera_does_not_make_the_landmarks_surer():
    short = PX.copy()
    short[2:, 1] -= 80.0
    weights = moved([SHOULDERS_SD] * 2 + [HIPS_SD] * 2, px=short)
    # By its length in the picture, a third of the true one, it would be 0.89.
    assert (weights < 0.6).all()


@pytest.mark.parametrize("unknown", ["answer", "landmarks"])
def test_an_uncertainty_or_a_place_nobody_knows_moves_nothing(unknown):
    px, sd_px = PX.copy(), np.full(4, 8.0)
    if unknown == "answer":
        sd_px[2] = np.nan
    else:
        px[2] = np.nan
    found, _ = joined_trunk(answer(PX, sd_px), landmarks(px))
    assert found[2:] == pytest.approx(PX[2:])


def test_the_station_measures_on_the_joined_joints_and_on_the_landmarks_where_it_sees_no_pair():
    joints = frozenset(JOINTS.values()) - LEGS
    given = answer(PX + 5.0, 9.0)
    given.score[TRUNK_IDS[0]] = 0.2
    found = finer(landmarks(), [(given, joints)])
    expected, sd_px = joined_trunk(given, landmarks())
    assert found.xyz_px[TRUNK[2:], :2] == pytest.approx(expected[2:], rel=1e-5)
    assert found.sd_px[TRUNK[2:]] == pytest.approx(sd_px[2:], rel=1e-5)
    assert found.xyz_px[TRUNK[:2], :2] == pytest.approx(PX[:2])
    others = [number for number in JOINTS if number not in TRUNK_IDS and JOINTS[number] in joints]
    assert found.xyz_px[[JOINTS[number] for number in others], :2] == pytest.approx(given.xy_px[others], rel=1e-5)


def test_two_networks_that_clearly_have_left_and_right_the_other_way_round_are_refused():
    narrow = PX.copy()
    narrow[2:, 0] = [126.0, 146.0]
    assert "hips" in refusal(answer(narrow[[0, 1, 3, 2]], 1.0), landmarks(narrow))
    from_the_side = narrow.copy()
    from_the_side[2:, 0] = [134.0, 138.0]
    said = refusal(answer(from_the_side[[0, 1, 3, 2]], 1.0), landmarks(from_the_side))
    assert "differently" not in (said or "")
