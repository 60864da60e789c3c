"""
B2 over a whole bend: the hump hint, from the skyline's angle against how far the person is bent.

A hint, never a number a person reads: nobody has validated an outline against a scoliometer, and the skyline shows the
part of the back that stands highest and no other. While somebody bends, that part travels from the shoulders down to
the loins; so a hint names the stretch of the back that was highest when it was seen.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Literal

Side = Literal["left", "right"]
Band = Literal["thoracic", "thoracolumbar", "lumbar"]

THORACOLUMBAR_DEG, LUMBAR_DEG = 88.0, 100.0
"""
From these depths on T10 to L1, then the loins, stand highest: of forty rendered bodies in 40 to 150 degrees of bend
T5 to T9 do from 65 to 88, L2 to the sacrum in nine of ten above 100.
"""

SHALLOWEST_DEG = 30.0
"""Before that the head and the shoulders are the skyline."""

STEP_DEG = 5.0
FEWEST_STEPS = 2
LEAST_DEG = 3.0
"""A smaller angle is within what a straight back shows here: sway, clothes and the outline's own error."""

AGREEING = 0.75
"""So large a share of the steps has to show the same side."""

SHALLOW = "the outline of the back was not seen at two depths of the bend"
EVEN = "no side stands out beyond what this station can tell"


@dataclass(frozen=True, slots=True)
class BackReading:
    """
    The skyline in one frame, or in one step of depth.

    Attributes:
        depth_deg: how far the trunk is bent, 0 upright, 90 level.
        angle_deg: of the skyline, + = the person's right higher.
    """

    depth_deg: float
    angle_deg: float


@dataclass(frozen=True, slots=True)
class Hump:
    """
    What a bend hints at.

    Attributes:
        side: the side that stands higher; None = no hint.
        band: the stretch of the back that stood highest where the difference was largest; None without a side.
        reason: why there is no hint; None with one.
        angle_deg: the median angle over the steps, + = right higher; None when fewer than two steps were seen. For
            records and calibration only: it is not what a scoliometer reads.
        course: the median angle of each step of depth, shallow first.
    """

    side: Side | None
    band: Band | None
    reason: str | None
    angle_deg: float | None
    course: tuple[BackReading, ...]


def bend_depth_deg(hips_y_px: float, shoulders_y_px: float, trunk_px: float) -> float | None:
    """
    How far a trunk is bent, degrees, 0 to 180, from behind or in front: by how much it is shorter than in standing.

    Within 10 degrees of the true bend in eight of ten rendered frames. None when the trunk's length is not known.

    >>> round(bend_depth_deg(500.0, 380.0, 240.0))
    60
    """
    if trunk_px <= 0 or not math.isfinite(hips_y_px + shoulders_y_px):
        return None
    return math.degrees(math.acos(max(-1.0, min(1.0, (hips_y_px - shoulders_y_px) / trunk_px))))


def band_of(depth_deg: float) -> Band:
    """Which stretch of the back stands highest at a depth of the bend."""
    return "thoracic" if depth_deg < THORACOLUMBAR_DEG else "thoracolumbar" if depth_deg < LUMBAR_DEG else "lumbar"


def hump_of(readings: Sequence[BackReading]) -> Hump:
    """
    Sum up a bend.

    The median angle of each five degrees of depth counts; a hint needs two such steps, three of four of them on one
    side, and a median of three degrees or more over them.

    Args:
        readings: of the frames in which a skyline could be read, in any order.
    """
    course = _steps(readings)
    if len(course) < FEWEST_STEPS:
        return Hump(None, None, SHALLOW, None, course)
    angle = median(step.angle_deg for step in course)
    same = [step for step in course if step.angle_deg * angle > 0]
    if abs(angle) < LEAST_DEG or len(same) < AGREEING * len(course):
        return Hump(None, None, EVEN, angle, course)
    highest = max(same, key=lambda step: abs(step.angle_deg))
    return Hump("right" if angle > 0 else "left", band_of(highest.depth_deg), None, angle, course)


def _steps(readings: Sequence[BackReading]) -> tuple[BackReading, ...]:
    """Frames of about one depth together: how long somebody stays at a depth does not count."""
    steps: dict[int, list[BackReading]] = {}
    for one in readings:
        if one.depth_deg >= SHALLOWEST_DEG:
            steps.setdefault(int(one.depth_deg // STEP_DEG), []).append(one)
    return tuple(
        BackReading(fmean(one.depth_deg for one in step), median(one.angle_deg for one in step))
        for _, step in sorted(steps.items())
    )
