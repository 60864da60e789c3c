"""Walk: steps, their pace, and whether left and right take as long; nothing is said about sides below twelve steps."""

import math
from dataclasses import dataclass
from statistics import fmean, median

from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint
from edge.session.summary import TaskMeasure
from edge.session.tasks.baseline import Baseline
from edge.session.tasks.frame import TaskFrame
from edge.session.tasks.measured import known, unknown
from edge.spine.coronal import body_lean_deg

FEWEST_STEPS = 12
"""Two metres are three or four steps: so many are needed before left and right may be compared."""
FEWEST_A_FOOT = 3
"""Of those, steps of each foot that were timed: the first and the last one before a turn are not."""
FEWEST_FOR_PACE = 4
SWITCH = 0.08
"""Share of the trunk by which one ankle has to lie lower in the picture than the other: about 3.5 cm."""
NARROW = 0.2
"""Shoulders that are this share of the trunk apart, or less, belong to somebody who turns round."""
UPRIGHT_DEG = 1.9
"""The trunk's lean is told to this on rendered people who stand; a smaller one has no side."""
LONGEST_GAP_S = 0.2
SLOWEST_S, FASTEST_S = 1.5, 0.2
"""A step takes between these."""
ERROR = 1.96 * math.sqrt(2.0 / 3.0)
"""95 % bound of the difference of two means of n / 2 steps each, in camera periods over the root of n."""


@dataclass(frozen=True, slots=True)
class Step:
    """
    From one change of the leading foot to the next.

    Attributes:
        lasted_s: how long.
        foot: the one that led, "left" or "right".
    """

    lasted_s: float
    foot: str


class Walking:
    """Follows the ankles of a person who walks towards the camera or away from it."""

    def __init__(self, stood: Baseline) -> None:
        self._stood = stood
        self._count, self._low, self._facing = 0, 0, 0
        self._switched_s: float | None = None
        self._last: tuple[float, float] | None = None
        self._crossed_s = 0.0
        self._steps: list[Step] = []
        self._leans_deg: list[float] = []
        self._periods_s: list[float] = []

    @property
    def repetitions(self) -> int:
        """Steps."""
        return self._count

    def add(self, frame: TaskFrame) -> None:
        """Take in a frame."""
        left, right = (frame.body.point(joint) for joint in (Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE))
        if left is None or right is None:
            return
        apart = (left[1] - right[1]) / self._stood.trunk_px
        self._turn(frame)
        if self._last is not None:
            gone_s = frame.time_s - self._last[0]
            self._periods_s.append(gone_s)
            if gone_s > LONGEST_GAP_S:
                self._switched_s, self._low = None, 0
            elif self._last[1] * apart <= 0.0 and apart != self._last[1]:
                self._crossed_s = frame.time_s - gone_s * apart / (apart - self._last[1])
        self._last = (frame.time_s, apart)
        if abs(apart) >= SWITCH and self._low != (low := 1 if apart > 0 else -1):
            self._switch(low)

    def measures(self) -> list[TaskMeasure]:
        """G5, G4 and G1."""
        pace = "G5", "Pace"
        if len(self._steps) < FEWEST_FOR_PACE:
            first = unknown(*pace, "steps/min", f"{self._count} steps, {FEWEST_FOR_PACE + 1} in a row are needed")
        else:
            per_minute = 60.0 / fmean(step.lasted_s for step in self._steps)
            first = known(*pace, "steps/min", per_minute, f"{per_minute:.0f} steps a minute")
        return [first, *self._sides()]

    def _sides(self) -> list[TaskMeasure]:
        rows = ("G4", "Left and right step time"), ("G1", "Lean of the trunk while walking")
        steps = len(self._steps)
        times = [[step.lasted_s for step in self._steps if step.foot == foot] for foot in ("left", "right")]
        if self._count < FEWEST_STEPS:
            reason = f"not measurable: {self._count} of {FEWEST_STEPS} steps"
            return [unknown(*rows[0], "%", reason), unknown(*rows[1], "deg", reason)]
        if min(len(foot) for foot in times) < FEWEST_A_FOOT:
            reason = "not measurable: too few steps were seen one after the other"
            return [unknown(*rows[0], "%", reason), unknown(*rows[1], "deg", reason)]
        left_s, right_s = (fmean(foot) for foot in times)
        mean_s = (left_s + right_s) / 2
        share = 100.0 * (right_s - left_s) / mean_s
        limit = 100.0 * ERROR * median(self._periods_s) / math.sqrt(steps) / mean_s
        longer = f"{'right' if share > 0 else 'left'} steps take {abs(share):.0f} % longer"
        words = f"{longer} ± {limit:.0f} %" if abs(share) > limit else f"alike within ± {limit:.0f} %"
        lean = fmean(self._leans_deg)
        aside = f"{abs(lean):.1f}° to the {'right' if lean > 0 else 'left'} on average"
        if abs(lean) < UPRIGHT_DEG:
            aside = "upright on average"
        return [known(*rows[0], "%", share, words, limit), known(*rows[1], "deg", lean, aside)]

    def _turn(self, frame: TaskFrame) -> None:
        """Which way the person faces: +1 away from the camera, -1 towards it, 0 on the turn; a turn ends a step."""
        left, right = (frame.body.point(joint) for joint in (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER))
        if left is None or right is None:
            return
        width = (right[0] - left[0]) / self._stood.trunk_px
        facing = 0 if abs(width) < NARROW else 1 if width > 0 else -1
        if facing != self._facing:
            self._switched_s, self._low = None, 0
        self._facing = facing
        lean = body_lean_deg(frame.hips, frame.shoulders, BodyView.BACK if facing > 0 else BodyView.FRONT)
        if facing and lean is not None:
            self._leans_deg.append(lean)

    def _switch(self, low: int) -> None:
        if self._switched_s is not None and self._facing:
            lasted_s = self._crossed_s - self._switched_s
            if FASTEST_S <= lasted_s <= SLOWEST_S:
                # The foot lower in the picture is nearer to the camera: behind whoever walks away.
                ahead_right = (self._low > 0) == (self._facing > 0)
                self._steps.append(Step(lasted_s, "right" if ahead_right else "left"))
        first = self._low == 0
        self._switched_s = None if first else self._crossed_s
        self._low = low
        self._count += 1
