"""Where the joints are."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

COUNT = 33
MIN_SCORE = 0.6
"""A landmark below this score counts as unseen (seeds.md 2.4: exactly 0.60 is kept)."""


class Joint(IntEnum):
    """BlazePose's 33 points; left and right are the person's own."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


BONES: tuple[tuple[Joint, Joint], ...] = tuple(
    (Joint[a], Joint[b])
    for a, b in (
        ("LEFT_SHOULDER", "RIGHT_SHOULDER"),
        ("LEFT_HIP", "RIGHT_HIP"),
        ("LEFT_SHOULDER", "LEFT_HIP"),
        ("RIGHT_SHOULDER", "RIGHT_HIP"),
        ("LEFT_SHOULDER", "LEFT_ELBOW"),
        ("LEFT_ELBOW", "LEFT_WRIST"),
        ("RIGHT_SHOULDER", "RIGHT_ELBOW"),
        ("RIGHT_ELBOW", "RIGHT_WRIST"),
        ("LEFT_HIP", "LEFT_KNEE"),
        ("LEFT_KNEE", "LEFT_ANKLE"),
        ("RIGHT_HIP", "RIGHT_KNEE"),
        ("RIGHT_KNEE", "RIGHT_ANKLE"),
        ("LEFT_ANKLE", "LEFT_HEEL"),
        ("LEFT_HEEL", "LEFT_FOOT_INDEX"),
        ("RIGHT_ANKLE", "RIGHT_HEEL"),
        ("RIGHT_HEEL", "RIGHT_FOOT_INDEX"),
    )
)
"""What an overlay draws between the joints."""


@dataclass(frozen=True, slots=True, eq=False)
class Landmarks:
    """
    The 33 body landmarks of one person in one frame.

    Attributes:
        xyz_px: (33, 3) float32, pixels of the upright frame; x right, y down from the top left; z grows away
            from the camera, relative to mid-hip, in the same pixels (the network's guess).
        world_m: (33, 3) float32, metres, origin mid-hip, axes as xyz_px (the network's guess of the 3-D body).
        score: (33,) float32, 0 (guess) to 1 (certain).
        recovered: (33,) bool, True where the occlusion model filled in the position.
        time_s: capture time of the frame, seconds on CLOCK_MONOTONIC.
        sd_px: (33,) float32, pixels, standard deviation of each joint along either axis of the picture; not a number
            for a joint whose network states none, None where it is stated of no joint.
    """

    xyz_px: NDArray[np.float32]
    world_m: NDArray[np.float32]
    score: NDArray[np.float32]
    recovered: NDArray[np.bool_]
    time_s: float
    sd_px: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        expected = {"xyz_px": (COUNT, 3), "world_m": (COUNT, 3), "score": (COUNT,), "recovered": (COUNT,)}
        if self.sd_px is not None:
            expected["sd_px"] = (COUNT,)
        for name, shape in expected.items():
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} must be {shape}, got {getattr(self, name).shape}")

    @property
    def seen(self) -> NDArray[np.bool_]:
        """(33,) bool, True where the camera itself saw the joint."""
        return (self.score >= MIN_SCORE) & ~self.recovered

    @property
    def known(self) -> NDArray[np.bool_]:
        """(33,) bool, True where the joint was seen or recovered."""
        return (self.score >= MIN_SCORE) | self.recovered
