"""Numbers of a task as a person reads them."""

from typing import Literal, Protocol

from edge.session.summary import TaskMeasure
from edge.session.tasks.frame import TaskFrame

Unit = Literal["deg", "mm", "%trunk", "%", "steps/min", "s"]


class Movement(Protocol):
    """What watches one movement."""

    @property
    def repetitions(self) -> int:
        """How many bends, steps or jumps have been made."""

    def add(self, frame: TaskFrame) -> None:
        """Take in a frame in which the whole body was seen; frames come in the order of their time."""

    def measures(self) -> list[TaskMeasure]:
        """Everything this movement can give, each with a value or a reason."""


def known(row: str, name: str, unit: Unit, value: float, words: str, limit: float | None = None) -> TaskMeasure:
    """A value; a limit is told with it in the measure's unit."""
    return TaskMeasure(
        id=row,
        name=name,
        value=round(value, 3),
        unit=unit,
        limit=None if limit is None else round(limit, 3),
        words=words,
        reason=None,
    )


def unknown(row: str, name: str, unit: Unit, reason: str) -> TaskMeasure:
    """No value, and why."""
    return TaskMeasure(id=row, name=name, value=None, unit=unit, limit=None, words=None, reason=reason)


def without_values(measures: list[TaskMeasure], reason: str) -> list[TaskMeasure]:
    """The same measures of a movement that cannot be trusted: none has a value."""
    return [
        measure.model_copy(update={"value": None, "limit": None, "words": None, "reason": reason})
        for measure in measures
    ]
