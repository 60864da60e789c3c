"""The Raspberry Pi's camera through picamera2."""

import concurrent.futures
import importlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge.camera.frame import Frame
from edge.camera.numbering import Numbering
from edge.camera.rotation import Rotation, stand_upright
from edge.camera.setup import CameraSetupError
from edge.clock import Clock
from edge.errors import DeviceError

FORMAT = "RGB888"
"""picamera2's name for bytes in the order blue, green, red: what OpenCV calls BGR, so nothing is converted."""
BUFFERS = 6
OLDEST_S = 1.0


class PiCamera:
    """
    The camera on the ribbon cable.

        camera = PiCamera(SystemClock(), size_px=(1280, 720), fps=30.0, rotation_deg=90)

    Each picture is copied out of the camera's buffer before the buffer goes back: a view that outlives its request
    stalls or crashes the camera. Every wait has a limit, since picamera2 can wait for ever; after a wait that ran
    out the camera must be closed and opened again, because the abandoned request never comes back.

    Written against picamera2 0.3.38 and tested with a stand-in for the library: never run on a Raspberry Pi.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        size_px: tuple[int, int] = (1280, 720),
        fps: float = 30.0,
        rotation_deg: Rotation = 0,
        timeout_s: float = 0.6,
        library: Any = None,
    ) -> None:
        """
        Args:
            size_px: width and height of the sensor, before rotation; libcamera may choose another size.
            timeout_s: how long to wait for one picture.
            library: the picamera2 module; None imports it.

        Raises:
            CameraSetupError: picamera2 is not installed, or the size does not suit the camera.
            DeviceError: there is no camera, or it is in use.
        """
        self._clock, self._rotation_deg, self._timeout_s = clock, rotation_deg, timeout_s
        self._numbering = Numbering(fps)
        self._stamp_ns = -1
        library = library or _import_library()
        try:
            self._camera = library.Picamera2()
        except (RuntimeError, IndexError, OSError) as error:
            raise DeviceError(f"no Raspberry Pi camera answers ({error}), check the ribbon cable") from None
        try:
            self._size_px = self._start(size_px, fps)
        except (RuntimeError, OSError) as error:
            self.close()
            raise CameraSetupError(f"the Raspberry Pi camera does not start ({error}), check camera.width") from None

    @property
    def rate_hz(self) -> float:
        """Frames a second the camera really gives."""
        return self._numbering.rate_hz

    def read(self) -> Frame:
        """
        Return the newest frame, waiting for it if need be.

        Raises:
            DeviceError: no picture within the time limit, or the camera repeats itself; close and open it again.
        """
        asked_s = self._clock.monotonic_s()
        try:
            request = self._camera.capture_request(wait=self._timeout_s)
        except (TimeoutError, concurrent.futures.TimeoutError):
            raise DeviceError("the Raspberry Pi camera gives no picture, check the ribbon cable") from None
        except RuntimeError as error:
            raise DeviceError(f"the Raspberry Pi camera has failed ({error}), check the ribbon cable") from None
        came_s = self._clock.monotonic_s()
        try:
            image = self._copy(request)
            stamp_ns = int(request.get_metadata().get("SensorTimestamp", 0))
        finally:
            request.release()
        time_s = self._capture_time_s(stamp_ns)
        index = self._numbering.index(time_s, asked_s=asked_s, came_s=came_s)
        return Frame(stand_upright(image, self._rotation_deg), time_s, index)

    def close(self) -> None:
        """Release the camera; closing twice is fine."""
        self._camera.close()

    def _start(self, size_px: tuple[int, int], fps: float) -> tuple[int, int]:
        configuration = self._camera.create_video_configuration(
            main={"size": size_px, "format": FORMAT}, buffer_count=BUFFERS, controls=self._controls(fps)
        )
        self._camera.configure(configuration)
        self._camera.start()
        # libcamera adjusts sizes silently: only what is read back is true.
        width, height = self._camera.camera_configuration()["main"]["size"]
        return int(width), int(height)

    def _controls(self, fps: float) -> dict[str, tuple[int, int]]:
        """A control the camera does not offer raises RuntimeError later, so it is not asked for."""
        period_us = round(1e6 / fps)
        return {"FrameDurationLimits": (period_us, period_us)} if self._offers("FrameDurationLimits") else {}

    def _offers(self, control: str) -> bool:
        return control in self._camera.camera_controls

    def _copy(self, request: Any) -> NDArray[np.uint8]:
        width, height = self._size_px
        return np.ascontiguousarray(request.make_array("main")[:height, :width, :3], np.uint8)

    def _capture_time_s(self, stamp_ns: int) -> float:
        """Return the start of exposure where the sensor's clock is ours, else now."""
        now_s = self._clock.monotonic_s()
        if stamp_ns <= 0:
            return now_s
        if stamp_ns == self._stamp_ns:
            raise DeviceError("the Raspberry Pi camera repeats the last picture, check the ribbon cable")
        self._stamp_ns = stamp_ns
        return stamp_ns / 1e9 if 0 <= now_s - stamp_ns / 1e9 <= OLDEST_S else now_s


def _import_library() -> Any:
    try:
        return importlib.import_module("picamera2")
    except ImportError:
        raise CameraSetupError("picamera2 is not installed, set it up with ./setup.sh on a Raspberry Pi") from None
