"""
B2: the skyline of a back in a forward bend, seen from behind or in front.

A hint that one side of the back stands higher. It is not what a scoliometer shows: nobody has validated an outline
against one. Positive = the person's right side is higher.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from edge.geometry import Point
from edge.pose.body_view import BodyView
from edge.spine.coronal import FACTOR
from edge.spine.level_mask import LevelMask

REACH_M = 0.10
"""The skyline is read this far to both sides of the midline."""

REACH_OF_WIDTH = 0.28
"""Without a scale: this share of the trunk's width; and never more than `MOST_OF_WIDTH` of it."""

MOST_OF_WIDTH = 0.42
BELOW_TOP = 0.25
"""How far below the top the back's width is taken, share of the whole outline's width."""

WINDOW = 0.06
"""The height is the median over this share of the reach to both sides."""


@dataclass(frozen=True, slots=True)
class Skyline:
    """
    The upper outline of the back in one frame.

    Attributes:
        angle_deg: from the left to the right reading, positive = the person's right higher.
        reach_px: how far from the midline it was read.
        left: the reading on the person's left, levelled pixels.
        right: the reading on the person's right, levelled pixels.
    """

    angle_deg: float
    reach_px: float
    left: Point
    right: Point


def skyline_of(mask: LevelMask, middle_px: float, view: BodyView, px_per_m: float | None = None) -> Skyline | str:
    """
    Read the skyline at the same distance left and right of the midline (B2).

    Args:
        mask: levelled; the person bends forward.
        middle_px: the midline across the picture, levelled pixels: mid-hip, or the midline's highest point.
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
    reach = min(reach, MOST_OF_WIDTH * 2 * room)
    if reach < 4:
        return "the back is too narrow in the picture"
    one, other = _top(mask, middle_px, -reach), _top(mask, middle_px, reach)
    if one is None or other is None:
        return "the back's outline has a gap"
    ends = [(middle_px - reach * mask.step_px, one), (middle_px + reach * mask.step_px, other)]
    angle = FACTOR[view] * math.degrees(math.atan2(one - other, ends[1][0] - ends[0][0]))
    left, right = ends if FACTOR[view] > 0 else reversed(ends)
    return Skyline(angle, reach * mask.step_px, left, right)


def largest_hump(sweep: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """
    The skyline angle of the largest size over a bend, and the depth of the bend it was read at.

    Args:
        sweep: (depth of the bend, skyline angle) of each frame, degrees.

    Returns:
        Angle and depth, degrees; the median of three neighbours counts, one odd frame does not. None without three.
    """
    if len(sweep) < 3:
        return None
    ordered = sorted(sweep)
    calm = [(float(np.median([a for _, a in ordered[k - 1 : k + 2]])), ordered[k][0]) for k in range(1, len(sweep) - 1)]
    return max(calm, key=lambda pair: abs(pair[0]))


def _room(mask: LevelMask, middle: int, top: float) -> float:
    """How far the back reaches from the midline to its nearer side, a little below the top, in grid steps."""
    width = int((mask.field >= 0.5).any(axis=0).sum())
    row = min(round(top + BELOW_TOP * width), mask.field.shape[0] - 1)
    own = [(a, b) for a, b in mask.runs(row) if a <= middle <= b]
    return min(middle - own[0][0], own[0][1] - middle) if own else 0.0


def _top(mask: LevelMask, middle_px: float, offset: float) -> float | None:
    """Height of the skyline about a place, levelled pixels: a line through the tops around it; None with a gap."""
    exact = (middle_px - mask.origin[0]) / mask.step_px + offset
    half = max(2, round(WINDOW * abs(offset)))
    columns = [round(exact) + k for k in range(-half, half + 1)]
    inside = [column for column in columns if 0 <= column < mask.field.shape[1]]
    tops = [(column - exact, top) for column in inside if (top := mask.top(column)) is not None]
    if len(tops) < len(columns):
        return None
    beside, height = np.array(tops).T
    return mask.height_px(float(np.polyfit(beside, height, 1)[1]))
