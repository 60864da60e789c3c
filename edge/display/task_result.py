"""The second page of a result: what the tasks gave, the hint of the bend, the scoliometer."""

from collections.abc import Sequence

from edge.display.card import Card
from edge.display.scoliometer import said
from edge.display.task import NAMES, UNITS
from edge.display.theme import AMBER, GREEN, MIST, NO_FLAG, NO_VALUE, Sign
from edge.risk.movement_risk import CAVEAT, USUAL_UP_TO
from edge.session.summary import HumpHint, ScoliometerReading, SessionSummary, Task
from edge.session.tasks.plan import TaskKind

NO_BREAK_SPACE = "\u00a0"
COMPLETE = Sign(GREEN, "tick", "complete")
SIGNS = {
    "complete": COMPLETE,
    "partial": Sign(MIST, "dash", "partly"),
    "skipped": Sign(MIST, "dash", "skipped"),
    "not_started": Sign(MIST, "dash", "not started"),
}
HINT = Sign(AMBER, "triangle", "a hint")


def more_cards(summary: SessionSummary) -> tuple[Card, ...]:
    """One card for each task, for the movement index, the bend and the scoliometer, as far as there are any."""
    cards = [_task(task) for task in summary.tasks]
    if summary.tasks:
        cards.append(_index(summary.tasks))
    if summary.hump is not None:
        cards.append(_hump(summary.hump))
    if summary.scoliometer:
        cards.append(_scoliometer(summary.scoliometer))
    return tuple(cards)


def _task(task: Task) -> Card:
    kind = TaskKind(task.kind)
    measured = [f"{measure.name}: {measure.words}" for measure in task.measures if measure.words is not None]
    missing = [measure.reason for measure in task.measures if measure.reason is not None]
    words = measured or ([] if task.reason is not None else missing[:1])
    if task.reason is not None:
        words = [task.reason, *words]
    if task.rating is not None:
        words.append(f"comfort {task.rating} of 100")
    made = f"{task.repetitions} {UNITS[kind]}" if task.repetitions else ""
    said_ = "; ".join(words) or "nothing was measured"
    return Card(
        NAMES[kind],
        made,
        said_.replace(" %", f"{NO_BREAK_SPACE}%").replace("± ", f"±{NO_BREAK_SPACE}"),
        SIGNS[task.outcome],
    )


def _index(tasks: Sequence[Task]) -> Card:
    name = f"Movement index, {CAVEAT}, usual up to {USUAL_UP_TO:g}"
    known = []
    for task in tasks:
        if task.index.value is not None:
            margin = "" if task.index.uncertainty is None else f" ± {task.index.uncertainty:.2f}"
            known.append(f"{NAMES[TaskKind(task.kind)]} {task.index.value:.2f}{margin}")
    if known:
        return Card(name, "", "; ".join(known), NO_FLAG)
    reasons = [task.index.reason for task in tasks if task.index.reason is not None]
    return Card(name, "", f"not known: {reasons[-1] if reasons else 'no task was done'}", NO_VALUE)


def _hump(hump: HumpHint) -> Card:
    name = "Back in the forward bend, experimental"
    if hump.side is None:
        return Card(name, "", f"no hint: {hump.reason}", NO_VALUE)
    return Card(name, "", f"{hump.side} side looks higher, {hump.band} part of the back", HINT)


def _scoliometer(readings: Sequence[ScoliometerReading]) -> Card:
    words = [f"{one.level} {_reading(one.atr_deg)}" for one in readings]
    return Card("Scoliometer, as entered", "", "; ".join(words), NO_FLAG)


def _reading(atr_deg: int | None) -> str:
    return "not taken" if atr_deg is None else "level" if atr_deg == 0 else f"{abs(atr_deg)}° {said(atr_deg)}"
