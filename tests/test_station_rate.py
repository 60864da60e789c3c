"""The camera's true rate on its way from the ring to the takes and the screen."""

import pytest

from tests.house import House
from tests.people import Person

STILL = Person(jitter_px=0.3)


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path / "state")
    yield house
    house.close()


def test_takes_are_due_at_the_rate_vision_reports(house):
    house.see(STILL, 0.1)
    house.children[-1].ring.change_status(camera_hz=27.0)
    house.see(STILL, 7.2)
    assert house.state.summary.outcome == "measured"
    assert [take.frames_due for take in house.state.summary.takes] == [27] * 3


def test_a_camera_that_is_too_slow_is_said_on_the_screen(house):
    house.see(STILL, 0.1)
    sentence = "The camera gives 14 of 30 pictures a second: give it more light or set camera.fps."
    house.children[-1].ring.change_status(reason=sentence)
    house.see(STILL, 0.1)
    assert house.screen.trouble == sentence
