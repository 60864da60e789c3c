"""The second of landmarks whose recovery is known, asked for before the occlusion network may run."""

import numpy as np
from numpy.typing import NDArray

from edge.occlusion.window import RATE_HZ, SAMPLES, encode, resample
from edge.pose.landmarks import COUNT, Joint

PLACES_PX = {
    "NOSE": (0, -250), "EYE_INNER": (4, -262), "EYE": (10, -264), "EYE_OUTER": (16, -262), "EAR": (26, -256),
    "MOUTH": (8, -236), "SHOULDER": (60, -190), "ELBOW": (78, -100), "WRIST": (84, -20), "PINKY": (88, 8),
    "INDEX": (82, 12), "THUMB": (76, 4), "HIP": (34, 0), "KNEE": (36, 140), "ANKLE": (38, 280), "HEEL": (36, 300),
    "FOOT_INDEX": (46, 310),
}  # fmt: skip
"""A body from behind: how far each joint of the right side lies to the right of and below mid-hip."""
MIDDLE_PX = (360.0, 640.0)
SWAY_PX = 24.0
HIDDEN = (Joint.LEFT_ELBOW, Joint.LEFT_WRIST, Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE)
HIDDEN_FROM = 10
"""Sample from which on these are not seen."""


def question() -> dict[str, NDArray[np.float32]]:
    """The inputs of the occlusion network for a swaying body with an arm and a leg that get hidden."""
    times_s = np.arange(SAMPLES) / RATE_HZ
    xy_px = np.array([_body_px(time_s) for time_s in times_s])
    seen = np.ones((SAMPLES, COUNT), np.bool_)
    seen[HIDDEN_FROM:, list(HIDDEN)] = False
    return encode(resample(times_s, xy_px, np.where(seen, 0.95, 0.2), seen)).inputs


def _body_px(time_s: float) -> NDArray[np.float64]:
    """(33, 2) pixels; what lies higher sways further."""
    body = np.array([_place_px(joint) for joint in Joint])
    sway = SWAY_PX * np.sin(2 * np.pi * time_s) * (310.0 - body[:, 1]) / 560.0
    shifted: NDArray[np.float64] = body + np.stack([sway, np.zeros(COUNT)], axis=1) + MIDDLE_PX
    return shifted


def _place_px(joint: Joint) -> tuple[float, float]:
    part = joint.name.replace("LEFT", "").replace("RIGHT", "").strip("_")
    x, y = PLACES_PX[part]
    return (-x if "LEFT" in joint.name else x), y
