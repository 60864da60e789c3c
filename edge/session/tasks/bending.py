"""Touch your toes: how far, how straight, how near to the floor, and whether one side of the back stands higher."""

from collections.abc import Sequence

import numpy as np

from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint
from edge.session.summary import TaskMeasure
from edge.session.tasks.baseline import Baseline
from edge.session.tasks.frame import TaskFrame
from edge.session.tasks.measured import known, unknown
from edge.spine.bend import BendCourse, BendFrame, above_floor_px, course_of, deviation_of, flexion_deg, tip_of
from edge.spine.coronal import FACTOR
from edge.spine.hump import BackReading, Hump, bend_depth_deg, hump_of
from edge.spine.measures import back_skyline
from edge.spine.sagittal import FACING
from edge.spine.scale import NO_SCALE
from edge.spine.setup import Setup
from edge.spine.skyline import Skyline

DOWN_DEG, UP_DEG = 60.0, 25.0
"""Bent further than the first and come back above the second is one bend."""
STANDING_DEG = 30.0
REACH_LIMIT_MM = 39.0
"""Smallest detectable change of fingertip-to-floor by tape, 33 to 39 mm [FTF2]; the camera's own is not known yet."""
REACHED_MM = 20.0
CALM = 5
"""Frames: the median of so many neighbours counts, one odd frame does not."""
NO_OUTLINE = "this station draws no outline: set models.silhouette to true"
HANDS = {side: (Joint[f"{side.upper()}_WRIST"], Joint[f"{side.upper()}_INDEX"]) for side in ("left", "right")}


class Bending:
    """
    Follows a person from standing into bends and back.

    Seen from behind or in front it gives B5 and the hump hint, seen from a side B4; B3 from wherever a hand is seen.
    """

    def __init__(self, stood: Baseline, view: BodyView, setup: Setup, size_px: tuple[int, int], outline: bool) -> None:
        self._stood, self._view, self._setup, self._size_px = stood, view, setup, size_px
        self._outline = outline
        self._frames: list[BendFrame] = []
        self._backs: list[BackReading] = []
        self._hands_px: dict[str, list[float]] = {side: [] for side in HANDS}
        self._repetitions, self._down = 0, False

    @property
    def repetitions(self) -> int:
        """Bends that went down and came up again."""
        return self._repetitions

    def add(self, frame: TaskFrame) -> None:
        """Take in a frame."""
        depth = self._depth_deg(frame)
        if depth is None:
            return
        deviation = deviation_of(frame.hips, frame.shoulders, FACTOR.get(self._view, 0.0), self._stood.trunk_px)
        self._frames.append(BendFrame(frame.time_s, depth, deviation or 0.0))
        if depth >= DOWN_DEG:
            self._down = True
            self._reach(frame)
        elif depth <= UP_DEG and self._down:
            self._down = False
            self._repetitions += 1
        if depth >= STANDING_DEG and frame.silhouette is not None and self._view in FACTOR:
            found = back_skyline(frame.silhouette, frame.landmarks, self._view, self._setup, self._size_px)
            if isinstance(found, Skyline):
                self._backs.append(BackReading(depth, found.angle_deg))

    def measures(self) -> list[TaskMeasure]:
        """B3 of both hands, B4, B5 and B6."""
        course = course_of(_calm(self._frames))
        return [*(self._hand(side) for side in HANDS), self._flexion(course), *self._deviation(course)]

    def hump(self) -> Hump | None:
        """B2; None where the back's outline is not to be seen at all: from a side."""
        if self._view not in FACTOR:
            return None
        return hump_of(self._backs) if self._outline else Hump(None, None, NO_OUTLINE, None, ())

    def _depth_deg(self, frame: TaskFrame) -> float | None:
        if self._view in FACING:
            return flexion_deg(frame.hips, frame.shoulders, FACING[self._view])
        return bend_depth_deg(frame.hips[1], frame.shoulders[1], self._stood.trunk_px)

    def _reach(self, frame: TaskFrame) -> None:
        for side, joints in HANDS.items():
            wrist, knuckle = (frame.body.point(joint) for joint in joints)
            if wrist is not None and knuckle is not None and self._stood.floor_px is not None:
                self._hands_px[side].append(above_floor_px([tip_of(wrist, knuckle)], self._stood.floor_px))

    def _hand(self, side: str) -> TaskMeasure:
        row, name = f"B3_{side}", f"{side.capitalize()} fingertips above the floor"
        lowest, px_per_m = sorted(self._hands_px[side])[:CALM], self._stood.scale.px_per_m
        if len(lowest) < CALM:
            return unknown(row, name, "mm", f"{side} hand not seen in the bend")
        if px_per_m is None:
            return unknown(row, name, "mm", NO_SCALE)
        mm = lowest[CALM // 2] / px_per_m * 1000
        words = "reaches the floor" if mm <= REACHED_MM else f"{mm / 10:.0f} cm ± {REACH_LIMIT_MM / 10:.0f} cm"
        return known(row, name, "mm", mm, words, REACH_LIMIT_MM)

    def _flexion(self, course: BendCourse | str) -> TaskMeasure:
        row, name = "B4", "Range of the forward bend"
        if self._view not in FACING:
            return unknown(row, name, "deg", "can be seen from the side only")
        if isinstance(course, str):
            return unknown(row, name, "deg", course)
        return known(row, name, "deg", course.range_deg, f"{course.range_deg:.0f}°, hips to shoulders")

    def _deviation(self, course: BendCourse | str) -> list[TaskMeasure]:
        rows = (("B5", "Sideways deviation in the bend"), ("B6", "Way down against way up"))
        if self._view not in FACTOR:
            return [unknown(row, name, "%trunk", "can be seen from behind or in front only") for row, name in rows]
        if isinstance(course, str):
            return [unknown(row, name, "%trunk", course) for row, name in rows]
        side = "right" if course.deviation > 0 else "left"
        aside = known(
            *rows[0], "%trunk", course.deviation, f"up to {abs(course.deviation):.0f} % of the trunk to the {side}"
        )
        if course.return_difference is None:
            return [aside, unknown(*rows[1], "%trunk", "the person did not come up again")]
        back = course.return_difference
        return [aside, known(*rows[1], "%trunk", back, f"differ by {back:.0f} % of the trunk")]


def _calm(frames: Sequence[BendFrame]) -> list[BendFrame]:
    """The same frames; depth and deviation are medians over neighbours."""
    if len(frames) < CALM:
        return list(frames)
    half = CALM // 2
    values = np.array([(frame.flexion_deg, frame.deviation) for frame in frames])
    around = np.lib.stride_tricks.sliding_window_view(np.pad(values, ((half, half), (0, 0)), mode="edge"), CALM, axis=0)
    calm = np.median(around, axis=-1)
    return [
        BendFrame(frame.time_s, float(depth), float(side)) for frame, (depth, side) in zip(frames, calm, strict=True)
    ]
