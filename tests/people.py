"""People of known posture, as a perfect network would see them: the ground truth of the unit tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from edge.pose.body_view import BodyView
from edge.pose.landmarks import COUNT, Joint, Landmarks
from edge.pose.observation import Observation

SIZE_PX = (720, 1280)
STATURE_M = 1.6
HIP_HEIGHT = 0.50  # of stature, as the landmark network places the joint
TRUNK = 0.27
HEAD = 0.136  # middle of the shoulders to middle of the ears
SHOULDERS, HIPS, EARS = 0.18, 0.105, 0.09
ANKLE = 0.04
FOOT = 0.10


@dataclass(frozen=True)
class Person:
    """
    A standing person; angles in degrees, + = the person's right higher or leaning to the right; lengths in metres.
    `camera_roll_deg` is clockwise as the camera looks; `yaw_deg` turns the person about the vertical.
    """

    shoulder_tilt_deg: float = 0.0
    pelvis_tilt_deg: float = 0.0
    head_tilt_deg: float = 0.0
    lean_deg: float = 0.0
    head_lean_deg: float = 0.0
    shift_m: float = 0.0  # of the whole person to their right, away from the middle of the picture
    yaw_deg: float = 0.0
    stature_m: float = STATURE_M
    px_per_m: float = 600.0
    view: BodyView = BodyView.BACK
    camera_roll_deg: float = 0.0
    size_px: tuple[int, int] = SIZE_PX
    feet_px: float = 60.0  # floor line above the bottom of the picture
    arms_out_deg: float = 8.0
    elbow_deg: float = 170.0
    hidden: tuple[Joint, ...] = ()
    recovered: tuple[Joint, ...] = ()
    jitter_px: float = 0.0
    seed: int = 0
    time_s: float = 0.0

    def landmarks(self) -> Landmarks:
        body = self._body_m()
        yaw = np.radians(self.yaw_deg)
        facing = -1.0 if self.view is BodyView.FRONT else 1.0
        x = body[:, 0] * np.cos(yaw) - facing * body[:, 2] * np.sin(yaw)
        depth = body[:, 0] * np.sin(yaw) + facing * body[:, 2] * np.cos(yaw)
        width, height = self.size_px
        picture = np.stack(
            [width / 2 + facing * self.px_per_m * x, height - self.feet_px - self.px_per_m * body[:, 1]], axis=1
        )
        picture = _rolled(picture, self.camera_roll_deg, (width / 2, height / 2))
        picture = picture + np.random.default_rng(self.seed).normal(0, self.jitter_px or 0.0, picture.shape)
        middle = body[[Joint.LEFT_HIP, Joint.RIGHT_HIP]].mean(axis=0)
        world = np.stack([facing * (x - middle[0]), middle[1] - body[:, 1], depth], axis=1)
        score = np.full(COUNT, 0.98, np.float32)
        score[list(self.hidden) + list(self.recovered)] = 0.2
        recovered = np.zeros(COUNT, bool)
        recovered[list(self.recovered)] = True
        xyz = np.column_stack([picture, depth * self.px_per_m])
        return Landmarks(xyz.astype(np.float32), world.astype(np.float32), score, recovered, self.time_s)

    def observation(self, index: int = 0, people: int | None = 1) -> Observation:
        return Observation(index, self.time_s, self.time_s + 0.02, self.landmarks(), people)

    def at(self, time_s: float) -> Person:
        return replace(self, time_s=time_s)

    def _body_m(self) -> np.ndarray:
        """(33, 3): x to the person's right, y up, z towards where the person looks."""
        h = self.stature_m
        hips = np.array([self.shift_m, HIP_HEIGHT * h])
        shoulders = hips + TRUNK * h * _up(self.lean_deg)
        ears = shoulders + HEAD * h * _up(self.head_lean_deg)
        at: dict[Joint, np.ndarray] = {}
        for part, middle, span, tilt in (
            ("SHOULDER", shoulders, SHOULDERS, self.shoulder_tilt_deg),
            ("HIP", hips, HIPS, self.pelvis_tilt_deg),
            ("EAR", ears, EARS, self.head_tilt_deg),
        ):
            half = span * h / 2 * _across(tilt)
            at[Joint[f"LEFT_{part}"]], at[Joint[f"RIGHT_{part}"]] = middle - half, middle + half
        for side, sign in (("LEFT", -1.0), ("RIGHT", 1.0)):
            self._limbs(at, side, sign)
        body = np.tile(np.array([*ears, 0.1 * h]), (COUNT, 1))  # face points the station does not use
        for joint, xy in at.items():
            body[joint] = [*xy, FOOT * h if joint.name.endswith("FOOT_INDEX") else 0.0]
        return body

    def _limbs(self, at: dict[Joint, np.ndarray], side: str, sign: float) -> None:
        h = self.stature_m
        down = -_up(-sign * self.arms_out_deg)
        elbow = at[Joint[f"{side}_SHOULDER"]] + 0.17 * h * down
        bent = -_up(-sign * (self.arms_out_deg - (180 - self.elbow_deg)))
        at[Joint[f"{side}_ELBOW"]], at[Joint[f"{side}_WRIST"]] = elbow, elbow + 0.14 * h * bent
        for finger in ("PINKY", "INDEX", "THUMB"):
            at[Joint[f"{side}_{finger}"]] = at[Joint[f"{side}_WRIST"]] + 0.04 * h * bent
        foot = self.shift_m + sign * 0.06 * h
        at[Joint[f"{side}_KNEE"]] = np.array([foot, 0.28 * h])
        at[Joint[f"{side}_ANKLE"]] = np.array([foot, ANKLE * h])
        at[Joint[f"{side}_HEEL"]] = np.array([foot, 0.02 * h])
        at[Joint[f"{side}_FOOT_INDEX"]] = np.array([foot + sign * 0.02 * h, 0.0])


def standing(**posture: object) -> Landmarks:
    """Landmarks of a person seen from behind; see `Person` for what can be asked for."""
    return Person(**posture).landmarks()  # type: ignore[arg-type]


def stream(
    person: Person, start_s: float, duration_s: float, fps: float = 30.0, people: int | None = 1, first: int = 0
) -> Iterable[Observation]:
    """Observations of one person over a time, with jitter that differs from frame to frame."""
    for k in range(round(duration_s * fps)):
        yield replace(person, time_s=start_s + k / fps, seed=first + k).observation(first + k, people)


def nobody(time_s: float, index: int = 0) -> Observation:
    """An observation of an empty room."""
    return Observation(index, time_s, time_s + 0.02, None, 0)


def _up(lean_deg: float) -> np.ndarray:
    return np.array([np.sin(np.radians(lean_deg)), np.cos(np.radians(lean_deg))])


def _across(tilt_deg: float) -> np.ndarray:
    return np.array([np.cos(np.radians(tilt_deg)), np.sin(np.radians(tilt_deg))])


def _rolled(points: np.ndarray, roll_deg: float, centre: tuple[float, float]) -> np.ndarray:
    # A camera rolled clockwise shows the world turned counter-clockwise (y points down).
    c, s = np.cos(np.radians(roll_deg)), np.sin(np.radians(roll_deg))
    return (points - centre) @ np.array([[c, -s], [s, c]]) + centre
