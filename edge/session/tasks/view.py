"""Where a task stands: everything its screen needs."""

from dataclasses import dataclass
from enum import Enum

from edge.session.tasks.number import NumberEntry
from edge.session.tasks.plan import TaskKind


class TaskStep(str, Enum):
    """The steps of a task."""

    INSTRUCTION = "instruction"
    COUNTDOWN = "countdown"
    MOVING = "moving"
    RATING = "rating"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class TaskView:
    """
    One moment of a task.

    Attributes:
        kind: which task.
        step: where it stands.
        number: 1 for the first task of the session.
        of: how many tasks there are.
        repetitions: bends, steps or jumps so far.
        wanted: how many make it complete.
        left_s: seconds left of this step; None in the instruction.
        whole: whether the whole body is in the picture now.
        beat: 0..1 through the movement of the animated figure, over and over.
        rating: what has been entered; None outside of the rating.
        outline: whether the person's outline is wanted now.
    """

    kind: TaskKind
    step: TaskStep
    number: int
    of: int
    repetitions: int
    wanted: int
    left_s: float | None
    whole: bool
    beat: float
    rating: NumberEntry | None
    outline: bool


@dataclass(frozen=True, slots=True)
class ScoliometerView:
    """
    One moment of entering the scoliometer's readings.

    Attributes:
        level: the stretch of the back that is asked for.
        number: 1 to 3.
        entry: what has been entered.
        left_s: seconds left.
    """

    level: str
    number: int
    entry: NumberEntry
    left_s: float
