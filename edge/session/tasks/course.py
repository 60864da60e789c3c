"""The tasks of a session, one after the other."""

from collections.abc import Sequence

from edge.pose.observation import Observation
from edge.session.summary import HumpHint, Task
from edge.session.tasks.inputs import Input
from edge.session.tasks.plan import WANTED, TaskKind, TaskPlan
from edge.session.tasks.report import hint_of, not_tried, report_of
from edge.session.tasks.task import Place, TaskRun
from edge.session.tasks.view import TaskStep, TaskView

TIME_UP = "the session's time was up"
BEAT_S = {TaskKind.TOUCH_TOES: 4.0, TaskKind.WALK: 1.2, TaskKind.JUMP: 2.4}
"""How long one round of the animated figure takes."""


class TaskCourse:
    """
    Leads through the tasks of a plan.

        course = TaskCourse(plan, place, now_s, deadline_s)
        course.update(now_s, observations, trouble)
        if course.over: tasks, hump = course.tasks, course.hump

    Attributes:
        tasks: what is left of the tasks that are over.
        hump: the hint of the bend; None as long as there is none.
        number: of the current task, from 1.
    """

    def __init__(self, plan: TaskPlan, place: Place, now_s: float, deadline_s: float) -> None:
        """
        Args:
            plan: at least one task.
            place: where the session's own view is measured.
            now_s: monotonic seconds.
            deadline_s: no task goes on after this.
        """
        self._plan, self._place, self._deadline_s = plan, place, deadline_s
        self.tasks: list[Task] = []
        self.hump: HumpHint | None = None
        self.number = 0
        self._run: TaskRun | None = None
        self._began_s = now_s
        self._next(now_s)

    @property
    def over(self) -> bool:
        """Whether no task is left."""
        return self._run is None

    @property
    def run(self) -> TaskRun | None:
        """The current task; None when all are over."""
        return self._run

    def update(self, now_s: float, observations: Sequence[Observation], trouble: str | None) -> None:
        """Carry the current task on; see `TaskRun.update`."""
        if self._run is None:
            return
        if now_s >= self._deadline_s:
            self.stop(now_s, TIME_UP)
            return
        self._run.update(now_s, observations, trouble)
        self._settle(now_s)

    def put(self, now_s: float, entered: Input) -> None:
        """A key or a touch."""
        if self._run is not None:
            self._run.put(now_s, entered)
            self._settle(now_s)

    def press(self, now_s: float) -> None:
        """The one button."""
        if self._run is not None:
            self._run.press(now_s)
            self._settle(now_s)

    def stop(self, now_s: float, why: str) -> None:
        """End the current task here, and the others before they begin."""
        if self._run is None:
            return
        self._run.end(now_s, why)
        self._keep(self._run)
        self.tasks += refused(self._plan, self._place, why)[self.number :]
        self._run = None

    @property
    def done(self) -> tuple[int, bool]:
        """How many tasks are over, and whether the movement of one more is, which waits for its rating."""
        return len(self.tasks), self._run is not None and self._run.step is TaskStep.RATING

    def broken_off(self, why: str) -> tuple[list[Task], HumpHint | None]:
        """The records and the hint there would be if everything ended now; a movement that goes on counts for none."""
        tasks, hump = list(self.tasks), self.hump
        if self._run is not None and self._run.step is TaskStep.RATING:
            tasks.append(report_of(self._run).model_copy(update={"rating_reason": why}))
            hump = hint_of(self._run) or hump
        return [*tasks, *refused(self._plan, self._place, why)[len(tasks) :]], hump

    def view(self, now_s: float) -> TaskView | None:
        """What the screen needs; None when all are over."""
        run = self._run
        if run is None:
            return None
        lengths_s = {
            TaskStep.COUNTDOWN: self._plan.countdown_s,
            TaskStep.MOVING: self._plan.task_s,
            TaskStep.RATING: self._plan.rating_s,
        }
        length_s = lengths_s.get(run.step)
        bends = run.kind is TaskKind.TOUCH_TOES and run.step in (TaskStep.COUNTDOWN, TaskStep.MOVING)
        return TaskView(
            kind=run.kind,
            step=run.step,
            number=self.number,
            of=len(self._plan.kinds),
            repetitions=run.repetitions,
            wanted=run.wanted,
            left_s=None if length_s is None else max(0.0, length_s - (now_s - run.since_s)),
            whole=run.fault is None,
            beat=(now_s - self._began_s) / BEAT_S[run.kind] % 1.0,
            rating=run.rating if run.step is TaskStep.RATING else None,
            outline=bends and self._plan.outline,
        )

    def _settle(self, now_s: float) -> None:
        if self._run is not None and self._run.step is TaskStep.DONE:
            self._keep(self._run)
            self._next(now_s)

    def _keep(self, run: TaskRun) -> None:
        self.tasks.append(report_of(run))
        self.hump = hint_of(run) or self.hump

    def _next(self, now_s: float) -> None:
        if self.number == len(self._plan.kinds):
            self._run = None
            return
        kind = self._plan.kinds[self.number]
        self.number += 1
        place = Place(
            self._plan.view_of(kind, self._place.view), self._place.setup, self._place.size_px, self._place.due_hz
        )
        self._run = TaskRun(kind, self._plan, place, now_s)


def refused(plan: TaskPlan, place: Place, why: str) -> list[Task]:
    """The records of all tasks of a plan that was not carried out."""
    return [not_tried(kind, plan.view_of(kind, place.view), WANTED[kind], why) for kind in plan.kinds]
