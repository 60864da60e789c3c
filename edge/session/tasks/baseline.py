"""How a person stood before a task: what the movement is measured against."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from edge.geometry import Point
from edge.pose.landmarks import Joint
from edge.session.tasks.frame import FEET, TaskFrame
from edge.spine.coronal import length_px
from edge.spine.scale import Scale, find_scale
from edge.spine.setup import Setup

FEWEST = 5
TOES = {"left": Joint.LEFT_FOOT_INDEX, "right": Joint.RIGHT_FOOT_INDEX}


@dataclass(frozen=True, slots=True)
class Baseline:
    """
    Quiet standing; levelled pixels.

    Attributes:
        hips: middle of the hips.
        trunk_px: from there to the middle of the shoulders.
        floor_px: height of the lowest foot joint in the picture; None when the feet were hidden.
        toes_px: height of each foot's toes; None for a foot that was hidden.
        scale: pixels per metre.
    """

    hips: Point
    trunk_px: float
    floor_px: float | None
    toes_px: dict[str, float | None]
    scale: Scale


def baseline_of(frames: Sequence[TaskFrame], setup: Setup, size_px: tuple[int, int]) -> Baseline | None:
    """The medians of the standing frames; None when there are too few."""
    if len(frames) < FEWEST:
        return None
    scales = [find_scale(setup, frame.landmarks, size_px) for frame in frames]
    known = [scale.px_per_m for scale in scales if scale.px_per_m is not None]
    return Baseline(
        hips=(median(frame.hips[0] for frame in frames), median(frame.hips[1] for frame in frames)),
        trunk_px=median(length_px(frame.hips, frame.shoulders) for frame in frames),
        floor_px=_median([height for frame in frames if (height := _floor_px(frame)) is not None]),
        toes_px={
            side: _median([point[1] for frame in frames if (point := frame.body.point(joint)) is not None])
            for side, joint in TOES.items()
        },
        scale=Scale(median(known), scales[-1].origin) if known else scales[-1],
    )


def _floor_px(frame: TaskFrame) -> float | None:
    heights = [point[1] for joint in FEET if (point := frame.body.point(joint)) is not None]
    return max(heights) if len(heights) == len(FEET) else None


def _median(values: list[float]) -> float | None:
    return median(values) if len(values) >= FEWEST else None
