"""Takes by the camera's own rate, whatever the settings have asked for."""

import pytest

from edge.session.protocol import ScreeningProtocol, VisionHealth
from edge.session.state import Phase
from tests.session.conversation import PROTOCOL, Conversation

TOO_SLOW = "the camera gives only 10 pictures a second, at least 15 are needed"


@pytest.mark.parametrize("fps", [15.0, 25.0, 60.0])
def test_a_camera_of_another_rate_than_the_settings_ask_for_yields_a_result(fps):
    talk = Conversation(fps=fps, vision=VisionHealth(camera_hz=fps)).until(Phase.RESULT)
    assert talk.state.summary.outcome == "measured"
    assert {take.frames_due for take in talk.state.summary.takes} == {round(fps)}


def test_without_a_known_rate_the_one_asked_for_is_due():
    assert PROTOCOL.due_hz == ScreeningProtocol().due_hz == 30.0
    talk = Conversation(fps=25.0).until(Phase.RESULT)
    assert talk.state.summary.reason.startswith("only 83 % of the frames could be used: pictures are missing")


def test_frames_of_the_camera_that_we_lose_are_missing():
    talk = Conversation(fps=20.0, vision=VisionHealth(camera_hz=25.0)).until(Phase.RESULT)
    assert talk.state.summary.outcome == "not_measurable"
    assert talk.state.summary.reason == "only 80 % of the frames could be used: pictures are missing"


def test_a_camera_below_fifteen_pictures_a_second_is_refused_with_a_sentence():
    talk = Conversation(fps=10.0, vision=VisionHealth(camera_hz=10.0)).until(Phase.RESULT)
    assert talk.state.summary.outcome == "not_measurable"
    assert talk.state.summary.reason == TOO_SLOW
    assert all(take.reasons == [TOO_SLOW] for take in talk.state.summary.takes)
