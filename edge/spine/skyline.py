"""
B2: the skyline of a back in a forward bend, seen from behind or in front.

A hint that one side of the back stands higher. It is not what a scoliometer shows: nobody has validated an outline
against one. Positive = the person's right side is higher.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.geometry import Point
from edge.pose.body_view import BodyView
from edge.spine.coronal import FACTOR
from edge.spine.level_mask import LevelMask

REACH_M = 0.09
"""The skyline is read this far to both sides of the midline."""

REACH_OF_WIDTH = 0.25
"""Without a scale: this share of the trunk's width; and never more than `MOST_OF_WIDTH` of it."""

MOST_OF_WIDTH = 0.42
LEAST_OF_REACH = 0.75
"""On less of it than this, what was read may be a head."""

BELOW_TOP = 0.25
"""How far below the top the back's width is taken, share of the whole outline's width."""

ROUGH = 0.067
"""
A back is a smooth mound: what lies further than this share of the reach (6 mm) from a parabola, root mean square, has a
head, a plait or a hole of the outline on it. Without the rule the angle is off by a median of 2.9 degrees and by 19 in
every tenth frame of rendered bends, with it and `LEAST_OF_REACH` by 1.4 and 4.9; half of the frames are left out.
"""


@dataclass(frozen=True, slots=True)
class Skyline:
    """
    The upper outline of the back in one frame.

    Attributes:
        angle_deg: of the line through it, positive = the person's right higher.
        reach_px: how far from the midline it was read.
        left: the line's end on the person's left, levelled pixels.
        right: the line's end on the person's right, levelled pixels.
    """

    angle_deg: float
    reach_px: float
    left: Point
    right: Point


def skyline_of(mask: LevelMask, middle_px: float, view: BodyView, px_per_m: float | None = None) -> Skyline | str:
    """
    Lay a line through the skyline, as far to the left as to the right of the midline (B2).

    Args:
        mask: levelled; the person bends forward.
        middle_px: the midline across the picture, levelled pixels.
        view: back or front.
        px_per_m: scale; without it the reach is a share of the trunk's width.

    Returns:
        The skyline, or in words why there is none.
    """
    middle = mask.column(middle_px)
    top = mask.top(middle) if 0 <= middle < mask.field.shape[1] else None
    if top is None:
        return "the midline lies outside the outline"
    room = _room(mask, middle, top)
    reach = REACH_M * px_per_m / mask.step_px if px_per_m else REACH_OF_WIDTH * 2 * room
    wanted, reach = reach, min(reach, MOST_OF_WIDTH * 2 * room)
    if reach < max(4.0, LEAST_OF_REACH * wanted):
        return "the back is too narrow in the picture"
    tops = _tops(mask, middle_px, reach)
    if tops is None:
        return "the back's outline has a gap"
    beside, height = tops
    if float(np.std(height - np.polyval(np.polyfit(beside, height, 2), beside))) > ROUGH * reach:
        return "the back's outline is not smooth: head, hair or arms stand out of it"
    slope, level = np.polyfit(beside, height, 1)
    ends = [
        (middle_px + side * reach * mask.step_px, mask.height_px(float(level + side * slope * reach)))
        for side in (-1, 1)
    ]
    left, right = ends if FACTOR[view] > 0 else reversed(ends)
    return Skyline(-FACTOR[view] * math.degrees(math.atan(float(slope))), reach * mask.step_px, left, right)


def _room(mask: LevelMask, middle: int, top: float) -> float:
    """How far the back reaches from the midline to its nearer side, a little below the top, in grid steps."""
    width = int((mask.field >= 0.5).any(axis=0).sum())
    row = min(round(top + BELOW_TOP * width), mask.field.shape[0] - 1)
    own = [(a, b) for a, b in mask.runs(row) if a <= middle <= b]
    return min(middle - own[0][0], own[0][1] - middle) if own else 0.0


def _tops(mask: LevelMask, middle_px: float, reach: float) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Places beside the midline and the skyline's rows there, both in grid steps; None with a gap."""
    exact = (middle_px - mask.origin[0]) / mask.step_px
    columns = range(math.ceil(exact - reach), math.floor(exact + reach) + 1)
    inside = [column for column in columns if 0 <= column < mask.field.shape[1]]
    tops = [(column - exact, top) for column in inside if (top := mask.top(column)) is not None]
    if len(tops) < len(columns):
        return None
    beside, height = np.array(tops, np.float64).T
    return beside, height
