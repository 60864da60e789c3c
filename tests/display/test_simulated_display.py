import pytest

from edge.display.display import Action
from edge.display.simulated import KEPT, SimulatedDisplay
from edge.errors import DeviceError
from tests.display.screens import screen


def test_it_keeps_what_was_shown_and_plays_the_script():
    display = SimulatedDisplay([[Action.PRESS], [], [Action.QUIT]])
    first = screen()
    display.show(first)
    assert display.shown[-1] is first
    assert [display.actions() for _ in range(4)] == [[Action.PRESS], [], [Action.QUIT], []]


def test_a_press_comes_next():
    display = SimulatedDisplay([[Action.QUIT]])
    display.press(Action.PRESS)
    assert display.actions() == [Action.PRESS]
    assert display.actions() == [Action.QUIT]


def test_a_pulled_cable_is_a_device_error():
    display = SimulatedDisplay()
    display.connected = False
    with pytest.raises(DeviceError, match="connect it again"):
        display.show(screen())
    display.close()


def test_it_runs_for_days_without_growing():
    display = SimulatedDisplay()
    shown = screen()
    for _ in range(KEPT + 5):
        display.show(shown)
    assert len(display.shown) == KEPT
