"""Lamps and a button on GPIO pins."""

from threading import Lock
from typing import Any

from gpiozero import Button, TrafficLights
from gpiozero.exc import GPIOZeroError

from edge.clock import Clock, SystemClock
from edge.errors import DeviceError
from edge.guidance.guidance import Level

LAMPS: dict[Level, tuple[int, int, int]] = {
    Level.IDLE: (0, 0, 0),
    Level.READY: (0, 0, 1),
    Level.ADJUST: (0, 1, 0),
    Level.STOP: (1, 0, 0),
}
"""Red, amber, green. One lamp at a time: its place says the same as its colour."""
BOUNCE_S = 0.05
"""A button's contacts settle within a few milliseconds; nobody presses twenty times a second."""


class GpioPanel:
    """
    Three lamps and a button; pin numbers are BCM.

        panel = GpioPanel(red=17, amber=27, green=22, button=5)

    The button pulls its pin to ground. Written for the Raspberry Pi (gpiozero with lgpio) and tested on gpiozero's
    simulated pins; never on a real board. gpiozero has no pin factory for the Jetson: a Jetson runs with panel.driver
    "none" and the screen's keys until a libgpiod driver exists.
    """

    def __init__(
        self,
        *,
        red: int,
        amber: int,
        green: int,
        button: int,
        clock: Clock | None = None,
        pin_factory: Any = None,
    ) -> None:
        self._clock = clock or SystemClock()
        self._lock = Lock()  # gpiozero calls back from a thread of its own
        self._presses = 0
        self._changed_s = -BOUNCE_S
        try:
            self._lamps = TrafficLights(red, amber, green, pin_factory=pin_factory)
            self._button = Button(button, pin_factory=pin_factory)
        except (GPIOZeroError, OSError, ImportError) as error:
            raise DeviceError(
                f"the panel's pins cannot be opened ({error}), check the wiring and the group gpio, "
                "or set panel.driver to none"
            ) from error
        # Debounced here and not by gpiozero's bounce_time, which its simulated pins ignore.
        self._button.when_pressed = self._press
        self._button.when_released = self._release

    def show(self, level: Level) -> None:
        """Light the lamps for a level."""
        if self._lamps.closed:
            raise DeviceError("the panel was closed, open a new one")
        try:
            self._lamps.value = LAMPS[level]
        except (GPIOZeroError, OSError) as error:
            raise DeviceError(f"the panel's lamps do not answer ({error}), check the wiring") from error

    def presses(self) -> int:
        """How often the button was pressed since the last call."""
        with self._lock:
            presses, self._presses = self._presses, 0
        return presses

    def close(self) -> None:
        """Lamps off; closing twice is fine."""
        if not self._lamps.closed:
            self._lamps.off()
        self._lamps.close()
        self._button.close()

    def _press(self) -> None:
        with self._lock:
            if self._settled():
                self._presses += 1

    def _release(self) -> None:
        with self._lock:
            self._settled()

    def _settled(self) -> bool:
        """Whether the contacts were quiet before this change; every change starts the wait anew."""
        now_s = self._clock.monotonic_s()
        quiet = now_s - self._changed_s >= BOUNCE_S
        self._changed_s = now_s
        return quiet
