"""How a person stands before the camera: the few facts that guidance is decided on."""

import math
from dataclasses import dataclass, replace

import numpy as np

from edge.geometry import Point, inner_angle_deg, lean_deg
from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint, Landmarks
from edge.pose.view_check import seen_view
from edge.spine.body import Body
from edge.spine.coronal import length_px
from edge.spine.measures import HIPS, SHOULDERS

NEEDED = SHOULDERS + HIPS
NOMINAL_TRUNK_M = 0.43
"""Mid-hip to mid-shoulder of a person of 1.60 m as the network places them; only to guess a scale nobody measured."""
FEET = ((Joint.LEFT_HEEL, Joint.LEFT_FOOT_INDEX), (Joint.RIGHT_HEEL, Joint.RIGHT_FOOT_INDEX))
FOOT_LENGTH = 0.37
"""From heel to toe as the network places them, as a share of the trunk's length; from rendered people turned by 15°."""
ARM_SCORE = 0.3
"""
Of an arm's joints: what a wrist that hangs before dark trousers is known by (0.35 to 0.6, and still right to 25 px),
while a hand on the hip stays below (0.1 to 0.29). Nothing is measured on wrists, so they need not be seen as well.
"""
LYING_DEG = 45.0
"""A trunk that leans further than this belongs to a picture that lies on its side."""
ELBOW = {"LEFT": (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST)} | {
    "RIGHT": (Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST)
}
LEG = {"LEFT": (Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE)} | {
    "RIGHT": (Joint.RIGHT_HIP, Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE)
}


@dataclass(frozen=True, slots=True)
class Figure:
    """
    A person whose shoulders and hips are known.

    Attributes:
        shoulders_px: middle of the shoulders, levelled.
        hips_px: middle of the hips, levelled.
        trunk_px: distance between the two.
        view: which side the camera sees; None at an angle, or when left and right may be swapped.
        yaw_deg: how far the person is turned from square, + = the person's right shoulder is further away; see the
            function `yaw_deg`.
    """

    shoulders_px: Point
    hips_px: Point
    trunk_px: float
    view: BodyView | None
    yaw_deg: float


def figure_of(landmarks: Landmarks, roll_deg: float) -> Figure | None:
    """The facts about a person; None when a shoulder or hip is hidden or the trunk has no length."""
    if not np.isfinite(landmarks.world_m).all():
        return None
    body = Body(landmarks, roll_deg)
    shoulders, hips = body.middle(*SHOULDERS), body.middle(*HIPS)
    if shoulders is None or hips is None:
        return None
    trunk = length_px(hips, shoulders)
    if trunk < 1.0:
        return None
    return Figure(shoulders, hips, trunk, seen_view(landmarks), yaw_deg(landmarks, body, trunk))


def lies(body: Body) -> bool:
    """Whether a person lies in the picture or hangs from its top, legs and all: nobody does, the picture is turned."""
    shoulders, hips = body.middle(*SHOULDERS), body.middle(*HIPS)
    knees = body.middle(Joint.LEFT_KNEE, Joint.RIGHT_KNEE)
    trunk_lean = lean_deg(hips, shoulders) if hips and shoulders else None
    if trunk_lean is None or abs(trunk_lean) <= LYING_DEG:
        return False
    # Who bends down stands on upright legs.
    leg_lean = lean_deg(knees, hips) if knees and hips else None
    return leg_lean is None or abs(leg_lean) > LYING_DEG


def arms_hang(landmarks: Landmarks, roll_deg: float, min_elbow_deg: float, max_arm_deg: float) -> bool:
    """
    Whether both arms are seen, if only just, stretched and pointing down.

    A forearm that is bent towards where the person looks is as straight as a hanging one in the picture.
    """
    seen = replace(landmarks, score=np.where(landmarks.score >= ARM_SCORE, np.float32(1.0), np.float32(0.0)))
    body = Body(seen, roll_deg)
    return all(_stretched_down(body, arm, min_elbow_deg, max_arm_deg) for arm in ELBOW.values())


def stands_upright(body: Body, min_knee_deg: float, max_leg_deg: float) -> bool:
    """Whether both legs are stretched and under the hips; a leg that is not seen counts as standing."""
    return all(_stretched_down(body, leg, min_knee_deg, max_leg_deg, unseen=True) for leg in LEG.values())


def _stretched_down(
    body: Body, limb: tuple[Joint, Joint, Joint], min_angle_deg: float, max_lean_deg: float, unseen: bool = False
) -> bool:
    top, bend, end = (body.point(joint) for joint in limb)
    if top is None or bend is None or end is None:
        return unseen
    angle, lean = inner_angle_deg(top, bend, end), lean_deg(end, top)
    return angle is not None and lean is not None and angle >= min_angle_deg and abs(lean) <= max_lean_deg


def yaw_deg(landmarks: Landmarks, body: Body, trunk_px: float) -> float:
    """
    How far a person is turned, degrees: half from the depth of the shoulders, half from where the feet point.

    Each alone is wrong by 3 to 4° on people who stand square, and the network takes every fourth person who is turned
    by 15° for square; the errors of the two do not agree. The feet of rendered people point where the person looks;
    a real foot that is turned out more than the other one by 6° turns this by 1.5°.

    Args:
        landmarks: of the person.
        body: the same, levelled.
        trunk_px: between the middles of shoulders and hips.
    """
    across, _, away = landmarks.world_m[Joint.RIGHT_SHOULDER] - landmarks.world_m[Joint.LEFT_SHOULDER]
    shoulders_deg = math.degrees(math.atan2(float(away), abs(float(across))))
    feet_deg = _feet_yaw_deg(body, trunk_px)
    return shoulders_deg if feet_deg is None else (shoulders_deg + feet_deg) / 2


def _feet_yaw_deg(body: Body, trunk_px: float) -> float | None:
    """Where the feet point: straight ahead they lie upright in the picture; None when one is hidden."""
    feet = [(body.point(heel), body.point(toe)) for heel, toe in FEET]
    aside_px = [heel[0] - toe[0] for heel, toe in feet if heel is not None and toe is not None]
    if len(aside_px) < len(FEET):
        return None
    share = sum(aside_px) / len(FEET) / (FOOT_LENGTH * trunk_px)
    return math.degrees(math.asin(max(-1.0, min(1.0, share))))
