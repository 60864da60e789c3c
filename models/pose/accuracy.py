"""
What INT8 costs on photographs of people, in joints missed and in degrees of trunk lean.

Detector and landmarks in INT8 stand against both in float, as the station runs them on a single picture. The landmark
network alone, in the regions of the float detector, is measured beside: while a person is followed, only it counts.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.bench.row import Row, at_most, printed
from edge.camera.frame import Frame
from edge.geometry import lean_deg
from edge.pose.landmarks import COUNT, Joint
from models.pose.networks import estimator
from models.pose.pictures import JOINTS, Photograph, load_photographs

LANDMARK_OF = [Joint[name.upper()] for name in JOINTS]
_OTHER = {"left": "right", "right": "left"}
MIRROR = [JOINTS.index("_".join(_OTHER.get(word, word) for word in name.split("_"))) for name in JOINTS]
"""For each joint the place of its twin on the other side."""

WITHIN_TORSO = 0.2
RESAMPLES = 10_000
MAX_LOSS_POINTS = 2.0
LEAST_PEOPLE = 200


def accuracy(folder: Path) -> list[Row]:
    """
    Compare INT8 with float.

    Raises:
        PictureError: the photographs are missing.
        ModelError: the networks are not built.
    """
    photographs = load_photographs(folder)
    full, lite = _pose(photographs, "float", "full"), _pose(photographs, "float", "lite")
    rows = _rows("int8", photographs, full, _pose(photographs, "int8", "full"))
    alone = _pose(photographs, "int8", "full", detector="float")
    rows += _rows("int8_landmarks_alone", photographs, full, alone, target=False)
    return rows + _rows("int8_lite", photographs, lite, _pose(photographs, "int8", "lite"), target=False)


def hits(landmarks: NDArray[np.float64], joints: NDArray[np.float64]) -> tuple[int, int]:
    """
    How many annotated joints were found within a fifth of the torso (PCK@0.2), whatever side they were taken for.

    Args:
        landmarks: (33, 2) pixels; NaN when nobody was found.
        joints: (12, 2) pixels, in the order of `JOINTS`; NaN where not annotated.

    Returns:
        Joints found, and joints annotated; (0, 0) when the torso is not annotated.
    """
    torso_px = torso(joints)
    annotated = ~np.isnan(joints[:, 0])
    if np.isnan(torso_px):
        return 0, 0
    found = landmarks[LANDMARK_OF]
    best = max(
        int((np.linalg.norm(found[order] - joints, axis=1) < WITHIN_TORSO * torso_px).sum())
        for order in (list(range(len(JOINTS))), MIRROR)
    )
    return best, int(annotated.sum())


def torso(joints: NDArray[np.float64]) -> float:
    """Longest distance from a shoulder to the opposite hip, pixels; NaN when neither is annotated."""
    diagonals = [
        np.linalg.norm(joints[JOINTS.index(f"{side}_shoulder")] - joints[JOINTS.index(f"{other}_hip")])
        for side, other in (("left", "right"), ("right", "left"))
    ]
    known = [float(length) for length in diagonals if not np.isnan(length)]
    return max(known) if known else float("nan")


def loss_points(
    before: NDArray[np.int64], after: NDArray[np.int64], resamples: int = RESAMPLES
) -> tuple[float, float, float]:
    """
    The share of joints lost from one network to another, by paired bootstrap over people.

    Args:
        before, after: (n, 2) joints found and joints annotated, the same people in the same order.
        resamples: how many times people are drawn.

    Returns:
        The loss in points (+ = worse), and the ends of its 95 % interval.
    """
    drawn = np.random.default_rng(0).integers(0, len(before), (resamples, len(before)))
    lost, annotated = before[:, 0] - after[:, 0], before[:, 1]
    losses = 100.0 * lost[drawn].sum(axis=1) / annotated[drawn].sum(axis=1)
    low, high = np.percentile(losses, [2.5, 97.5])
    return 100.0 * float(lost.sum() / annotated.sum()), float(low), float(high)


def _rows(
    name: str,
    photographs: Sequence[Photograph],
    exact: NDArray[np.float64],
    coarse: NDArray[np.float64],
    *,
    target: bool = True,
) -> list[Row]:
    before, after = (
        np.array([hits(xy, photograph.joints) for xy, photograph in zip(found, photographs, strict=True)])
        for found in (exact, coarse)
    )
    people = int((before[:, 1] > 0).sum())
    loss, low, high = loss_points(before, after)
    apart_deg = np.abs(_turned(_lean_deg(coarse) - _lean_deg(exact)))
    apart_deg = apart_deg[~np.isnan(apart_deg)]
    upper_id = f"{name}_pck_loss_upper_points"
    shares = f"PCK@0.2 {_percent(before):.1f} -> {_percent(after):.1f}"
    note = f"{people} people, {shares}, loss {loss:.2f} [{low:.2f}, {high:.2f}]"
    if target:
        enough = high if people >= LEAST_PEOPLE else None
        upper = at_most(upper_id, enough, MAX_LOSS_POINTS, "points", note)
    else:
        upper = printed(upper_id, high, "points", note)
    flips = int((np.isnan(exact) != np.isnan(coarse))[:, 0, 0].sum())
    return [
        upper,
        printed(f"{name}_trunk_lean_diff_deg", float(apart_deg.mean()), "deg", _spread(apart_deg)),
        printed(f"{name}_detection_disagreements", flips, "people"),
    ]


def _pose(
    photographs: Sequence[Photograph], precision: str, landmarks: str, detector: str | None = None
) -> NDArray[np.float64]:
    """(n, 33, 2) float64, pixels; NaN where nobody was found."""
    pose = estimator(precision, landmarks=landmarks, detector=detector, tracking=False)
    found = np.full((len(photographs), COUNT, 2), np.nan)
    for index, photograph in enumerate(photographs):
        seen = pose.estimate(Frame(photograph.image, float(index), index)).landmarks
        if seen is not None:
            found[index] = seen.xyz_px[:, :2]
    return found


def _lean_deg(found: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) degrees, mid-hip to mid-shoulder away from the vertical; NaN where nobody was found."""
    shoulders = found[:, [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER]].mean(axis=1)
    hips = found[:, [Joint.LEFT_HIP, Joint.RIGHT_HIP]].mean(axis=1)
    return np.array([_or_nan(lean_deg(tuple(low), tuple(high))) for low, high in zip(hips, shoulders, strict=True)])


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value


def _turned(angle_deg: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same angles between -180 and 180 degrees."""
    return (angle_deg + 180.0) % 360.0 - 180.0


def _percent(counts: NDArray[np.int64]) -> float:
    return 100.0 * float(counts[:, 0].sum() / counts[:, 1].sum())


def _spread(apart_deg: NDArray[np.float64]) -> str:
    median, high = np.percentile(apart_deg, [50, 95])
    return f"{len(apart_deg)} people, median {median:.2f}, p95 {high:.2f}; sports photographs, small and often bent"
