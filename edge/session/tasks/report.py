"""A task that is over becomes its part of the summary; what was not measured has a reason instead of a number."""

from edge.pose.body_view import BodyView
from edge.risk.movement_risk import MovementRisk
from edge.session.summary import HumpHint, HumpStep, Task, TaskIndex, TaskMeasure, TaskOutcome
from edge.session.tasks.bending import Bending
from edge.session.tasks.measured import without_values
from edge.session.tasks.plan import TaskKind
from edge.session.tasks.task import TaskRun
from edge.spine.hump import Hump

MIN_USABLE_SHARE = 0.85
"""Of the frames due during a movement; with fewer of them nothing that was measured is believed."""


def report_of(run: TaskRun) -> Task:
    """The record of a task."""
    few, reason = _too_few(run), run.why or _too_few(run)
    rated = run.rating.value if run.confirmed else None
    return Task(
        kind=run.kind.value,
        view=run.place.view.value,
        outcome=_outcome(run, reason),
        reason=reason,
        repetitions=run.repetitions,
        wanted=run.wanted,
        duration_s=round(run.moved_s, 3),
        frames_due=_due(run),
        frames_usable=run.usable,
        measures=_measures(run, few),
        index=_index(run.index.finish(), reason if run.movement is None else None),
        rating=rated,
        rating_reason=None if rated is not None else "no rating was given" if run.repetitions else "not asked for",
    )


def not_tried(kind: TaskKind, view: BodyView, wanted: int, why: str) -> Task:
    """The record of a task that the session never came to."""
    return Task(
        kind=kind.value,
        view=view.value,
        outcome="not_started",
        reason=why,
        repetitions=0,
        wanted=wanted,
        duration_s=0.0,
        frames_due=0,
        frames_usable=0,
        measures=[],
        index=TaskIndex(value=None, reason=why),
        rating=None,
        rating_reason="not asked for",
    )


def hint_of(run: TaskRun) -> HumpHint | None:
    """The hump hint of a bend; None for other tasks, before the movement, and for a bend seen from a side."""
    if not isinstance(run.movement, Bending):
        return None
    hump = run.movement.hump()
    few = _too_few(run)
    return None if hump is None else hump_record(hump if few is None else Hump(None, None, few, None, ()))


def hump_record(hump: Hump) -> HumpHint:
    """The hint as it is stored."""
    return HumpHint(
        side=hump.side,
        band=hump.band,
        reason=hump.reason,
        skyline_deg=None if hump.angle_deg is None else round(hump.angle_deg, 2),
        course=[
            HumpStep(depth_deg=round(step.depth_deg, 1), skyline_deg=round(step.angle_deg, 2)) for step in hump.course
        ],
    )


def _outcome(run: TaskRun, reason: str | None) -> TaskOutcome:
    if run.skipped:
        return "skipped"
    if run.movement is None:
        return "not_started"
    return "complete" if reason is None else "partial"


def _due(run: TaskRun) -> int:
    return round(run.moved_s * run.place.due_hz)


def _too_few(run: TaskRun) -> str | None:
    due = _due(run)
    if run.movement is None or run.usable >= MIN_USABLE_SHARE * due:
        return None
    return f"only {100 * run.usable // due} % of the frames could be used"


def _measures(run: TaskRun, few: str | None) -> list[TaskMeasure]:
    found = [] if run.movement is None else run.movement.measures()
    return found if few is None else without_values(found, few)


def _index(risk: MovementRisk, why_not: str | None) -> TaskIndex:
    if risk.index is None or why_not is not None:
        return TaskIndex(value=None, reason=why_not or risk.reason, coverage=risk.coverage)
    parts = risk.parts
    return TaskIndex(
        value=round(risk.index, 3),
        reason=None,
        lean=None if parts is None else round(parts.lean, 3),
        rotation=None if parts is None else round(parts.rotation, 3),
        blades=None if parts is None else round(parts.blades, 3),
        uncertainty=None if risk.uncertainty is None else round(risk.uncertainty, 3),
        coverage=risk.coverage,
    )
