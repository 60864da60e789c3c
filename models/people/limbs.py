"""Arms, shoulder girdle and legs: from a posture to where each bone is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.people.asset import SIDES
from models.people.posture import Foot, Posture
from models.people.rotation import Matrix, about, about_axis, basis, unit

Point = NDArray[np.float64]
Transform = NDArray[np.float64]
SIGN = {"left": -1.0, "right": 1.0}
"""Which way x points for each side."""
DOWN = np.array([0.0, 0.0, -1.0])
FORWARD = np.array([0.0, 1.0, 0.0])
SETTING_DEG = 30.0
"""An arm can be lifted so far before the shoulder blade follows."""
RAISE_SHARE, RAISE_MAX_DEG = 0.14, 18.0
ROTATE_SHARE, ROTATE_MAX_DEG = 0.28, 34.0
"""Of the lift beyond that: what the clavicle rises, and how far the blade's skin turns (half of what the bone does)."""
TOE_OUT_DEG = 7.0
HEEL_BEHIND = 0.28
"""The heel's pivot behind the ankle, as a share of the way from ankle to toes."""


@dataclass(frozen=True, slots=True)
class Girdle:
    """Clavicle and shoulder blade of one side, degrees: `lift` up, `protract` forwards, `rotate` upwards."""

    lift: float
    protract: float
    rotate: float


@dataclass(frozen=True, slots=True, eq=False)
class Leg:
    """
    One posed leg.

    Attributes:
        thigh, shin, foot, toes: (3, 4) transforms from the rest body.
    """

    thigh: Transform
    shin: Transform
    foot: Transform
    toes: Transform


def turned(rotation: Matrix, rest: Point, place: Point) -> Transform:
    """(3, 4): rotates about the rest point and puts it at `place`."""
    return np.concatenate([rotation, (place - rotation @ rest)[:, None]], axis=1)


def moved(transform: Transform, point: Point) -> Point:
    """A rest point (3,) after a transform (3, 4)."""
    place: Point = transform[:, :3] @ point + transform[:, 3]
    return place


def arm_rotation(posture: Posture, side: str, axial_deg: float, rest: Point) -> Matrix:
    """How the upper arm turns; `rest` (3,) is its direction in the rest body, `axial_deg` where the chest faces."""
    sign, number = SIGN[side], SIDES.index(side)
    rest_deg = float(np.degrees(np.arctan2(abs(rest[0]), -rest[2])))
    out_deg, forward_deg = posture.arms_abduction_deg[number], posture.arms_flexion_deg[number]
    rotation: Matrix = about(2, -axial_deg) @ about(0, forward_deg) @ about(1, sign * (rest_deg - out_deg))
    return rotation


def girdle(posture: Posture, side: str, arm_deg: float, reach_m: float) -> Girdle:
    """What the blade does of itself; `arm_deg` is the arm's lift off the chest, `reach_m` the clavicle's length."""
    number = SIDES.index(side)
    beyond = max(0.0, arm_deg - SETTING_DEG)
    raised = np.degrees(np.arcsin(np.clip(posture.scapula_raise_m[number] / reach_m, -0.7, 0.7)))
    return Girdle(
        lift=float(raised) + min(RAISE_SHARE * beyond, RAISE_MAX_DEG),
        protract=posture.scapula_protract_deg[number],
        rotate=min(ROTATE_SHARE * beyond, ROTATE_MAX_DEG),
    )


def clavicle(parent: Transform, joint: Point, side: str, lift_deg: float, protract_deg: float) -> Transform:
    """(3, 4) of clavicle and shoulder: turned about the joint with the breastbone, riding on the upper chest."""
    sign = SIGN[side]
    rotation = parent[:, :3] @ about(1, -sign * lift_deg) @ about(2, sign * protract_deg)
    return turned(rotation, joint, moved(parent, joint))


def forearm_rotation(upper: Matrix, rest_upper: Point, rest_fore: Point, elbow_deg: float) -> Matrix:
    """How the forearm turns for an elbow flexed by `elbow_deg`; directions (3,) of the rest body."""
    axis = unit(np.asarray(np.cross(rest_upper, rest_fore), np.float64))
    rest_deg = np.degrees(np.arccos(np.clip(unit(rest_upper) @ unit(rest_fore), -1.0, 1.0)))
    rotation: Matrix = upper @ about_axis(axis, elbow_deg - float(rest_deg))
    return rotation


@dataclass(frozen=True, slots=True, eq=False)
class LegShape:
    """
    A leg of the rest body.

    Attributes:
        side: 'left' or 'right'.
        hip_m, knee_m, ankle_m, ball_m: (3,) joints, world frame; ball_m where the toes bend.
        stretch: the leg's bones are this much longer than in the rest body.
    """

    side: str
    hip_m: Point
    knee_m: Point
    ankle_m: Point
    ball_m: Point
    stretch: float = 1.0

    @property
    def bones_m(self) -> tuple[float, float]:
        """Length of thigh and shin."""
        thigh, shin = np.linalg.norm(self.knee_m - self.hip_m), np.linalg.norm(self.ankle_m - self.knee_m)
        return float(thigh) * self.stretch, float(shin) * self.stretch

    def reach_m(self, knee_deg: float, valgus_deg: float) -> float:
        """From hip to ankle with the knee flexed by `knee_deg` more than in the rest body."""
        thigh, shin = self.bones_m
        rest = np.degrees(np.arccos(unit(self.knee_m - self.hip_m) @ unit(self.ankle_m - self.knee_m)))
        bent = np.radians(np.hypot(rest + knee_deg, valgus_deg))
        return float(np.sqrt(thigh**2 + shin**2 + 2.0 * thigh * shin * np.cos(bent)))

    def stand(self, foot: Foot, ankle_m: Point) -> tuple[Transform, Transform, Point]:
        """Foot and toes (3, 4), and where the ankle is (3,), for a neutral ankle place (3,)."""
        rest_yaw = np.degrees(np.arctan2(self.ball_m[0] - self.ankle_m[0], self.ball_m[1] - self.ankle_m[1]))
        out_deg = SIGN[self.side] * (TOE_OUT_DEG + foot.turn_deg)
        yaw = about(2, float(rest_yaw) - out_deg)
        pitched = yaw @ about(0, -foot.pitch_deg)
        place = ankle_m + np.array([foot.aside_m, foot.forward_m, foot.lift_m])
        pivot_rest = self.ball_m if foot.pitch_deg > 0 else self._heel()
        pivot = place + yaw @ (pivot_rest - self.ankle_m)
        whole = turned(pitched, pivot_rest, pivot)
        toes = turned(yaw, self.ball_m, moved(whole, self.ball_m)) if foot.pitch_deg > 0 else whole
        return whole, toes, moved(whole, self.ankle_m)

    def _heel(self) -> Point:
        """Where the heel touches the floor."""
        back = self.ankle_m - HEEL_BEHIND * (self.ball_m - self.ankle_m)
        return np.array([*back[:2], 0.0])

    def solve(self, hip_m: Point, ankle_m: Point, facing: Matrix, valgus_deg: float) -> tuple[Transform, Transform]:
        """
        Thigh and shin (3, 4) between two given places (3,), two-bone inverse kinematics.

        `facing` (3, 3) says which way the knee points; `valgus_deg` lets it fall inwards in the frontal plane.
        """
        thigh, shin = self.bones_m
        line = ankle_m - hip_m
        length = float(np.clip(np.linalg.norm(line), abs(thigh - shin) + 1e-4, thigh + shin - 1e-5))
        along = (thigh**2 - shin**2 + length**2) / (2.0 * length)
        off = float(np.sqrt(max(thigh**2 - along**2, 0.0)))
        frame = basis(line, facing @ FORWARD)
        inwards = np.array([-SIGN[self.side], 0.0, 0.0])
        across = unit(inwards - frame[:, 0] * float(frame[:, 0] @ inwards))
        aside = float(np.clip(thigh * shin / length * np.radians(valgus_deg), -0.98 * off, 0.98 * off))
        knee = hip_m + along * frame[:, 0] + aside * across + float(np.sqrt(off**2 - aside**2)) * frame[:, 1]
        upper = self._bone(self.hip_m, self.knee_m, hip_m, knee, facing)
        lower = self._bone(self.knee_m, self.ankle_m, knee, ankle_m, facing)
        return upper, lower

    def _bone(self, rest_top: Point, rest_end: Point, top: Point, end: Point, facing: Matrix) -> Transform:
        before, after = basis(rest_end - rest_top, FORWARD), basis(end - top, facing @ FORWARD)
        grow = np.diag([self.stretch, 1.0, 1.0])
        return turned(after @ grow @ before.T, rest_top, top)
