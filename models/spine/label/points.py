"""The 74 points as a person meets them: in groups that can be shown apart, under names that can be read out."""

from dataclasses import dataclass

from edge.pose.spine_points import SpinePoint
from models.people.truth.spinetrack import SPINE_IDS, SPINE_LEVELS
from models.spine.layout import COUNT, POINTS, SKIN


@dataclass(frozen=True, slots=True)
class Group:
    """
    Points that are shown or not together.

    Attributes:
        words: what it is called on the screen.
        members: places in POINTS, in the order in which Tab visits them.
    """

    words: str
    members: tuple[int, ...]


def _back(first: SpinePoint, last: SpinePoint) -> tuple[int, ...]:
    return tuple(range(SKIN + first, SKIN + last + 1))


def _named(names: str) -> tuple[int, ...]:
    return tuple(POINTS.index(name) for name in names.split())


MIDLINE = _named("SACRUM L5 L4 L3 L2 L1 T12_L1 T12 T11 T10 T9 T8 T7 T6 T5 T3 T1 C7 C3_C4 C1")
SIDE = _named("SIDE_S5 SIDE_L4 SIDE_T8 SIDE_T6 SIDE_C4")
GROUPS: tuple[Group, ...] = (
    Group("Midline", MIDLINE),
    Group("Back", _back(SpinePoint.AXILLA_LEFT, SpinePoint.OCCIPUT)),
    Group("Body", tuple(number for number in range(SKIN) if number not in SPINE_IDS)),
    Group("Centres", SPINE_IDS),
    Group("Side view", SIDE),
)
"""Every point belongs to one of them."""
SHOWN_FIRST = (0, 1, 2)
"""
The groups shown at the start. The side view's points lie on the midline's in a picture from behind, and nobody can see
the centre of a vertebra: whoever wants to mark those asks for them.
"""
LINES: tuple[tuple[int, ...], ...] = (
    MIDLINE,
    _named("left_wrist left_elbow left_shoulder right_shoulder right_elbow right_wrist"),
    _named("left_ankle left_knee left_hip right_hip right_knee right_ankle"),
    SPINE_IDS,
    SIDE,
)
"""Points joined by a thin line, so that one that lies astray is seen at once."""


def group_of(number: int) -> int:
    """The place in GROUPS of a point's group."""
    return next(place for place, group in enumerate(GROUPS) if number in group.members)


def spoken(number: int) -> str:
    """
    A point's name as a person reads it.

    >>> spoken(5), spoken(26), spoken(37), spoken(58), spoken(66)
    ('left shoulder', 'centre of L5', 'sacrum', 'side T6', 'PSIS left')
    """
    if number in SPINE_IDS:
        return f"centre of {SPINE_LEVELS[SPINE_IDS.index(number)]}"
    name = POINTS[number]
    if name in ("T12_L1", "C3_C4"):
        return name.replace("_", "/")
    words = name.split("_")
    if name.isupper() and not any(word[1:].isdigit() for word in words):
        words = [word if word == "PSIS" else word.lower() for word in words]
    return " ".join("side" if word == "SIDE" else word for word in words)


assert sorted(number for group in GROUPS for number in group.members) == list(range(COUNT))
