"""What is said at one moment of a task."""

from dataclasses import replace

from edge.guidance.coach import Coach
from edge.guidance.fault import Fault
from edge.guidance.guidance import Guidance
from edge.guidance.texts import say, say_fault
from edge.session.tasks.view import ScoliometerView, TaskStep, TaskView


def say_task(now_s: float, task: TaskView, fault: Fault | None, coach: Coach) -> Guidance:
    """
    One sentence for the person who does the task.

    Args:
        now_s: monotonic seconds.
        task: where it stands.
        fault: what is wrong with the newest frame.
        coach: remembers what was said before.
    """
    match task.step:
        case TaskStep.INSTRUCTION:
            told = say(f"task_{task.kind.value}")
            # The instruction stays readable; what is missing stands below it.
            return told if fault is None else replace(told, detail=say_fault(fault).text)
        case TaskStep.COUNTDOWN:
            return say("task_countdown", seconds=str(_whole(task.left_s)))
        case TaskStep.RATING:
            return say("task_rating")
    go = say(f"task_{task.kind.value}_go", done=str(task.repetitions), wanted=str(task.wanted))
    return coach.advise(now_s, () if fault is None else (fault,), go)


def say_scoliometer(entry: ScoliometerView) -> Guidance:
    """What whoever holds the scoliometer is asked for."""
    return say("scoliometer", level=entry.level)


def _whole(seconds: float | None) -> int:
    return max(1, round((seconds or 0.0) + 0.5))
