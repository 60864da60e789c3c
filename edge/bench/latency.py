"""How long it takes from the camera to the pose, while the screen paints."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from edge.bench.memory import pss_mb
from edge.bench.row import Row, at_least, at_most, printed
from edge.bench.watched import WatchedVision
from edge.camera.frame import Frame
from edge.config import StationConfig
from edge.errors import DeviceError
from edge.pose.observation import Observation
from edge.ring.child import COMMAND
from edge.ring.status import VisionStatus

PAINT_S = 1 / 40
WARM_UP_S = 1.0

Paint = Callable[[Frame | None, Observation | None], None]


@dataclass(frozen=True, slots=True)
class Latency:
    """
    What was measured.

    Attributes:
        p50_ms, p99_ms: from the capture time of a frame to its observation.
        frames: put into the ring.
        frames_lost: due and not in the ring within one period.
        posed_share: of the frames in the ring, 0 to 1.
        paint_p50_ms, paint_p99_ms: between two paints.
        vision_pss_mb: proportional set size of the vision process at the end.
        engine: what ran where.
    """

    p50_ms: float
    p99_ms: float
    frames: int
    frames_lost: int
    posed_share: float
    paint_p50_ms: float
    paint_p99_ms: float
    vision_pss_mb: float
    engine: str

    def rows(self, note: str = "") -> list[Row]:
        """Return the figures with their targets."""
        return [
            at_most("capture_to_pose_p50_ms", self.p50_ms, 20.0, "ms", note),
            at_most("capture_to_pose_p99_ms", self.p99_ms, 50.0, "ms", note),
            at_most("camera_frames_lost", self.frames_lost, 0, "frames", f"of {self.frames}"),
            at_least("posed_frames_share", self.posed_share, 0.95, "", note),
            at_most("paint_interval_p99_ms", self.paint_p99_ms, 40.0, "ms", note),
            printed("vision_pss_mb", self.vision_pss_mb, "MB", self.engine),
        ]


def measure_latency(
    config: StationConfig, seconds: float, paint: Paint, *, command: Sequence[str] = COMMAND
) -> Latency:
    """
    Run vision on a looping recording while this process paints, and time every frame.

    Args:
        config: with a recording as its camera; see `recording_config`.
        seconds: how long, after a warm-up of a second.
        paint: draws the newest picture and what was seen in it, and flips; called 40 times a second.
        command: starts the vision process.

    Raises:
        DeviceError: vision does not start, or was started again in between: then there is nothing to measure.
    """
    with WatchedVision(config, command) as vision:
        vision.run_until_posed()
        _turn(vision, WARM_UP_S, paint)
        before = _status(vision)
        ages_s, paints_s = _turn(vision, seconds, paint)
        after = _status(vision)
        if vision.health.restarts or not ages_s:
            raise DeviceError(f"vision did not run through: {vision.health.reason}")
        frames = after.frames_captured - before.frames_captured
        lost, late = after.frames_lost - before.frames_lost, after.frames_late - before.frames_late
        p50_ms, p99_ms = np.percentile(np.array(ages_s) * 1e3, (50, 99))
        paint_p50_ms, paint_p99_ms = np.percentile(np.diff(paints_s) * 1e3, (50, 99))
        return Latency(
            p50_ms=float(p50_ms),
            p99_ms=float(p99_ms),
            frames=frames,
            frames_lost=lost + late,
            posed_share=(after.frames_posed - before.frames_posed) / frames,
            paint_p50_ms=float(paint_p50_ms),
            paint_p99_ms=float(paint_p99_ms),
            vision_pss_mb=pss_mb(vision.pid),
            engine=after.engine,
        )


def _turn(vision: WatchedVision, seconds: float, paint: Paint) -> tuple[list[float], list[float]]:
    """Return the age of each observation when it was ready, and the times of the paints, both in seconds."""
    ages_s: list[float] = []
    paints_s: list[float] = []
    end_s = time.monotonic() + seconds
    while time.monotonic() < end_s:
        ages_s += [seen.posed_s - seen.time_s for seen in vision.turn(PAINT_S)]
        paint(*vision.watching.picture(time.monotonic()))
        paints_s.append(time.monotonic())
    return ages_s, paints_s


def _status(vision: WatchedVision) -> VisionStatus:
    reader = vision.supervisor.reader
    if reader is None:
        raise DeviceError(f"vision does not run: {vision.health.reason}")
    return reader.status()
