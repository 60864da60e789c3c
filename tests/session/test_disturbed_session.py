"""Takes that are not good enough, disturbances, and what is too old to be believed."""

from dataclasses import replace

import pytest

from edge.session.protocol import VisionHealth
from edge.session.state import Phase
from tests.people import Person
from tests.session.conversation import CROOKED, FPS, PROTOCOL, STILL, Conversation, result

# Takes that are not good enough


def test_a_swaying_person_is_asked_once_more_and_a_good_take_still_counts():
    talk = Conversation().until(Phase.TAKE)
    for k in range(40):
        talk.frame(replace(STILL, shift_m=0.012 * (-1) ** (k // 5)))
        if talk.state.phase is Phase.BETWEEN:
            break
    assert talk.state.guidance.code == "once_more"
    assert "Swayed by" in talk.state.guidance.detail
    summary = talk.until(Phase.RESULT).state.summary
    assert summary.outcome == "measured"
    assert [take.accepted for take in summary.takes] == [False, True, True, True]
    assert summary.takes[0].reasons[0].startswith("swayed by")


def test_takes_that_stay_bad_end_as_not_measurable_with_the_reason():
    talk = Conversation()
    for _ in range(3000):
        talk.frame(replace(STILL, shoulder_tilt_deg=2.0 * (-1) ** (talk.index // 3)))
        if talk.state.summary:
            break
    summary = talk.state.summary
    assert summary.outcome == "not_measurable"
    assert summary.reason.startswith("shoulder line not steady")
    assert len(summary.takes) == 3
    assert all(each.value is None for each in summary.results)


def test_too_few_frames_are_no_take():
    talk = Conversation()
    for _ in range(3000):
        if talk.index % 2:
            talk.frame(STILL)
        else:
            talk.hear([])
        if talk.state.summary:
            break
    summary = talk.state.summary
    assert summary.outcome == "not_measurable"
    assert summary.reason == "only 50 % of the frames could be used: pictures are missing"


def test_a_take_that_differs_from_the_others_is_repeated():
    talk = Conversation()
    for tilt in (0.0, 0.0, 8.0):
        talk.until(Phase.TAKE, replace(STILL, shoulder_tilt_deg=tilt))
        while talk.frame(replace(STILL, shoulder_tilt_deg=tilt)).phase is Phase.TAKE:
            pass
    assert talk.state.phase is Phase.BETWEEN
    assert "differs from the other takes" in talk.state.guidance.detail
    summary = talk.until(Phase.RESULT).state.summary
    assert [take.accepted for take in summary.takes] == [True, True, False, True]
    assert result(talk, "C1").value == pytest.approx(0.0, abs=0.1)


# Disturbances


def lose(talk: Conversation, seconds: float, how: str) -> Conversation:
    match how:
        case "silent":
            return talk.silence(seconds)
        case "trouble":
            for _ in range(round(seconds * FPS)):
                talk.frame(STILL, vision=VisionHealth("camera_frozen"))
            return talk
        case "gone":
            return talk.see(None, seconds)
        case _:
            return talk.see(STILL, seconds, people=2)


LIMIT_S = {"silent": 5.0, "trouble": 5.0, "gone": 3.0, "crowd": 3.0}


@pytest.mark.parametrize("how", LIMIT_S)
def test_a_disturbed_take_is_paused_within_a_second_and_repeated(how):
    talk = Conversation().until(Phase.TAKE).see(CROOKED, 0.2)
    lose(talk, 0.8, how)
    assert talk.state.phase is Phase.PAUSED
    summary = talk.until(Phase.RESULT, at_most_s=20).state.summary
    assert summary.outcome == "measured"
    assert [take.accepted for take in summary.takes] == [False, True, True, True]
    assert result(talk, "C1").value == pytest.approx(0.0, abs=0.1), "nothing of the broken take is left"


@pytest.mark.parametrize("how", LIMIT_S)
def test_a_disturbance_that_lasts_voids_the_session_without_a_number(how):
    talk = Conversation().until(Phase.BETWEEN).until(Phase.TAKE).see(STILL, 0.2)
    lose(talk, LIMIT_S[how] - 0.4, how)
    assert talk.state.phase is Phase.PAUSED
    lose(talk, 0.8, how)
    summary = talk.state.summary
    assert summary.outcome == "voided"
    assert summary.results == []
    assert talk.state.guidance.code == "result_voided"


def test_a_voided_session_says_which_trouble_it_was():
    talk = Conversation().until(Phase.TAKE)
    assert lose(talk, 6, "trouble").state.summary.reason == (
        "the camera's picture was missing: The camera's picture stands still."
    )


def test_a_session_that_is_disturbed_again_and_again_ends_as_not_measurable():
    talk = Conversation()
    for _ in range(10):
        talk.until(Phase.TAKE)
        lose(talk, 1.0, "silent").see(STILL, 0.3)
        if talk.state.summary:
            break
    assert talk.state.summary.outcome == "not_measurable"
    assert talk.state.summary.reason == "the camera's picture was missing"


def test_a_loss_of_vision_while_finding_the_position_leaves_nothing():
    talk = Conversation().until(Phase.POSITION).silence(6)
    assert talk.state.phase is Phase.IDLE


def test_a_loss_of_vision_between_takes_voids():
    talk = Conversation(replace(PROTOCOL, between_s=20)).until(Phase.BETWEEN).silence(6)
    assert talk.state.summary.outcome == "voided"


def test_who_does_not_come_back_between_takes_leaves_a_voided_session():
    summary = Conversation().until(Phase.BETWEEN).see(None, 12).state.summary
    assert (summary.outcome, summary.reason) == ("voided", "the person left")


def test_stepping_off_between_takes_is_what_is_asked_for():
    talk = Conversation().until(Phase.BETWEEN).see(None, 4).until(Phase.BETWEEN).see(None, 4)
    assert talk.until(Phase.RESULT).state.summary.outcome == "measured"


def test_somebody_of_another_size_between_takes_voids():
    talk = Conversation().until(Phase.BETWEEN).see(None, 1)
    smaller = Person(stature_m=1.4, jitter_px=0.3)
    summary = talk.until(Phase.RESULT, smaller).state.summary
    assert (summary.outcome, summary.reason) == ("voided", "somebody else may have stepped in")


def test_a_swap_within_a_take_is_never_merged():
    talk = Conversation().until(Phase.TAKE).see(STILL, 0.5)
    other = replace(STILL, shift_m=0.14, shoulder_tilt_deg=9.0)
    while talk.state.phase is Phase.TAKE:
        talk.frame(other)
    assert talk.state.phase is Phase.BETWEEN
    talk.until(Phase.RESULT)
    first = talk.state.summary.takes[0]
    assert not first.accepted
    assert "somebody else may have stepped in" in first.reasons


def test_trouble_while_idle_is_said_and_nothing_starts():
    talk = Conversation()
    for _ in range(90):
        talk.frame(STILL, vision=VisionHealth("store_failed"))
    assert talk.phases == [Phase.IDLE]
    assert talk.state.guidance.code == "store_failed"
    talk.session.press()
    talk.frame(STILL, vision=VisionHealth("store_failed"))
    assert talk.state.phase is Phase.IDLE


# Freshness


@pytest.mark.parametrize("age_s", [0.151, 0.3, 5.0, -0.1])
def test_observations_from_the_past_or_the_future_do_nothing(age_s):
    talk = Conversation()
    for _ in range(120):
        talk.hear([STILL.at(talk.now_s + 0.03 - age_s).observation(talk.index)])
    assert talk.phases == [Phase.IDLE]
    assert {state.live for state in talk.states} == {None}


def test_the_same_observation_again_and_again_is_one_frame():
    talk = Conversation().until(Phase.TAKE)
    frozen = STILL.at(talk.now_s).observation(talk.index)
    for _ in range(40):
        talk.hear([frozen])
    assert talk.state.phase is Phase.PAUSED


def test_live_measures_vanish_with_the_picture():
    talk = Conversation().until(Phase.TAKE)
    assert talk.state.live.by_id["C1"].value is not None
    assert talk.silence(0.3).state.live is None


def test_observations_that_come_in_bunches_count_like_single_ones():
    talk, kept = Conversation(), []
    for _ in range(900):
        kept.append(replace(STILL, time_s=talk.now_s, seed=talk.index).observation(talk.index))
        if talk.index % 3 == 2:
            talk.hear(kept[::-1])
            kept = []
        else:
            talk.now_s, talk.index = talk.now_s + 1 / FPS, talk.index + 1
        if talk.states and talk.state.summary:
            break
    assert talk.state.summary.outcome == "measured"
