from dataclasses import replace

import numpy as np
import pytest

from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint
from edge.risk.derived import DERIVED
from edge.risk.features import FeatureStream
from edge.risk.layout import COORDINATES, FEATURES, NAMES, VISIBILITIES
from edge.risk.sample import sample_of
from edge.risk.swing import NAMES as SWING
from tests.people import Person
from tests.risk.movements import waving

FRONT = Person(view=BodyView.FRONT)


def row(person=FRONT, stream=None, **changes):
    sample = sample_of(replace(person, **changes).landmarks())
    return dict(zip(NAMES, (stream or FeatureStream()).add(sample.world_m, sample.plane_px, sample.score), strict=True))


def test_there_are_99_coordinates_33_visibilities_and_61_derived_features_each_with_a_name_of_its_own():
    assert (len(COORDINATES), len(VISIBILITIES), len(DERIVED), len(SWING), FEATURES) == (99, 33, 25, 36, 193)
    assert len(set(NAMES)) == 193


def test_nothing_of_distance_place_or_size_is_left():
    first = row()
    second = row(px_per_m=300.0, shift_m=0.4, stature_m=1.1)
    for name in NAMES:
        assert second[name] == pytest.approx(first[name], abs=2e-3, nan_ok=True), name


@pytest.mark.parametrize(
    ("how", "name", "value"),
    [
        ({"shoulder_tilt_deg": 5.0}, "shoulder_tilt_deg", 5.0),
        ({"pelvis_tilt_deg": -4.0}, "pelvis_tilt_deg", -4.0),
        ({"lean_deg": 8.0}, "trunk_lean_deg", 8.0),
        ({"head_tilt_deg": 6.0}, "head_tilt_deg", 6.0),
    ],
)
def test_an_angle_of_known_size_comes_back_with_its_sign_from_either_side(how, name, value):
    assert row(**how)[name] == pytest.approx(value, abs=0.4)
    assert row(replace(FRONT, view=BodyView.BACK), **how)[name] == pytest.approx(value, abs=0.4)


def test_a_person_turned_right_side_backwards_has_both_turns_and_no_difference():
    turned = row(yaw_deg=20.0)
    assert abs(turned["shoulder_turn_deg"]) == pytest.approx(20.0, abs=1.0)
    assert turned["shoulder_turn_deg"] - turned["pelvis_turn_deg"] == pytest.approx(0.0, abs=1.0)


def test_the_front_and_the_back_of_the_same_person_give_the_same_coordinates():
    front, back = row(shoulder_tilt_deg=5.0), row(replace(FRONT, view=BodyView.BACK), shoulder_tilt_deg=5.0)
    assert [front[name] for name in COORDINATES] == pytest.approx([back[name] for name in COORDINATES], abs=0.05)


def test_a_joint_below_sixty_per_cent_leaves_its_features_unknown_and_the_others_alone():
    hidden = row(hidden=(Joint.LEFT_WRIST,))
    unknown = {name for name in NAMES if np.isnan(hidden[name])}
    assert {"left_wrist_x", "left_elbow_deg", "wrist_height_difference"} <= unknown
    assert hidden["left_wrist_visibility"] == 0.0
    assert not {"right_wrist_x", "right_elbow_deg", "trunk_lean_deg"} & unknown


def test_without_hips_nothing_can_be_said_of_places():
    hidden = row(hidden=(Joint.LEFT_HIP, Joint.RIGHT_HIP))
    assert all(np.isnan(hidden[name]) for name in COORDINATES)


def test_joints_that_all_fall_on_one_place_leave_places_in_the_picture_unknown():
    sample, stream = sample_of(FRONT.landmarks()), FeatureStream()
    for _ in range(3):
        found = dict(zip(NAMES, stream.add(sample.world_m, np.full((33, 2), 5.0), sample.score), strict=True))
    assert np.isnan([found["trunk_shift"], found["wrist_height_difference"], found["left_wrist_down_amount"]]).all()
    assert np.isfinite([found[name] for name in COORDINATES]).all()


def test_a_place_that_trembles_from_sample_to_sample_is_evened_out():
    stream = FeatureStream()
    tilts = [row(stream=stream, shoulder_tilt_deg=5.0 + (-1.0) ** number)["shoulder_tilt_deg"] for number in range(30)]
    assert np.ptp(tilts[-6:]) < 0.7
    assert np.mean(tilts[-6:]) == pytest.approx(5.0, abs=0.2)


def test_a_joint_that_comes_back_is_known_again_and_was_not_in_between():
    stream = FeatureStream()
    lost = (Joint.LEFT_WRIST,)
    rows = [row(stream=stream, hidden=lost if number == 3 else ()) for number in range(6)]
    assert [bool(np.isnan(one["left_wrist_x"])) for one in rows] == [False, False, False, True, False, False]


def test_many_people_at_once_get_what_one_gets():
    movements = [list(waving(1.0, lean_deg=lean)) for lean in (0.0, 7.0, -3.0)]
    together, alone = FeatureStream((3,)), [FeatureStream() for _ in movements]
    for moment in zip(*movements, strict=True):
        samples = [sample_of(seen.landmarks) for seen in moment]
        stacked = together.add(*(np.stack([getattr(s, n) for s in samples]) for n in ("world_m", "plane_px", "score")))
        single = [stream.add(s.world_m, s.plane_px, s.score) for stream, s in zip(alone, samples, strict=True)]
        np.testing.assert_allclose(stacked, np.stack(single), rtol=1e-9, atol=1e-9)
