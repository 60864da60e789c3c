import pytest

from edge.errors import DeviceError
from edge.guidance.guidance import Level
from edge.panel.none import NoPanel
from edge.panel.simulated import SimulatedPanel


def test_it_keeps_the_levels_in_the_order_they_changed():
    panel = SimulatedPanel()
    for level in (Level.IDLE, Level.IDLE, Level.READY, Level.IDLE):
        panel.show(level)
    assert panel.shown == [Level.IDLE, Level.READY, Level.IDLE]


def test_presses_are_counted_since_the_last_call():
    panel = SimulatedPanel()
    panel.press()
    panel.press()
    assert panel.presses() == 2
    assert panel.presses() == 0
    panel.close()


def test_a_cut_cable_is_a_device_error():
    panel = SimulatedPanel()
    panel.connected = False
    with pytest.raises(DeviceError, match="connect it again"):
        panel.show(Level.STOP)


def test_no_panel_does_nothing_and_is_never_pressed():
    panel = NoPanel()
    panel.show(Level.STOP)
    assert panel.presses() == 0
    panel.close()
