"""True measures of the sagittal plane, standing: rows L1 to L10. Signs and units are in `definitions.py`."""

import math
from collections.abc import Mapping, Sequence
from typing import Literal

from models.people.truth.body_points import SEVEN, BodyPoints
from models.people.truth.coronal import Measures
from models.people.truth.planes import Point2, Point3, corner_deg, inclination_deg, middle
from models.people.truth.spline import spline_through

Side = Literal["left", "right"]


def sagittal(body: BodyPoints, near: Side | None) -> Measures:
    """
    Every sagittal measure of one person; None where its points do not exist.

    Args:
        near: the side of the body the camera sees, whose ear, shoulder and leg are taken; None takes the middle of
            both sides.
    """
    at = {name: _pair(body, body.joints, f"{{}}_{name}", near) for name in ("ear", "shoulder", "hip", "knee", "ankle")}
    at["acromion"] = _pair(body, body.landmarks, "acromion_{}", near)
    skin = {level: body.planes.sagittal(point) for level, point in body.skin.items()}
    return _head(at, skin, body.stature_m) | _back(skin) | _curves(body) | _plumb(at, body.stature_m)


def curves(body: BodyPoints, points: Mapping[str, Point3]) -> tuple[float | None, float | None]:
    """
    Rounding of the thorax and hollow of the loins from seven spine points, degrees; None where they do not rise.

    Tangents of the spline at half height of a stretch: (C7-T3) less (T8-T12/L1), and (S-L5) less (L3-T12/L1).
    """
    flat = {level: body.planes.sagittal(points[level]) for level in SEVEN}
    spline = spline_through([flat[level] for level in SEVEN])
    if spline is None:
        return None, None
    neck, thorax, loins, sacrum = (
        spline.tangent_deg((flat[low][1] + flat[high][1]) / 2)
        for low, high in (("T3", "C7"), ("T12/L1", "T8"), ("L3", "T12/L1"), ("S", "L5"))
    )
    return neck - thorax, sacrum - loins


def _pair(body: BodyPoints, points: Mapping[str, Point3], name: str, near: Side | None) -> Point2:
    sides: Sequence[Side] = (near,) if near else ("left", "right")
    return body.planes.sagittal(middle([points[name.format(side)] for side in sides]))


def _head(at: Mapping[str, Point2], skin: Mapping[str, Point2], stature_m: float) -> Measures:
    seventh, ear, shoulder = skin["C7"], at["ear"], at["shoulder"]
    return {
        "L1": math.degrees(math.atan2(ear[1] - seventh[1], ear[0] - seventh[0])),
        "L2": (ear[0] - shoulder[0]) * 1000,
        "L2_stature": (ear[0] - shoulder[0]) / stature_m * 100,
        "L9": (at["acromion"][0] - seventh[0]) * 1000,
        "L9_ear": (at["acromion"][0] - ear[0]) * 1000,
    }


def _back(skin: Mapping[str, Point2]) -> Measures:
    sacral = inclination_deg(skin["S5"], skin["L4"])
    lumbar = inclination_deg(skin["L4"], skin["T8"])
    upper = inclination_deg(skin["T6"], skin["C4"])
    return {
        "L3_S5_L4": sacral,
        "L3_L4_T8": lumbar,
        "L3_T8_T6": inclination_deg(skin["T8"], skin["T6"]),
        "L3_T6_C4": upper,
        "L4": upper - lumbar,
        "L5": sacral - lumbar,
        "L7": inclination_deg(skin["S"], skin["C7"]),
        "L8": inclination_deg(skin["S"], skin["L5"]),
    }


def _curves(body: BodyPoints) -> Measures:
    found: Measures = {}
    for suffix, points in (("", body.skin), ("_vertebral", body.centres)):
        found[f"L4_nine{suffix}"], found[f"L5_nine{suffix}"] = curves(body, points)
    return found


def _plumb(at: Mapping[str, Point2], stature_m: float) -> Measures:
    shoulder, hip, ankle = at["shoulder"], at["hip"], at["ankle"]
    sway = (hip[0] - ankle[0]) - (shoulder[0] - hip[0])
    found: Measures = {"L6": sway / stature_m * 100, "L6_deg": corner_deg(shoulder, hip, ankle)}
    for name in ("ear", "shoulder", "hip", "knee"):
        found[f"L10_{name}"] = (at[name][0] - ankle[0]) / stature_m * 100
    return found
