"""
Jump on the spot: the height from the time in the air, and how finely this camera can tell it.

Source: a body that is in the air for t has risen by g t squared / 8 (clinical ground J1). One picture more or less at
30 a second is about 4 cm, at 60 about 2 cm.
"""

from dataclasses import dataclass
from statistics import median

from edge.guidance.figure import NOMINAL_TRUNK_M
from edge.session.summary import TaskMeasure
from edge.session.tasks.baseline import TOES, Baseline
from edge.session.tasks.frame import TaskFrame
from edge.session.tasks.measured import known, unknown

GRAVITY_M_S2 = 9.81
CLEAR_M = 0.03
"""In the air is who has both feet's toes this far above where they stood."""
SHORTEST_S, LONGEST_S = 0.12, 1.0
"""Of a time in the air: 2 cm and 1.2 m high."""
LATE = 1.6
"""A frame that comes later than so many periods after the one before hides the moment of take-off or landing."""
ROW = "J1", "Jump height"


@dataclass(frozen=True, slots=True)
class Leap:
    """
    One jump.

    Attributes:
        air_s: time with both feet more than `CLEAR_M` above the floor.
        gap_s: longest time between two frames about take-off and landing.
    """

    air_s: float
    gap_s: float


class Jumping:
    """Follows the toes of a person who jumps."""

    def __init__(self, stood: Baseline) -> None:
        self._stood = stood
        px_per_m = stood.scale.px_per_m or stood.trunk_px / NOMINAL_TRUNK_M
        self._clear_px = CLEAR_M * px_per_m
        self._last: tuple[float, float] | None = None
        self._left_s: float | None = None
        self._gap_s = 0.0
        self._leaps: list[Leap] = []
        self._periods_s: list[float] = []
        self._unseen = 0

    @property
    def repetitions(self) -> int:
        """Landings."""
        return len(self._leaps)

    def add(self, frame: TaskFrame) -> None:
        """Take in a frame."""
        lift = self._lift_px(frame)
        if lift is None:
            self._unseen += 1
            return
        before, self._last = self._last, (frame.time_s, lift)
        if before is None:
            return
        gap_s = frame.time_s - before[0]
        self._periods_s.append(gap_s)
        was, now = before[1] - self._clear_px, lift - self._clear_px
        if was < 0 <= now:
            self._left_s, self._gap_s = before[0] + gap_s * was / (was - now), gap_s
        elif now < 0 <= was and self._left_s is not None:
            air_s = before[0] + gap_s * was / (was - now) - self._left_s
            if SHORTEST_S <= air_s <= LONGEST_S:
                self._leaps.append(Leap(air_s, max(gap_s, self._gap_s)))
            self._left_s = None

    def measures(self) -> list[TaskMeasure]:
        """J1."""
        if not self._leaps:
            return [unknown(*ROW, "mm", "feet not seen" if self._unseen > len(self._periods_s) else "no jump was seen")]
        period_s = median(self._periods_s)
        good = [leap.air_s for leap in self._leaps if leap.gap_s <= LATE * period_s]
        if not good:
            return [unknown(*ROW, "mm", "a picture was lost at take-off or landing of every jump")]
        air_s = median(good)
        height_mm = 1000 * (CLEAR_M + GRAVITY_M_S2 * air_s**2 / 8)
        limit_mm = resolution_mm(air_s, period_s)
        words = f"{height_mm / 10:.0f} cm ± {limit_mm / 10:.0f} cm at {1 / period_s:.0f} pictures a second"
        return [known(*ROW, "mm", height_mm, words, limit_mm)]

    def _lift_px(self, frame: TaskFrame) -> float | None:
        """How far the lower foot's toes are above where they stood."""
        lifts = []
        for side, joint in TOES.items():
            point, stood = frame.body.point(joint), self._stood.toes_px[side]
            if point is None or stood is None:
                return None
            lifts.append(stood - point[1])
        return min(lifts)


def resolution_mm(air_s: float, period_s: float) -> float:
    """
    How much one picture more or less in the air changes the height, millimetres.

    >>> round(resolution_mm(0.45, 1 / 30)), round(resolution_mm(0.45, 1 / 60))
    (37, 18)
    """
    return 1000 * GRAVITY_M_S2 * air_s * period_s / 4
