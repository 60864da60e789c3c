"""What is wrong with vision, as the code of the sentence that says so."""

from edge.camera.state import CameraState
from edge.ring.supervisor import Health, VisionState

BY_CAMERA = {
    CameraState.LOST: "camera_lost",
    CameraState.FROZEN: "camera_frozen",
    CameraState.DARK: "camera_dark",
    CameraState.BRIGHT: "camera_bright",
    CameraState.UNUSABLE: "camera_setup",
    CameraState.ENDED: "recording_ended",
}


def trouble_of(health: Health) -> str | None:
    """
    Return the code of a text in `edge.guidance.texts`, or None while frames can be trusted.

    A camera that is merely slow is no trouble here: a take that gets too few frames is refused by its own rule.
    """
    if health.camera in BY_CAMERA:
        return BY_CAMERA[health.camera]
    if health.state is VisionState.RUNNING:
        return None
    if health.reason is not None and "models.build" in health.reason:
        return "model_untrusted"
    return "vision_restarting" if health.restarts or health.state is VisionState.LOST else "vision_starting"
