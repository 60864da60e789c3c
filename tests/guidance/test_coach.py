from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from edge.guidance.coach import ENTER_S, LEAVE_S, Coach
from edge.guidance.fault import Fault
from edge.guidance.texts import say

HOLD = say("hold")
ARMS, TURN = Fault("arms_down"), Fault("turn_around")


def said(coach: Coach, start_s: float, seconds: float, *faults: Fault) -> list[str]:
    return [coach.advise(start_s + k / 30, faults, HOLD).code for k in range(round(seconds * 30))]


def test_a_fault_is_said_once_it_has_lasted():
    codes = said(Coach(), 0.0, 1.0, ARMS)
    first = codes.index("arms_down")
    assert abs(first / 30 - ENTER_S) <= 1 / 30
    assert set(codes[first:]) == {"arms_down"}


def test_a_fault_that_is_gone_is_forgotten_quickly():
    coach = Coach()
    said(coach, 0.0, 1.0, ARMS)
    codes = said(coach, 1.0, 1.0)
    assert codes.index("hold") / 30 <= LEAVE_S + 1 / 30


def test_the_first_fault_of_several_is_said():
    assert said(Coach(), 0.0, 1.0, TURN, ARMS)[-1] == "turn_around"


def test_a_fault_that_flickers_faster_than_it_can_be_read_is_never_said():
    coach, codes = Coach(), []
    for k in range(90):
        faults = [ARMS] if k % 6 < 3 else []
        codes.append(coach.advise(k / 30, faults, HOLD).code)
    assert set(codes) == {"hold"}


def test_two_faults_that_take_turns_do_not_flicker():
    coach = Coach()
    said(coach, 0.0, 1.0, ARMS)
    codes = [coach.advise(1 + k / 30, [TURN] if k % 2 else [ARMS], HOLD).code for k in range(60)]
    assert set(codes) == {"arms_down"}


def test_faults_that_take_turns_are_not_taken_for_a_right_position():
    coach = Coach()
    codes = [coach.advise(k / 30, [TURN] if k % 2 else [ARMS], HOLD).code for k in range(30)]
    assert codes[-1] in ("arms_down", "turn_around")


def test_the_values_in_a_text_follow_while_it_is_said():
    coach = Coach()
    for k, pixels in enumerate(("300", "310", "320") * 10):
        guidance = coach.advise(
            k / 10, [Fault("step_closer", values=(("px_per_m", pixels), ("tilt_deg", "1.0")))], HOLD
        )
    assert "320 pixels" in guidance.detail


@given(st.lists(st.sampled_from([(), (ARMS,), (TURN,), (TURN, ARMS)]), min_size=1, max_size=200))
def test_no_fault_is_shown_for_less_than_it_takes_to_leave(faults):
    coach, changes, shown = Coach(), [], None
    for k, each in enumerate(faults):
        code = coach.advise(k / 30, each, HOLD).code
        if code != shown:
            changes.append((k / 30, code))
            shown = code
    for (before_s, _), (after_s, code) in pairwise(changes[1:]):
        assert after_s - before_s >= (LEAVE_S if code == "hold" else ENTER_S) - 1e-9
