"""
The 74 points the spine network gives, in its order, and what they are here.

First the 37 points of the SpineTrack layout, by their published ids; then `SpinePoint` 0 to 36, the skin's midline, the
points of a side view and the landmarks of the back.
"""

from edge.pose.landmarks import Joint
from edge.pose.spine_points import SpinePoint

SPINETRACK = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear",
    "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
    "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
    "head", "neck", "hip",
    "left_big_toe", "right_big_toe", "left_small_toe", "right_small_toe", "left_heel", "right_heel",
    "spine_01", "spine_02", "spine_03", "spine_04", "spine_05",
    "left_latissimus", "right_latissimus", "left_clavicle", "right_clavicle",
    "neck_02", "neck_03",
)  # fmt: skip
"""Id -> name."""

SPINETRACK_COUNT = len(SPINETRACK)
SPINE_IDS = (19, 26, 27, 28, 29, 30, 18, 35, 36)
"""Ids of the nine spine points from the sacrum up; the layout's lie inside the body, at the centres of vertebrae."""

SPINE_LEVELS = ("S", "L5", "L3", "T12/L1", "T8", "T3", "C7", "C3/4", "C1")
"""Their levels."""

CENTRES: dict[int, SpinePoint] = {
    number: SpinePoint(SpinePoint.CENTRE_SACRUM + place) for place, number in enumerate(SPINE_IDS)
}
"""Id of a spine point -> the same point here."""

_TOES = {"left_big_toe": Joint.LEFT_FOOT_INDEX, "right_big_toe": Joint.RIGHT_FOOT_INDEX}
JOINTS: dict[int, Joint] = {
    number: _TOES[name] if name in _TOES else Joint[name.upper()]
    for number, name in enumerate(SPINETRACK)
    if name in _TOES or name.upper() in Joint.__members__
}
"""Id -> the joint of the body it is: the seventeen of the body, heels and big toes."""

TRUNK = [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP]
TRUNK_IDS = [number for joint in TRUNK for number, one in JOINTS.items() if one is joint]
"""Ids of these joints."""

POINTS = SPINETRACK_COUNT + SpinePoint.CENTRE_SACRUM
"""74; the centres of the vertebrae stand in the layout already."""
