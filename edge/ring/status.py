"""How vision says it is doing."""

import math
import struct
from dataclasses import dataclass

from edge.camera.state import CameraState

_LAYOUT = struct.Struct("<2B6x4d4q320s480s")
STATUS_BYTES = _LAYOUT.size


@dataclass(frozen=True, slots=True)
class VisionStatus:
    """
    One report of the vision process.

    Attributes:
        running: the networks are loaded and the loops turn.
        camera: how the camera is doing.
        reason: what is wrong and what to do about it; empty when nothing is. At most 320 bytes survive the ring.
        engine: what runs where and in which precision. At most 480 bytes survive the ring.
        capture_beat_s: when the capture loop last turned, seconds on CLOCK_MONOTONIC; None before it did.
        pose_beat_s: when the pose loop last turned.
        captured_s: capture time of the newest frame; None before the first.
        camera_hz: how many frames a second are due from this camera, declared or measured; None before the first.
        frames_captured: frames put into the ring.
        frames_lost: frames that were due and never came into the ring.
        frames_late: frames that came into the ring more than one period after their capture time.
        frames_posed: frames with an observation.
    """

    running: bool = False
    camera: CameraState = CameraState.OPENING
    reason: str = ""
    engine: str = ""
    capture_beat_s: float | None = None
    pose_beat_s: float | None = None
    captured_s: float | None = None
    camera_hz: float | None = None
    frames_captured: int = 0
    frames_lost: int = 0
    frames_late: int = 0
    frames_posed: int = 0

    def pack(self) -> bytes:
        """Return STATUS_BYTES bytes."""
        numbers = (self.capture_beat_s, self.pose_beat_s, self.captured_s, self.camera_hz)
        return _LAYOUT.pack(
            self.running,
            self.camera,
            *(math.nan if number is None else number for number in numbers),
            self.frames_captured,
            self.frames_lost,
            self.frames_late,
            self.frames_posed,
            self.reason.encode(),
            self.engine.encode(),
        )

    @classmethod
    def unpack(cls, packed: bytes) -> "VisionStatus":
        """Return what was packed; a text cut in the middle of a character loses that character."""
        running, camera, *rest = _LAYOUT.unpack(packed)
        numbers = (None if math.isnan(number) else number for number in rest[:4])
        capture_beat_s, pose_beat_s, captured_s, camera_hz = numbers
        captured, lost, late, posed = rest[4:8]
        reason, engine = (text.rstrip(b"\0").decode(errors="ignore") for text in rest[8:])
        return cls(
            running=bool(running),
            camera=CameraState(camera),
            reason=reason,
            engine=engine,
            capture_beat_s=capture_beat_s,
            pose_beat_s=pose_beat_s,
            captured_s=captured_s,
            camera_hz=camera_hz,
            frames_captured=captured,
            frames_lost=lost,
            frames_late=late,
            frames_posed=posed,
        )
