"""Every point of one posed person in space: what the measures are taken on."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.people.truth.outline import Outline
from models.people.truth.planes import Planes, Point3

NINE = ("S", "L5", "L3", "T12/L1", "T8", "T3", "C7", "C3/4", "C1")
"""The nine spine points of the SpineTrack layout, from the sacrum up."""
SEVEN = NINE[:7]
"""Those of the trunk."""
MIDLINE = ("S", "L5", "L4", "L3", "L2", "L1", "T12", "T11", "T10", "T9", "T8", "T7", "T6", "T5", "T3", "T1", "C7")
"""Seventeen points along the midline of the back, from the sacrum up."""
LATERAL = ("S5", "L4", "T8", "T6", "C4")
"""The five points of the side view, from the sacrum up."""


@dataclass(frozen=True, slots=True, eq=False)
class BodyPoints:
    """
    One person at one moment. Every point is (3,) in metres in the world's frame: z up, floor at 0.

    Attributes:
        planes: the person's own planes.
        stature_m: of the person standing at rest.
        joints: BlazePose's name in small letters -> the rig's joint.
        centres: level -> centre of the vertebra; levels of NINE, MIDLINE and LATERAL.
        skin: level -> midline of the back's skin; the same levels.
        landmarks: name -> point on the skin: axilla, waist, psis, scapula_inferior, acromion (each with _left and
            _right), fingertip_left, fingertip_right, head_top, occiput, sacrum.
        outline: the body's outline in the coronal plane; None where nobody asked for it.
    """

    planes: Planes
    stature_m: float
    joints: Mapping[str, Point3]
    centres: Mapping[str, Point3]
    skin: Mapping[str, Point3]
    landmarks: Mapping[str, Point3]
    outline: Outline | None = None
