"""A USB camera through Video4Linux."""

import os
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

from edge.camera.frame import Frame
from edge.camera.numbering import Numbering
from edge.camera.rotation import Rotation, stand_upright
from edge.camera.setup import CameraSetupError
from edge.clock import Clock
from edge.errors import DeviceError

OLDEST_S = 1.0


def open_video4linux(device: str) -> Any:
    """Open a device by path (`/dev/video0`) or number (`0`) with OpenCV's V4L2 backend."""
    return cv2.VideoCapture(int(device) if device.isdigit() else device, cv2.CAP_V4L2)


class WebcamCamera:
    """
    A USB camera: Motion JPEG, the newest frame only.

        camera = WebcamCamera("/dev/video0", SystemClock(), size_px=(1280, 720), fps=30.0)

    OpenCV's `read()` says True after a time-out and after the plug is pulled, and then repeats the last picture. So
    the device node is looked at before every frame and the driver's time stamp must move on after every frame;
    content that repeats is found further up, and a driver that hangs is killed by the supervisor.

    Not tried on a real device (the machine this was written on has none): the logic is tested with a stand-in for
    OpenCV's capture object, and with device paths that do not exist.
    """

    def __init__(
        self,
        device: str,
        clock: Clock,
        *,
        size_px: tuple[int, int] = (1280, 720),
        fps: float = 30.0,
        rotation_deg: Rotation = 0,
        open_capture: Callable[[str], Any] = open_video4linux,
    ) -> None:
        """
        Args:
            device: `/dev/video0` or `0`.
            size_px: width and height of the sensor, before rotation; the camera may choose another size.

        Raises:
            DeviceError: no such device, no right to it, or it is no camera.
        """
        self._path = f"/dev/video{device}" if device.isdigit() else device
        self._require_device()
        self._clock, self._rotation_deg = clock, rotation_deg
        self._capture = open_capture(device)
        if not self._capture.isOpened():
            raise DeviceError(f"{self._path}: does not open as a camera, close the program that uses it")
        # The order matters: the format decides which sizes, the size which rates a camera offers.
        self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, size_px[0])
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size_px[1])
        self._capture.set(cv2.CAP_PROP_FPS, fps)
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        self._numbering = Numbering(self._capture.get(cv2.CAP_PROP_FPS) or fps)
        self._stamp_ms = -1.0

    @property
    def rate_hz(self) -> float:
        """Frames a second the camera really gives."""
        return self._numbering.rate_hz

    def read(self) -> Frame:
        """
        Return the newest frame, waiting for it if need be.

        Raises:
            DeviceError: the camera was unplugged, or repeats itself.
        """
        self._require_device()
        asked_s = self._clock.monotonic_s()
        if not self._capture.grab():
            raise DeviceError(f"{self._path}: gives no picture, check its cable")
        came_s, time_s = self._clock.monotonic_s(), self._capture_time_s()
        decoded, image = self._capture.retrieve()
        if not decoded or image is None or image.size == 0:
            raise DeviceError(f"{self._path}: gives a picture that cannot be decoded, check its cable")
        upright = stand_upright(np.asarray(image, np.uint8), self._rotation_deg)
        return Frame(upright, time_s, self._numbering.index(time_s, asked_s=asked_s, came_s=came_s))

    def close(self) -> None:
        """Release the device; closing twice is fine."""
        self._capture.release()

    def _require_device(self) -> None:
        if not os.path.exists(self._path):
            raise DeviceError(f"{self._path}: no such camera, plug it in or name another in camera.path")
        if not os.access(self._path, os.R_OK | os.W_OK):
            raise CameraSetupError(f"{self._path}: no right to use it, add this user to the group video")

    def _capture_time_s(self) -> float:
        """Return the driver's time of capture where it counts on our clock, else now."""
        stamp_ms = self._capture.get(cv2.CAP_PROP_POS_MSEC)
        now_s = self._clock.monotonic_s()
        if stamp_ms <= 0:
            return now_s
        if stamp_ms == self._stamp_ms:
            raise DeviceError(f"{self._path}: repeats the last picture, plug the camera in again")
        self._stamp_ms = stamp_ms
        return stamp_ms / 1e3 if 0 <= now_s - stamp_ms / 1e3 <= OLDEST_S else now_s
