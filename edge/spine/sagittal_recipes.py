"""Every measure of a person seen from a side: rows L1 to L10 of the clinical ground."""

from edge.pose.landmarks import Joint
from edge.pose.spine_points import NINE, SIDE_FIVE, SpinePoint
from edge.spine.coronal import percent_of
from edge.spine.correlation import TOGETHER
from edge.spine.sagittal import (
    Bend,
    ahead_px,
    bend_between_deg,
    inclination_deg,
    neck_angle_deg,
    sway_angle_deg,
    sway_px,
    tangent_between_deg,
)
from edge.spine.seen import SAGITTAL, Recipe, Seen, Value

S5, L4, T8, T6, C4 = SIDE_FIVE
SEVEN = NINE[:7]
C7, SACRUM = SpinePoint.C7, SpinePoint.SACRUM
NO_STATURE = "ear or ankle not seen: no stature to compare with"
NO_CURVE = "the points of the spine do not lie one above the other"
ACROMIA = (SpinePoint.ACROMION_LEFT, SpinePoint.ACROMION_RIGHT)
PLUMB = ("SHOULDER", "HIP", "ANKLE")


def _between(low: SpinePoint, high: SpinePoint) -> Recipe:
    return Recipe(
        "deg",
        lambda seen: inclination_deg(seen.spine(low), seen.spine(high), seen.facing),
        spine=(low, high),
        views=SAGITTAL,
    )


def _part(lower: tuple[SpinePoint, SpinePoint], upper: tuple[SpinePoint, SpinePoint], sign: float) -> Recipe:
    def take(seen: Seen) -> Value:
        ends = [(seen.spine(low), seen.spine(high)) for low, high in (lower, upper)]
        bend = bend_between_deg(ends[0], ends[1], seen.facing)
        return None if bend is None else sign * bend

    return Recipe("deg", take, spine=tuple(dict.fromkeys(lower + upper)), views=SAGITTAL)


def _nine(lower: tuple[int, int], upper: tuple[int, int], sign: float) -> Recipe:
    def bend(seen: Seen) -> Bend | None:
        uncertain = seen.back.sideways_sd_px(SEVEN), TOGETHER
        return tangent_between_deg(seen.spines(SEVEN), lower, upper, seen.facing, uncertain)

    def take(seen: Seen) -> Value:
        found = bend(seen)
        return NO_CURVE if found is None else sign * found.angle_deg

    def sd(seen: Seen) -> float | None:
        found = bend(seen)
        return None if found is None else found.sd_deg

    return Recipe("deg", take, spine=SEVEN, views=SAGITTAL, sd=sd)


def _at(seen: Seen, part: str) -> tuple[float, float]:
    return seen.joint(seen.near(part))


def _of_stature(seen: Seen, length: float) -> Value:
    return NO_STATURE if seen.stature_px is None else percent_of(length, seen.stature_px)


def _plumb(part: str) -> Recipe:
    return Recipe(
        "%stature",
        lambda seen: _of_stature(seen, ahead_px(_at(seen, "ANKLE"), _at(seen, part), seen.facing)),
        near=(part, "ANKLE"),
        views=SAGITTAL,
    )


def _sway(seen: Seen) -> Value:
    return _of_stature(seen, sway_px(_at(seen, "ANKLE"), _at(seen, "HIP"), _at(seen, "SHOULDER"), seen.facing))


def _head(seen: Seen) -> float:
    return ahead_px(_at(seen, "SHOULDER"), _at(seen, "EAR"), seen.facing)


def _acromion(seen: Seen) -> SpinePoint:
    return SpinePoint.ACROMION_LEFT if seen.near("EAR") is Joint.LEFT_EAR else SpinePoint.ACROMION_RIGHT


def _shoulder_before(seen: Seen, behind: tuple[float, float]) -> Value:
    acromion = seen.back.point(_acromion(seen))
    if acromion is None:
        return "acromion not seen"
    return seen.mm(ahead_px(behind, acromion, seen.facing))


SAGITTAL_RECIPES: dict[str, Recipe] = {
    "L1": Recipe(
        "deg", lambda seen: neck_angle_deg(seen.spine(C7), _at(seen, "EAR"), seen.facing),
        near=("EAR",), spine=(C7,), views=SAGITTAL,
    ),
    "L2": Recipe("mm", lambda seen: seen.mm(_head(seen)), near=("EAR", "SHOULDER"), views=SAGITTAL),
    "L2_stature": Recipe(
        "%stature", lambda seen: _of_stature(seen, _head(seen)), near=("EAR", "SHOULDER"), views=SAGITTAL
    ),
    "L3_S5_L4": _between(S5, L4),
    "L3_L4_T8": _between(L4, T8),
    "L3_T8_T6": _between(T8, T6),
    "L3_T6_C4": _between(T6, C4),
    "L4": _part((L4, T8), (T6, C4), 1.0),
    "L4_nine": _nine((3, 4), (5, 6), 1.0),
    "L5": _part((S5, L4), (L4, T8), -1.0),
    "L5_nine": _nine((0, 1), (2, 3), -1.0),
    "L6": Recipe("%stature", _sway, near=PLUMB, views=SAGITTAL),
    "L6_deg": Recipe(
        "deg", lambda seen: sway_angle_deg(_at(seen, "SHOULDER"), _at(seen, "HIP"), _at(seen, "ANKLE")),
        near=PLUMB, views=SAGITTAL,
    ),
    "L7": _between(SACRUM, C7),
    "L8": _between(SACRUM, SpinePoint.L5),
    "L9": Recipe(
        "mm", lambda seen: _shoulder_before(seen, seen.spine(C7)), spine=(C7,), views=SAGITTAL, maybe=ACROMIA
    ),
    "L9_ear": Recipe(
        "mm", lambda seen: _shoulder_before(seen, _at(seen, "EAR")), near=("EAR",), spine=(C7,), views=SAGITTAL,
        maybe=ACROMIA,
    ),
    "L10_ear": _plumb("EAR"),
    "L10_shoulder": _plumb("SHOULDER"),
    "L10_hip": _plumb("HIP"),
    "L10_knee": _plumb("KNEE"),
}  # fmt: skip
"""Measure id -> how it is taken; L2 to L6 and L8 to L10 are surrogates: joints and skin stand in for bones."""
