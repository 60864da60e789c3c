"""Whatever a camera, a network and a crowd of people do: no number from stale frames, from two people, from a void."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hypothesis import event, given, settings
from hypothesis import strategies as st

from edge.pose.landmarks import Joint
from edge.pose.observation import Observation
from edge.session.protocol import VisionHealth
from edge.session.session import Session
from edge.session.state import Phase, SessionState
from edge.session.summary import SessionSummary
from edge.spine.catalogue import CATALOGUE
from tests.people import SIZE_PX, Person, nobody
from tests.session.conversation import IDENTITY, LATENCY_S, PROTOCOL, SETUP

ONE = Person(shoulder_tilt_deg=-6.0, jitter_px=0.3)
OTHER = Person(shoulder_tilt_deg=6.0, jitter_px=0.3, shift_m=0.1, stature_m=1.35)
POISON = Person(shoulder_tilt_deg=11.0, jitter_px=0.3)
STEP_S = 1 / 15
FAST = replace(PROTOCOL, take_s=0.8, hold_s=0.2, between_s=0.2, position_timeout_s=6.0, result_s=60.0, due_hz=15.0)


@dataclass(frozen=True)
class Scene:
    """A while of one thing going on."""

    what: str
    frames: int


scenes = st.lists(
    st.builds(
        Scene,
        st.sampled_from(
            ["one", "one", "one", "other", "nobody", "both", "silent", "stale", "future", "frozen", "again", "hidden"]
        ),
        st.integers(1, 60),
    ),
    min_size=1,
    max_size=12,
)


def seen_in(what: str, now_s: float, index: int) -> list[Observation]:
    """What vision hands over in one frame of a scene."""
    if what == "silent":
        return []
    if what == "nobody":
        return [nobody(now_s, index)]
    person = {"one": ONE, "other": OTHER}.get(what, POISON)
    person = replace(person, hidden=(Joint.LEFT_HIP,) if what == "hidden" else ())
    time_s = now_s + {"stale": -0.2, "future": 0.2}.get(what, 0.0)
    return [replace(person, time_s=time_s, seed=index).observation(index, people=2 if what == "both" else 1)]


def play(session: Session, scenes: list[Scene]) -> Iterator[SessionState]:
    """Every state of a session in which these scenes happen, ending with one person who stands still."""
    now_s, index, last = 50.0, 0, []
    for scene in [*scenes, Scene("one", 150)]:
        for _ in range(scene.frames):
            seen = last if scene.what == "again" else seen_in(scene.what, now_s, index)
            last = last if scene.what == "future" else seen
            vision = VisionHealth("camera_frozen" if scene.what == "frozen" else None)
            yield session.update(now_s + LATENCY_S, seen, SIZE_PX, vision)
            now_s, index = now_s + STEP_S, index + 1


def check(summary: SessionSummary) -> None:
    event(summary.outcome)
    values = {each.id: each for each in summary.results}
    if summary.outcome == "voided":
        assert summary.results == []
        assert summary.reason
        return
    if summary.outcome == "not_measurable":
        assert {each.value for each in summary.results} == {None}
        assert all(each.per_take == [] for each in summary.results)
        assert summary.reason
        return
    tilt = values["C1"]
    assert sum(take.accepted for take in summary.takes) == FAST.takes
    sides = {value > 0 for value in tilt.per_take}
    assert len(sides) == 1, f"two people in one session: {tilt.per_take}"
    assert all(abs(abs(value) - 6.0) < 0.5 for value in tilt.per_take), f"a poisoned frame counted: {tilt.per_take}"
    assert len(summary.takes) <= FAST.most_takes


@settings(max_examples=100, deadline=None)
@given(scenes)
def test_no_number_ever_comes_from_stale_frames_two_people_or_a_void(scenes):
    session = Session(FAST, SETUP, IDENTITY)
    for state in play(session, scenes):
        assert state.guidance.text
        assert state.progress is None or 0 <= state.progress <= 1
        assert (state.summary is not None) == (state.phase is Phase.RESULT)
        if state.live is not None:
            assert abs(abs(state.live.by_id["C1"].value) - 6.0) < 1.5, "live numbers are fresh and of one person"
        if state.summary is not None:
            check(state.summary)
            break


@settings(max_examples=40, deadline=None)
@given(scenes)
def test_every_measure_of_a_measured_session_has_a_value_or_a_reason(scenes):
    for state in play(Session(FAST, SETUP, IDENTITY), scenes):
        if state.summary is not None:
            if state.summary.outcome == "measured":
                assert [each.id for each in state.summary.results] == list(CATALOGUE)
                assert all((each.value is None) != (each.reason is None) for each in state.summary.results)
            break


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-1, 1), st.sampled_from("ponbc"), st.integers(0, 3)), max_size=150))
def test_times_in_any_order_buttons_at_any_moment_never_break_the_machine(events):
    """Capture times wander, several observations come at once, keys are pressed wildly."""
    session, now_s = Session(FAST, SETUP, IDENTITY), 50.0
    for k, (offset_s, kind, count) in enumerate(events):
        now_s += STEP_S
        if kind == "b":
            session.press()
        if kind == "c":
            session.cancel()
        person = replace(ONE, seed=k)
        seen = [person.at(now_s + offset_s * 0.3 + j / 90).observation(k) for j in range(count)]
        if kind == "n":
            seen = [nobody(now_s, k)]
        state = session.update(now_s, seen, SIZE_PX, VisionHealth())
        assert (state.summary is not None) == (state.phase is Phase.RESULT)
        assert 0 <= state.take <= FAST.takes
