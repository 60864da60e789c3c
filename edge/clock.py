"""Time, as the station sees it: one real clock, one that tests turn by hand."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Literal, Protocol

Trust = Literal["none", "rtc", "ntp"]
NTP_SYNCHRONISED = Path("/run/systemd/timesync/synchronized")
EARLIEST_PLAUSIBLE = datetime(2026, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True, slots=True)
class WallTime:
    """
    Wall time and how far it is to be trusted.

    Attributes:
        utc: the time the machine believes it is.
        trust: "ntp" synchronised, "rtc" plausible but unsynchronised, "none" before this software existed.
    """

    utc: datetime
    trust: Trust


class Clock(Protocol):
    """Tells the time and waits."""

    def monotonic_s(self) -> float:
        """Seconds on CLOCK_MONOTONIC; never jumps, shared by all processes of one boot."""

    def wall(self) -> WallTime:
        """Wall time; only for records, never for durations."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The clock of the machine."""

    def monotonic_s(self) -> float:
        return time.monotonic()

    def wall(self) -> WallTime:
        utc = datetime.now(timezone.utc)
        if utc < EARLIEST_PLAUSIBLE:
            return WallTime(utc, "none")
        return WallTime(utc, "ntp" if NTP_SYNCHRONISED.exists() else "rtc")

    def sleep(self, seconds: float) -> None:
        time.sleep(max(0.0, seconds))


class SimulatedClock:
    """
    A clock that moves only when told to.

    >>> clock = SimulatedClock()
    >>> clock.sleep(5.0)
    >>> clock.monotonic_s()
    5.0
    """

    def __init__(self, start: datetime = datetime(2026, 6, 1, tzinfo=timezone.utc), trust: Trust = "ntp") -> None:
        self._start = start
        self._trust: Trust = trust
        self._elapsed_s = 0.0

    def monotonic_s(self) -> float:
        return self._elapsed_s

    def wall(self) -> WallTime:
        return WallTime(self._start + timedelta(seconds=self._elapsed_s), self._trust)

    def sleep(self, seconds: float) -> None:
        self._elapsed_s += seconds
