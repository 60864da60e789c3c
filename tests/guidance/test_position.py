from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.guidance.figure import figure_of
from edge.guidance.position import Limits, check_position, tilt_uncertainty_deg
from edge.guidance.recent import Recent
from edge.guidance.texts import TEXTS
from edge.pose.body_view import BodyView
from edge.pose.landmarks import COUNT, Joint, Landmarks
from edge.pose.observation import Observation
from edge.spine.setup import Setup
from tests.people import SIZE_PX, Person, nobody, stream

SETUP = Setup(px_per_m=600.0)
LANDSCAPE = (1280, 720)
SEED_JOINTS = {
    Joint.RIGHT_ANKLE: (91.7, 468.5), Joint.RIGHT_KNEE: (100.2, 336.2), Joint.RIGHT_HIP: (228.2, 284.9),
    Joint.LEFT_HIP: (287.9, 276.4), Joint.LEFT_KNEE: (390.3, 383.1), Joint.LEFT_ANKLE: (496.9, 468.5),
    Joint.RIGHT_WRIST: (194.1, 267.9), Joint.RIGHT_ELBOW: (147.2, 208.1), Joint.RIGHT_SHOULDER: (202.6, 131.3),
    Joint.LEFT_SHOULDER: (309.3, 131.3), Joint.LEFT_ELBOW: (364.7, 199.6), Joint.LEFT_WRIST: (326.3, 263.6),
}  # fmt: skip


def codes(person: Person, setup=SETUP, people=1, view=None, **options) -> list[str]:
    wanted = view or person.view
    return [
        fault.code for fault in check_position(person.observation(0, people), person.size_px, wanted, setup, **options)
    ]


@pytest.mark.parametrize("view", [BodyView.BACK, BodyView.FRONT])
@pytest.mark.parametrize("setup", [SETUP, Setup()], ids=["scale", "no scale"])
def test_a_person_who_stands_right_has_nothing_to_change(view, setup):
    assert codes(Person(view=view), setup) == []


@given(st.floats(-10, 10), st.floats(-10, 10), st.floats(-5, 5))
def test_a_crooked_back_is_measured_and_never_corrected(shoulders, hips, lean):
    assert codes(Person(shoulder_tilt_deg=shoulders, pelvis_tilt_deg=hips, lean_deg=lean)) == []


@pytest.mark.parametrize("roll_deg", [90.0, 180.0, 270.0, 60.0])
def test_a_picture_that_is_turned_is_the_only_thing_said(roll_deg):
    assert codes(Person(camera_roll_deg=roll_deg)) == ["picture_turned"]
    assert codes(Person(camera_roll_deg=roll_deg, view=BodyView.FRONT), view=BodyView.BACK) == ["picture_turned"]
    assert codes(Person(camera_roll_deg=roll_deg), people=2) == ["two_people", "picture_turned"]


def test_a_camera_that_is_known_to_be_rolled_shows_nobody_lying():
    assert "picture_turned" not in codes(Person(camera_roll_deg=44.0), Setup(px_per_m=600.0, roll_deg=44.0))
    assert "picture_turned" not in codes(Person(camera_roll_deg=40.0))


def test_who_bends_down_does_not_turn_the_picture():
    assert "picture_turned" not in codes(Person(lean_deg=100.0))


@pytest.mark.parametrize("observation", [None, nobody(1.0)])
def test_nobody_in_view_is_the_only_thing_said(observation):
    assert [fault.code for fault in check_position(observation, SIZE_PX, BodyView.BACK, SETUP)] == ["nobody"]


def test_a_second_person_comes_before_everything_else():
    assert codes(Person(elbow_deg=90, view=BodyView.FRONT), people=2, view=BodyView.BACK) == [
        "two_people",
        "turn_around",
        "arms_down",
    ]


def test_a_cut_head_and_cut_feet_ask_for_a_step_back():
    assert "step_back" in codes(Person(px_per_m=820), Setup(px_per_m=820))
    assert "step_back" in codes(Person(feet_px=-30))


def test_a_body_that_hangs_out_of_the_picture_is_sent_to_the_middle():
    assert codes(Person(shift_m=0.55))[0] == "move_into_picture"


@pytest.mark.parametrize(
    ("shift_m", "view", "code"),
    [
        (0.20, BodyView.BACK, "move_left"),
        (-0.20, BodyView.BACK, "move_right"),
        (0.20, BodyView.FRONT, "move_left"),
        (-0.20, BodyView.FRONT, "move_right"),
    ],
)
def test_who_stands_off_centre_is_sent_back_in_their_own_left_and_right(shift_m, view, code):
    assert codes(Person(shift_m=shift_m, view=view)) == [code]
    assert codes(Person(shift_m=shift_m * 0.7, view=view)) == []


@pytest.mark.parametrize("roll", [-15.0, 15.0])
def test_a_rolled_camera_moves_nobody_off_centre(roll):
    setup = Setup(px_per_m=500.0, roll_deg=roll)
    assert codes(Person(px_per_m=500.0, feet_px=200, camera_roll_deg=roll), setup) == []


def test_in_portrait_a_small_person_is_asked_to_come_closer():
    faults = check_position(Person(px_per_m=300).observation(), SIZE_PX, BodyView.BACK, Setup(px_per_m=300))
    assert [(fault.code, fault.blocks) for fault in faults] == [("step_closer", True)]


def test_a_landscape_picture_is_accepted_and_told_what_it_costs():
    person = Person(px_per_m=250, size_px=LANDSCAPE)
    faults = check_position(person.observation(), LANDSCAPE, BodyView.BACK, Setup(px_per_m=250))
    assert [(fault.code, fault.blocks) for fault in faults] == [("low_resolution", False)]
    assert dict(faults[0].values) == {"px_per_m": "250", "tilt_deg": "1.8"}


def test_what_is_said_about_the_resolution_does_not_flicker():
    said = {
        tuple(dict(fault.values).values())
        for scale in (246.0, 248.0, 251.0, 254.0)
        for fault in check_position(
            Person(px_per_m=scale, size_px=LANDSCAPE).observation(), LANDSCAPE, BodyView.BACK, Setup(px_per_m=scale)
        )
    }
    assert said == {("250", "1.8")}


@pytest.mark.parametrize(("size", "scale"), [((160, 120), 60), ((120, 160), 80), ((480, 640), 330)])
def test_a_picture_that_can_never_be_fine_enough_says_so(size, scale):
    person = Person(px_per_m=scale, size_px=size, feet_px=4)
    assert codes(person, Setup(px_per_m=scale)) == ["picture_too_small"]


def test_a_big_picture_is_measured_like_any_other():
    person = Person(px_per_m=1500, size_px=(2160, 3840))
    assert codes(person, Setup(px_per_m=1500)) == []


@pytest.mark.parametrize(("px_per_m", "deviation"), [(250, 1.8), (480, 0.94)])
def test_the_cost_of_a_resolution_is_the_published_one(px_per_m, deviation):
    assert tilt_uncertainty_deg(px_per_m) == pytest.approx(deviation, abs=0.01)


def test_a_scale_that_makes_a_giant_asks_for_the_marks():
    assert codes(Person(), Setup(px_per_m=350)) == ["on_the_marks"]
    assert codes(Person(), Setup(px_per_m=1200)) == ["on_the_marks"]


@pytest.mark.parametrize(
    ("seen", "wanted", "code"),
    [
        (BodyView.FRONT, BodyView.BACK, "turn_around"),
        (BodyView.BACK, BodyView.FRONT, "face_camera"),
    ],
)
def test_the_wrong_side_asks_to_turn(seen, wanted, code):
    assert codes(Person(view=seen), view=wanted) == [code]


def test_a_person_from_the_side_is_asked_for_their_back():
    assert "turn_back_to_camera" in codes(Person(yaw_deg=90))


@pytest.mark.parametrize(
    ("yaw", "view", "code"),
    [
        (12, BodyView.BACK, "turn_right"),
        (-12, BodyView.BACK, "turn_left"),
        (12, BodyView.FRONT, "turn_left"),
        (-12, BodyView.FRONT, "turn_right"),
    ],
)
def test_a_turned_person_is_turned_back(yaw, view, code):
    """Yaw here: + = the person's right shoulder is further away."""
    assert codes(Person(yaw_deg=yaw, view=view)) == [code]
    assert codes(Person(yaw_deg=yaw / 2, view=view)) == []


@pytest.mark.parametrize("posture", [{"elbow_deg": 140}, {"arms_out_deg": 45}, {"arms_out_deg": 170}])
def test_arms_have_to_hang(posture):
    assert "arms_down" in codes(Person(**posture))


def test_hands_that_are_not_seen_do_not_hang():
    assert codes(Person(hidden=(Joint.LEFT_WRIST,))) == ["arms_down"]


def test_a_hidden_shoulder_is_named():
    faults = check_position(Person(hidden=(Joint.LEFT_SHOULDER,)).observation(), SIZE_PX, BodyView.BACK, SETUP)
    assert [fault.code for fault in faults] == ["not_seen"]
    assert dict(faults[0].values) == {"joints": "left shoulder"}


def test_the_example_subject_of_the_first_program_does_not_stand_and_is_not_measured():
    xyz = np.full((COUNT, 3), 250.0, np.float32)
    for joint, (x, y) in SEED_JOINTS.items():
        xyz[joint, :2] = x, y
    xyz[[Joint.LEFT_EAR, Joint.RIGHT_EAR, Joint.NOSE], 1] = 70
    world = (xyz - 250) / 300
    sitting = Landmarks(xyz, world.astype(np.float32), np.ones(COUNT, np.float32), np.zeros(COUNT, bool), 0.0)
    faults = check_position(Observation(0, 0.0, 0.0, sitting, 1), (546, 520), BodyView.FRONT, Setup())
    assert "stand_upright" in [fault.code for fault in faults]


def test_a_walking_person_is_asked_to_stand_still():
    recent = Recent()
    for k, seen in enumerate(stream(Person(), 0.0, 1.0)):
        walking = Person(shift_m=0.05 * k / 30, time_s=seen.time_s)
        recent.add(figure_of(walking.landmarks(), 0.0), seen.time_s)
    assert codes(walking, recent=recent) == ["stand_still"]


def test_the_networks_jitter_is_not_moving():
    recent = Recent()
    for seen in stream(Person(jitter_px=1.5), 0.0, 1.0):
        recent.add(figure_of(seen.landmarks, 0.0), seen.time_s)
    assert codes(Person(time_s=1.0), recent=recent) == []


def test_one_frame_turned_by_the_networks_noise_does_not_turn_the_person():
    recent = Recent()
    for seen in stream(Person(), 0.0, 1.0):
        recent.add(figure_of(seen.landmarks, 0.0), seen.time_s)
    twisted = Person(yaw_deg=12, time_s=1.0)
    recent.add(figure_of(twisted.landmarks(), 0.0), 1.0)
    assert codes(twisted, recent=recent) == []
    assert codes(twisted) == ["turn_right"]


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
@pytest.mark.parametrize("field", ["xyz_px", "world_m"])
def test_landmarks_that_are_not_numbers_block_and_do_not_crash(field, wrong):
    seen = Person().observation()
    getattr(seen.landmarks, field)[:] = wrong
    faults = check_position(seen, SIZE_PX, BodyView.BACK, SETUP)
    assert any(fault.blocks for fault in faults)


@given(
    st.integers(0, 2**32 - 1), st.floats(0.1, 3000), st.sampled_from([SIZE_PX, LANDSCAPE, (160, 120)]), st.booleans()
)
def test_whatever_the_network_dreams_up_has_a_text(seed, spread, size, scaled):
    rng = np.random.default_rng(seed)
    dream = Landmarks(
        rng.normal(300, spread, (COUNT, 3)).astype(np.float32),
        rng.normal(0, 1, (COUNT, 3)).astype(np.float32),
        rng.uniform(0.3, 1, COUNT).astype(np.float32),
        rng.random(COUNT) < 0.1,
        0.0,
    )
    setup = SETUP if scaled else Setup()
    for fault in check_position(Observation(0, 0.0, 0.0, dream, 1), size, BodyView.BACK, setup, Limits()):
        TEXTS[fault.code].detail.format(**dict(fault.values))


def test_a_limit_can_be_set():
    assert codes(replace(Person(), px_per_m=400), Setup(px_per_m=400), limits=Limits(min_px_per_m=350)) == []


@pytest.mark.parametrize("view", [BodyView.BACK, BodyView.FRONT])
@pytest.mark.parametrize("yaw", [-20.0, -7.0, 0.0, 3.0, 15.0])
def test_how_far_a_person_is_turned_is_read_alike_from_shoulders_and_feet(yaw, view):
    turned = Person(yaw_deg=yaw, view=view).landmarks()
    without_feet = Person(yaw_deg=yaw, view=view, hidden=(Joint.LEFT_HEEL,)).landmarks()
    for landmarks in (turned, without_feet):
        assert figure_of(landmarks, 0.0).yaw_deg == pytest.approx(yaw, abs=0.5)


def test_a_network_that_takes_the_shoulders_for_square_is_corrected_by_the_feet():
    square, turned = Person().landmarks(), Person(yaw_deg=30).landmarks()
    seen = replace(turned, world_m=square.world_m)
    assert figure_of(seen, 0.0).yaw_deg == pytest.approx(15, abs=2)


@pytest.mark.parametrize(("score", "found"), [(0.4, []), (0.25, ["arms_down"])])
def test_a_wrist_that_is_just_seen_hangs_and_a_guessed_one_does_not(score, found):
    seen = Person().observation()
    seen.landmarks.score[Joint.LEFT_WRIST] = score
    faults = check_position(seen, SIZE_PX, BodyView.BACK, SETUP)
    assert [fault.code for fault in faults] == found
