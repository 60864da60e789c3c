"""What the outline of a standing person shows on each flank: axilla fold, waist, hip and the gap beside the arm."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.geometry import Point
from edge.pose.body_view import BodyView
from edge.spine.coronal import FACTOR
from edge.spine.level_mask import LevelMask

JUMP = 0.035
"""An edge that moves by this share of the trunk from one grid row to the next has met the arm."""

FOLD_BELOW_SHOULDER = (0.03, 0.5)
"""Where the axilla fold may lie below the shoulder joints, shares of the trunk."""

BELOW_FOLD = 0.045
"""The flank begins this far below the fold, share of the trunk: about 2 cm."""

HIP_SEARCH = (-0.075, 0.20)
"""Where the hip is widest: from below to above the hip joints, shares of the trunk."""

SMOOTH = 0.18
"""
The waist is where a curve of fourth degree over this share of the trunk, up and down, is deepest: about 8 cm. On drawn
outlines it finds the difference of two waists within 2 mm in nine of ten, a parabola over 3 cm within 7 mm: a mask
says where an edge is to half a pixel only, and a waist is shallow.

The truth of rendered people takes a parabola over 3 cm. On the exact outlines of 24 posed bodies (14 with two waists)
this curve alone puts the difference of the waists 4.4 mm off the truth's (nine of ten within 13), the truth's own
parabola here 1.6 (4.2). On masks of 256 pixels, 4 mm each, they are 9.7 (40) and 5.9 (61) off: a millimetre is out of
reach for either there, and the parabola is the one that goes astray.
"""
END = 0.2
"""A waist nearer to an end of the flank than this share of that reach is none: 1.5 cm."""

CALM = 15
"""Rows over which the edge is averaged before the curve's place is chosen."""

ARM = "{side} arm touches the trunk, hold it away from the body"
HAND = "{side} hand touches the hip, hold it away from the body"
NO_WAIST = "no waist can be made out on the {side} side"
CUT_OFF = "{side} flank leaves the picture of the outline"


@dataclass(frozen=True, slots=True)
class Flank:
    """
    One side of the trunk; points in levelled pixels, x right and y down.

    Attributes:
        axilla: where arm and trunk part; with hanging arms that is often below the true fold.
        start: of the flank, just below the fold.
        waist: the hollow between chest and hip, beside the trunk's own line: leaning does not move it.
        hip: furthest out, about the hip joint.
        depth_px: how much further out the flank comes again above and below; 0 without a waist.
        gap_px2: area between arm and trunk from the fold down to the hip joint; 0 where the arm lies on.
        reason: why a point is None.
    """

    axilla: Point | None = None
    start: Point | None = None
    waist: Point | None = None
    hip: Point | None = None
    depth_px: float = 0.0
    gap_px2: float = 0.0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """
    Both flanks.

    Attributes:
        left: the person's own left.
        right: the person's own right.
    """

    left: Flank
    right: Flank


def outline_of(mask: LevelMask, hips: Point, shoulders: Point, view: BodyView) -> Outline:
    """
    Find both flanks of a person who stands upright.

    Args:
        mask: levelled.
        hips: middle of the hip joints, levelled pixels.
        shoulders: middle of the shoulder joints, levelled pixels.
        view: back or front: says which side is which.
    """
    runs = _runs(mask, hips, shoulders)
    sides = [_flank(mask, runs, (hips, shoulders), outward, _name(outward, view)) for outward in (-1, 1)]
    left, right = sides if FACTOR[view] > 0 else reversed(sides)
    return Outline(left, right)


@dataclass(frozen=True, slots=True, eq=False)
class _Edge:
    """
    One edge of the trunk, from below up; everything in grid steps.

    Attributes:
        rows: (N,) rows, falling: from below the hip to the shoulders.
        out: (N,) how far out the edge is, growing outwards; NaN where no trunk is.
        gap: (N,) width of the gap between trunk and arm; NaN where there is no arm beyond.
        middle: (N,) the line from mid-hip to mid-shoulder, as `out`.
        limit: the edge of the grid, as `out`.
    """

    rows: NDArray[np.int64]
    out: NDArray[np.float64]
    gap: NDArray[np.float64]
    middle: NDArray[np.float64]
    limit: float


_Runs = dict[int, list[tuple[float, float]]]
"""Row -> its runs, from below the hips up to the shoulders."""


def _name(outward: int, view: BodyView) -> str:
    return "right" if outward * FACTOR[view] > 0 else "left"


def _flank(mask: LevelMask, runs: _Runs, trunk_ends: tuple[Point, Point], outward: int, name: str) -> Flank:
    hips, shoulders = trunk_ends
    trunk = (hips[1] - shoulders[1]) / mask.step_px
    if trunk < 20:
        return Flank(reason=NO_WAIST.format(side=name))
    edge = _edge(mask, runs, trunk_ends, outward)
    free = _free(edge, trunk)
    below = (edge.rows - mask.row(shoulders[1])) / trunk
    fold = _fold(free, below)
    if fold is None:
        return Flank(reason=ARM.format(side=name))
    if (edge.out[free] >= edge.limit - 1).any():
        return Flank(reason=CUT_OFF.format(side=name))
    above_hip = (mask.row(hips[1]) - edge.rows) / trunk
    gap = float(np.nansum(np.where(free & (above_hip >= 0), edge.gap, 0.0))) * mask.step_px**2
    axilla = _at(mask, edge, fold, outward)
    return _measured(mask, edge, free, (fold, above_hip, trunk), (outward, name, axilla, gap))


def _measured(
    mask: LevelMask,
    edge: _Edge,
    free: NDArray[np.bool_],
    where: tuple[int, NDArray[np.float64], float],
    known: tuple[int, str, Point, float],
) -> Flank:
    (fold, above_hip, trunk), (outward, name, axilla, gap) = where, known
    start = fold - round(BELOW_FOLD * trunk)
    hip_rows = np.flatnonzero((above_hip >= HIP_SEARCH[0]) & (above_hip <= HIP_SEARCH[1]))
    open_hip = hip_rows[free[hip_rows]]
    first = int(open_hip[np.argmax(edge.out[open_hip])]) if len(open_hip) else int(hip_rows[-1])
    flank = np.arange(first, start + 1)
    flank = flank[free[flank]]
    waist = _waist(edge, flank, SMOOTH * trunk)
    begin = _at(mask, edge, max(start, 0), outward)
    if waist is None:
        return Flank(axilla, begin, gap_px2=gap, reason=NO_WAIST.format(side=name))
    row, out, deep = waist
    depth = deep * mask.step_px
    place = (mask.place_px(outward * out), mask.height_px(row))
    if len(open_hip) < len(hip_rows):
        return Flank(axilla, begin, place, None, depth, gap, HAND.format(side=name))
    return Flank(axilla, begin, place, _at(mask, edge, first, outward), depth, gap)


def _runs(mask: LevelMask, hips: Point, shoulders: Point) -> _Runs:
    trunk = (hips[1] - shoulders[1]) / mask.step_px
    low, high = mask.row(hips[1]) + round(0.12 * trunk), mask.row(shoulders[1])
    return {row: mask.runs(row) for row in range(min(low, mask.field.shape[0] - 1), max(high, 0) - 1, -1)}


def _edge(mask: LevelMask, runs: _Runs, trunk_ends: tuple[Point, Point], outward: int) -> _Edge:
    hips, shoulders = trunk_ends
    out, gap, line = np.full(len(runs), np.nan), np.full(len(runs), np.nan), np.zeros(len(runs))
    for k, (row, found) in enumerate(runs.items()):
        share = (hips[1] - mask.height_px(row)) / (hips[1] - shoulders[1])
        middle = outward * (hips[0] + share * (shoulders[0] - hips[0]) - mask.origin[0]) / mask.step_px
        line[k] = middle
        outwards = found if outward > 0 else [(-b, -a) for a, b in reversed(found)]
        own = next((i for i, (a, b) in enumerate(outwards) if a <= middle <= b), None)
        if own is None:
            continue
        out[k] = outwards[own][1]
        if own + 1 < len(outwards):
            gap[k] = outwards[own + 1][0] - outwards[own][1]
    limit = mask.field.shape[1] - 1 if outward > 0 else 0
    return _Edge(np.array(list(runs)), out, gap, line, float(limit))


def _free(edge: _Edge, trunk: float) -> NDArray[np.bool_]:
    """(N,) True on stretches between jumps of the edge along which an arm stands off the trunk."""
    jump = np.abs(np.diff(edge.out)) > JUMP * trunk
    stretch = np.concatenate([[0], np.cumsum(jump | ~np.isfinite(np.diff(edge.out)))])
    free = np.zeros(len(edge.rows), np.bool_)
    for number in np.unique(stretch):
        part = stretch == number
        free[part] = np.isfinite(edge.gap[part]).mean() > 0.5
    return np.asarray(free & np.isfinite(edge.out), np.bool_)


def _fold(free: NDArray[np.bool_], below_shoulder: NDArray[np.float64]) -> int | None:
    """Index of the highest free row, where the axilla may be; None when the arm lies on the trunk there."""
    rows = np.flatnonzero(free)
    if not len(rows):
        return None
    low, high = FOLD_BELOW_SHOULDER
    return int(rows[-1]) if low <= below_shoulder[rows[-1]] <= high else None


def _waist(edge: _Edge, flank: NDArray[np.int64], reach: float) -> tuple[float, float, float] | None:
    """
    Row, place and depth of the waist: the hollow from which the flank comes out furthest again upwards and downwards,
    beside the line from mid-hip to mid-shoulder: a lean of 3° would lift one upright minimum by 2 cm and lower the
    other. None when the flank is straight or bulges.
    """
    if len(flank) < 2 * CALM:
        return None
    rows, out = edge.rows[flank].astype(np.float64), edge.out[flank]
    beside = out - edge.middle[flank]
    calm = np.convolve(np.pad(beside, CALM // 2, mode="edge"), np.full(CALM, 1 / CALM), "valid")
    hollow = np.minimum(np.maximum.accumulate(calm), np.maximum.accumulate(calm[::-1])[::-1]) - calm
    deepest = int(np.argmax(hollow))
    if hollow[deepest] <= 0:
        return None
    near = np.abs(rows - rows[deepest]) <= reach
    curve = np.polyfit((rows[near] - rows[deepest]) / reach, beside[near], 4)
    about = np.linspace(-0.7, 0.7, 701)
    best = int(np.argmin(np.polyval(curve, about)))
    row = float(rows[deepest] + about[best] * reach)
    if not rows[0] - END * reach > row > rows[-1] + END * reach:
        return None
    middle = float(np.interp(-row, -rows, edge.middle[flank]))
    return row, middle + float(np.polyval(curve, about[best])), float(hollow[deepest])


def _at(mask: LevelMask, edge: _Edge, index: int, outward: int) -> Point:
    return mask.place_px(outward * float(edge.out[index])), mask.height_px(float(edge.rows[index]))


def points_of(outline: Outline) -> Mapping[str, Point | None]:
    """The six points of an outline by name: axilla, waist and hip of both sides."""
    sides = (("left", outline.left), ("right", outline.right))
    return {f"{part}_{name}": getattr(flank, part) for name, flank in sides for part in ("axilla", "waist", "hip")}
