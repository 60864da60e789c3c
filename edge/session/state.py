"""Where a session stands: everything the screen and the lamps need to know."""

from dataclasses import dataclass
from enum import Enum

from edge.guidance.guidance import Guidance
from edge.session.summary import SessionSummary
from edge.session.tasks.view import ScoliometerView, TaskView
from edge.spine.measure import SpineMeasures


class Phase(str, Enum):
    """The steps of a session."""

    IDLE = "idle"
    POSITION = "position"
    TAKE = "take"
    BETWEEN = "between"
    PAUSED = "paused"
    TASK = "task"
    SCOLIOMETER = "scoliometer"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class SessionState:
    """
    One moment of a session.

    Attributes:
        phase: the step.
        guidance: what to tell the person.
        take: number of the current or next take, 1..takes; 0 when idle.
        takes: how many takes the protocol asks for.
        progress: 0..1 through the current step (hold, take, pause); None where it has no length.
        live: the measures of the newest usable frame, None when there is none.
        summary: the finished session's summary, in phase RESULT only.
        draft: what the session would leave if it were cut off now, in phases TASK and SCOLIOMETER only; the same object
            until more has been done.
        task: where the movement task stands, in phase TASK only.
        scoliometer: what has been entered, in phase SCOLIOMETER only.
    """

    phase: Phase
    guidance: Guidance
    take: int
    takes: int
    progress: float | None
    live: SpineMeasures | None
    summary: SessionSummary | None
    task: TaskView | None = None
    scoliometer: ScoliometerView | None = None
    draft: SessionSummary | None = None
