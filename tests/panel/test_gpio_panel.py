"""The real driver on gpiozero's simulated pins."""

import pytest
from gpiozero import Device
from gpiozero.pins.mock import MockFactory

from edge.clock import SimulatedClock
from edge.errors import DeviceError
from edge.guidance.guidance import Level
from edge.panel.gpio import BOUNCE_S, LAMPS, GpioPanel

RED, AMBER, GREEN, BUTTON = 17, 27, 22, 5


@pytest.fixture
def pins():
    factory = MockFactory()
    yield factory
    factory.reset()


@pytest.fixture
def clock():
    return SimulatedClock()


@pytest.fixture
def panel(pins, clock):
    panel = GpioPanel(red=RED, amber=AMBER, green=GREEN, button=BUTTON, clock=clock, pin_factory=pins)
    yield panel
    panel.close()


def press(pins, clock, *, bounces=0, held_s=0.2):
    """A finger on the button, with contacts that chatter on the way down and up."""
    pin = pins.pin(BUTTON)
    for first, second in ((pin.drive_low, pin.drive_high), (pin.drive_high, pin.drive_low)):
        first()
        for _ in range(bounces):
            clock.sleep(0.001)
            second()
            clock.sleep(0.001)
            first()
        clock.sleep(held_s)


@pytest.mark.parametrize("level", list(Level))
def test_each_level_lights_its_lamps(panel, pins, level):
    panel.show(level)
    assert tuple(pins.pin(number).state for number in (RED, AMBER, GREEN)) == LAMPS[level]


def test_every_level_but_idle_lights_exactly_one_lamp_of_its_own():
    lit = [lamps for level, lamps in LAMPS.items() if level is not Level.IDLE]
    assert all(sum(lamps) == 1 for lamps in lit)
    assert len(set(lit)) == len(lit)


def test_presses_are_counted_once_and_then_forgotten(panel, pins, clock):
    press(pins, clock)
    press(pins, clock)
    assert panel.presses() == 2
    assert panel.presses() == 0


@pytest.mark.parametrize("bounces", [1, 7, 20])
def test_chattering_contacts_are_one_press(panel, pins, clock, bounces):
    press(pins, clock, bounces=bounces)
    assert panel.presses() == 1


def test_letting_go_with_chatter_is_not_a_second_press(panel, pins, clock):
    press(pins, clock, held_s=BOUNCE_S * 2, bounces=5)
    clock.sleep(1.0)
    press(pins, clock, bounces=5)
    assert panel.presses() == 2


def test_closing_puts_the_lamps_out_and_may_be_done_twice(panel, pins):
    panel.show(Level.STOP)
    lamp = pins.pin(RED)
    panel.close()
    panel.close()
    assert not lamp.state


def test_a_closed_panel_says_so(panel):
    panel.close()
    with pytest.raises(DeviceError, match="open a new one"):
        panel.show(Level.READY)


def test_a_pin_used_twice_is_one_sentence(pins):
    with pytest.raises(DeviceError, match=r"set panel\.driver to none"):
        GpioPanel(red=RED, amber=RED, green=GREEN, button=BUTTON, pin_factory=pins)


def test_the_default_pins_of_the_process_stay_alone(panel):
    assert Device.pin_factory is None
