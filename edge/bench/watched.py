"""A vision process of one's own, for measuring: the real child, the real supervisor, a recording as its camera."""

import time
from collections.abc import Sequence
from pathlib import Path

import cv2

from edge.camera.recording import RecordingCamera
from edge.clock import SimulatedClock, SystemClock
from edge.config import StationConfig
from edge.errors import DeviceError, PictureError
from edge.pose.observation import Observation
from edge.ring.child import COMMAND, VisionChild
from edge.ring.geometry import RingGeometry
from edge.ring.supervisor import Health, VisionState, VisionSupervisor, patience_for
from edge.ring.watching import Watching

START_LIMIT_S = 30.0


class WatchedVision:
    """
    Vision under its supervisor, turned like the station's loop does in a take: with the outline, where the settings
    have one.

        with WatchedVision(config) as vision:
            vision.run_until_posed()

    Attributes:
        child: the process that was started last.
        health: as the supervisor last said.
        watching: the station's view of the ring.
    """

    def __init__(self, config: StationConfig, command: Sequence[str] = COMMAND) -> None:
        self._settings, self._command = config.model_dump_json(), command
        self._geometry = RingGeometry.for_size(config.camera.width, config.camera.height)
        self.child: VisionChild | None = None
        self.supervisor = VisionSupervisor(self._start, SystemClock(), patience_s=patience_for(config.camera.fps))
        self.supervisor.want_silhouette(config.models.silhouette)
        self.watching = Watching(self.supervisor, (config.camera.width, config.camera.height))
        self.health: Health = self.supervisor.poll()

    def __enter__(self) -> "WatchedVision":
        return self

    def __exit__(self, *_: object) -> None:
        self.supervisor.close()

    @property
    def pid(self) -> int:
        """Of the process that was started last."""
        if self.child is None:
            raise DeviceError(f"vision does not start: {self.health.reason}")
        return self.child.pid

    def turn(self, wait_s: float = 0.02) -> Sequence[Observation]:
        """Wait for news, at most so long, and look once; returns what was new."""
        self.watching.wait(wait_s)
        self.health = self.supervisor.poll()
        self.watching.look()
        return self.watching.news

    def run_until_posed(self, after_s: float = 0.0, limit_s: float = START_LIMIT_S) -> Observation:
        """
        Turn until a pose comes of a frame taken after a moment, seconds on CLOCK_MONOTONIC.

        Raises:
            DeviceError: none came in time.
        """
        end_s = time.monotonic() + limit_s
        while time.monotonic() < end_s:
            for seen in self.turn():
                if seen.time_s > after_s and self.health.state is VisionState.RUNNING:
                    return seen
        raise DeviceError(f"no pose within {limit_s:g} s: {self.health.reason or self.health.state.value}")

    def _start(self) -> VisionChild:
        self.child = VisionChild(self._settings, self._geometry, self._command)
        return self.child


def recording_config(config: StationConfig, path: Path, size_px: tuple[int, int], rotation_deg: int) -> StationConfig:
    """Return the settings with a looping recording as the camera."""
    camera = config.camera.model_copy(
        update={
            "driver": "recording",
            "path": str(path),
            "width": size_px[0],
            "height": size_px[1],
            "rotation_deg": rotation_deg,
            "loop": True,
        }
    )
    return config.model_copy(update={"camera": camera})


def lay_down(clip: Path, sideways: Path) -> Path:
    """
    Write a portrait clip as the camera on its side would have recorded it: a landscape picture to be turned by 90.

    Raises:
        PictureError: the clip cannot be read or the copy cannot be written.
    """
    camera = RecordingCamera(clip, SimulatedClock(), rotation_deg=270)
    frame = camera.read()
    writer = cv2.VideoWriter(str(sideways), cv2.VideoWriter.fourcc(*"mp4v"), 30.0, frame.size_px)
    if not writer.isOpened():
        raise PictureError(f"{sideways}: cannot be written, check the free space")
    try:
        while True:
            writer.write(frame.image)
            frame = camera.read()
    except DeviceError:  # its end
        return sideways
    finally:
        writer.release()
        camera.close()
