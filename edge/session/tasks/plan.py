"""Which tasks a session asks for, and how long each step may take."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from edge.pose.body_view import BodyView
from edge.session.tasks.index import MovementIndex, NoMovementIndex


class TaskKind(str, Enum):
    """The three tasks."""

    TOUCH_TOES = "touch_toes"
    WALK = "walk"
    JUMP = "jump"


WANTED = {TaskKind.TOUCH_TOES: 2, TaskKind.WALK: 14, TaskKind.JUMP: 3}
"""Repetitions that make a task complete: bends, steps (two more than comparing sides needs), jumps."""


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """
    The second part of a session.

    Attributes:
        kinds: the tasks in their order; empty for none.
        bend_view: the side the camera has to see while the person bends; the other tasks begin with the session's own.
        read_s: how long an instruction stays at least.
        start_s: how long a person may take until the whole body is in the picture.
        countdown_s: of quiet standing before the movement.
        task_s: how long a movement may take at most.
        rating_s: how long the rating is waited for.
        confirm_s: a rating that is not changed for so long counts as confirmed.
        session_s: no task goes on after so many seconds of the session.
        scoliometer: whether somebody is asked for the scoliometer's readings at the end.
        scoliometer_s: how long that is waited for.
        outline: whether the person's outline can be had.
        new_index: makes what judges one task.
    """

    kinds: tuple[TaskKind, ...] = ()
    bend_view: BodyView = BodyView.BACK
    read_s: float = 5.0
    start_s: float = 20.0
    countdown_s: float = 3.0
    task_s: float = 60.0
    rating_s: float = 20.0
    confirm_s: float = 4.0
    session_s: float = 300.0
    scoliometer: bool = False
    scoliometer_s: float = 120.0
    outline: bool = False
    new_index: Callable[[], MovementIndex] = NoMovementIndex

    def __post_init__(self) -> None:
        if len(set(self.kinds)) < len(self.kinds):
            raise ValueError("each task can be asked for once")
        if not 0 < self.task_s <= 60:
            raise ValueError(f"a task lasts up to 60 s, got {self.task_s}")

    @property
    def asks(self) -> bool:
        """Whether there is anything to do after the standing takes."""
        return bool(self.kinds) or self.scoliometer

    def view_of(self, kind: TaskKind, standing: BodyView) -> BodyView:
        """The side the camera has to see at the beginning of a task."""
        return self.bend_view if kind is TaskKind.TOUCH_TOES else standing


NO_TASKS = TaskPlan()
