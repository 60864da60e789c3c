"""Left and right are kept: what a body cannot do is undone, what it can do is believed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint
from edge.pose.sides import (
    LONGEST_GAP_S,
    WHOLE,
    Part,
    SideKeeper,
    exchange,
    orders,
    same_place,
    shows,
    width_share,
)
from edge.pose.view_check import seen_view, sides_may_be_swapped
from tests.people import Person

STEP_S = 1 / 30
parts = st.lists(st.sampled_from(list(Part)), unique=True).map(tuple)


def person(k=0, step_s=STEP_S, **posture):
    return Person(jitter_px=1.5, seed=k, time_s=k * step_s, **posture).landmarks()


def same(one, other):
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("xyz_px", "world_m", "score"))


@pytest.mark.parametrize("view", [BodyView.BACK, BodyView.FRONT])
@pytest.mark.parametrize("step_s", [STEP_S, 0.4])
def test_a_person_who_stands_still_is_never_touched(view, step_s):
    keeper = SideKeeper(BodyView.BACK)
    for k in range(60):
        seen = person(k, step_s, view=view, shoulder_tilt_deg=5, lean_deg=-4)
        kept = keeper.keep(seen)
        assert kept.landmarks is seen
        assert kept.exchanged == ()
        assert not kept.doubtful


@pytest.mark.parametrize("view", [BodyView.BACK, BodyView.FRONT])
@pytest.mark.parametrize("step_s", [STEP_S, 0.4])
@pytest.mark.parametrize(
    "flipped",
    [WHOLE, (Part.LEGS,), (Part.ARMS,), (Part.HIPS, Part.LEGS), (Part.HEAD, Part.SHOULDERS, Part.ARMS)],
    ids=["whole", "legs", "arms", "lower", "upper"],
)
def test_what_the_network_exchanges_for_some_frames_is_undone(view, step_s, flipped):
    keeper = SideKeeper(view)
    for k in range(90):
        true = person(k, step_s, view=view)
        read = exchange(true, flipped) if 20 <= k % 45 < 35 else true
        kept = keeper.keep(read).landmarks
        assert np.array_equal(kept.xyz_px[11:, :2], true.xyz_px[11:, :2]), k


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.booleans(), parts), min_size=5, max_size=40))
def test_no_exchange_from_frame_to_frame_ever_reaches_the_measures(script):
    """Whatever parts are exchanged: the limbs come out right, or the frame is given away as doubtful."""
    keeper = SideKeeper(BodyView.BACK)
    keeper.keep(person(0))
    for k, (spoil, which) in enumerate(script, start=1):
        true = person(k)
        kept = keeper.keep(exchange(true, which) if spoil else true)
        limbs = [joint for joint in Joint if joint >= Joint.LEFT_SHOULDER]
        right = np.array_equal(kept.landmarks.xyz_px[limbs, :2], true.xyz_px[limbs, :2])
        assert right or kept.doubtful or sides_may_be_swapped(kept.landmarks)


def test_in_the_first_frame_the_asked_side_decides_between_two_halves():
    spoilt = exchange(person(0), (Part.HIPS, Part.LEGS))
    assert SideKeeper(BodyView.BACK).keep(spoilt).exchanged == (Part.HIPS, Part.LEGS)
    unasked = SideKeeper().keep(spoilt)
    assert unasked.doubtful
    assert unasked.landmarks is spoilt


def test_who_faces_the_camera_from_the_start_is_believed():
    keeper = SideKeeper(BodyView.BACK)
    for k in range(10):
        assert keeper.keep(person(k, view=BodyView.FRONT)).exchanged == ()


def test_a_wrong_first_frame_is_not_kept_when_the_back_was_asked_for():
    keeper = SideKeeper(BodyView.BACK)
    assert keeper.keep(exchange(person(0), WHOLE)).exchanged == ()
    for k in range(1, 30):
        true = person(k)
        kept = keeper.keep(exchange(true, WHOLE) if k % 5 == 4 else true)
        assert np.array_equal(kept.landmarks.xyz_px[11:, :2], true.xyz_px[11:, :2]), k


@pytest.mark.parametrize("asked", [BodyView.FRONT, None])
def test_a_front_that_was_not_asked_for_its_back_is_kept(asked):
    keeper = SideKeeper(asked)
    keeper.keep(person(0, view=BodyView.FRONT))
    read = exchange(person(1, view=BodyView.FRONT), WHOLE)
    assert keeper.keep(read).exchanged == WHOLE


def test_shoulders_that_are_exchanged_over_hips_that_are_not_clear_are_undone():
    keeper = SideKeeper(BodyView.BACK)
    keeper.keep(person(0))
    seen = person(1)
    seen.xyz_px[Joint.LEFT_HIP, 0] = seen.xyz_px[Joint.RIGHT_HIP, 0]
    assert keeper.keep(exchange(seen, (Part.SHOULDERS, Part.ARMS))).exchanged == (Part.SHOULDERS, Part.ARMS)


def test_a_person_who_turns_round_is_believed():
    keeper = SideKeeper(BodyView.BACK)
    for k in range(61):
        seen = person(k, yaw_deg=3.0 * k)
        kept = keeper.keep(seen)
        assert kept.exchanged == (), k
    assert orders(kept.landmarks)[Part.SHOULDERS] == -1


def test_after_a_gap_a_person_may_have_turned_round():
    keeper = SideKeeper(BodyView.BACK)
    keeper.keep(person(0))
    later = replace(person(1, view=BodyView.FRONT), time_s=2.0)
    assert keeper.keep(later).exchanged == ()
    earlier = replace(person(2), time_s=0.5)
    assert keeper.keep(earlier).exchanged == ()


def test_another_person_who_faces_the_camera_elsewhere_is_believed():
    keeper = SideKeeper(BodyView.BACK)
    keeper.keep(person(0))
    elsewhere = person(1, view=BodyView.FRONT)
    elsewhere.xyz_px[:, 0] += 300
    assert keeper.keep(elsewhere).exchanged == ()


def test_an_undone_back_shows_its_back_again():
    keeper = SideKeeper(BodyView.BACK)
    assert seen_view(keeper.keep(person(0)).landmarks) is BodyView.BACK
    read = exchange(person(1), WHOLE)
    assert seen_view(read) is BodyView.FRONT
    assert seen_view(keeper.keep(read).landmarks) is BodyView.BACK


@pytest.mark.parametrize("hidden", [Joint.LEFT_SHOULDER, Joint.RIGHT_HIP])
def test_without_a_trunk_nothing_is_exchanged(hidden):
    keeper = SideKeeper(BodyView.BACK)
    keeper.keep(person(0))
    kept = keeper.keep(exchange(person(1, hidden=(hidden,)), WHOLE))
    assert kept.exchanged == ()


def test_hidden_legs_and_arms_say_nothing():
    seen = person(0, hidden=(Joint.LEFT_KNEE, Joint.RIGHT_ELBOW))
    assert (orders(seen)[Part.LEGS], orders(seen)[Part.ARMS]) == (0, 0)
    assert SideKeeper(BodyView.BACK).keep(seen).exchanged == ()


def test_feet_that_cross_are_left_alone():
    seen = person(0)
    for left, right in ((Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE), (Joint.LEFT_HEEL, Joint.RIGHT_HEEL)):
        seen.xyz_px[[left, right]] = seen.xyz_px[[right, left]]
    assert SideKeeper(BodyView.BACK).keep(seen).exchanged == ()


def test_hands_behind_the_back_are_left_alone():
    seen = person(0)
    hands = [(Joint[f"LEFT_{n}"], Joint[f"RIGHT_{n}"]) for n in ("WRIST", "PINKY", "INDEX", "THUMB")]
    for left, right in hands:
        seen.xyz_px[[left, right]] = seen.xyz_px[[right, left]]
    assert SideKeeper(BodyView.BACK).keep(seen).exchanged == ()


@given(parts)
def test_exchanging_twice_changes_nothing_and_writes_into_nothing(which):
    seen = person(0)
    before = seen.xyz_px.copy()
    twice = exchange(exchange(seen, which), which)
    assert np.allclose(twice.xyz_px, seen.xyz_px, atol=1e-3)
    assert np.allclose(twice.world_m, seen.world_m, atol=1e-5)
    assert np.array_equal(seen.xyz_px, before)
    assert same(exchange(seen, ()), seen)


def test_how_uncertain_a_joint_is_goes_with_its_name():
    sd_px = np.arange(33, dtype=np.float32)
    turned = exchange(replace(person(0), sd_px=sd_px), WHOLE)
    assert (turned.sd_px[Joint.LEFT_HIP], turned.sd_px[Joint.RIGHT_HIP]) == (Joint.RIGHT_HIP, Joint.LEFT_HIP)


def test_who_faces_the_other_way_all_at_once_is_said_to_have_turned():
    keeper = SideKeeper(BodyView.BACK)
    turned = [keeper.keep(exchange(person(k), WHOLE) if k < 2 else person(k)).turned for k in range(5)]
    assert turned == [False, False, True, False, False]


@pytest.mark.parametrize(("view", "side"), [(BodyView.BACK, 1), (BodyView.FRONT, -1)])
def test_a_whole_person_shows_a_side_and_half_an_exchanged_one_none(view, side):
    seen = person(view=view)
    assert (shows(seen), shows(exchange(seen, WHOLE))) == (side, -side)
    for part in (Part.SHOULDERS, Part.ARMS, Part.HIPS):
        assert shows(exchange(seen, (part,))) == 0
    assert shows(person(yaw_deg=90.0)) == 0


def test_only_who_was_asked_for_their_back_and_showed_it_is_known_from_behind_and_not_for_long():
    back = person()
    asked, front = SideKeeper(BodyView.BACK), SideKeeper(BodyView.FRONT)
    assert asked.last_back(0.0) is None
    asked.keep(back)
    front.keep(person(view=BodyView.FRONT))
    assert asked.last_back(LONGEST_GAP_S) is back
    assert asked.last_back(LONGEST_GAP_S + 0.1) is None
    assert front.last_back(0.0) is None


def test_a_mixed_reading_is_one_of_somebody_asked_for_their_back_whose_parts_contradict_each_other():
    mixed, sideways = exchange(person(), (Part.SHOULDERS,)), person(yaw_deg=90.0)
    keeper = SideKeeper(BodyView.BACK)
    assert [keeper.is_mixed(one) for one in (person(), exchange(person(), WHOLE), mixed)] == [False, False, True]
    assert not keeper.is_mixed(sideways)  # nobody has said that they show their back
    assert not SideKeeper(BodyView.FRONT).is_mixed(mixed)
    assert not SideKeeper().is_mixed(mixed)
    keeper.keep(person())
    assert keeper.is_mixed(person(yaw_deg=90.0))
    assert not keeper.is_mixed(person(hidden=(Joint.LEFT_HIP,)))


def test_the_same_place_is_nearer_than_a_fifth_of_the_trunk_for_every_joint():
    assert same_place(person(shift_m=0.05), person())
    assert not same_place(person(shift_m=0.15), person())
    assert not same_place(exchange(person(), (Part.HIPS,)), person())


def _narrowed(landmarks, left, right, share):
    """The person with one pair of joints drawn together."""
    xyz = landmarks.xyz_px.copy()
    middle = xyz[[left, right]].mean(axis=0)
    xyz[[left, right]] = middle + share * (xyz[[left, right]] - middle)
    return replace(landmarks, xyz_px=xyz)


@pytest.mark.parametrize("pair", [(11, 12), (23, 24)], ids=["shoulders", "hips"])
def test_what_got_narrower_the_most_says_how_wide_somebody_still_is(pair):
    back = person()
    assert width_share(_narrowed(back, *pair, 0.7), back) == pytest.approx(0.7, abs=0.001)
    assert width_share(back, back) == 1.0
