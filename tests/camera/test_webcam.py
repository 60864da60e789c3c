from pathlib import Path

import cv2
import numpy as np
import pytest

from edge.camera.webcam import WebcamCamera
from edge.clock import SimulatedClock
from edge.errors import DeviceError


class SimulatedVideo4Linux:
    """What cv2.VideoCapture does, unplugging included: it says True and repeats the last picture."""

    def __init__(self, clock: SimulatedClock, fps: float = 30.0) -> None:
        self.clock, self.fps = clock, fps
        self.properties: dict[int, float] = {}
        self.order: list[int] = []
        self.opened = self.plugged = self.stamped = True
        self.picture: np.ndarray | None = np.full((48, 64, 3), 90, np.uint8)
        self._stamp_ms = 0.0

    def isOpened(self) -> bool:  # noqa: N802
        return self.opened

    def set(self, key: int, value: float) -> bool:
        self.order.append(key)
        self.properties[key] = value
        return True

    def get(self, key: int) -> float:
        if key == cv2.CAP_PROP_POS_MSEC:
            return self._stamp_ms if self.stamped else -1.0
        return self.properties.get(key, 0.0)

    def grab(self) -> bool:
        self.clock.sleep(1 / self.fps)
        if self.plugged:
            self._stamp_ms = self.clock.monotonic_s() * 1e3 - 5.0
        return True

    def retrieve(self) -> tuple[bool, np.ndarray | None]:
        return self.picture is not None, self.picture

    def release(self) -> None:
        self.opened = False


@pytest.fixture
def node(tmp_path: Path) -> Path:
    path = tmp_path / "video0"
    path.touch()
    return path


def plug_in(node: Path, fps: float = 30.0) -> tuple[WebcamCamera, SimulatedVideo4Linux, SimulatedClock]:
    clock = SimulatedClock()
    clock.sleep(50.0)
    device = SimulatedVideo4Linux(clock, fps)
    return WebcamCamera(str(node), clock, open_capture=lambda _: device), device, clock


def test_the_newest_frame_comes_with_the_drivers_time(node: Path):
    camera, device, clock = plug_in(node)
    frame = camera.read()
    assert frame.time_s == pytest.approx(clock.monotonic_s() - 0.005)
    assert [camera.read().index for _ in range(3)] == [1, 2, 3]
    assert device.properties[cv2.CAP_PROP_BUFFERSIZE] == 1
    assert device.properties[cv2.CAP_PROP_FOURCC] == cv2.VideoWriter.fourcc(*"MJPG")
    assert device.order[0] == cv2.CAP_PROP_FOURCC


def test_frames_the_camera_left_out_leave_a_gap(node: Path):
    camera, _, clock = plug_in(node)
    camera.read()
    clock.sleep(2 / 30)
    assert camera.read().index == 3


def test_a_camera_that_gives_less_than_it_declares_is_believed(node: Path):
    camera, _, _ = plug_in(node, fps=14.0)
    assert camera.rate_hz == 30.0
    for _ in range(40):
        camera.read()
    assert camera.rate_hz == pytest.approx(14.0)


def test_pictures_we_come_too_late_for_do_not_slow_the_camera_down(node: Path):
    camera, _, clock = plug_in(node)
    for _ in range(40):
        camera.read()
        clock.sleep(1 / 30 + 0.01)
    assert camera.rate_hz == 30.0


def test_a_driver_without_time_stamps_gets_the_time_of_arrival(node: Path):
    camera, device, clock = plug_in(node)
    device.stamped = False
    assert camera.read().time_s == clock.monotonic_s()


def test_a_driver_with_another_clock_gets_the_time_of_arrival(node: Path):
    camera, device, clock = plug_in(node)
    device.clock = SimulatedClock()
    assert camera.read().time_s == clock.monotonic_s()


def test_a_pulled_plug_is_noticed_though_opencv_says_true(node: Path):
    camera, device, _ = plug_in(node)
    camera.read()
    device.plugged = False
    with pytest.raises(DeviceError, match="repeats the last picture"):
        camera.read()


def test_a_device_node_that_disappears_is_noticed(node: Path):
    camera, _, _ = plug_in(node)
    node.unlink()
    with pytest.raises(DeviceError, match=r"no such camera, plug it in or name another in camera\.path"):
        camera.read()


def test_a_picture_that_cannot_be_decoded_is_a_device_error(node: Path):
    camera, device, _ = plug_in(node)
    device.picture = None
    with pytest.raises(DeviceError, match="cannot be decoded"):
        camera.read()


def test_a_node_that_is_no_camera_does_not_open(node: Path):
    with pytest.raises(DeviceError, match="does not open as a camera"):
        WebcamCamera(str(node), SimulatedClock())  # OpenCV itself: an ordinary file is no V4L2 device


@pytest.mark.parametrize("device", ["/dev/video251", "251"])
def test_a_wrong_device_is_named(device: str):
    with pytest.raises(DeviceError, match="/dev/video251: no such camera"):
        WebcamCamera(device, SimulatedClock())


def test_the_picture_is_stood_upright(node: Path):
    clock = SimulatedClock()
    camera = WebcamCamera(str(node), clock, rotation_deg=90, open_capture=lambda _: SimulatedVideo4Linux(clock))
    assert camera.read().size_px == (48, 64)
    camera.close()
    camera.close()
