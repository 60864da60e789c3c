"""The end of a session: everything that was seen becomes one summary."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from edge.session.afterwards import Extra
from edge.session.aggregate import results_of
from edge.session.identity import Identity
from edge.session.protocol import ScreeningProtocol
from edge.session.summary import Moment, Outcome, Result, Scale, SessionSummary, Take
from edge.session.take import TakeRecord
from edge.spine.scale import find_scale
from edge.spine.setup import Setup


@dataclass(frozen=True, slots=True)
class Opening:
    """
    What is fixed when a session starts.

    Attributes:
        id: the session's UUID.
        code: the session code.
        started: wall time.
        started_s: monotonic seconds.
    """

    id: str
    code: str
    started: Moment
    started_s: float


@dataclass(frozen=True, slots=True)
class Ending:
    """
    How a session ended.

    Attributes:
        outcome: measured, not measurable or voided.
        reason: why there is no result; None when measured.
        takes: every take that was tried.
        ended_s: monotonic seconds.
        size_px: width and height of the upright frames.
        extra: what the second part of the session left.
    """

    outcome: Outcome
    reason: str | None
    takes: Sequence[TakeRecord]
    ended_s: float
    size_px: tuple[int, int]
    extra: Extra = Extra()  # noqa: RUF009 (frozen)


def summarise(
    opening: Opening | None, ending: Ending, protocol: ScreeningProtocol, setup: Setup, identity: Identity
) -> SessionSummary:
    """
    The summary of a session.

    Only a measured session carries numbers: a voided one has no results at all, one that could not be measured has
    every measure without a value and with the reason. Raises RuntimeError for one that had not begun.
    """
    if opening is None:
        raise RuntimeError("a session ended that had not begun")
    return SessionSummary(
        id=opening.id,
        code=opening.code,
        station=identity.station,
        source=identity.source.model_copy(update={"width_px": ending.size_px[0], "height_px": ending.size_px[1]}),
        started=opening.started,
        ended=identity.now(),
        duration_s=round(ending.ended_s - opening.started_s, 3),
        outcome=ending.outcome,
        reason=ending.reason,
        view=protocol.view.value,
        scale=_scale(ending, setup),
        networks=list(identity.networks()),
        takes=[_take(take) for take in ending.takes],
        results=_results(ending),
        tasks=list(ending.extra.tasks),
        hump=ending.extra.hump,
        scoliometer=list(ending.extra.scoliometer),
    )


def _results(ending: Ending) -> list[Result]:
    match ending.outcome:
        case "measured":
            return results_of(ending.takes)
        case "not_measurable":
            empty = results_of(())
            return [result.model_copy(update={"reason": ending.reason}) for result in empty]
        case "voided":
            return []


def _take(take: TakeRecord) -> Take:
    return Take(
        number=take.number,
        accepted=take.accepted,
        reasons=list(take.reasons),
        frames_due=take.frames_due,
        frames_usable=take.frames_usable,
        duration_s=round(take.duration_s, 3),
    )


def _scale(ending: Ending, setup: Setup) -> Scale:
    found = find_scale(setup, None, ending.size_px)
    used = [take.px_per_m for take in ending.takes if take.accepted and take.px_per_m is not None]
    by_height = found.px_per_m is None and bool(used)
    return Scale(
        px_per_m=statistics.median(used) if by_height else found.px_per_m,
        origin="body height" if by_height else found.origin,
        roll_deg=setup.roll_deg,
        camera_height_m=setup.camera_height_m,
        distance_m=setup.distance_m,
        person_height_m=setup.person_height_m,
    )
