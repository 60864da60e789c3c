"""A session played frame by frame, without a clock, a camera or a network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timezone

from edge.clock import WallTime
from edge.pose.observation import Observation
from edge.session.identity import Identity
from edge.session.protocol import WELL, ScreeningProtocol, VisionHealth
from edge.session.session import Session
from edge.session.state import Phase, SessionState
from edge.session.summary import Network, Source, Station
from edge.session.tasks.plan import NO_TASKS, TaskPlan
from edge.spine.setup import Setup
from tests.people import SIZE_PX, Person

FPS = 30.0
LATENCY_S = 0.03
PROTOCOL = ScreeningProtocol(take_s=1.0, hold_s=0.5, between_s=0.5, position_timeout_s=10.0, result_s=2.0)
SETUP = Setup(px_per_m=600.0)
STILL = Person(jitter_px=0.3)
CROOKED = replace(STILL, shoulder_tilt_deg=6.0)
IDENTITY = Identity(
    station=Station(site="demo", station="station-1", software="0.1.0"),
    source=Source(
        camera="simulated", recorded=True, announcement="SIMULATED - not a live person", width_px=None, height_px=None
    ),
    networks=lambda: (Network(name="landmarks_full", sha256="ab" * 32, engine="simulated"),),
    random_bytes=lambda count: bytes(range(count)),
    wall=lambda: WallTime(datetime(2026, 6, 1, tzinfo=timezone.utc), "ntp"),
)
Scene = Callable[[float], Person | None]


class Conversation:
    """Feeds a session frame after frame and remembers every state."""

    def __init__(
        self,
        protocol: ScreeningProtocol = PROTOCOL,
        setup: Setup = SETUP,
        identity: Identity = IDENTITY,
        fps: float = FPS,
        vision: VisionHealth = WELL,
        plan: TaskPlan = NO_TASKS,
    ) -> None:
        self.fps, self.vision = fps, vision
        self.session = Session(protocol, setup, identity, plan)
        self.now_s, self.index = 100.0, 0
        self.states: list[SessionState] = []

    @property
    def state(self) -> SessionState:
        return self.states[-1]

    @property
    def phases(self) -> list[Phase]:
        """The phases gone through, repetitions left out."""
        gone: list[Phase] = []
        for state in self.states:
            if not gone or gone[-1] is not state.phase:
                gone.append(state.phase)
        return gone

    def see(self, person: Person | None, seconds: float, people: int | None = None) -> Conversation:
        """Show one person, or nobody, for a while."""
        for _ in range(round(seconds * self.fps)):
            self.frame(person, people)
        return self

    def frame(
        self, person: Person | None, people: int | None = None, vision: VisionHealth | None = None
    ) -> SessionState:
        """One frame."""
        count = (0 if person is None else 1) if people is None else people
        seen = Observation(self.index, self.now_s, self.now_s + 0.02, None, count)
        if person is not None:
            seen = replace(person, time_s=self.now_s, seed=self.index).observation(self.index, count)
        return self.hear([seen], vision)

    def hear(self, observations: list[Observation], vision: VisionHealth | None = None) -> SessionState:
        """One loop of the station with the observations given."""
        state = self.session.update(self.now_s + LATENCY_S, observations, SIZE_PX, vision or self.vision)
        self.states.append(state)
        self.now_s += 1 / self.fps
        self.index += 1
        return state

    def silence(self, seconds: float, vision: VisionHealth | None = None) -> Conversation:
        """Nothing arrives for a while."""
        for _ in range(round(seconds * self.fps)):
            self.hear([], vision)
        return self

    def until(self, phase: Phase, person: Person | None = STILL, at_most_s: float = 30.0, people: int | None = None):
        """Show a person until a phase is reached."""
        for _ in range(round(at_most_s * self.fps)):
            if self.frame(person, people).phase is phase:
                return self
        raise AssertionError(f"{phase} not reached, went through {[each.value for each in self.phases]}")


def result(talk: Conversation, row: str):
    return next(each for each in talk.state.summary.results if each.id == row)
