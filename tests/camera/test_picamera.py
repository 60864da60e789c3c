import concurrent.futures
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from edge.camera.picamera import PiCamera
from edge.clock import SimulatedClock
from edge.errors import DeviceError


class SimulatedRequest:
    """A completed request of picamera2 0.3.38: must be released, and is worthless afterwards."""

    def __init__(self, camera: "SimulatedPicamera2", stamp_ns: int) -> None:
        self.camera, self.stamp_ns, self.released = camera, stamp_ns, False
        camera.held += 1

    def make_array(self, name: str) -> np.ndarray:
        assert name == "main"
        assert not self.released
        return self.camera.buffer.copy()

    def get_metadata(self) -> dict[str, Any]:
        assert not self.released
        return {"SensorTimestamp": self.stamp_ns}

    def release(self) -> None:
        assert not self.released
        self.released = True
        self.camera.held -= 1


class SimulatedPicamera2:
    """Picamera2 as its 0.3.38 source has it, as far as the driver uses it."""

    def __init__(self, clock: SimulatedClock) -> None:
        self.clock = clock
        self.camera_controls = {"FrameDurationLimits": (1, 2, 3)}
        self.held = 0
        self.closed = 0
        self.hangs = self.repeats = False
        self.stamp_ns = 0
        self.start_error: Exception | None = None

    def create_video_configuration(self, main, *, buffer_count=6, controls=None, queue=True):
        width, height = main["size"]
        return {"main": {"size": (width, height + 8), "format": main["format"]}, "controls": controls or {}}

    def configure(self, configuration) -> None:
        self.configuration = configuration
        width, height = configuration["main"]["size"]
        self.buffer = np.zeros((height, width + 32, 3), np.uint8)  # rows are padded
        self.buffer[:, :width] = (1, 2, 3)

    def camera_configuration(self):
        return self.configuration

    def start(self) -> None:
        if self.start_error:
            raise self.start_error

    def capture_request(self, wait=None):
        assert isinstance(wait, float)
        self.clock.sleep(1 / 30)
        if self.hangs:
            raise concurrent.futures.TimeoutError
        if not self.repeats:
            self.stamp_ns = round((self.clock.monotonic_s() - 0.004) * 1e9)
        return SimulatedRequest(self, self.stamp_ns)

    def close(self) -> None:
        self.closed += 1


def open_camera(**options: Any) -> tuple[PiCamera, SimulatedPicamera2, SimulatedClock]:
    clock = SimulatedClock()
    clock.sleep(10.0)
    device = SimulatedPicamera2(clock)
    library = SimpleNamespace(Picamera2=lambda: device)
    return PiCamera(clock, size_px=(64, 40), library=library, **options), device, clock


def test_a_frame_has_the_size_libcamera_chose_and_the_sensors_time():
    camera, device, clock = open_camera()
    frame = camera.read()
    assert frame.size_px == (64, 48)
    assert (frame.image == (1, 2, 3)).all()
    assert frame.time_s == pytest.approx(clock.monotonic_s() - 0.004)
    assert device.configuration["controls"] == {"FrameDurationLimits": (33333, 33333)}


def test_a_dark_room_that_halves_the_rate_is_noticed():
    camera, _, _ = open_camera(fps=60.0)
    assert camera.rate_hz == 60.0
    for _ in range(40):
        camera.read()
    assert camera.rate_hz == pytest.approx(30.0)


def test_every_request_goes_back_and_the_picture_outlives_it():
    camera, device, _ = open_camera()
    frames = [camera.read() for _ in range(20)]
    assert device.held == 0
    device.buffer[:] = 255
    assert (frames[0].image == (1, 2, 3)).all()
    assert [frame.index for frame in frames] == list(range(20))


def test_a_camera_that_hangs_is_given_up_in_time():
    camera, device, _ = open_camera()
    device.hangs = True
    with pytest.raises(DeviceError, match="gives no picture"):
        camera.read()


def test_a_camera_that_repeats_a_picture_is_noticed_and_the_request_goes_back():
    camera, device, _ = open_camera()
    camera.read()
    device.repeats = True
    with pytest.raises(DeviceError, match="repeats the last picture"):
        camera.read()
    assert device.held == 0


def test_a_control_the_camera_does_not_offer_is_not_asked_for():
    clock = SimulatedClock()
    device = SimulatedPicamera2(clock)
    device.camera_controls = {}
    PiCamera(clock, library=SimpleNamespace(Picamera2=lambda: device))
    assert device.configuration["controls"] == {}


def test_a_camera_that_does_not_start_is_closed_again():
    clock = SimulatedClock()
    device = SimulatedPicamera2(clock)
    device.start_error = RuntimeError("Failed to acquire camera")
    with pytest.raises(DeviceError, match=r"does not start \(Failed to acquire camera"):
        PiCamera(clock, library=SimpleNamespace(Picamera2=lambda: device))
    assert device.closed == 1


def test_no_camera_at_all_is_a_clear_sentence():
    def nobody() -> None:
        raise IndexError("list index out of range")

    with pytest.raises(DeviceError, match="no Raspberry Pi camera answers"):
        PiCamera(SimulatedClock(), library=SimpleNamespace(Picamera2=nobody))


def test_the_picture_is_stood_upright():
    assert open_camera(rotation_deg=90)[0].read().size_px == (48, 64)


def test_a_machine_without_picamera2_is_told_so():
    try:
        import picamera2  # noqa: F401
    except ImportError:
        with pytest.raises(DeviceError, match="picamera2 is not installed"):
            PiCamera(SimulatedClock())
    else:
        pytest.skip("picamera2 is installed here")
