"""True measures of the coronal plane, standing: rows C1 to C15. Signs and units are in `definitions.py`."""

import math
from collections.abc import Mapping

from models.people.truth.body_points import MIDLINE, SEVEN, BodyPoints
from models.people.truth.planes import Point2, Point3, elevation_deg, inclination_deg, middle
from models.people.truth.spline import largest_bow, spline_through

Measures = dict[str, float | None]

BANDS = {"C1": 2.0, "C2": 2.0, "C4": 3.0, "C5": 10.0, "C10_height": 5.0}
"""Degrees and millimetres from which a side counts for C15: the literature's, for the waist the issue's 5 mm."""


def coronal(body: BodyPoints) -> Measures:
    """Every coronal measure of one person; None where its points do not exist."""
    found = _pairs(body) | _trunk(body) | _head(body) | _legs(body) | _spine(body) | waist(body)
    return found | {"C15": concordant(found)}


def concordant(found: Mapping[str, float | None]) -> float:
    """How many signs lie beyond their band, 0 to 5; C11 is left out, its definition is not settled."""
    return float(sum(abs(found.get(row) or 0.0) > band for row, band in BANDS.items()))


def _pairs(body: BodyPoints) -> Measures:
    joints, skin = _flat(body, body.joints), _flat(body, body.landmarks)
    trunk = _length(*_middles(body))
    shoulders = joints["right_shoulder"][1] - joints["left_shoulder"][1]
    return {
        "C1": elevation_deg(joints["left_shoulder"], joints["right_shoulder"]),
        "C1mm": shoulders * 1000,
        "C1_trunk": shoulders / trunk * 100,
        "C2": elevation_deg(skin["axilla_left"], skin["axilla_right"]),
        "C2mm": (skin["axilla_right"][1] - skin["axilla_left"][1]) * 1000,
        "C3": elevation_deg(skin["scapula_inferior_left"], skin["scapula_inferior_right"]),
        "C3_midline": _midline_share(body, skin["scapula_inferior_left"], skin["scapula_inferior_right"]),
        "C4": elevation_deg(joints["left_hip"], joints["right_hip"]),
        "C4_psis": elevation_deg(skin["psis_left"], skin["psis_right"]),
    }


def _midline_share(body: BodyPoints, left: Point2, right: Point2) -> float:
    low, high = body.planes.coronal(body.skin["S"]), body.planes.coronal(body.skin["C7"])
    far = [abs(_beside(low, high, point)) for point in (left, right)]
    return (far[1] - far[0]) / (far[1] + far[0]) * 100


def _beside(low: Point2, high: Point2, point: Point2) -> float:
    """How far a point lies beside the line through two others, metres."""
    along = (high[0] - low[0], high[1] - low[1])
    return ((point[0] - low[0]) * along[1] - (point[1] - low[1]) * along[0]) / math.hypot(*along)


def _trunk(body: BodyPoints) -> Measures:
    skin = _flat(body, body.skin)
    centres = _flat(body, body.centres)
    hips, shoulders = _middles(body)
    shift, surrogate = skin["C7"][0] - skin["S"][0], shoulders[0] - hips[0]
    return {
        "C5": shift * 1000,
        "C5_trunk": shift / _length(skin["S"], skin["C7"]) * 100,
        "C5_vertebral": (centres["C7"][0] - centres["S"][0]) * 1000,
        "C5b": surrogate * 1000,
        "C5b_trunk": surrogate / _length(hips, shoulders) * 100,
        "C6": inclination_deg(skin["S"], skin["C7"]),
        "C6b": inclination_deg(hips, shoulders),
    }


def _head(body: BodyPoints) -> Measures:
    joints = _flat(body, body.joints)
    seventh, top = body.planes.coronal(body.skin["C7"]), body.planes.coronal(body.landmarks["head_top"])
    ears = body.planes.coronal(middle([body.joints["left_ear"], body.joints["right_ear"]]))
    hips, shoulders = _middles(body)
    width = _length(joints["left_shoulder"], joints["right_shoulder"])
    return {
        "C7": elevation_deg(joints["left_ear"], joints["right_ear"]),
        "C7_eyes": elevation_deg(joints["left_eye"], joints["right_eye"]),
        "C8": inclination_deg(seventh, top),
        "C8b": inclination_deg(shoulders, ears),
        "C9": (ears[0] - seventh[0]) * 1000,
        "C9_shoulders": (ears[0] - seventh[0]) / width * 100,
        "C9b": (ears[0] - shoulders[0]) * 1000,
        "C9b_trunk": (ears[0] - shoulders[0]) / _length(hips, shoulders) * 100,
    }


def _legs(body: BodyPoints) -> Measures:
    joints = _flat(body, body.joints)
    right, left = (_valgus_deg(joints, side, sign) for side, sign in (("right", 1), ("left", -1)))
    legs = [_length(joints[f"{side}_hip"], joints[f"{side}_heel"]) for side in ("left", "right")]
    return {
        "C13": right - left,
        "C13_right": right,
        "C13_left": left,
        "C13_knees": elevation_deg(joints["left_knee"], joints["right_knee"]),
        "C13_ankles": elevation_deg(joints["left_ankle"], joints["right_ankle"]),
        "C13_legs": (legs[1] - legs[0]) * 1000,
    }


def _valgus_deg(joints: Mapping[str, Point2], side: str, sign: int) -> float:
    hip, knee, ankle = (joints[f"{side}_{joint}"] for joint in ("hip", "knee", "ankle"))
    # Both are inclinations of the line going up: in a valgus knee the shank leans inwards more than the thigh.
    return sign * (inclination_deg(knee, hip) - inclination_deg(ankle, knee))


def _spine(body: BodyPoints) -> Measures:
    found: Measures = {}
    for row, points, levels in (
        ("C14", body.skin, SEVEN),
        ("C14_vertebral", body.centres, SEVEN),
        ("C14_all", body.skin, MIDLINE),
    ):
        spline = spline_through([body.planes.coronal(points[level]) for level in levels])
        bow = None if spline is None else largest_bow(spline)
        found[row] = None if bow is None else bow.angle_deg
        if row == "C14":
            found["C14_apex"] = None if bow is None else bow.apex * 100
    return found


def waist(body: BodyPoints) -> Measures:
    """C10: waist angles, height of the waist and the gaps beside it; all None without an outline."""
    if body.outline is None:
        return dict.fromkeys(("C10", "C10_right", "C10_left", "C10_height", "C10_depth", "C10_gap"))
    high = float(body.skin["L5"][2])
    hips, shoulders = _middles(body)
    lean = (shoulders[0] - hips[0]) / (shoulders[1] - hips[1])
    sides, gaps = [], []
    for side, sign in (("left", -1), ("right", 1)):
        axilla, low = float(body.landmarks[f"axilla_{side}"][2]), float(body.joints[f"{side}_hip"][2])
        sides.append(body.outline.waist(sign, axilla, low - 0.02 * body.stature_m, high, lean))
        gaps.append(body.outline.gap_m2(sign, low, axilla))
    left, right = sides
    return {
        "C10": right.angle_deg - left.angle_deg if left is not None and right is not None else None,
        "C10_right": None if right is None else right.angle_deg,
        "C10_left": None if left is None else left.angle_deg,
        "C10_height": (right.waist[1] - left.waist[1]) * 1000 if left is not None and right is not None else None,
        "C10_depth": ((right.depth_m if right else 0.0) - (left.depth_m if left else 0.0)) * 1000,
        "C10_gap": (gaps[1] - gaps[0]) / sum(gaps) * 100 if sum(gaps) > 0 else None,
    }


def _flat(body: BodyPoints, points: Mapping[str, Point3]) -> dict[str, Point2]:
    return {name: body.planes.coronal(point) for name, point in points.items()}


def _middles(body: BodyPoints) -> tuple[Point2, Point2]:
    """Mid-hip and mid-shoulder in the coronal plane."""
    hips, shoulders = (
        body.planes.coronal(middle([body.joints[f"left_{joint}"], body.joints[f"right_{joint}"]]))
        for joint in ("hip", "shoulder")
    )
    return hips, shoulders


def _length(one: Point2, other: Point2) -> float:
    return math.dist(one, other)
