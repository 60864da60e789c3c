"""How soon vision works again after it was killed, stopped, or lost its camera."""

import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np

from edge.bench.row import Row, at_most
from edge.bench.watched import WatchedVision
from edge.config import StationConfig
from edge.errors import DeviceError
from edge.ring.child import COMMAND
from edge.ring.supervisor import VisionState

AWAY_S = 1.0
LIMIT_S = 30.0


class Blow(str, Enum):
    """What is done to vision."""

    KILL = "SIGKILL"
    STOP = "SIGSTOP"
    UNPLUG = "camera unplugged"


@dataclass(frozen=True, slots=True)
class Recovery:
    """
    One try.

    Attributes:
        blow: what was done.
        noticed_s: until the supervisor said that vision is lost.
        recovered_s: from the fault, or from the camera's return, to the first pose of a frame taken afterwards.
    """

    blow: Blow
    noticed_s: float
    recovered_s: float


def measure_recovery(
    config: StationConfig,
    tries: int = 20,
    *,
    command: Sequence[str] = COMMAND,
    progress: Callable[[Recovery], None] = lambda _: None,
) -> list[Recovery]:
    """
    Do to vision what may happen to it, each in turn, and time how soon it is noticed and mended.

    Args:
        config: with a recording as its camera, a private copy: unplugging the camera moves it away and back.
        tries: how often altogether.
        command: starts the vision process.
        progress: called after each try.

    Raises:
        DeviceError: vision did not come back within half a minute.
    """
    generator = np.random.default_rng(0)
    done: list[Recovery] = []
    with WatchedVision(config, command) as vision:
        vision.run_until_posed()
        for number in range(tries):
            _turn_for(vision, float(generator.uniform(0.5, 1.0)))
            done.append(_try(vision, list(Blow)[number % len(Blow)], Path(config.camera.path)))
            progress(done[-1])
    return done


def recovery_rows(tries: Sequence[Recovery]) -> list[Row]:
    """Return the worst figures with their targets."""
    note = f"{len(tries)} tries: " + ", ".join(f"{blow.value} {_worst(tries, blow):.2f} s" for blow in Blow)
    noticed_s = max((one.noticed_s for one in tries), default=None)
    recovered_s = max((one.recovered_s for one in tries), default=None)
    return [
        at_most("vision_notice_max_s", noticed_s, 1.0, "s", f"{len(tries)} tries"),
        at_most("vision_recovery_max_s", recovered_s, 4.0, "s", note),
    ]


def _worst(tries: Sequence[Recovery], blow: Blow) -> float:
    return max((one.recovered_s for one in tries if one.blow is blow), default=float("nan"))


def _try(vision: WatchedVision, blow: Blow, recording: Path) -> Recovery:
    away = recording.with_suffix(".away")
    fault_s = time.monotonic()
    match blow:
        case Blow.KILL:
            os.kill(vision.pid, signal.SIGKILL)
        case Blow.STOP:
            os.kill(vision.pid, signal.SIGSTOP)
        case Blow.UNPLUG:
            recording.rename(away)
    noticed_s = _until_lost(vision) - fault_s
    if blow is Blow.UNPLUG:
        _turn_for(vision, AWAY_S)
        fault_s = time.monotonic()
        away.rename(recording)
    seen = vision.run_until_posed(after_s=fault_s, limit_s=LIMIT_S)
    return Recovery(blow, noticed_s, seen.posed_s - fault_s)


def _until_lost(vision: WatchedVision) -> float:
    """Return the moment on CLOCK_MONOTONIC when the supervisor said so."""
    end_s = time.monotonic() + LIMIT_S
    while time.monotonic() < end_s:
        vision.turn()
        if vision.health.state is VisionState.LOST:
            return time.monotonic()
    raise DeviceError("the fault was never noticed")


def _turn_for(vision: WatchedVision, seconds: float) -> None:
    end_s = time.monotonic() + seconds
    while time.monotonic() < end_s:
        vision.turn()
