"""The angles that are compared where something hides a part of a person: three measures, elbows and knees."""

from dataclasses import dataclass, replace

import numpy as np

from edge.accuracy.shot import Shot
from edge.geometry import inner_angle_deg
from edge.pose.landmarks import Joint, Landmarks
from edge.selftest.known_person import perfect
from edge.spine.measures import RECIPES, measure

MEASURES = ("C1", "C4", "C6b")
LIMBS = {
    f"{side}_{corner}": tuple(Joint[f"{side}_{part}".upper()] for part in parts)
    for side in ("left", "right")
    for corner, parts in (("elbow", ("shoulder", "elbow", "wrist")), ("knee", ("hip", "knee", "ankle")))
}
ANGLES: dict[str, tuple[Joint, ...]] = {row: RECIPES[row].joints for row in MEASURES} | LIMBS
"""Angle -> the joints it stands on."""


@dataclass(frozen=True, slots=True)
class Angle:
    """
    One angle of one frame in which something hides a part of the person; degrees, None where it has no value.

    Attributes:
        name: a key of `ANGLES`.
        hides: what hides a part of the person, e.g. "bar".
        true: by the true joints in the picture.
        without: as the station measures it without recovery: only where every joint was seen.
        recovered: with recovery.
        guessed: by wherever the pose network puts its joints, seen or not.
    """

    name: str
    hides: str
    true: float | None
    without: float | None
    recovered: float | None
    guessed: float | None


def angles_of(shot: Shot, read: Landmarks | None, recovered: Landmarks | None) -> list[Angle]:
    """
    Every angle of one frame.

    Args:
        shot: the frame and its truth.
        read: what the pose network gave; None when it found nobody.
        recovered: the same with hidden joints recovered.
    """
    guessed = None if read is None else replace(read, score=np.ones_like(read.score))
    values = [_values(shot, landmarks) for landmarks in (perfect(shot.joints_px), read, recovered, guessed)]
    return [Angle(name, shot.strata.get("hidden", "none"), *(each[name] for each in values)) for name in ANGLES]


def _values(shot: Shot, landmarks: Landmarks | None) -> dict[str, float | None]:
    if landmarks is None:
        return dict.fromkeys(ANGLES)
    found = measure(landmarks, shot.view, shot.setup, shot.size_px).by_id
    values = {row: found[row].value for row in MEASURES}
    return values | {name: _inner_deg(landmarks, joints) for name, joints in LIMBS.items()}


def _inner_deg(landmarks: Landmarks, joints: tuple[Joint, ...]) -> float | None:
    xy = landmarks.xyz_px[list(joints), :2].astype(np.float64)
    if not landmarks.known[list(joints)].all() or not np.isfinite(xy).all():
        return None
    first, corner, last = ((float(x), float(y)) for x, y in xy)
    return inner_angle_deg(first, corner, last)
