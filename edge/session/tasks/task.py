"""
One task as a state machine without a clock of its own.

INSTRUCTION -> COUNTDOWN -> MOVING -> RATING -> DONE. The countdown starts once the whole body is in the picture, and
goes back to the instruction when it is not any more. Whatever goes wrong ends in a partial result with the reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from edge.guidance.fault import Fault
from edge.pose.body_view import BodyView
from edge.pose.observation import Observation
from edge.session.tasks.absence import WORDS, Absence
from edge.session.tasks.baseline import Baseline, baseline_of
from edge.session.tasks.bending import Bending
from edge.session.tasks.frame import TaskFrame, fault_of, frame_of
from edge.session.tasks.inputs import Input, Key
from edge.session.tasks.jumping import Jumping
from edge.session.tasks.measured import Movement
from edge.session.tasks.number import NumberEntry
from edge.session.tasks.plan import WANTED, TaskKind, TaskPlan
from edge.session.tasks.view import TaskStep
from edge.session.tasks.walking import Walking
from edge.spine.setup import Setup

GLITCH_S = 0.3
"""A fault that lasts less long does not stop a countdown."""
WHOLE_S = 1.0
"""How long the whole body has to be in the picture before the countdown."""
AFTER_S = 0.7
"""The movement is watched so much longer after the last repetition: the landing, the way up."""
FAULTS = {
    "nobody": "nobody was in the picture",
    "two_people": "more than one person was in view",
    "not_seen": "parts of the body were not seen clearly",
    "task_whole_body": "the whole body was not in the picture",
}
RATING = NumberEntry(low=0, high=100, step=5, start=50)


@dataclass(frozen=True, slots=True)
class Place:
    """
    What a task is measured with.

    Attributes:
        view: the side the camera has to see.
        setup: what is known about the place.
        size_px: width and height of the upright frames.
        due_hz: how many frames a second are due.
    """

    view: BodyView
    setup: Setup
    size_px: tuple[int, int]
    due_hz: float


class TaskRun:
    """
    The state machine.

        run = TaskRun(TaskKind.JUMP, plan, place, now_s)
        run.update(now_s, fresh_observations, trouble)   # each loop
        if run.step is TaskStep.DONE: report = report_of(run)

    Attributes:
        kind: which task.
        place: what it is measured with.
        step: where it stands.
        since_s: when the step began, monotonic seconds.
        fault: what is wrong with the newest frame, or None.
        why: why it is not complete; None as long as nothing is wrong.
        skipped: whether the person did not want it.
        rating: what has been entered.
        confirmed: whether the rating counts.
        movement: what watches it; None until the movement has begun.
        seen: frames of the movement that came.
        usable: frames of the movement with the whole body in them.
        moved_s: how long the movement lasted.
        index: what judges the movement.
    """

    def __init__(self, kind: TaskKind, plan: TaskPlan, place: Place, now_s: float) -> None:
        self.kind, self.place, self._plan = kind, place, plan
        self.step, self.since_s = TaskStep.INSTRUCTION, now_s
        self.fault: Fault | None = Fault("nobody")
        self.why: str | None = None
        self.skipped, self.confirmed = False, False
        self.rating = RATING
        self.movement: Movement | None = None
        self.seen, self.usable, self.moved_s = 0, 0, 0.0
        self.index = plan.new_index()
        self._whole_s: float | None = None
        self._last_whole_s = now_s
        self._standing: list[TaskFrame] = []
        self._newest_s, self._absence = now_s, Absence()
        self._done_s: float | None = None
        self._rated_s = now_s

    @property
    def wanted(self) -> int:
        """Repetitions that make it complete."""
        return WANTED[self.kind]

    @property
    def repetitions(self) -> int:
        """Repetitions so far."""
        return 0 if self.movement is None else self.movement.repetitions

    def update(self, now_s: float, observations: Sequence[Observation], trouble: str | None) -> None:
        """
        Carry the task on.

        Args:
            now_s: monotonic seconds; never runs backwards.
            observations: fresh ones, each once and in order.
            trouble: in words, what keeps frames from being trusted; None while they can be.
        """
        for observation in observations:
            self._take_in(observation)
        match self.step:
            case TaskStep.INSTRUCTION:
                self._instruct(now_s)
            case TaskStep.COUNTDOWN:
                self._count_down(now_s)
            case TaskStep.MOVING:
                self._watch(now_s)
            case TaskStep.RATING:
                self._rate(now_s)
        if self.step not in (TaskStep.RATING, TaskStep.DONE):
            self._check(now_s, trouble)

    def put(self, now_s: float, entered: Input) -> None:
        """A key or a touch."""
        if entered is Key.SKIP and self.step is TaskStep.RATING:
            self._enter(TaskStep.DONE, now_s)
        elif entered is Key.SKIP:
            self.skip(now_s)
        elif entered is Key.CONFIRM and self.step is TaskStep.RATING and self.rating.value is not None:
            self._confirm(now_s)
        elif self.step is TaskStep.RATING:
            self.rating, self._rated_s = self.rating.put(entered), now_s

    def press(self, now_s: float) -> None:
        """The one button: skips the task, or steps the rating."""
        if self.step is TaskStep.RATING:
            self.rating, self._rated_s = self.rating.press(), now_s
        else:
            self.skip(now_s)

    def skip(self, now_s: float) -> None:
        """Not suitable for this person."""
        self.skipped = True
        self.end(now_s, "skipped: not suitable for me")

    def end(self, now_s: float, why: str) -> None:
        """Stop here; what has been measured stays."""
        if self.step is TaskStep.DONE:
            return
        if self.step is not TaskStep.RATING:
            self.why = why
        if self.step is TaskStep.MOVING:
            self.moved_s = now_s - self.since_s
        self._enter(TaskStep.DONE, now_s)

    def _take_in(self, observation: Observation) -> None:
        upright = self.step is not TaskStep.MOVING
        self.fault = fault_of(observation, self.place.size_px, upright=upright)
        self._newest_s = observation.time_s
        if self.fault is None:
            self._whole_s = observation.time_s if self._whole_s is None else self._whole_s
            self._last_whole_s = observation.time_s
        elif observation.time_s - self._last_whole_s > GLITCH_S:
            self._whole_s = None
        frame = None if self.fault else frame_of(observation, self.place.setup.roll_deg or 0.0)
        if self.step is TaskStep.COUNTDOWN and frame is not None:
            self._standing.append(frame)
        if self.step is TaskStep.MOVING and observation.time_s >= self.since_s:
            self.seen += 1
            self.index.see(observation)
            if frame is not None and self.movement is not None:
                self.usable += 1
                self.movement.add(frame)

    def _instruct(self, now_s: float) -> None:
        read = now_s - self.since_s >= self._plan.read_s
        if read and self._whole_s is not None and self._last_whole_s - self._whole_s >= WHOLE_S:
            self._standing.clear()
            self._enter(TaskStep.COUNTDOWN, now_s)
        elif now_s - self.since_s >= self._plan.start_s:
            self.end(now_s, f"not started: {_said(self.fault)}")

    def _count_down(self, now_s: float) -> None:
        if self._whole_s is None:
            # The time to find the place is not given twice.
            self.step = TaskStep.INSTRUCTION
            self.since_s = min(self.since_s, now_s - self._plan.read_s)
        elif now_s - self.since_s >= self._plan.countdown_s:
            stood = baseline_of(self._standing, self.place.setup, self.place.size_px)
            if stood is None:
                self.end(now_s, "not started: too few pictures of the person standing")
                return
            self.movement = self._movement(stood)
            self._enter(TaskStep.MOVING, now_s)

    def _watch(self, now_s: float) -> None:
        if self._done_s is None and self.repetitions >= self.wanted:
            self._done_s = now_s
        lasted_s = now_s - self.since_s
        if self._done_s is not None and now_s - self._done_s >= AFTER_S:
            self._finish(now_s, None)
        elif lasted_s >= self._plan.task_s:
            fault = "" if self.fault is None else f"; {_said(self.fault)}"
            made = f"{self.repetitions} of {self.wanted}" if self.repetitions else "the movement was not begun"
            self._finish(now_s, f"time was up: {made}{fault}")

    def _rate(self, now_s: float) -> None:
        if self.rating.value is not None and now_s - self._rated_s >= self._plan.confirm_s:
            self._confirm(now_s)
        elif now_s - self.since_s >= self._plan.rating_s:
            self._enter(TaskStep.DONE, now_s)

    def _check(self, now_s: float, trouble: str | None) -> None:
        """End the task when nobody, somebody else or no picture has been there for too long."""
        cause = self._absence.lasting(now_s, self._newest_s, self.fault, trouble)
        # Who has not come yet may still come: the instruction's own time is for that.
        if cause is None or (self.step is TaskStep.INSTRUCTION and cause != "vision"):
            return
        why = WORDS[cause] if trouble is None else f"{WORDS[cause]}: {trouble}"
        if self.step is TaskStep.MOVING:
            self._finish(now_s, why)
        else:
            self.end(now_s, f"not started: {why}")

    def _finish(self, now_s: float, why: str | None) -> None:
        """The movement is over: a rating is asked for if anything was done."""
        self.why = why
        self.moved_s = now_s - self.since_s
        self._rated_s = now_s
        self._enter(TaskStep.RATING if self.repetitions else TaskStep.DONE, now_s)

    def _confirm(self, now_s: float) -> None:
        self.confirmed = True
        self._enter(TaskStep.DONE, now_s)

    def _enter(self, step: TaskStep, now_s: float) -> None:
        self.step, self.since_s = step, now_s

    def _movement(self, stood: Baseline) -> Movement:
        match self.kind:
            case TaskKind.TOUCH_TOES:
                place = self.place
                return Bending(stood, place.view, place.setup, place.size_px, self._plan.outline)
            case TaskKind.WALK:
                return Walking(stood)
            case TaskKind.JUMP:
                return Jumping(stood)


def _said(fault: Fault | None) -> str:
    return "the movement was not begun" if fault is None else FAULTS[fault.code]
