import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint, Landmarks
from edge.spine.catalogue import CATALOGUE
from edge.spine.measures import measure
from edge.spine.setup import Setup
from tests.people import HEAD, SHOULDERS, SIZE_PX, TRUNK, Person, standing

SCALED = Setup(px_per_m=600.0)
angle = st.floats(-12, 12)
postures = st.fixed_dictionaries(
    dict.fromkeys(("shoulder_tilt_deg", "pelvis_tilt_deg", "head_tilt_deg", "lean_deg", "head_lean_deg"), angle)
)


def values(landmarks, view=BodyView.BACK, setup=SCALED):
    return {row: found.value for row, found in measure(landmarks, view, setup, SIZE_PX).by_id.items()}


@given(postures, st.floats(300, 900))
def test_on_perfect_points_every_angle_is_true_within_a_hundredth_of_a_degree(posture, px_per_m):
    found = values(standing(px_per_m=px_per_m, **posture), setup=Setup(px_per_m=px_per_m))
    truth = {
        "C1": "shoulder_tilt_deg",
        "C4": "pelvis_tilt_deg",
        "C7": "head_tilt_deg",
        "C6b": "lean_deg",
        "C8b": "head_lean_deg",
    }
    for row, name in truth.items():
        assert found[row] == pytest.approx(posture[name], abs=0.01), row


@given(postures)
def test_on_perfect_points_every_millimetre_and_per_cent_is_true(posture):
    person = Person(**posture)
    found = values(person.landmarks())
    lean, head = math.radians(person.lean_deg), math.radians(person.head_lean_deg)
    trunk_mm, head_mm = 1600 * TRUNK, 1600 * HEAD
    assert found["C5b"] == pytest.approx(trunk_mm * math.sin(lean), abs=0.1)
    assert found["C5b_trunk"] == pytest.approx(100 * math.sin(lean), abs=0.02)
    assert found["C9b"] == pytest.approx(head_mm * math.sin(head), abs=0.1)
    assert found["C9b_trunk"] == pytest.approx(100 * head_mm * math.sin(head) / trunk_mm, abs=0.02)
    assert found["C1mm"] == pytest.approx(1600 * SHOULDERS * math.sin(math.radians(person.shoulder_tilt_deg)), abs=0.1)


@given(postures)
def test_front_and_back_views_agree_in_sign_and_size(posture):
    back = values(standing(**posture))
    front = values(standing(view=BodyView.FRONT, **posture), BodyView.FRONT)
    for row in CATALOGUE:
        assert front[row] == pytest.approx(back[row], abs=0.02)


@given(postures)
def test_a_mirrored_person_has_the_opposite_sign(posture):
    straight = values(standing(**posture))
    mirrored = values(standing(**{name: -value for name, value in posture.items()}))
    for row in CATALOGUE:
        assert mirrored[row] == pytest.approx(-straight[row], abs=0.02)


@given(postures, st.floats(1.1, 3.0))
def test_a_bigger_picture_of_the_same_person_gives_the_same_measures(posture, factor):
    small = values(standing(px_per_m=300, **posture), setup=Setup(px_per_m=300))
    big = values(standing(px_per_m=300 * factor, **posture), setup=Setup(px_per_m=300 * factor))
    for row in CATALOGUE:
        assert big[row] == pytest.approx(small[row], abs=0.05)


@given(postures, st.floats(-20, 20))
def test_camera_roll_is_taken_out_of_every_measure(posture, roll):
    level = values(standing(**posture))
    rolled = values(standing(camera_roll_deg=roll, **posture), setup=Setup(px_per_m=600.0, roll_deg=roll))
    for row in CATALOGUE:
        assert rolled[row] == pytest.approx(level[row], abs=0.02)


def test_an_uncorrected_camera_roll_is_a_false_tilt_of_the_same_size():
    assert values(standing(camera_roll_deg=3.0))["C1"] == pytest.approx(3.0, abs=0.01)


def test_without_a_scale_millimetres_are_unknown_and_the_reason_says_what_to_do():
    found = measure(standing(), BodyView.BACK, Setup(), SIZE_PX).by_id
    for row, definition in CATALOGUE.items():
        assert (found[row].value is None) == (definition.unit == "mm")
    assert "person's height" in found["C5b"].reason


def test_a_hidden_shoulder_is_not_guessed():
    found = measure(standing(shoulder_tilt_deg=7, hidden=(Joint.LEFT_SHOULDER,)), BodyView.BACK, SCALED).by_id
    assert found["C1"].value is None
    assert found["C1"].reason == "left shoulder not seen"
    assert found["C4"].value == pytest.approx(0, abs=0.01)


def test_a_recovered_joint_is_measured_and_marked():
    found = measure(standing(shoulder_tilt_deg=7, recovered=(Joint.LEFT_SHOULDER,)), BodyView.BACK, SCALED).by_id
    assert found["C1"].value == pytest.approx(7, abs=0.01)
    assert found["C1"].recovered
    assert not found["C4"].recovered


def test_a_joint_of_exactly_sixty_per_cent_is_kept_and_one_below_is_not():
    for score, kept in ((0.60, True), (0.599, False)):
        person = standing()
        person.score[Joint.LEFT_HIP] = score
        assert (measure(person, BodyView.BACK, SCALED).by_id["C4"].value is not None) == kept


@pytest.mark.parametrize("view", [BodyView.LEFT, BodyView.RIGHT])
def test_a_side_view_has_no_coronal_measures(view):
    by_id = measure(standing(), view, SCALED).by_id
    for found in (by_id[row] for row in CATALOGUE):
        assert found.value is None
        assert found.reason == f"cannot be seen from the {view.value} side"


def test_joints_on_one_point_give_no_angle():
    person = standing()
    person.xyz_px[:] = 5.0
    found = measure(person, BodyView.BACK, SCALED).by_id
    assert {found[row].value for row in ("C1", "C4", "C7", "C6b", "C5b_trunk")} == {None}


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_a_joint_that_is_not_a_number_counts_as_hidden(wrong):
    person = standing()
    person.xyz_px[Joint.RIGHT_SHOULDER, 0] = wrong
    assert measure(person, BodyView.BACK, SCALED).by_id["C1"].value is None


def test_measuring_does_not_write_into_the_landmarks():
    person = standing(shoulder_tilt_deg=3)
    before = person.xyz_px.copy()
    measure(person, BodyView.BACK, Setup(px_per_m=600, roll_deg=5))
    assert np.array_equal(person.xyz_px, before)
    assert isinstance(person, Landmarks)
