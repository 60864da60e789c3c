"""Which side of the person the camera sees, judged from the landmarks alone."""

import math

import numpy as np
from numpy.typing import NDArray

from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint, Landmarks

TRUNK = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP)
HEAD = (Joint.NOSE, Joint.LEFT_EAR, Joint.RIGHT_EAR)

FACING_DEG = 55.0
"""Turned less than this away from the camera's axis the person shows the front or the back."""

SIDE_DEG = 20.0
"""Turned less than this away from a right angle the person shows a side; in between it cannot be said."""

NARROWEST_M = 0.1
"""Shoulders and hips together narrower than this in the network's metres are no trunk."""

AGAINST = -0.3
"""The face looks away from where the chest looks when the cosine between them is below this."""


def seen_view(landmarks: Landmarks) -> BodyView | None:
    """
    Which side of the person the camera sees; LEFT is the person's own left side.

    Judged by the order of shoulders and hips in depth and across, checked against the face. The networks' scores of
    eyes and nose say nothing about it: they stay near 1 when the face is hidden behind the head.

    Returns:
        None when shoulders or hips are unknown, when the person stands at an angle, or when left and right may be
        swapped.
    """
    if not landmarks.known[list(TRUNK)].all() or sides_may_be_swapped(landmarks):
        return None
    across = _across(landmarks, "SHOULDER") + _across(landmarks, "HIP")
    if np.linalg.norm(across) < NARROWEST_M:
        return None
    turned_deg = math.degrees(math.atan2(across[1], across[0]))
    if abs(turned_deg) <= FACING_DEG:
        return BodyView.FRONT
    if abs(turned_deg) >= 180.0 - FACING_DEG:
        return BodyView.BACK
    if abs(abs(turned_deg) - 90.0) > SIDE_DEG:
        return None
    return BodyView.RIGHT if turned_deg > 0 else BodyView.LEFT


def sides_may_be_swapped(landmarks: Landmarks) -> bool:
    """
    Whether the landmarks contradict each other about left and right, as they do when the network mistakes a back for a
    front: the face looks against the chest, shoulders and hips are ordered differently, or depth and picture disagree.

    What is not known contradicts nothing; neither does the face of a head that hangs below the shoulders.
    """
    if not landmarks.known[list(TRUNK)].all():
        return False
    shoulders, hips = _across(landmarks, "SHOULDER"), _across(landmarks, "HIP")
    if _cosine(shoulders, hips) < 0.0:
        return True
    across = shoulders + hips
    in_picture = float(_pair(landmarks.xyz_px, "SHOULDER")[0] + _pair(landmarks.xyz_px, "HIP")[0])
    facing = abs(across[0]) > abs(across[1])
    if facing and in_picture * across[0] < 0.0:
        return True
    chest = np.array([across[1], -across[0]])
    face = _face(landmarks)
    return face is not None and _cosine(face, chest) < AGAINST


def _pair(points: NDArray[np.float32], joint: str) -> NDArray[np.float32]:
    """(3,) float32, from the right joint to the left one."""
    difference: NDArray[np.float32] = points[Joint[f"LEFT_{joint}"]] - points[Joint[f"RIGHT_{joint}"]]
    return difference


def _across(landmarks: Landmarks, joint: str) -> NDArray[np.float32]:
    """(2,) float32, metres, from the right joint to the left one: across the picture and away from the camera."""
    return _pair(landmarks.world_m, joint)[[0, 2]]


def _face(landmarks: Landmarks) -> NDArray[np.float32] | None:
    """(2,) float32, metres, from between the ears to the nose as `_across`; None when it says nothing."""
    ears, shoulders = [Joint.LEFT_EAR, Joint.RIGHT_EAR], [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER]
    head_hangs = landmarks.xyz_px[ears, 1].mean() >= landmarks.xyz_px[shoulders, 1].mean()
    if head_hangs or not landmarks.known[list(HEAD)].all():
        return None
    forward: NDArray[np.float32] = landmarks.world_m[Joint.NOSE] - landmarks.world_m[ears].mean(axis=0)
    return forward[[0, 2]]


def _cosine(a: NDArray[np.generic], b: NDArray[np.generic]) -> float:
    """Cosine of the angle between two vectors; 0 when one has no length."""
    length = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(np.dot(a, b)) / length if length > 0 else 0.0
