"""A spine network that knows the truth about one person, for tests: it answers it with the noise it states."""

import numpy as np

from edge.pose.landmarks import Joint, Landmarks
from edge.pose.spine_crop import HEIGHT, WIDTH, body_box, torso_box
from edge.pose.spine_layout import CENTRES, JOINTS, POINTS, SPINETRACK_COUNT
from edge.pose.spine_points import SpinePoints
from tests.stick import Camera, Stick

ELSEWHERE = {"left_small_toe": Joint.LEFT_FOOT_INDEX, "right_small_toe": Joint.RIGHT_FOOT_INDEX}


def truth_px(landmarks: Landmarks, spine: SpinePoints) -> np.ndarray:
    """(74, 2) pixels of the picture; the points nothing here reads lie on the nose."""
    px = np.tile(landmarks.xyz_px[Joint.NOSE, :2].astype(float), (POINTS, 1))
    for number, joint in JOINTS.items():
        px[number] = landmarks.xyz_px[joint, :2]
    for number, point in CENTRES.items():
        px[number] = spine.xy_px[point]
    px[SPINETRACK_COUNT:] = spine.xy_px[: POINTS - SPINETRACK_COUNT]
    return px


class KnowingEngine:
    """
    Answers the truth, looked for in the torso's box and then in the body's, as the estimator asks.

    `noise` and `sd` are crop pixels; `hidden` are numbers of points that it does not see.
    """

    description = "spine_small simulated"

    def __init__(self, landmarks, px, *, noise=0.0, sd=1.0, hidden=(), seed=0):
        self.boxes = [torso_box(landmarks), body_box(landmarks)]
        self.px, self.noise, self.sd, self.hidden = px, noise, sd, hidden
        self.rng = np.random.default_rng(seed)
        self.asked = []

    def run(self, inputs):
        assert inputs["image"].shape == (1, 3, HEIGHT, WIDTH)
        box = self.boxes[len(self.asked) % 2]
        self.asked.append(inputs["image"])
        crop = box.to_crop(self.px) + self.rng.normal(0, self.noise, (POINTS, 2))
        visible = np.full((1, POINTS), 4.0, np.float32)
        visible[0, list(self.hidden)] = -4.0
        log_sd = np.broadcast_to(np.log(self.sd), (1, POINTS, 2))
        return {
            "points": crop[None].astype(np.float32),
            "log_sd": np.ascontiguousarray(log_sd, np.float32),
            "visible": visible,
            "curve": np.array([[1.5, 0, 1, 2, 3, 2, 1, 0]], np.float32),
            "mask": np.zeros((1, 1, 64, 48), np.float32),
        }

    def close(self):
        pass


def stick_person(**posture):
    """Landmarks, spine points and the 74 points of a stick person seen from behind."""
    person, camera = Stick(**posture), Camera()
    landmarks, spine = person.seen(camera), person.spine_seen(camera)
    return landmarks, spine, truth_px(landmarks, spine)
