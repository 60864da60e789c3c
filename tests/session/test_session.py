from dataclasses import replace

import pytest

from edge.session.state import Phase
from tests.session.conversation import STILL, Conversation


def test_a_person_who_stands_right_is_measured_in_three_takes():
    talk = Conversation().until(Phase.RESULT, replace(STILL, shoulder_tilt_deg=6.0, px_per_m=600))
    assert talk.phases == [
        Phase.IDLE, Phase.POSITION, Phase.TAKE, Phase.BETWEEN, Phase.POSITION, Phase.TAKE, Phase.BETWEEN,
        Phase.POSITION, Phase.TAKE, Phase.RESULT,
    ]  # fmt: skip
    summary = talk.state.summary
    assert summary.outcome == "measured"
    assert [take.accepted for take in summary.takes] == [True] * 3
    tilt = next(result for result in summary.results if result.id == "C1")
    assert tilt.value == pytest.approx(6.0, abs=0.1)
    assert tilt.words == f"right shoulder higher by {tilt.value:.1f}°"
    assert tilt.flag == "strong"
