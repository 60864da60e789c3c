"""Outlines of people drawn from formulas: where the waist is, how deep and how wide the gaps are is known exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.pose.body_view import BodyView
from edge.pose.silhouette import SIDE, Silhouette

TRUNK_M = 0.45  # from the hip joints, at height 0, to the shoulder joints
FINE = 2


@dataclass(frozen=True)
class Side:
    """One flank; metres above the hip joints and outwards from the midline; `arm_deg` away from the trunk."""

    waist_height_m: float = 0.16
    waist_depth_m: float = 0.03
    hip_m: float = 0.17
    slope: float = 0.03
    arm_deg: float = 14.0
    fold_m: float = 0.36
    arm_width_m: float = 0.07

    def out_m(self, z: np.ndarray) -> np.ndarray:
        """How far out the trunk reaches at a height."""
        dent = self.waist_depth_m * np.exp(-(((z - self.waist_height_m) / 0.09) ** 2))
        return (
            self.hip_m
            - 0.35 * np.clip(z - 0.02, 0, None) ** 2
            + self.slope * z
            - dent
            - 0.2 * np.clip(-z, 0, None) ** 2
        )

    def arm_in_m(self, z: np.ndarray) -> np.ndarray:
        """Where the arm's inner side is at a height: it leaves the trunk at the fold."""
        return self.out_m(np.array(self.fold_m)) + (self.fold_m - z) * np.tan(np.radians(self.arm_deg))

    def waist(self) -> tuple[float, float]:
        """(outwards, height) of the waist: by looking at a million heights."""
        z = np.linspace(0.0, self.fold_m - 0.02, 1_000_001)
        out = self.out_m(z)
        best = int(np.argmin(out))
        return float(out[best]), float(z[best])

    def gap_m2(self) -> float:
        z = np.linspace(0.0, self.fold_m, 100_001)
        return float(np.trapezoid(np.clip(self.arm_in_m(z) - self.out_m(z), 0, None), z))


@dataclass(frozen=True)
class Figure:
    """A standing person: two flanks, arms, shoulders, a head."""

    left: Side = Side()
    right: Side = Side()
    lean: float = 0.0  # metres to the right per metre of height

    def inside(self, x: np.ndarray, z: np.ndarray) -> np.ndarray:
        """Whether points, in metres to the person's right and above the hip joints, belong to the person."""
        x = x - self.lean * z
        person = np.zeros(x.shape, bool)
        for side, out in ((self.right, x), (self.left, -x)):
            trunk = (z > -0.25) & (z < 0.5) & (out >= 0) & (out < side.out_m(z))
            edge = side.arm_in_m(z)
            arm = (z > -0.18) & (z < side.fold_m) & (out > edge) & (out < edge + side.arm_width_m)
            shoulder = (
                (z >= side.fold_m) & (z < 0.48) & (out >= 0) & (out < side.arm_in_m(np.array(side.fold_m)) + 0.05)
            )
            person |= trunk | arm | shoulder
        return person | (np.hypot(x, z - 0.66) < 0.09) | ((np.abs(x) < 0.05) & (z > 0.4) & (z < 0.62))


def silhouette(
    figure: Figure, view: BodyView = BodyView.BACK, *, px_per_m: float = 600.0, turned_deg: float = 0.0
) -> tuple[Silhouette, np.ndarray]:
    """
    The mask of a figure in a crop that is turned in the picture, and where hips and shoulders lie in the picture:
    (2, 2) pixels. The hips are at (360, 700); the picture is level.
    """
    side_px = 2.4 * TRUNK_M * px_per_m
    scale, turn = side_px / SIDE, np.radians(turned_deg)
    centre = np.array([360.0, 700 - TRUNK_M * px_per_m / 2])
    rotation = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    to_picture = np.column_stack([rotation, centre - rotation @ np.array([SIDE / 2, SIDE / 2])])
    steps = (np.arange(SIDE * FINE) + 0.5) / FINE - 0.5
    u, v = np.meshgrid(steps, steps)
    picture = np.stack([u, v], -1) @ to_picture[:, :2].T + to_picture[:, 2]
    factor = 1.0 if view is BodyView.BACK else -1.0
    inside = figure.inside(factor * (picture[..., 0] - 360) / px_per_m, (700 - picture[..., 1]) / px_per_m)
    mask = inside.reshape(SIDE, FINE, SIDE, FINE).mean(axis=(1, 3)) >= 0.5
    shoulder_x = 360 + factor * figure.lean * TRUNK_M * px_per_m
    return Silhouette(mask, to_picture), np.array([[360.0, 700.0], [shoulder_x, 700 - TRUNK_M * px_per_m]])
