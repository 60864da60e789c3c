"""Every measure of a person seen from behind or in front: rows C1 to C14; C15 is in `signs.py`."""

import functools

from edge.geometry import Point
from edge.pose.landmarks import Joint
from edge.pose.spine_points import MIDLINE, NINE, SpinePoint
from edge.spine.coronal import (
    body_lean_deg,
    length_px,
    pair_height_px,
    pair_tilt_deg,
    percent_of,
    share_to_the_right,
    shift_px,
    waist_angle_deg,
)
from edge.spine.correlation import TOGETHER
from edge.spine.curve import LateralCurve, largest, lateral_curves
from edge.spine.legs import knee_deg, leg_difference_px
from edge.spine.outline import Flank
from edge.spine.seen import EARS, HIPS, SHOULDERS, Recipe, Seen, Value

SEVEN = NINE[:7]
LOW, HIGH = SpinePoint.SACRUM, SpinePoint.C7
KNEES = (Joint.LEFT_KNEE, Joint.RIGHT_KNEE)
ANKLES = (Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)
HEELS = (Joint.LEFT_HEEL, Joint.RIGHT_HEEL)
AXILLAE = (SpinePoint.AXILLA_LEFT, SpinePoint.AXILLA_RIGHT)
"""
As a network gives them. Where arm and trunk part in a silhouette is no axilla fold: with hanging arms it lies up to
12 cm lower, wherever the arm leaves the chest; a tilt taken from it was 7° off in the median on bodies of known folds.
"""
DIMPLES = (SpinePoint.PSIS_LEFT, SpinePoint.PSIS_RIGHT)
NO_OUTLINE = "no outline of the person"
FLAT = "the {side} flank is too flat to say how high its waist is"
SHALLOW = 0.01
"""A waist less deep than this share of the trunk is seen, but where it is cannot be said: about 5 mm."""
NO_CURVE = "the points of the spine do not lie one above the other"


def _tilt(pair: tuple[Joint, Joint]) -> Recipe:
    return Recipe("deg", lambda seen: pair_tilt_deg(seen.joint(pair[0]), seen.joint(pair[1])), joints=pair)


def _trunk_px(seen: Seen) -> float:
    return length_px(seen.middle(HIPS), seen.middle(SHOULDERS))


def _shoulders(seen: Seen) -> float:
    return pair_height_px(seen.joint(SHOULDERS[0]), seen.joint(SHOULDERS[1]))


def _mid(seen: Seen, low: tuple[Joint, Joint], high: tuple[Joint, Joint]) -> float:
    return shift_px(seen.middle(low), seen.middle(high), seen.view)


def _balance(seen: Seen) -> float:
    return shift_px(seen.spine(LOW), seen.spine(HIGH), seen.view)


def _occiput(seen: Seen) -> float:
    return shift_px(seen.spine(HIGH), seen.middle(EARS), seen.view)


def _knee(seen: Seen, side: str) -> float | None:
    hip, knee, ankle = (seen.joint(Joint[f"{side}_{part}"]) for part in ("HIP", "KNEE", "ANKLE"))
    return knee_deg(hip, knee, ankle, seen.factor if side == "RIGHT" else -seen.factor)


def _knees(seen: Seen) -> float | None:
    right, left = _knee(seen, "RIGHT"), _knee(seen, "LEFT")
    return None if right is None or left is None else right - left


def _legs(seen: Seen) -> float | None:
    left, right = ((seen.joint(hip), seen.joint(heel)) for hip, heel in zip(HIPS, HEELS, strict=True))
    return seen.mm(leg_difference_px(left, right))


def _curve(seen: Seen, points: tuple[SpinePoint, ...]) -> LateralCurve | None:
    return _largest(tuple(seen.spines(points)), seen.factor, tuple(seen.back.sideways_sd_px(points)))


@functools.lru_cache(maxsize=16)
def _largest(points: tuple[Point, ...], factor: float, sd_px: tuple[float, ...]) -> LateralCurve | None:
    """Angle, apex and their uncertainties come from one curve, which takes its time."""
    return largest(lateral_curves(points, factor, sd_px, TOGETHER))


def _curve_deg(points: tuple[SpinePoint, ...]) -> Recipe:
    def take(seen: Seen) -> Value:
        curve = _curve(seen, points)
        return NO_CURVE if curve is None else curve.angle_deg

    def sd(seen: Seen) -> float | None:
        curve = _curve(seen, points)
        return None if curve is None else curve.sd_deg

    return Recipe("deg", take, spine=points, sd=sd)


def _apex(seen: Seen) -> Value:
    curve = _curve(seen, SEVEN)
    return NO_CURVE if curve is None else curve.apex * 100


def _apex_sd(seen: Seen) -> float | None:
    curve = _curve(seen, SEVEN)
    return None if curve is None or curve.apex_sd is None else curve.apex_sd * 100


def _flanks(seen: Seen) -> tuple[Flank, Flank] | str:
    """
    Left and right, each with its waist and its hip; or why not. A flank that is lost at the hip, by a hand or by a torn
    mask, has shown waists 11 cm too high.
    """
    if seen.outline is None:
        return NO_OUTLINE
    left, right = seen.outline.left, seen.outline.right
    without = [flank.reason for flank in (left, right) if flank.waist is None or flank.hip is None]
    return str(without[0]) if without else (left, right)


def _waist_deg(flank: Flank) -> Value:
    if flank.start is None or flank.waist is None or flank.hip is None:
        return flank.reason or NO_OUTLINE
    return waist_angle_deg(flank.start, flank.waist, flank.hip)


def _waist(side: str) -> Recipe:
    def take(seen: Seen) -> Value:
        return NO_OUTLINE if seen.outline is None else _waist_deg(getattr(seen.outline, side))

    return Recipe("deg", take, outline=True)


def _waists(seen: Seen) -> Value:
    if seen.outline is None:
        return NO_OUTLINE
    left, right = _waist_deg(seen.outline.left), _waist_deg(seen.outline.right)
    if isinstance(left, float) and isinstance(right, float):
        return right - left
    return next((reason for reason in (left, right) if isinstance(reason, str)), None)


def _waist_height(seen: Seen) -> Value:
    flanks = _flanks(seen)
    if isinstance(flanks, str):
        return flanks
    for side, flank in zip(("left", "right"), flanks, strict=True):
        if flank.depth_px < SHALLOW * _trunk_px(seen):
            return FLAT.format(side=side)
    return seen.mm(pair_height_px(_point(flanks[0].waist), _point(flanks[1].waist)))


def _gap(seen: Seen) -> Value:
    if seen.outline is None:
        return NO_OUTLINE
    left, right = seen.outline.left, seen.outline.right
    missing = [flank.reason for flank in (left, right) if flank.axilla is None]
    return str(missing[0]) if missing else share_to_the_right(right.gap_px2, left.gap_px2)


def _point(point: Point | None) -> Point:
    assert point is not None
    return point


_TRUNK, _HEAD = SHOULDERS + HIPS, EARS + SHOULDERS
_C7 = (HIGH,)

CORONAL_RECIPES: dict[str, Recipe] = {
    "C1": _tilt(SHOULDERS),
    "C1mm": Recipe("mm", lambda seen: seen.mm(_shoulders(seen)), SHOULDERS),
    "C1_trunk": Recipe("%trunk", lambda seen: percent_of(_shoulders(seen), _trunk_px(seen)), _TRUNK),
    "C2": Recipe("deg", lambda seen: pair_tilt_deg(*seen.spines(AXILLAE)), spine=AXILLAE),
    "C2mm": Recipe("mm", lambda seen: seen.mm(pair_height_px(*seen.spines(AXILLAE))), spine=AXILLAE),
    "C4": _tilt(HIPS),
    "C4_psis": Recipe("deg", lambda seen: pair_tilt_deg(*seen.spines(DIMPLES)), spine=DIMPLES),
    "C5": Recipe("mm", lambda seen: seen.mm(_balance(seen)), spine=(LOW, HIGH)),
    "C5_trunk": Recipe(
        "%trunk", lambda seen: percent_of(_balance(seen), length_px(seen.spine(LOW), seen.spine(HIGH))),
        spine=(LOW, HIGH),
    ),
    "C5b": Recipe("mm", lambda seen: seen.mm(_mid(seen, HIPS, SHOULDERS)), _TRUNK),
    "C5b_trunk": Recipe("%trunk", lambda seen: percent_of(_mid(seen, HIPS, SHOULDERS), _trunk_px(seen)), _TRUNK),
    "C6": Recipe(
        "deg", lambda seen: body_lean_deg(seen.spine(LOW), seen.spine(HIGH), seen.view), spine=(LOW, HIGH)
    ),
    "C6b": Recipe("deg", lambda seen: body_lean_deg(seen.middle(HIPS), seen.middle(SHOULDERS), seen.view), _TRUNK),
    "C7": _tilt(EARS),
    "C8": Recipe(
        "deg", lambda seen: body_lean_deg(seen.spine(HIGH), seen.spine(SpinePoint.HEAD_TOP), seen.view),
        spine=(HIGH, SpinePoint.HEAD_TOP),
    ),
    "C8b": Recipe("deg", lambda seen: body_lean_deg(seen.middle(SHOULDERS), seen.middle(EARS), seen.view), _HEAD),
    "C9": Recipe("mm", lambda seen: seen.mm(_occiput(seen)), EARS, spine=_C7),
    "C9_shoulders": Recipe(
        "%shoulders",
        lambda seen: percent_of(_occiput(seen), length_px(seen.joint(SHOULDERS[0]), seen.joint(SHOULDERS[1]))),
        _HEAD, spine=_C7,
    ),
    "C9b": Recipe("mm", lambda seen: seen.mm(_mid(seen, SHOULDERS, EARS)), _HEAD),
    "C9b_trunk": Recipe("%trunk", lambda seen: percent_of(_mid(seen, SHOULDERS, EARS), _trunk_px(seen)), _HEAD + HIPS),
    "C10": Recipe("deg", _waists, outline=True),
    "C10_right": _waist("right"),
    "C10_left": _waist("left"),
    "C10_height": Recipe("mm", _waist_height, outline=True),
    "C10_gap": Recipe("%", _gap, outline=True),
    "C13": Recipe("deg", _knees, HIPS + KNEES + ANKLES),
    "C13_right": Recipe("deg", lambda seen: _knee(seen, "RIGHT"), (HIPS[1], KNEES[1], ANKLES[1])),
    "C13_left": Recipe("deg", lambda seen: _knee(seen, "LEFT"), (HIPS[0], KNEES[0], ANKLES[0])),
    "C13_knees": _tilt(KNEES),
    "C13_ankles": _tilt(ANKLES),
    "C13_legs": Recipe("mm", _legs, HIPS + HEELS),
    "C14": _curve_deg(SEVEN),
    "C14_apex": Recipe("%trunk", _apex, spine=SEVEN, sd=_apex_sd),
    "C14_all": _curve_deg(MIDLINE),
}  # fmt: skip
"""Measure id -> how it is taken. C11 and C12 are missing: their definitions could not be checked."""
