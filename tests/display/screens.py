"""Screens as the station would show them, with a person of known posture."""

import numpy as np

from edge.camera.frame import Frame
from edge.display.display import Screen
from edge.guidance.guidance import Guidance, Level
from edge.pose.observation import Observation
from edge.session.state import Phase, SessionState
from edge.session.summary import Moment, Outcome, Result, Scale, SessionSummary, Source, Station, Take
from edge.spine.catalogue import CATALOGUE
from edge.spine.measure import SpineMeasures
from edge.spine.measures import measure
from edge.spine.setup import Setup
from tests.people import Person

TAKES = [
    Take(number=1, accepted=True, reasons=[], frames_due=90, frames_usable=88, duration_s=3.0),
    Take(
        number=2,
        accepted=False,
        reasons=["the person moved", "fewer than 90 % of the frames could be used"],
        frames_due=90,
        frames_usable=41,
        duration_s=3.0,
    ),
    Take(number=3, accepted=False, reasons=["two people in view"], frames_due=90, frames_usable=12, duration_s=3.0),
]
RECORDING = "RECORDING - not a live person"
SIZES = ((1280, 720), (1920, 1080), (800, 480), (720, 1280))
PERSON = Person(shoulder_tilt_deg=4.0, pelvis_tilt_deg=-1.0, lean_deg=2.5, time_s=1.0)
HOLD = Guidance("hold", "Very good, stay like this.", "Measuring starts in a moment.", Level.READY)


def picture(width: int = 720, height: int = 1280, index: int = 7) -> Frame:
    """A frame with a smooth gradient, so that a misplaced or mirrored picture shows."""
    ramp = np.linspace(40, 200, width)[None, :, None] * np.linspace(0.6, 1.0, height)[:, None, None]
    return Frame(np.repeat(ramp, 3, axis=2).astype(np.uint8), 1.0, index)


def seen(index: int = 7) -> Observation:
    return PERSON.observation(index)


def live() -> SpineMeasures:
    return measure(PERSON.landmarks(), PERSON.view, Setup(px_per_m=PERSON.px_per_m))


def screen(  # noqa: PLR0913 (a builder for tests)
    phase: Phase = Phase.POSITION,
    guidance: Guidance = HOLD,
    *,
    frame: Frame | None = None,
    observation: Observation | None = None,
    announcement: str | None = None,
    waiting: int = 0,
    trouble: str | None = None,
    summary: SessionSummary | None = None,
    notes: tuple[str, ...] = (),
    progress: float | None = 0.5,
    measures: SpineMeasures | None = None,
) -> Screen:
    take = 0 if phase is Phase.IDLE else 2
    state = SessionState(phase, guidance, take, 3, progress, measures, summary)
    return Screen(frame, observation, state, announcement, waiting, trouble, notes)


def summary(*, outcome: Outcome = "measured", px_per_m: float | None = 600.0, recorded: bool = True) -> SessionSummary:
    person = Person(shoulder_tilt_deg=-5.4, pelvis_tilt_deg=1.0, lean_deg=3.0, head_tilt_deg=2.0, px_per_m=600.0)
    measures = measure(person.landmarks(), person.view, Setup(px_per_m=px_per_m))
    moment = Moment(utc="2026-06-01T08:00:00.000Z", trust="ntp")
    return SessionSummary(
        id="5f0c1a34-0000-4000-8000-000000000001",
        code="7K3M-QX2A",
        station=Station(site="demo", station="station-1", software="0.1.0"),
        source=Source(
            camera="recording" if recorded else "webcam",
            recorded=recorded,
            announcement=RECORDING if recorded else None,
            width_px=720,
            height_px=1280,
        ),
        started=moment,
        ended=moment,
        duration_s=40.0,
        outcome=outcome,
        reason=None
        if outcome == "measured"
        else "only one of three takes could be used, the person moved in the others",
        view="back",
        scale=Scale(
            px_per_m=px_per_m,
            origin="setting" if px_per_m else "unknown",
            roll_deg=None,
            camera_height_m=None,
            distance_m=None,
            person_height_m=None,
        ),
        networks=[],
        takes=[] if outcome == "measured" else TAKES,
        results=[_result(id_, measures, outcome) for id_ in CATALOGUE],
    )


def _result(id_: str, measures: SpineMeasures, outcome: Outcome) -> Result:
    row, one = CATALOGUE[id_], measures.by_id[id_]
    value = one.value if outcome == "measured" else None
    flag = None
    if value is not None and row.amber is not None:
        flag = "within" if abs(value) < row.amber else "amber"
        if row.strong is not None and abs(value) >= row.strong:
            flag = "strong"
    return Result(
        id=id_,
        name=row.name,
        value=value,
        unit=row.unit,
        words=None if value is None else row.words(value),
        reason=None if value is not None else one.reason or "too few usable takes",
        surrogate=row.surrogate,
        per_take=[value] * 3,
        sd=None,
        uncertainty=row.uncertainty,
        mdc95=None,
        flag=flag,
        recovered_share=0.25 if id_ == "C4" else 0.0,
    )
