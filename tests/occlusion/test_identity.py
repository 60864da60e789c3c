"""Two people are never mixed into one second; one person who moves stays one."""

from dataclasses import replace

import numpy as np
import pytest

from edge.occlusion.identity import same_person
from edge.occlusion.past import KEPT_S, Past
from edge.occlusion.recoverer import Recoverer
from edge.pose.landmarks import Joint
from edge.pose.sides import WHOLE, exchange
from tests.occlusion.recovering import HoldingEngine, fed, frames
from tests.people import Person, standing

STEP_S = 1 / 30
LEGS = tuple(joint for joint in Joint if joint >= Joint.LEFT_HIP)


def later(person, step_s=STEP_S):
    return replace(person, time_s=step_s)


@pytest.mark.parametrize("step_s", [1 / 120, 1 / 30, 1 / 5, 0.4])
def test_a_person_who_walks_across_the_picture_stays_the_same(step_s):
    before, after = standing(), Person(shift_m=1.5 * step_s, yaw_deg=60.0 * step_s).landmarks()
    assert same_person(before, later(after, step_s))


@pytest.mark.parametrize("step_s", [1 / 120, 1 / 30])
def test_somebody_who_stands_half_a_metre_beside_is_another(step_s):
    assert not same_person(standing(), later(Person(shift_m=0.5).landmarks(), step_s))


def test_somebody_larger_in_the_same_place_is_another():
    assert not same_person(standing(px_per_m=450.0), later(standing(px_per_m=620.0)))


def test_exchanged_names_are_another_body():
    assert not same_person(standing(), later(exchange(standing(), WHOLE)))


def test_a_person_seen_from_the_side_has_no_left_and_right_to_exchange():
    side = Person(yaw_deg=90.0).landmarks()
    assert same_person(side, later(Person(yaw_deg=90.0, jitter_px=3.0, seed=4).landmarks()))


def test_with_hardly_a_joint_in_common_nothing_is_said():
    hidden = tuple(joint for joint in Joint if joint > Joint.LEFT_EYE)
    assert same_person(standing(hidden=hidden), later(Person(shift_m=2.0).landmarks()))


def test_when_two_people_swap_places_nothing_of_the_first_is_filled_into_the_second():
    recoverer = Recoverer(HoldingEngine())
    fed(recoverer, frames(30, shift_m=-0.3))
    second = replace(Person(shift_m=0.3, hidden=LEGS).landmarks(), time_s=11.0)
    assert not recoverer.recover(second).recovered.any()
    stayed = Recoverer(HoldingEngine())
    fed(stayed, frames(30, shift_m=-0.3))
    first = replace(Person(shift_m=-0.28, hidden=LEGS).landmarks(), time_s=11.0)
    assert stayed.recover(first).recovered[list(LEGS)].any()


def test_an_empty_past_has_nothing_in_its_window():
    window = Past().window()
    assert not window.seen.any()


def test_the_past_is_a_second_and_a_gap_long_at_any_rate():
    past = Past()
    for landmarks in frames(600, fps=120.0):
        past.add(landmarks)
    assert len(past) == pytest.approx(KEPT_S * 120, abs=2)
    assert np.isfinite(past.window().xy_px).all()
    past.clear()
    assert len(past) == 0
