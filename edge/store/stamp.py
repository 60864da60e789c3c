"""When something was stored, in a way that survives a wrong clock."""

from dataclasses import dataclass
from pathlib import Path

from edge.clock import Clock, Trust

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Stamp:
    """
    A moment, told twice.

    Attributes:
        boot_id: the kernel's name for this boot.
        boottime_ms: milliseconds on CLOCK_MONOTONIC; a station never suspends, so this is the time since boot.
        wall_ms: Unix milliseconds as the machine believes.
        clock_trust: how far to believe wall_ms. Where it is "none", the receiver places the row by boot and boottime.
    """

    boot_id: str
    boottime_ms: int
    wall_ms: int
    clock_trust: Trust


def stamp(clock: Clock) -> Stamp:
    """Return the present moment."""
    wall = clock.wall()
    boot_id = BOOT_ID.read_text(encoding="ascii").strip() if BOOT_ID.exists() else "unknown"
    return Stamp(boot_id, round(clock.monotonic_s() * 1000), round(wall.utc.timestamp() * 1000), wall.trust)
