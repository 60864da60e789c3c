"""One person's landmarks become every measure the station can take in one frame."""

from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint, Landmarks
from edge.spine.body import Body, name_of
from edge.spine.catalogue import CATALOGUE
from edge.spine.coronal import FACTOR, body_lean_deg, length_px, pair_height_px, pair_tilt_deg, shift_px
from edge.spine.measure import Measure, SpineMeasures
from edge.spine.scale import NO_SCALE, Scale, find_scale
from edge.spine.setup import Setup

EARS = (Joint.LEFT_EAR, Joint.RIGHT_EAR)
SHOULDERS = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER)
HIPS = (Joint.LEFT_HIP, Joint.RIGHT_HIP)
COINCIDE = "the joints lie on one point"

JOINTS: dict[str, tuple[Joint, ...]] = {
    "C1": SHOULDERS,
    "C1mm": SHOULDERS,
    "C4": HIPS,
    "C7": EARS,
    "C5b": SHOULDERS + HIPS,
    "C5b_trunk": SHOULDERS + HIPS,
    "C6b": SHOULDERS + HIPS,
    "C8b": EARS + SHOULDERS,
    "C9b": EARS + SHOULDERS,
    "C9b_trunk": EARS + SHOULDERS + HIPS,
}
"""Measure id -> the joints it stands on."""


def measure(
    landmarks: Landmarks, view: BodyView, setup: Setup, size_px: tuple[int, int] | None = None
) -> SpineMeasures:
    """
    Everything that can be measured on one person in one frame.

    Args:
        landmarks: the person.
        view: which side the camera sees; left and right have no coronal measures.
        setup: what is known about the place.
        size_px: width and height of the upright frame; only a scale from camera distance needs it.
    """
    body = Body(landmarks, setup.roll_deg or 0.0)
    scale = find_scale(setup, landmarks, size_px)
    return SpineMeasures(landmarks.time_s, view, {row: _measure(row, body, view, scale) for row in CATALOGUE})


def _measure(row: str, body: Body, view: BodyView, scale: Scale) -> Measure:
    unit, joints = CATALOGUE[row].unit, JOINTS[row]
    if view not in FACTOR:
        return Measure(row, None, unit, f"cannot be seen from the {view.value} side")
    if hidden := body.hidden(joints):
        return Measure(row, None, unit, f"{' and '.join(name_of(joint) for joint in hidden)} not seen")
    if unit == "mm" and scale.px_per_m is None:
        return Measure(row, None, unit, NO_SCALE)
    value = _value(row, body, view, scale)
    if value is None:
        return Measure(row, None, unit, COINCIDE)
    return Measure(row, value, unit, recovered=body.recovered(joints))


def _value(row: str, body: Body, view: BodyView, scale: Scale) -> float | None:
    points = {joint: body.point(joint) for joint in JOINTS[row]}
    at = {joint: point for joint, point in points.items() if point is not None}
    match row:
        case "C1" | "C4" | "C7":
            left, right = JOINTS[row]
            return pair_tilt_deg(at[left], at[right])
        case "C1mm":
            return _mm(pair_height_px(at[SHOULDERS[0]], at[SHOULDERS[1]]), scale)
    shoulders = body.middle(*SHOULDERS)
    low, high = (shoulders, body.middle(*EARS)) if row.startswith(("C8", "C9")) else (body.middle(*HIPS), shoulders)
    if low is None or high is None:
        return None
    if CATALOGUE[row].unit == "deg":
        return body_lean_deg(low, high, view)
    shift = shift_px(low, high, view)
    return _mm(shift, scale) if CATALOGUE[row].unit == "mm" else _of_trunk(shift, body)


def _mm(length: float, scale: Scale) -> float | None:
    return None if scale.px_per_m is None else length / scale.px_per_m * 1000


def _of_trunk(length: float, body: Body) -> float | None:
    hips, shoulders = body.middle(*HIPS), body.middle(*SHOULDERS)
    if hips is None or shoulders is None or hips == shoulders:
        return None
    return length / length_px(hips, shoulders) * 100
