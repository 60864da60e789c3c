import pytest

from edge.camera.recording import RecordingCamera
from edge.camera.simulated import SimulatedCamera
from edge.clock import SimulatedClock
from edge.config import CameraConfig, DisplayConfig, ModelsConfig, PanelConfig, StationConfig
from edge.demo.settings import clip_path
from edge.display.simulated import SimulatedDisplay
from edge.errors import ConfigError, DeviceError, ModelError
from edge.factory import make_camera, make_display, make_networks, make_panel, upright_size_px
from edge.panel.none import NoPanel
from edge.panel.simulated import SimulatedPanel


def test_a_camera_that_is_not_named_is_an_error():
    with pytest.raises(ConfigError, match="name recording"):
        make_camera(CameraConfig(), SimulatedClock())


@pytest.mark.parametrize("driver", ["recording", "folder"])
def test_a_recording_needs_its_path(driver):
    with pytest.raises(ConfigError, match=r"camera\.path"):
        make_camera(CameraConfig(driver=driver), SimulatedClock())


def test_a_missing_recording_is_said():
    with pytest.raises(DeviceError, match=r"nowhere\.mp4"):
        make_camera(CameraConfig(driver="recording", path="nowhere.mp4"), SimulatedClock())


def test_a_webcam_that_is_not_there_is_said():
    with pytest.raises(DeviceError):
        make_camera(CameraConfig(driver="webcam", path="/dev/video97"), SimulatedClock())


def test_a_raspberry_camera_without_its_library_is_said():
    with pytest.raises(DeviceError, match="picamera2"):
        make_camera(CameraConfig(driver="picamera"), SimulatedClock())


def test_each_camera_comes_when_it_is_named():
    recording = CameraConfig(driver="recording", path=str(clip_path("straight")), rotation_deg=0)
    camera = make_camera(recording, SimulatedClock())
    assert isinstance(camera, RecordingCamera)
    camera.close()
    assert isinstance(make_camera(CameraConfig(driver="simulated"), SimulatedClock()), SimulatedCamera)


def test_a_camera_on_its_side_promises_upright_frames():
    assert upright_size_px(CameraConfig(width=1280, height=720, rotation_deg=90)) == (720, 1280)
    assert upright_size_px(CameraConfig(width=1280, height=720, rotation_deg=180)) == (1280, 720)


def test_networks_that_are_not_built_are_said(tmp_path):
    with pytest.raises(ModelError, match=r"models\.build"):
        make_networks(StationConfig(models=ModelsConfig(folder=str(tmp_path))))


def test_a_panel_is_optional_and_simulated_only_by_name():
    assert isinstance(make_panel(StationConfig()), NoPanel)
    assert isinstance(make_panel(StationConfig(panel=PanelConfig(driver="simulated"))), SimulatedPanel)


def test_a_display_is_simulated_only_by_name():
    assert isinstance(make_display(StationConfig(display=DisplayConfig(driver="simulated"))), SimulatedDisplay)
