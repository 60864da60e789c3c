"""
Every true measure: its unit, what it is defined on and what it means.

Signs. In the coronal plane positive = the person's right side is higher, shifted to the right, leaning to the right,
convex to the right. In the sagittal plane positive = forward (anterior). Rows are those of the clinical ground; a
suffix names a part or a variant. Millimetres are true ones, percentages are of true lengths.

What a measure stands on:

- joints: the centres of the rig's joints, as anatomy has them, not as a landmark network places them
- skin: points on the skin, at the spine its midline (what a camera behind can see)
- centres: the centres of the vertebrae
- mesh: the outline of the bare body's mesh; clothes are not part of it

Not here: C11 and C12. The terms of these two indices differ between the texts that could be read (for C11 the first
term is divided by the waist's width in one and by the axillae's in another, and the centre line differs too), and the
primary papers could not be. The lengths they are made of are all in the record.
"""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["deg", "mm", "%trunk", "%shoulders", "%stature", "%", "count"]
Basis = Literal["joints", "skin", "centres", "mesh", "joints and skin", "all"]


@dataclass(frozen=True, slots=True)
class Definition:
    """
    One row.

    Attributes:
        id: as in the clinical ground.
        unit: of the value.
        basis: what it stands on.
        means: one sentence.
    """

    id: str
    unit: Unit
    basis: Basis
    means: str


def _rows() -> tuple[Definition, ...]:
    return (
        Definition("C1", "deg", "joints", "line of the shoulder joints against the horizontal"),
        Definition("C1mm", "mm", "joints", "right shoulder joint above the left one"),
        Definition("C1_trunk", "%trunk", "joints", "the same, of the length from mid-hip to mid-shoulder"),
        Definition("C2", "deg", "skin", "line of the axilla folds against the horizontal"),
        Definition("C2mm", "mm", "skin", "right axilla fold above the left one"),
        Definition("C3", "deg", "skin", "line of the lower angles of the scapulae against the horizontal"),
        Definition("C3_midline", "%", "skin", "(right - left) / (right + left) of their distances to C7-S"),
        Definition("C4", "deg", "joints", "line of the hip joints against the horizontal"),
        Definition("C4_psis", "deg", "skin", "line of the posterior superior iliac spines against the horizontal"),
        Definition("C5", "mm", "skin", "C7 to the right of the sacrum, skin midline"),
        Definition("C5_trunk", "%trunk", "skin", "the same, of the length from sacrum to C7"),
        Definition("C5_vertebral", "mm", "centres", "C7 to the right of the sacrum, vertebral centres"),
        Definition("C5b", "mm", "joints", "mid-shoulder to the right of mid-hip"),
        Definition("C5b_trunk", "%trunk", "joints", "the same, of the length from mid-hip to mid-shoulder"),
        Definition("C6", "deg", "skin", "line from sacrum to C7 against the vertical, skin midline"),
        Definition("C6b", "deg", "joints", "line from mid-hip to mid-shoulder against the vertical"),
        Definition("C7", "deg", "joints", "line of the ears against the horizontal"),
        Definition("C7_eyes", "deg", "joints", "line of the eyes against the horizontal"),
        Definition("C8", "deg", "skin", "line from C7 to the top of the head against the vertical"),
        Definition("C8b", "deg", "joints", "line from mid-shoulder to mid-ear against the vertical"),
        Definition("C9", "mm", "joints and skin", "mid-ear to the right of C7 on the skin"),
        Definition("C9_shoulders", "%shoulders", "joints and skin", "the same, of the distance of the shoulder joints"),
        Definition("C9b", "mm", "joints", "mid-ear to the right of mid-shoulder"),
        Definition("C9b_trunk", "%trunk", "joints", "the same, of the length from mid-hip to mid-shoulder"),
        Definition("C10", "deg", "mesh", "waist angle of the right side less that of the left"),
        Definition("C10_right", "deg", "mesh", "right waist angle: at the waist between axilla fold and hip"),
        Definition("C10_left", "deg", "mesh", "left waist angle"),
        Definition("C10_height", "mm", "mesh", "right waist point above the left one; none where a flank is straight"),
        Definition("C10_depth", "mm", "mesh", "right waist deeper than the left one; a straight flank counts as 0"),
        Definition("C10_gap", "%", "mesh", "(right - left) / (right + left) of the areas between arm and trunk"),
        Definition("C13_right", "deg", "joints", "right knee: bend of hip-knee-ankle; + = valgus"),
        Definition("C13_left", "deg", "joints", "left knee: bend of hip-knee-ankle; + = valgus"),
        Definition("C13", "deg", "joints", "right knee less left knee"),
        Definition("C13_knees", "deg", "joints", "line of the knees against the horizontal"),
        Definition("C13_ankles", "deg", "joints", "line of the ankles against the horizontal"),
        Definition("C13_legs", "mm", "joints", "hip to heel, right less left; + = right longer"),
        Definition("C14", "deg", "skin", "largest bow of a spline over S, L5, L3, T12/L1, T8, T3, C7 on the skin"),
        Definition("C14_apex", "%trunk", "skin", "height of its apex between S (0) and C7 (100)"),
        Definition("C14_vertebral", "deg", "centres", "the same bow over the vertebral centres"),
        Definition("C14_all", "deg", "skin", "the same bow over all 17 midline points of the skin"),
        Definition("C15", "count", "all", "how many of C1, C2, C4, C5, C10_height lie beyond their band"),
        Definition("L1", "deg", "joints and skin", "line from C7 on the skin to the ear against the horizontal"),
        Definition("L2", "mm", "joints", "ear in front of the shoulder joint"),
        Definition("L2_stature", "%stature", "joints", "the same, of stature"),
        Definition("L3_S5_L4", "deg", "skin", "inclination from S5 to L4, back midline; + = forward"),
        Definition("L3_L4_T8", "deg", "skin", "inclination from L4 to T8"),
        Definition("L3_T8_T6", "deg", "skin", "inclination from T8 to T6"),
        Definition("L3_T6_C4", "deg", "skin", "inclination from T6 to C4"),
        Definition("L4", "deg", "skin", "inclination T6-C4 less inclination L4-T8; + = rounded back"),
        Definition("L4_nine", "deg", "skin", "spline tangent mid C7-T3 less that mid T8-T12/L1"),
        Definition("L4_nine_vertebral", "deg", "centres", "the same over the vertebral centres"),
        Definition("L5", "deg", "skin", "inclination S5-L4 less inclination L4-T8; + = hollow back"),
        Definition("L5_nine", "deg", "skin", "spline tangent mid S-L5 less that mid L3-T12/L1"),
        Definition("L5_nine_vertebral", "deg", "centres", "the same over the vertebral centres"),
        Definition("L6", "%stature", "joints", "hip in front of ankle less shoulder in front of hip"),
        Definition("L6_deg", "deg", "joints", "angle shoulder-hip-ankle; 180 = straight"),
        Definition("L7", "deg", "skin", "inclination from S to C7, back midline; + = forward"),
        Definition("L8", "deg", "skin", "inclination from S to L5, back midline (surrogate of pelvic tilt)"),
        Definition("L9", "mm", "skin", "acromion in front of C7 on the skin"),
        Definition("L9_ear", "mm", "joints and skin", "acromion in front of the ear"),
        Definition("L10_ear", "%stature", "joints", "ear in front of the ankle"),
        Definition("L10_shoulder", "%stature", "joints", "shoulder joint in front of the ankle"),
        Definition("L10_hip", "%stature", "joints", "hip joint in front of the ankle"),
        Definition("L10_knee", "%stature", "joints", "knee in front of the ankle"),
        Definition("B2", "deg", "mesh", "skyline of the back 100 mm to both sides of the midline; + = right higher"),
        Definition("B3_right", "mm", "skin", "right fingertip above the floor"),
        Definition("B3_left", "mm", "skin", "left fingertip above the floor"),
        Definition("B3", "mm", "skin", "right fingertip above the left one"),
        Definition("B4", "deg", "skin", "bend: line from S to C7 away from upright, forward; goes on past 90"),
        Definition("B4_thoracic", "deg", "skin", "part of the bend in the thorax: T12/L1-T8 to T3-C7"),
        Definition("B4_lumbar", "deg", "skin", "part of the bend in the loins: S-L5 to L3-T12/L1"),
        Definition("B5", "%trunk", "skin", "C7 to the right of the sacrum, of the length of the line S-C7 in space"),
    )


DEFINITIONS: dict[str, Definition] = {row.id: row for row in _rows()}
"""Measure id -> its row."""
