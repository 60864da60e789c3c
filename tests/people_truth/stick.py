"""A body of lines whose posture is known to the last digit: stands in for a rendered one where only points matter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.people.truth.body_points import LATERAL, MIDLINE, NINE, BodyPoints
from models.people.truth.outline import Mesh, Outline, edges_of
from models.people.truth.planes import Planes

HEIGHTS = {
    "S5": 0.90, "S": 0.95, "L5": 1.00, "L4": 1.03, "L3": 1.06, "L2": 1.09, "L1": 1.12, "T12/L1": 1.135, "T12": 1.15,
    "T11": 1.175, "T10": 1.20, "T9": 1.225, "T8": 1.25, "T7": 1.275, "T6": 1.30, "T5": 1.32, "T3": 1.36, "T1": 1.40,
    "C7": 1.42, "C4": 1.47, "C3/4": 1.48, "C1": 1.52,
}  # fmt: skip
STATURE_M = 1.7


@dataclass(frozen=True)
class Stick:
    """Angles in degrees, + = the person's right higher or leaning right or forward; lengths in metres."""

    shoulder_tilt_deg: float = 0.0
    pelvis_tilt_deg: float = 0.0
    head_tilt_deg: float = 0.0
    lean_deg: float = 0.0
    forward_deg: float = 0.0
    curve_m: float = 0.0  # apex of a half sine between sacrum and C7, + = to the right
    knee_in_m: tuple[float, float] = (0.0, 0.0)  # left, right
    waist_m: tuple[float, float] = (1.07, 1.07)
    heading_deg: float = 0.0
    at_m: tuple[float, float] = (0.0, 0.0)

    def points(self) -> BodyPoints:
        skin = {level: self._column(height, 0.0) for level, height in HEIGHTS.items()}
        centres = {level: self._column(height, 0.06) for level, height in HEIGHTS.items()}
        landmarks = {
            **self._pair("axilla_{}", self._column(1.30, 0.05), 0.17, self.shoulder_tilt_deg),
            **self._pair("psis_{}", self._column(0.97, 0.01), 0.05, self.pelvis_tilt_deg),
            **self._pair("scapula_inferior_{}", self._column(1.24, 0.0), 0.09, self.shoulder_tilt_deg),
            **self._pair("acromion_{}", self._column(1.41, 0.04), 0.19, self.shoulder_tilt_deg),
            **self._pair("fingertip_{}", np.array([0.0, 0.1, 0.6]), 0.25, 0.0),
            "head_top": self._column(1.70, 0.08),
        }
        planes = Planes(self.heading_deg)
        return BodyPoints(
            planes, STATURE_M, self._placed(self._joints()), self._placed(centres), self._placed(skin),
            self._placed(landmarks), self._outline(planes.right_m(np.array([*self.at_m, 0.0]))),
        )  # fmt: skip

    def _column(self, height: float, forward: float) -> np.ndarray:
        up = height - HEIGHTS["S"]
        bow = np.sin(np.pi * np.clip(up / (HEIGHTS["C7"] - HEIGHTS["S"]), 0, 1))
        lean = up * np.tan(np.radians(self.lean_deg))
        return np.array([lean + self.curve_m * bow, forward + up * np.tan(np.radians(self.forward_deg)), height])

    def _joints(self) -> dict[str, np.ndarray]:
        joints = {
            **self._pair("{}_shoulder", self._column(1.38, 0.06), 0.17, self.shoulder_tilt_deg),
            **self._pair("{}_hip", self._column(0.90, 0.08), 0.09, self.pelvis_tilt_deg),
            **self._pair("{}_ear", self._column(1.58, 0.08), 0.07, self.head_tilt_deg),
            **self._pair("{}_eye", self._column(1.60, 0.16), 0.03, self.head_tilt_deg),
        }
        for side, sign, inwards in (("left", -1, self.knee_in_m[0]), ("right", 1, self.knee_in_m[1])):
            hip = joints[f"{side}_hip"]
            joints[f"{side}_knee"] = np.array([hip[0] - sign * inwards, 0.08, 0.49])
            joints[f"{side}_ankle"] = np.array([hip[0], 0.07, 0.08])
            joints[f"{side}_heel"] = np.array([hip[0], 0.02, 0.03])
        return joints

    def _pair(self, name: str, at: np.ndarray, half: float, tilt_deg: float) -> dict[str, np.ndarray]:
        across = half * np.array([np.cos(np.radians(tilt_deg)), 0.0, np.sin(np.radians(tilt_deg))])
        return {name.format("left"): at - across, name.format("right"): at + across}

    def _outline(self, across: float) -> Outline:
        """Flat strips: a trunk narrowest at `waist_m`, an arm on each side."""
        heights = np.linspace(0.7, 1.45, 151)
        sides = [0.13 + 1.2 * (heights - waist) ** 2 for waist in self.waist_m]
        trunk = _strip(across - sides[0], across + sides[1], heights)
        arms = [
            _strip(across + sign * np.full(151, 0.30), across + sign * np.full(151, 0.36), heights) for sign in (-1, 1)
        ]
        return Outline(trunk, (arms[0], arms[1]))

    def _placed(self, points: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        turn = np.radians(self.heading_deg)
        about = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
        return {name: about @ point + np.array([*self.at_m, 0.0]) for name, point in points.items()}


def mirrored(body: BodyPoints) -> BodyPoints:
    """The same body in a mirror: right becomes left. Only for a heading of 0."""
    flip = np.array([-1.0, 1.0, 1.0])

    def swapped(name: str) -> str:
        return name.replace("left", "?").replace("right", "left").replace("?", "right")

    maps = [
        {swapped(name): point * flip for name, point in points.items()}
        for points in (body.joints, body.centres, body.skin, body.landmarks)
    ]
    outline = body.outline
    if outline is not None:
        trunk, left, right = (
            Mesh(mesh.right_up_m * flip[:2], mesh.edges) for mesh in (outline.trunk, outline.arms[1], outline.arms[0])
        )
        outline = Outline(trunk, (left, right))
    return BodyPoints(body.planes, body.stature_m, *maps, outline)


def _strip(left: np.ndarray, right: np.ndarray, heights: np.ndarray) -> Mesh:
    count = len(heights)
    points = np.concatenate([np.column_stack([left, heights]), np.column_stack([right, heights])])
    low = np.arange(count - 1)
    faces = np.concatenate(
        [np.column_stack([low, low + 1, low + count]), np.column_stack([low + 1, low + count, low + count + 1])]
    )
    return Mesh(points, edges_of(faces))


assert set(NINE) | set(MIDLINE) | set(LATERAL) <= set(HEIGHTS)
