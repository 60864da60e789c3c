from dataclasses import replace

import pytest

from edge.guidance.position import Limits
from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint
from edge.session.identity import Identity
from edge.session.protocol import ScreeningProtocol, VisionHealth
from edge.session.state import Phase
from edge.spine.setup import Setup
from tests.people import nobody
from tests.session.conversation import CROOKED, FPS, IDENTITY, PROTOCOL, SETUP, STILL, Conversation, result


def test_a_person_who_stands_right_is_measured_in_three_takes():
    talk = Conversation().until(Phase.RESULT, CROOKED)
    assert talk.phases == [
        Phase.IDLE, Phase.POSITION, Phase.TAKE, Phase.BETWEEN, Phase.POSITION, Phase.TAKE, Phase.BETWEEN,
        Phase.POSITION, Phase.TAKE, Phase.RESULT,
    ]  # fmt: skip
    summary = talk.state.summary
    assert summary.outcome == "measured"
    assert summary.reason is None
    assert [take.accepted for take in summary.takes] == [True] * 3
    assert all(take.frames_usable == take.frames_due == 30 for take in summary.takes)
    tilt = result(talk, "C1")
    assert tilt.value == pytest.approx(6.0, abs=0.1)
    assert tilt.words == "right shoulder higher by 6.0°"
    assert tilt.flag == "strong"
    assert len(tilt.per_take) == 3
    assert tilt.sd < 0.1
    assert talk.state.guidance.code == "result_some"


def test_the_numbers_of_the_takes_are_shown_as_they_come():
    talk = Conversation().until(Phase.RESULT)
    shown = {(state.phase, state.take) for state in talk.states}
    assert {number for phase, number in shown if phase is Phase.TAKE} == {1, 2, 3}
    assert {number for phase, number in shown if phase is Phase.IDLE} == {0}


def test_progress_runs_from_nothing_to_everything_in_every_step():
    talk = Conversation().until(Phase.RESULT)
    for phase in (Phase.POSITION, Phase.TAKE, Phase.BETWEEN):
        progress = [state.progress for state in talk.states if state.phase is phase]
        assert all(0 <= each <= 1 for each in progress)
        assert max(progress) > 0.9 or phase is Phase.POSITION


def test_a_straight_person_is_within_the_limits_and_no_side_is_named():
    talk = Conversation().until(Phase.RESULT)
    assert {each.flag for each in talk.state.summary.results} == {"within", None}
    assert result(talk, "C1").words == "shoulders level within what this station can measure"
    assert talk.state.guidance.text == "No asymmetry found beyond this station's measuring limits."


def test_three_signs_send_to_a_nurse():
    talk = Conversation().until(Phase.RESULT, replace(CROOKED, pelvis_tilt_deg=5.0, lean_deg=4.0))
    assert talk.state.guidance.code == "result_three_signs"


def test_a_front_view_gives_the_same_sign():
    protocol = replace(PROTOCOL, view=BodyView.FRONT)
    talk = Conversation(protocol).until(Phase.RESULT, replace(CROOKED, view=BodyView.FRONT, lean_deg=-4.0))
    assert result(talk, "C1").value == pytest.approx(6.0, abs=0.1)
    assert result(talk, "C6b").words.startswith("trunk leaning to the left")
    assert talk.state.summary.view == "front"


def test_without_a_scale_millimetres_stay_unknown_with_a_reason():
    talk = Conversation(setup=Setup()).until(Phase.RESULT, CROOKED)
    assert result(talk, "C5b").value is None
    assert "no scale" in result(talk, "C5b").reason
    assert result(talk, "C1").value is not None
    assert talk.state.summary.scale.origin == "unknown"


def test_a_scale_from_body_height_is_recorded():
    talk = Conversation(setup=Setup(person_height_m=1.6)).until(Phase.RESULT)
    assert talk.state.summary.scale.origin == "body height"
    assert talk.state.summary.scale.px_per_m == pytest.approx(600, rel=0.01)


def test_the_summary_says_where_it_comes_from():
    summary = Conversation().until(Phase.RESULT).state.summary
    assert summary.station == IDENTITY.station
    assert summary.source.announcement == "SIMULATED - not a live person"
    assert (summary.source.width_px, summary.source.height_px) == (720, 1280)
    assert summary.networks[0].name == "landmarks_full"
    assert summary.id == "00010203-0405-4607-8809-0a0b0c0d0e0f"
    assert summary.started.utc == "2026-06-01T00:00:00.000Z"
    assert "not a diagnosis" in summary.notice


def test_recovered_joints_are_told_apart_up_to_the_summary():
    talk = Conversation().until(Phase.RESULT, replace(STILL, recovered=(Joint.LEFT_SHOULDER,)))
    assert result(talk, "C1").recovered_share == 1.0
    assert result(talk, "C4").recovered_share == 0.0


def test_a_hidden_ear_costs_the_head_and_nothing_else():
    talk = Conversation().until(Phase.RESULT, replace(STILL, hidden=(Joint.LEFT_EAR,)))
    assert result(talk, "C7").value is None
    assert result(talk, "C7").reason == "left ear not seen"
    assert result(talk, "C1").value is not None


# Finding the position


def test_nothing_starts_while_nobody_is_there():
    assert Conversation().see(None, 5).phases == [Phase.IDLE]


def test_no_take_starts_while_the_position_is_wrong():
    talk = Conversation().see(replace(STILL, elbow_deg=90), 5)
    assert talk.phases == [Phase.IDLE, Phase.POSITION]
    assert talk.state.guidance.code == "arms_down"
    assert talk.state.progress == 0


def test_the_position_has_to_be_held_without_a_break():
    talk = Conversation().see(STILL, 0.8).see(replace(STILL, elbow_deg=90), 0.4).see(STILL, 0.4)
    assert Phase.TAKE not in talk.phases
    assert talk.see(STILL, 0.3).state.phase is Phase.TAKE


def test_a_glitch_of_a_frame_does_not_start_the_waiting_anew():
    talk = Conversation().see(STILL, 0.8).see(replace(STILL, elbow_deg=90), 0.1).see(STILL, 0.3)
    assert talk.state.phase is Phase.TAKE


def test_a_gap_in_the_picture_starts_the_waiting_anew():
    talk = Conversation().see(STILL, 0.9).silence(0.7).see(STILL, 0.3)
    assert Phase.TAKE not in talk.phases
    assert talk.see(STILL, 0.3).state.phase is Phase.TAKE


def test_who_walks_past_leaves_no_trace():
    talk = Conversation().see(replace(STILL, view=BodyView.FRONT), 1.0).see(None, 4.0)
    assert talk.phases == [Phase.IDLE, Phase.POSITION, Phase.IDLE]


def test_who_never_finds_the_position_is_not_measurable_and_learns_why():
    talk = Conversation().until(Phase.RESULT, replace(STILL, elbow_deg=90))
    summary = talk.state.summary
    assert summary.outcome == "not_measurable"
    assert summary.reason == "the position was not found in time: Let your arms hang down."
    assert {each.value for each in summary.results} == {None}
    assert {each.reason for each in summary.results} == {summary.reason}
    assert talk.state.guidance.text == "We could not measure well today."


def test_a_landscape_picture_is_measured_and_told_what_it_costs():
    person = replace(STILL, px_per_m=250, size_px=(1280, 720), feet_px=100)
    talk = Conversation(setup=Setup(px_per_m=250))
    for _ in range(900):
        seen = replace(person, time_s=talk.now_s, seed=talk.index).observation(talk.index)
        talk.states.append(talk.session.update(talk.now_s + 0.03, [seen], (1280, 720), VisionHealth()))
        talk.now_s, talk.index = talk.now_s + 1 / FPS, talk.index + 1
        if talk.state.summary:
            break
    assert talk.state.summary.outcome == "measured"
    told = {state.guidance.detail for state in talk.states if state.phase is Phase.TAKE}
    assert "shoulder tilt is uncertain by ±1.8°" in told.pop()


# The button and the end


def test_without_auto_start_the_button_starts():
    talk = Conversation(replace(PROTOCOL, auto_start=False)).see(STILL, 3)
    assert talk.phases == [Phase.IDLE]
    assert talk.state.guidance.code == "press_to_start"
    talk.session.press()
    assert talk.see(STILL, 0.2).state.phase is Phase.POSITION


def test_after_the_button_there_is_time_to_step_on():
    talk = Conversation()
    talk.session.press()
    assert talk.see(None, 5).state.phase is Phase.POSITION
    assert talk.see(STILL, 1).state.phase is Phase.TAKE


def test_the_button_with_nobody_coming_goes_back_to_rest():
    talk = Conversation()
    talk.session.press()
    assert talk.see(None, 11).phases == [Phase.POSITION, Phase.IDLE]


def test_the_result_goes_by_itself_and_the_same_person_is_not_measured_again():
    talk = Conversation().until(Phase.RESULT).see(STILL, 6)
    assert talk.phases[-2:] == [Phase.RESULT, Phase.IDLE]
    assert talk.state.guidance.code == "step_off_when_done"
    assert talk.state.summary is None
    assert talk.see(None, 1.5).see(STILL, 1).state.phase is Phase.POSITION


def test_the_button_ends_the_result():
    talk = Conversation().until(Phase.RESULT)
    talk.session.press()
    assert talk.see(STILL, 0.1).state.phase is Phase.IDLE


def test_stopping_before_the_first_take_leaves_nothing():
    talk = Conversation().until(Phase.POSITION)
    talk.session.cancel()
    assert talk.see(STILL, 0.1).state.phase is Phase.IDLE


def test_stopping_in_a_take_voids_the_session():
    talk = Conversation().until(Phase.BETWEEN).until(Phase.TAKE)
    talk.session.cancel()
    summary = talk.see(STILL, 0.1).state.summary
    assert (summary.outcome, summary.reason, summary.results) == ("voided", "stopped at the station", [])
    assert [take.accepted for take in summary.takes] == [True, False]


def test_two_sessions_have_two_ids():
    count = iter(range(100))
    identity: Identity = replace(IDENTITY, random_bytes=lambda size: bytes([next(count)] * size))
    talk = Conversation(identity=identity).until(Phase.RESULT)
    first = talk.state.summary
    second = talk.see(None, 6).until(Phase.RESULT).state.summary
    assert first.id != second.id
    assert first.code != second.code


# What is asked of the settings


@pytest.mark.parametrize(
    "wrong", [{"takes": 0}, {"takes": 6}, {"take_s": 0.0}, {"due_hz": 0.0}, {"view": BodyView.LEFT}]
)
def test_a_protocol_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="must be"):
        ScreeningProtocol(**wrong)


def test_one_take_is_enough_if_the_protocol_says_so():
    talk = Conversation(replace(PROTOCOL, takes=1, limits=Limits(min_px_per_m=100))).until(Phase.RESULT, CROOKED)
    assert result(talk, "C1").flag == "strong"
    assert result(talk, "C1").sd is None


def test_an_empty_room_has_nothing_to_measure():
    talk = Conversation(setup=SETUP)
    assert talk.hear([nobody(talk.now_s)]).live is None
