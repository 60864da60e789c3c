"""One frame of a task: the person levelled, and whether the whole body is in the picture."""

from dataclasses import dataclass

import numpy as np

from edge.geometry import Point
from edge.guidance.fault import Fault
from edge.pose.landmarks import Joint, Landmarks
from edge.pose.observation import Observation
from edge.pose.silhouette import Silhouette
from edge.spine.body import Body, name_of
from edge.spine.measures import HIPS, SHOULDERS

KNEES = (Joint.LEFT_KNEE, Joint.RIGHT_KNEE)
ANKLES = (Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)
EARS = (Joint.LEFT_EAR, Joint.RIGHT_EAR)
FEET = (Joint.LEFT_HEEL, Joint.RIGHT_HEEL, Joint.LEFT_FOOT_INDEX, Joint.RIGHT_FOOT_INDEX)
WHOLE = (*SHOULDERS, *HIPS, *KNEES, *ANKLES)
EDGE = 0.005
"""Nearer to the picture's edge than this share of its width a joint counts as cut off."""


@dataclass(frozen=True, slots=True, eq=False)
class TaskFrame:
    """
    A person whose whole body is in the picture.

    Attributes:
        time_s: capture time.
        landmarks: as they were seen.
        body: the same, levelled.
        silhouette: the outline, where the station asked for it.
        hips: middle of the hips, levelled pixels.
        shoulders: middle of the shoulders, levelled pixels.
    """

    time_s: float
    landmarks: Landmarks
    body: Body
    silhouette: Silhouette | None
    hips: Point
    shoulders: Point


def fault_of(observation: Observation, size_px: tuple[int, int], *, upright: bool) -> Fault | None:
    """
    Why a frame cannot be used; None when it can.

    Args:
        observation: what was seen.
        size_px: width and height of the upright frame.
        upright: whether the person stands, so that the head has to be in the picture too.
    """
    person = observation.landmarks
    if person is None:
        return Fault("nobody")
    if (observation.people or 0) > 1:
        return Fault("two_people")
    needed = WHOLE + (EARS if upright else ())
    hidden = [joint for joint in needed if not person.known[joint]]
    if hidden:
        return Fault("not_seen", values=(("joints", ", ".join(name_of(joint) for joint in hidden)),))
    # Feet outside the picture are extrapolated by the network: where they are said to be is what counts.
    points, edge = person.xyz_px[list(needed + FEET), :2], EDGE * size_px[0]
    inside = (points >= edge) & (points <= np.array(size_px) - edge)
    return None if inside.all() else Fault("task_whole_body")


def frame_of(observation: Observation, roll_deg: float) -> TaskFrame | None:
    """The frame of an observation without a fault; None when shoulders or hips are hidden."""
    person = observation.landmarks
    if person is None:
        return None
    body = Body(person, roll_deg)
    hips, shoulders = body.middle(*HIPS), body.middle(*SHOULDERS)
    if hips is None or shoulders is None:
        return None
    return TaskFrame(observation.time_s, person, body, observation.silhouette, hips, shoulders)
