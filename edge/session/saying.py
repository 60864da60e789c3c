"""What a session shows and says at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from edge.guidance.coach import Coach
from edge.guidance.guidance import Guidance
from edge.guidance.texts import say, say_fault
from edge.pose.body_view import BodyView
from edge.session.afterwards import Afterwards
from edge.session.aggregate import signs_of
from edge.session.disturbance import VOID_S
from edge.session.protocol import ScreeningProtocol
from edge.session.sighting import Sighting
from edge.session.state import Phase, SessionState
from edge.session.summary import SessionSummary
from edge.session.take import Take, TakeRecord
from edge.session.tasks.saying import say_scoliometer, say_task
from edge.spine.measure import SpineMeasures

MANY_SIGNS = 3
RECHECK_DEG, EXAMINED_DEG = 5, 7
"""Scoliometer readings from which on a back is looked at again in some months, and by a doctor (clinical ground B1)."""


@dataclass(frozen=True, slots=True)
class Now:
    """
    Everything that decides what is shown.

    Attributes:
        phase: the step.
        now_s: monotonic seconds.
        since_s: when the step began.
        length_s: how long it lasts at most; None where it has no length.
        newest: the newest sighting, None when there is no fresh one.
        trouble: code of what keeps vision from working, or None.
        armed: whether a person who steps in starts a session.
        right_s: since when the position has been right, or None.
        take: the take that runs, or None.
        takes: every take that was tried.
        pause_cause: code of what disturbed the last take.
        summary: in RESULT.
        draft: in TASK and SCOLIOMETER.
        after: the second part of the session while it lasts.
    """

    phase: Phase
    now_s: float
    since_s: float
    length_s: float | None
    newest: Sighting | None
    trouble: str | None
    armed: bool
    right_s: float | None
    take: Take | None
    takes: Sequence[TakeRecord]
    pause_cause: str
    summary: SessionSummary | None
    draft: SessionSummary | None
    after: Afterwards | None


def say_now(now: Now, protocol: ScreeningProtocol, coach: Coach, live: SpineMeasures | None) -> SessionState:
    """The state to show; only the coach remembers what it said before."""
    accepted = sum(take.accepted for take in now.takes)
    done = dict.fromkeys((Phase.TASK, Phase.SCOLIOMETER, Phase.RESULT), protocol.takes)
    number = {Phase.IDLE: 0, **done}.get(now.phase, min(accepted + 1, protocol.takes))
    return SessionState(
        phase=now.phase,
        guidance=_guidance(now, protocol, coach),
        take=number,
        takes=protocol.takes,
        progress=_progress(now, protocol),
        live=live,
        summary=now.summary,
        draft=now.draft,
        task=None if now.after is None else now.after.task(now.now_s),
        scoliometer=None if now.after is None else now.after.scoliometer(now.now_s),
    )


def length_of(phase: Phase, protocol: ScreeningProtocol, cause: str, summary: SessionSummary | None) -> float | None:
    """How many seconds a step lasts at most; None where it has no length, or keeps its own time."""
    lengths_s = {
        Phase.BETWEEN: protocol.between_s,
        Phase.PAUSED: VOID_S[cause],
        Phase.RESULT: result_s(protocol, summary),
    }
    return lengths_s.get(phase)


def result_s(protocol: ScreeningProtocol, summary: SessionSummary | None) -> float:
    """How long a result stays on the screen: twice as long where it has a second page."""
    return protocol.result_s * (2 if has_more(summary) else 1)


def has_more(summary: SessionSummary | None) -> bool:
    """Whether a summary says more than what was measured on the standing person."""
    return summary is not None and bool(summary.tasks or summary.scoliometer)


def _guidance(now: Now, protocol: ScreeningProtocol, coach: Coach) -> Guidance:
    match now.phase:
        case Phase.IDLE:
            return say(now.trouble) if now.trouble else _welcome(now, protocol)
        case Phase.POSITION:
            return _advice(now, coach, say("hold"))
        case Phase.TAKE:
            return _advice(now, coach, say("measuring"))
        case Phase.BETWEEN:
            rejected = bool(now.takes) and not now.takes[-1].accepted
            return say("once_more", why=_sentence(now.takes[-1].reasons[0])) if rejected else say("step_off")
        case Phase.PAUSED:
            return say(now.trouble or now.pause_cause)
        case Phase.TASK | Phase.SCOLIOMETER:
            return _more(now, coach)
        case Phase.RESULT:
            return _result(now.summary)


def _more(now: Now, coach: Coach) -> Guidance:
    task = None if now.after is None else now.after.task(now.now_s)
    entry = None if now.after is None else now.after.scoliometer(now.now_s)
    if now.trouble:
        return say(now.trouble)
    if task is not None and now.after is not None and now.after.run is not None:
        return say_task(now.now_s, task, now.after.run.fault, coach)
    return say("scoliometer_over") if entry is None else say_scoliometer(entry)


def _welcome(now: Now, protocol: ScreeningProtocol) -> Guidance:
    if not protocol.auto_start:
        return say("press_to_start")
    if not now.armed:
        return say("step_off_when_done")
    return say("welcome_front" if protocol.view is BodyView.FRONT else "welcome")


def _advice(now: Now, coach: Coach, otherwise: Guidance) -> Guidance:
    if now.trouble or now.newest is None:
        return say(now.trouble or "pause_vision")
    for advice in now.newest.faults:
        if not advice.blocks:
            otherwise = replace(otherwise, detail=say_fault(advice).detail)
    return coach.advise(now.now_s, now.newest.blocking, otherwise)


def _result(summary: SessionSummary | None) -> Guidance:
    if summary is None or summary.outcome == "voided":
        return say("result_voided", why=_sentence(summary.reason or "" if summary else ""))
    if summary.outcome == "not_measurable":
        return say("result_not_measurable", why=_sentence(summary.reason or ""))
    largest_deg = max((abs(one.atr_deg) for one in summary.scoliometer if one.atr_deg is not None), default=None)
    if largest_deg is not None and largest_deg >= RECHECK_DEG:
        return say("result_examined" if largest_deg >= EXAMINED_DEG else "result_recheck")
    signs = signs_of(summary.results)
    if summary.hump is not None and summary.hump.side is not None and largest_deg is None and signs < MANY_SIGNS:
        return say("result_hump")
    return say("result_three_signs" if signs >= MANY_SIGNS else "result_some" if signs else "result_within")


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}{'' if reason.endswith('.') else '.'}" if reason else ""


def _progress(now: Now, protocol: ScreeningProtocol) -> float | None:
    match now.phase:
        case Phase.POSITION if now.right_s is None:
            return 0.0
        case Phase.POSITION:
            assert now.right_s is not None
            return _share(now.now_s - now.right_s, protocol.hold_s)
        case Phase.TAKE if now.take is not None:
            return now.take.progress(now.now_s)
    return None if now.length_s is None else _share(now.now_s - now.since_s, now.length_s)


def _share(passed: float, whole: float) -> float:
    return 1.0 if whole <= 0 else min(1.0, max(0.0, passed / whole))
