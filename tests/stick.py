"""
People of sticks in space and a pinhole camera: each measure is known from what they were built with, not from a formula
of the station's. World: metres, x to the right and y forward of a person who stands with heading 0, z up, floor at 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from edge.pose.body_view import BodyView
from edge.pose.landmarks import COUNT, Joint, Landmarks
from edge.pose.spine_points import MIDLINE, SPINE_COUNT, SpinePoint, SpinePoints
from edge.spine.setup import Setup

SIZE_PX = (720, 1280)
HEIGHT_OF = dict(zip(MIDLINE, np.linspace(0.95, 1.45, len(MIDLINE)), strict=True))
"""Metres above the floor of the midline's points; C7 is the uppermost."""
LOOK = {BodyView.BACK: 0.0, BodyView.LEFT: 90.0, BodyView.FRONT: 180.0, BodyView.RIGHT: 270.0}
"""How far the camera stands round the person, clockwise from above, from straight behind."""


def up(lean_deg: float) -> np.ndarray:
    """(2,) across and up: a unit vector that leans to the positive side."""
    return np.array([np.sin(np.radians(lean_deg)), np.cos(np.radians(lean_deg))])


@dataclass(frozen=True)
class Camera:
    """Looks at the person's middle; `height_m` of the lens, `pitch_deg` upwards, `roll_deg` clockwise as it looks."""

    distance_m: float = 3.0
    height_m: float = 1.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    vertical_fov_deg: float = 45.0
    aside_m: float = 0.0  # how far the person stands to the picture's right of the camera's axis
    size_px: tuple[int, int] = SIZE_PX

    @property
    def focal_px(self) -> float:
        return self.size_px[1] / 2 / np.tan(np.radians(self.vertical_fov_deg) / 2)

    @property
    def setup(self) -> Setup:
        return Setup(
            roll_deg=self.roll_deg,
            camera_height_m=self.height_m,
            distance_m=self.distance_m,
            vertical_fov_deg=self.vertical_fov_deg,
            pitch_deg=self.pitch_deg,
        )

    def project(self, points_m: np.ndarray, view: BodyView, yaw_deg: float = 0.0) -> np.ndarray:
        """(N, 3) of the person -> (N, 2) pixels; `yaw_deg` turns the person so that picture right goes away."""
        turn = np.radians(LOOK[view] + yaw_deg)
        x, y, z = points_m.T
        right, ahead = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
        right, ahead, high = right + self.aside_m, ahead + self.distance_m, z - self.height_m
        pitch, roll = np.radians(self.pitch_deg), np.radians(self.roll_deg)
        depth, above = ahead * np.cos(pitch) + high * np.sin(pitch), high * np.cos(pitch) - ahead * np.sin(pitch)
        u, v = right / depth, -above / depth
        u, v = u * np.cos(roll) + v * np.sin(roll), v * np.cos(roll) - u * np.sin(roll)
        return np.stack([u, v], axis=1) * self.focal_px + np.array(self.size_px) / 2


@dataclass(frozen=True)
class Stick:
    """Angles in degrees, + = the person's right higher or leaning to the right; all joints lie in one upright plane."""

    shoulder_tilt_deg: float = 0.0
    pelvis_tilt_deg: float = 0.0
    head_tilt_deg: float = 0.0
    lean_deg: float = 0.0  # mid-hip to mid-shoulder
    c7_shift_m: float = 0.0  # of C7 against the sacrum
    curve_m: float = 0.0  # apex of a half sine wave to the right, between sacrum and C7
    head_lean_deg: float = 0.0  # C7 to the top of the head
    head_shift_m: float = 0.0  # mid-ear against C7
    valgus_deg: tuple[float, float] = (0.0, 0.0)  # left, right
    leg_difference_m: float = 0.0  # right longer
    moved_m: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)  # of a joint or a spine point

    def joints_m(self) -> np.ndarray:
        """(33, 3)."""
        at = {joint: np.array([0.0, 0.1, 1.6]) for joint in Joint}
        hips = np.array([0.0, 0.9])
        shoulders = hips + 0.47 * up(self.lean_deg)
        ears = np.array([self.c7_shift_m + self.head_shift_m, 1.58])
        for part, middle, span, tilt in (
            ("HIP", hips, 0.2, self.pelvis_tilt_deg),
            ("SHOULDER", shoulders, 0.34, self.shoulder_tilt_deg),
            ("EAR", ears, 0.15, self.head_tilt_deg),
        ):
            half = span / 2 * np.array([np.cos(np.radians(tilt)), np.sin(np.radians(tilt))])
            at[Joint[f"LEFT_{part}"]], at[Joint[f"RIGHT_{part}"]] = _space(middle - half), _space(middle + half)
        for side, sign, valgus in (("LEFT", -1, self.valgus_deg[0]), ("RIGHT", 1, self.valgus_deg[1])):
            self._leg(at, side, sign, valgus)
        for name, move in self.moved_m.items():
            if name in Joint.__members__:
                at[Joint[name]] = at[Joint[name]] + np.array(move)
        return np.array([at[joint] for joint in Joint])

    def _leg(self, at: dict[Joint, np.ndarray], side: str, sign: int, valgus_deg: float) -> None:
        hip = at[Joint[f"{side}_HIP"]][[0, 2]]
        knee = hip - 0.42 * up(0.0)
        # A knock-kneed shank goes outwards below the knee.
        shank = -up(-sign * valgus_deg) * np.array([1.0, 1.0])
        ankle = knee + 0.40 * shank
        at[Joint[f"{side}_KNEE"]], at[Joint[f"{side}_ANKLE"]] = _space(knee), _space(ankle)
        length = 0.9 + (self.leg_difference_m if side == "RIGHT" else 0.0)
        at[Joint[f"{side}_HEEL"]] = _space(hip - np.array([0.0, length]))
        at[Joint[f"{side}_FOOT_INDEX"]] = _space(np.array([sign * 0.1, 0.0]))

    def spine_m(self) -> np.ndarray:
        """(46, 3)."""
        points = np.tile([0.0, 0.0, 1.0], (SPINE_COUNT, 1))
        for point in SpinePoint:
            height = self._height(point)
            share = (height - 0.95) / 0.5
            x = self.c7_shift_m * share + self.curve_m * np.sin(np.pi * np.clip(share, 0, 1))
            points[point] = [x, 0.0, height]
        head = np.array([self.c7_shift_m, 1.45]) + 0.25 * up(self.head_lean_deg)
        points[SpinePoint.HEAD_TOP] = _space(head)
        for name, move in self.moved_m.items():
            if name in SpinePoint.__members__:
                points[SpinePoint[name]] = points[SpinePoint[name]] + np.array(move)
        return points

    @staticmethod
    def _height(point: SpinePoint) -> float:
        if point is SpinePoint.T12_L1:
            return (HEIGHT_OF[SpinePoint.T12] + HEIGHT_OF[SpinePoint.L1]) / 2
        name = point.name.removeprefix("SIDE_").removeprefix("CENTRE_")
        extra = {"S5": 0.90, "C4": 1.50, "C3_C4": 1.51, "C1": 1.55}
        return extra.get(name) or HEIGHT_OF.get(SpinePoint.__members__.get(name, point), 1.2)

    def seen(self, camera: Camera, view: BodyView = BodyView.BACK, yaw_deg: float = 0.0) -> Landmarks:
        joints = self.joints_m()
        xyz = np.column_stack([camera.project(joints, view, yaw_deg), np.zeros(COUNT)]).astype(np.float32)
        world = np.zeros((COUNT, 3), np.float32)
        return Landmarks(xyz, world, np.full(COUNT, 0.98, np.float32), np.zeros(COUNT, bool), 0.0)

    def spine_seen(self, camera: Camera, view: BodyView = BodyView.BACK, yaw_deg: float = 0.0) -> SpinePoints:
        return spine_points(camera.project(self.spine_m(), view, yaw_deg))


def spine_points(xy_px: np.ndarray, sd_px: float = 0.0, hidden: tuple[SpinePoint, ...] = ()) -> SpinePoints:
    """Spine points as a network of known uncertainty gives them."""
    score = np.full(SPINE_COUNT, 0.9, np.float32)
    score[list(hidden)] = 0.1
    covariance = np.tile(np.eye(2, dtype=np.float32) * sd_px**2, (SPINE_COUNT, 1, 1))
    return SpinePoints(xy_px.astype(np.float32), covariance, score, np.zeros(SPINE_COUNT, bool), 0.0)


def _space(across_up: np.ndarray) -> np.ndarray:
    return np.array([across_up[0], 0.0, across_up[1]])
