"""What may follow the standing takes: the movement tasks, then the scoliometer's readings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from edge.guidance.texts import TEXTS
from edge.pose.observation import Observation
from edge.session.protocol import ScreeningProtocol, VisionHealth
from edge.session.state import Phase
from edge.session.summary import HumpHint, ScoliometerReading, SessionSummary, Task
from edge.session.tasks.course import TaskCourse, refused
from edge.session.tasks.inputs import Input
from edge.session.tasks.plan import TaskPlan
from edge.session.tasks.scoliometer import ScoliometerEntry
from edge.session.tasks.task import Place, TaskRun
from edge.session.tasks.view import ScoliometerView, TaskView
from edge.spine.setup import Setup

CUT_OFF = "the station went off before this was over"
"""Why something is missing in a summary whose session nobody ended."""


@dataclass(frozen=True, slots=True)
class Extra:
    """
    What the second part leaves behind.

    Attributes:
        tasks: however far each came; empty where none was asked for.
        hump: the hint of the forward bend, or None.
        scoliometer: what was entered; empty where nobody was asked.
    """

    tasks: tuple[Task, ...] = ()
    hump: HumpHint | None = None
    scoliometer: tuple[ScoliometerReading, ...] = ()


def place_of(protocol: ScreeningProtocol, setup: Setup, size_px: tuple[int, int], vision: VisionHealth) -> Place:
    """What the tasks are measured with."""
    return Place(protocol.view, setup, size_px, vision.camera_hz or protocol.due_hz)


def nothing_but(plan: TaskPlan, place: Place, why: str) -> Extra:
    """The second part of a session that did not come to it."""
    return Extra(tuple(refused(plan, place, why)))


class Afterwards:
    """
    The second part of a session.

        after = Afterwards(plan, place, now_s, started_s)
        after.update(now_s, observations, vision)
        if after.over: extra = after.extra
    """

    def __init__(self, plan: TaskPlan, place: Place, now_s: float, started_s: float) -> None:
        self._plan = plan
        self._course = TaskCourse(plan, place, now_s, started_s + plan.session_s)
        self._entry: ScoliometerEntry | None = None
        self._draft: tuple[tuple[int, bool, int], SessionSummary] | None = None
        self._follow(now_s)

    @property
    def phase(self) -> Phase:
        """Which of the two it is."""
        return Phase.SCOLIOMETER if self._course.over else Phase.TASK

    @property
    def over(self) -> bool:
        """Whether both are."""
        return self._course.over and (self._entry is None or self._entry.over)

    @property
    def run(self) -> TaskRun | None:
        """The current task."""
        return self._course.run

    @property
    def extra(self) -> Extra:
        """What is left of it so far."""
        readings = () if self._entry is None else tuple(self._entry.readings)
        return Extra(tuple(self._course.tasks), self._course.hump, readings)

    def draft(self, summarise: Callable[[Extra], SessionSummary]) -> SessionSummary:
        """The session as it would be left if the station went off now; made anew only when more has been done."""
        done = *self._course.done, 0 if self._entry is None else len(self._entry.readings)
        if self._draft is None or self._draft[0] != done:
            tasks, hump = self._course.broken_off(CUT_OFF)
            readings = () if self._entry is None else tuple(self._entry.broken_off())
            self._draft = done, summarise(Extra(tuple(tasks), hump, readings))
        return self._draft[1]

    def update(self, now_s: float, observations: Sequence[Observation], vision: VisionHealth) -> None:
        """Carry it on."""
        trouble = None if vision.trouble is None else TEXTS[vision.trouble].text
        self._course.update(now_s, observations, trouble)
        self._follow(now_s)
        if self._entry is not None:
            self._entry.update(now_s)

    def put(self, now_s: float, entered: Input) -> None:
        """A key or a touch."""
        if self._entry is not None:
            self._entry.put(entered)
        else:
            self._course.put(now_s, entered)
            self._follow(now_s)

    def press(self, now_s: float) -> None:
        """The one button; it enters no scoliometer reading."""
        self._course.press(now_s)
        self._follow(now_s)

    def stop(self, now_s: float, why: str) -> None:
        """End both here; what there is stays."""
        self._course.stop(now_s, why)
        if self._entry is not None:
            self._entry.stop()
        self._plan = TaskPlan()

    def task(self, now_s: float) -> TaskView | None:
        """What the task's screen needs."""
        return self._course.view(now_s)

    def scoliometer(self, now_s: float) -> ScoliometerView | None:
        """What the scoliometer's screen needs."""
        return None if self._entry is None else self._entry.view(now_s)

    def _follow(self, now_s: float) -> None:
        if self._course.over and self._plan.scoliometer and self._entry is None:
            self._entry = ScoliometerEntry(now_s, self._plan.scoliometer_s)
