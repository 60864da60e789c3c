"""Filling in the joints the camera could not see."""

from edge.pose.landmarks import Landmarks


def recover(landmarks: Landmarks) -> Landmarks:
    """
    Give the landmarks back with hidden joints filled in and marked as recovered.

    No occlusion network is installed in this version, so nothing is recovered: the same object comes back, and what
    was not seen stays unseen. A network that recovers joints takes this place; it must set `recovered` on exactly the
    joints it fills in and leave seen joints untouched.
    """
    return landmarks
