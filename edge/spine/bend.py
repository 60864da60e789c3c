"""
B3 to B6 and the tempo: a forward bend from its first frame to its last.

Points are (x, y) in pixels, levelled, x right, y down; angles in degrees; deviations in per cent of the trunk's length.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.geometry import Point
from edge.spine.sagittal import inclination_deg

STILL_DEG_PER_S = 5.0
"""Slower than this is a pause."""

LEAST_RANGE_DEG = 10.0
"""Less than this is no bend."""

GRID = 50

WRIST_TO_TIP = 1.74
"""Wrist to fingertip over wrist to the knuckle that is a landmark network's "index"; on rendered people."""


@dataclass(frozen=True, slots=True)
class BendFrame:
    """
    One frame of a bend.

    Attributes:
        time_s: capture time.
        flexion_deg: how far the trunk is bent forward (B4 of one frame), 0 upright; seen from a side.
        deviation: how far C7 (or mid-shoulder) stands to the person's right of the sacrum (or mid-hip), % of the
            trunk's length in standing; seen from behind or in front.
    """

    time_s: float
    flexion_deg: float
    deviation: float


@dataclass(frozen=True, slots=True)
class BendCourse:
    """
    A whole bend.

    Attributes:
        range_deg: B4: deepest flexion less that of the first frame.
        deviation: B5: the deviation of the largest size, %trunk, + = right.
        area: B5: mean deviation over the range of the bend on the way down, %trunk, + = right.
        return_difference: B6: mean absolute difference of the deviation between the way down and the way up at the
            same flexion, %trunk; None when one way is missing.
        down_s: tempo: from the first movement to the deepest point.
        up_s: from there to the last movement.
        pauses_s: how long the person stood still on the way, the deepest point apart.
    """

    range_deg: float
    deviation: float
    area: float
    return_difference: float | None
    down_s: float
    up_s: float
    pauses_s: float


def above_floor_px(fingertips: Sequence[Point], floor_px: float) -> float:
    """
    B3: how far the lowest fingertip of a hand is above the floor, pixels; 0 = it reaches the floor.

    Args:
        fingertips: of one hand.
        floor_px: height of the floor in the picture below the person: the lowest point of heels and toes.
    """
    return max(0.0, floor_px - max(y for _, y in fingertips))


def tip_of(wrist: Point, knuckle: Point) -> Point:
    """
    Where a stretched finger ends: networks give its knuckle.

    >>> tip_of((0.0, 0.0), (0.0, 100.0))
    (0.0, 174.0)
    """
    (x, y), (u, v) = wrist, knuckle
    return x + WRIST_TO_TIP * (u - x), y + WRIST_TO_TIP * (v - y)


def flexion_deg(low: Point, high: Point, facing: float) -> float | None:
    """
    B4 of one frame: how far the line from the sacrum to C7 is bent forward from upright, degrees, -90 to 270.

    It goes on past 90 where the head hangs below the hips. None when the points coincide.

    >>> flexion_deg((0, 0), (10, 10), 1.0)
    135.0
    """
    lean = inclination_deg(low, high, facing)
    if lean is None:
        return None
    return lean + 360.0 if lean < -90.0 else lean


def part_deg(lower: tuple[Point, Point], upper: tuple[Point, Point], facing: float) -> float | None:
    """
    B4_thoracic and B4_lumbar: how much further forward one stretch of the spine leans than a lower one, degrees.

    Thorax: T3-C7 above T12/L1-T8; loins: L3-T12/L1 above S-L5. Wrapped to -180..180.
    """
    low, high = inclination_deg(*lower, facing), inclination_deg(*upper, facing)
    return None if low is None or high is None else (high - low + 180.0) % 360.0 - 180.0


def deviation_of(low: Point, high: Point, factor: float, trunk_px: float) -> float | None:
    """B5 of one frame: how far the high point stands to the person's right, % of the trunk's length in standing."""
    return factor * (high[0] - low[0]) / trunk_px * 100 if trunk_px > 0 else None


def course_of(frames: Sequence[BendFrame]) -> BendCourse | str:
    """Sum up a bend; or say in words why it cannot be."""
    if len(frames) < 3:
        return "too few frames of the bend"
    time, depth, side = (
        np.array([getattr(frame, name) for frame in frames]) for name in ("time_s", "flexion_deg", "deviation")
    )
    if not (np.diff(time) > 0).all() or not np.isfinite([depth, side]).all():
        return "the frames of the bend are out of order"
    deepest = int(depth.argmax())
    if depth[deepest] - depth[0] < LEAST_RANGE_DEG:
        return "no bend was made"
    ways = _ways(depth, side, deepest)
    down_s, up_s, pauses_s = _tempo(time, depth, deepest)
    return BendCourse(
        range_deg=float(depth[deepest] - depth[0]),
        deviation=float(side[np.abs(side).argmax()]),
        area=float(ways[0].mean()),
        return_difference=float(np.abs(ways[0] - ways[1]).mean()) if len(ways) == 2 else None,
        down_s=down_s,
        up_s=up_s,
        pauses_s=pauses_s,
    )


def _ways(depth: NDArray[np.float64], side: NDArray[np.float64], deepest: int) -> list[NDArray[np.float64]]:
    """The deviation on the way down, and on the way up where there is one, over the same depths."""
    returns = depth[deepest] - depth[-1] >= LEAST_RANGE_DEG
    lowest = max(depth[0], depth[-1]) if returns else depth[0]
    grid = np.linspace(lowest, depth[deepest], GRID)
    ways = [_over(grid, depth[: deepest + 1], side[: deepest + 1])]
    return [*ways, _over(grid, depth[deepest:][::-1], side[deepest:][::-1])] if returns else ways


def _over(grid: NDArray[np.float64], depth: NDArray[np.float64], side: NDArray[np.float64]) -> NDArray[np.float64]:
    # Sway makes the depth step back now and then; only what goes beyond all before it can be looked up.
    rising = np.concatenate([[True], depth[1:] > np.maximum.accumulate(depth)[:-1]])
    over: NDArray[np.float64] = np.interp(grid, depth[rising], side[rising])
    return over


def _tempo(time: NDArray[np.float64], depth: NDArray[np.float64], deepest: int) -> tuple[float, float, float]:
    step = np.diff(time)
    moving = np.abs(np.diff(depth) / step) >= STILL_DEG_PER_S
    before, after = np.flatnonzero(moving[:deepest]), np.flatnonzero(moving[deepest:]) + deepest
    down_s = float(time[before[-1] + 1] - time[before[0]]) if len(before) else 0.0
    up_s = float(time[after[-1] + 1] - time[after[0]]) if len(after) else 0.0
    within = [step[way[0] : way[-1] + 1][~moving[way[0] : way[-1] + 1]].sum() for way in (before, after) if len(way)]
    return down_s, up_s, float(sum(within)) if not math.isnan(sum(within)) else 0.0
