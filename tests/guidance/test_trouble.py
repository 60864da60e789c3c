import pytest

from edge.camera.state import CameraState
from edge.guidance.texts import TEXTS
from edge.guidance.trouble import BY_CAMERA, trouble_of
from edge.ring.supervisor import Health, VisionState


def health(state, camera=CameraState.FINE, reason=None, restarts=0):
    return Health(state, reason, camera, restarts)


def test_frames_of_a_fine_camera_are_trusted():
    assert trouble_of(health(VisionState.RUNNING)) is None


def test_a_slow_camera_is_left_to_the_rule_of_the_take():
    assert trouble_of(health(VisionState.RUNNING, CameraState.SLOW)) is None


@pytest.mark.parametrize(("camera", "code"), BY_CAMERA.items())
def test_a_camera_of_no_use_is_named(camera, code):
    assert trouble_of(health(VisionState.RUNNING, camera)) == code


def test_starting_and_starting_again_are_told_apart():
    assert trouble_of(health(VisionState.STARTING, CameraState.OPENING)) == "vision_starting"
    assert trouble_of(health(VisionState.LOST, CameraState.OPENING, "hangs", 1)) == "vision_restarting"


def test_a_network_that_was_changed_is_named():
    lost = health(VisionState.LOST, CameraState.OPENING, "x is not the file; run python -m models.build", 1)
    assert trouble_of(lost) == "model_untrusted"


def test_every_trouble_has_its_sentence():
    codes = {*BY_CAMERA.values(), "vision_starting", "vision_restarting", "model_untrusted"}
    assert codes <= set(TEXTS)
