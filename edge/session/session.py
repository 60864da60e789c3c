"""
One person's screening, from the first step onto the mat to the summary: a state machine without a clock of its own.

IDLE -> POSITION -> TAKE -> BETWEEN -> POSITION ... TAKE -> RESULT -> IDLE; a disturbed TAKE -> PAUSED -> POSITION.
Where the plan asks for more, TASK and SCOLIOMETER, with a draft of the summary, come before RESULT.

- A take that is disturbed (the picture stops, the person leaves, a second person comes) is thrown away and repeated.
  If the disturbance lasts, the session is voided: its summary says why and carries no number.
- A take that is not good enough is repeated; when the takes left cannot make a result any more, the session ends as
  not measurable.
- A person who leaves before the first take leaves no summary.
"""

from collections.abc import Sequence

from edge.guidance.coach import Coach
from edge.guidance.recent import Recent
from edge.guidance.texts import TEXTS
from edge.pose.observation import Observation
from edge.session.afterwards import Afterwards, Extra, nothing_but, place_of
from edge.session.aggregate import same_person, without_the_odd_one
from edge.session.closing import Ending, Opening, summarise
from edge.session.disturbance import DISTURBED_S, VOID_S, WHY, disturbance, lasted_s, why
from edge.session.hold import Hold
from edge.session.identity import Identity
from edge.session.presence import ARRIVE_S, GONE_S, LEFT_S, STALE_S, Presence
from edge.session.protocol import WELL, ScreeningProtocol, VisionHealth
from edge.session.saying import Now, length_of, result_s, say_now
from edge.session.sighting import Sighting, if_fresh, look
from edge.session.state import Phase, SessionState
from edge.session.summary import Outcome, SessionSummary
from edge.session.take import Take, TakeRecord
from edge.session.tasks.inputs import Input, Key
from edge.session.tasks.plan import NO_TASKS, TaskPlan
from edge.spine.setup import Setup


class Session:
    """
    The state machine.

        session = Session(ScreeningProtocol(), Setup(px_per_m=620), identity)
        state = session.update(now_s, observations, size_px, vision)  # each loop, with all observations since the last
        if state.draft is not None: keep(state.draft)        # in TASK and SCOLIOMETER; the summary takes its place
        if state.summary is not None: store(state.summary)   # in RESULT; the same id until the phase ends
    """

    def __init__(
        self, protocol: ScreeningProtocol, setup: Setup, identity: Identity, plan: TaskPlan = NO_TASKS
    ) -> None:
        self._protocol, self._setup, self._identity, self._plan = protocol, setup, identity, plan
        self._presence, self._recent, self._coach = Presence(), Recent(), Coach()
        self._vision, self._size_px = WELL, (0, 0)
        self._newest: Sighting | None = None
        self._live: Sighting | None = None
        self._pressed, self._cancelled, self._armed = False, False, True
        self._phase, self._since_s = Phase.IDLE, 0.0
        self._hold = Hold(0.0)
        self._take: Take | None = None
        self._takes: list[TakeRecord] = []
        self._opening: Opening | None = None
        self._summary: SessionSummary | None = None
        self._cause, self._lost_s = "pause_vision", 0.0
        self._after: Afterwards | None = None
        self._entered: list[Input] = []

    def press(self) -> None:
        """The button: starts a session, skips a task, steps its rating, or ends the result screen."""
        self._pressed = True

    def put(self, entered: Input) -> None:
        """A key or a touch; outside of the tasks, confirming is the button."""
        if self._after is not None:
            self._entered.append(entered)
        elif entered is Key.CONFIRM:
            self._pressed = True

    def cancel(self) -> None:
        """Stop; a session that has begun to measure is voided."""
        self._cancelled = True

    def update(
        self, now_s: float, observations: Sequence[Observation], size_px: tuple[int, int], vision: VisionHealth
    ) -> SessionState:
        """
        Carry the session on.

        Args:
            now_s: monotonic seconds; never runs backwards.
            observations: every observation since the last call, in any order; stale and repeated ones are left out.
            size_px: width and height of the upright frames.
            vision: whether frames can be trusted; while they cannot, no observation counts.
        """
        self._vision, self._size_px = vision, size_px
        if vision.trouble is not None:
            self._presence.forget_before(now_s)
        fresh = self._presence.take_in(now_s, observations)
        standing = fresh if self._after is None else ()
        sightings = look(standing, size_px, self._protocol, self._setup, self._recent)
        for sighting in sightings:
            self._newest = sighting
            self._live = sighting if sighting.usable else self._live
        if self._cancelled and self._phase not in (Phase.IDLE, Phase.RESULT):
            self._armed = False
            self._stop(now_s, "stopped at the station")
        elif self._after is not None:
            self._carry_on(now_s, fresh, self._after)
        else:
            self._step(now_s, sightings)
        self._pressed = self._cancelled = False
        return self._state(now_s)

    def _step(self, now_s: float, sightings: Sequence[Sighting]) -> None:
        match self._phase:
            case Phase.IDLE:
                self._wait_for_a_person(now_s)
            case Phase.POSITION:
                self._wait_for_the_position(now_s, sightings)
            case Phase.TAKE if self._take is not None:
                self._measure(now_s, sightings, self._take)
            case Phase.BETWEEN:
                self._wait_between(now_s)
            case Phase.PAUSED:
                self._wait_for_the_end_of_a_pause(now_s)
            case Phase.RESULT if (
                self._pressed or self._cancelled or self._lasted_s(now_s) >= result_s(self._protocol, self._summary)
            ):
                self._summary, self._armed = None, False
                self._enter(Phase.IDLE, now_s)

    def _carry_on(self, now_s: float, fresh: Sequence[Observation], after: Afterwards) -> None:
        """The tasks and the scoliometer; whatever happens there, the standing takes keep their result."""
        entered, self._entered = self._entered, []
        for one in entered:
            after.put(now_s, one)
        if self._pressed:
            after.press(now_s)
        after.update(now_s, fresh, self._vision)
        if after.over:
            self._leave_behind(now_s, "measured", None, after.extra)
        else:
            self._phase = after.phase

    def _wait_for_a_person(self, now_s: float) -> None:
        silent = self._presence.silent_s(now_s) > STALE_S
        self._armed = self._armed or (not silent and self._presence.absent_s >= GONE_S)
        arrived = self._protocol.auto_start and self._armed and not silent and self._presence.present_s >= ARRIVE_S
        if (self._pressed and self._vision.trouble is None) or arrived:
            self._takes = []
            self._opening = Opening(self._identity.new_id(), self._identity.new_code(), self._identity.now(), now_s)
            self._enter(Phase.POSITION, now_s)

    def _wait_for_the_position(self, now_s: float, sightings: Sequence[Sighting]) -> None:
        for sighting in sightings:
            if self._hold.lasts(sighting, self._protocol.hold_s):
                return self._start_take(now_s, sighting)
        if self._silent_s(now_s) >= VOID_S["pause_vision"]:
            return self._stop(now_s, why("pause_vision", self._vision))
        if self._silent_s(now_s) >= DISTURBED_S:
            self._hold.forget()
        # Who has not come yet may still come; who was here and left before the first take leaves no trace.
        came = self._presence.absent_s <= self._lasted_s(now_s) + ARRIVE_S
        if came and not self._takes and self._presence.absent_s >= LEFT_S:
            return self._enter(Phase.IDLE, now_s)
        if self._lasted_s(now_s) >= self._protocol.position_timeout_s:
            return self._give_up_waiting(now_s)
        return None

    def _measure(self, now_s: float, sightings: Sequence[Sighting], take: Take) -> None:
        for sighting in sightings:
            take.add(sighting)
        cause = disturbance(now_s, self._presence, self._vision, DISTURBED_S)
        if cause is not None:
            self._pause(now_s, cause, take)
        elif take.is_over(now_s, self._newest.time_s if self._newest else now_s):
            self._takes.append(take.finish())
            self._after_take(now_s)

    def _wait_between(self, now_s: float) -> None:
        if self._silent_s(now_s) >= VOID_S["pause_vision"]:
            self._stop(now_s, why("pause_vision", self._vision))
        elif self._lasted_s(now_s) >= self._protocol.between_s:
            self._enter(Phase.POSITION, now_s)

    def _wait_for_the_end_of_a_pause(self, now_s: float) -> None:
        if now_s - self._lost_s >= VOID_S[self._cause]:
            return self._stop(now_s, self._takes[-1].reasons[0])
        if self._newest is None or self._newest.time_s <= self._since_s:
            return None
        if disturbance(now_s, self._presence, self._vision, 0.0) is not None:
            return None
        if self._hopeless:
            return self._finish(now_s, "not_measurable", self._takes[-1].reasons[0])
        return self._enter(Phase.POSITION, now_s)

    def _start_take(self, now_s: float, first: Sighting) -> None:
        length_s, due_hz = self._protocol.take_s, self._vision.camera_hz or self._protocol.due_hz
        self._enter(Phase.TAKE, now_s)
        self._take = Take(len(self._takes) + 1, start_s=first.time_s, length_s=length_s, due_hz=due_hz)
        self._take.add(first)

    def _after_take(self, now_s: float) -> None:
        if not same_person(self._takes):
            return self._stop(now_s, "somebody else may have stepped in")
        if self._accepted >= self._protocol.takes:
            self._takes = without_the_odd_one(self._takes)
        if self._accepted >= self._protocol.takes:
            return self._finish(now_s, "measured", None)
        if self._hopeless:
            rejected = [take for take in self._takes if not take.accepted]
            return self._finish(now_s, "not_measurable", rejected[-1].reasons[0])
        return self._enter(Phase.BETWEEN, now_s)

    def _pause(self, now_s: float, cause: str, take: Take) -> None:
        self._takes.append(take.throw_away(now_s, why(cause, self._vision)))
        since_s = now_s - lasted_s(now_s, self._presence, cause)
        self._cause, self._lost_s = cause, max(since_s, self._since_s)
        self._presence.forget_before(now_s)
        self._recent.clear()
        self._enter(Phase.PAUSED, now_s)

    def _give_up_waiting(self, now_s: float) -> None:
        if self._presence.absent_s > 0:
            return self._stop(now_s, WHY["person_left"])
        faults = self._newest.blocking if self._newest else ()
        fault = TEXTS[faults[0].code].text if faults else "it was not held"
        return self._finish(now_s, "not_measurable", f"the position was not found in time: {fault}")

    def _stop(self, now_s: float, reason: str) -> None:
        """End without a result; before the first take nothing is left behind."""
        if self._after is not None:
            self._after.stop(now_s, reason)
            self._leave_behind(now_s, "measured", None, self._after.extra)
            return
        if self._take is not None:
            self._takes.append(self._take.throw_away(now_s, reason))
        if self._takes:
            self._finish(now_s, "voided", reason)
        else:
            self._enter(Phase.IDLE, now_s)

    def _finish(self, now_s: float, outcome: Outcome, reason: str | None) -> None:
        """The standing takes are over: the second part begins where there is one and somebody was measured."""
        place = place_of(self._protocol, self._setup, self._size_px, self._vision)
        if outcome == "measured" and self._plan.asks:
            self._after = Afterwards(self._plan, place, now_s, self._opening.started_s if self._opening else now_s)
            self._enter(self._after.phase, now_s)
        elif outcome == "not_measurable":
            self._leave_behind(now_s, outcome, reason, nothing_but(self._plan, place, "standing could not be measured"))
        else:
            self._leave_behind(now_s, outcome, reason, Extra())

    def _leave_behind(self, now_s: float, outcome: Outcome, reason: str | None, extra: Extra) -> None:
        self._summary = self._summarised(now_s, outcome, reason, extra)
        self._after = None
        self._enter(Phase.RESULT, now_s)

    def _summarised(self, now_s: float, outcome: Outcome, reason: str | None, extra: Extra) -> SessionSummary:
        ending = Ending(outcome, reason, tuple(self._takes), now_s, self._size_px, extra)
        return summarise(self._opening, ending, self._protocol, self._setup, self._identity)

    def _enter(self, phase: Phase, now_s: float) -> None:
        self._phase, self._since_s = phase, now_s
        self._take, self._hold = None, Hold(now_s)

    @property
    def _accepted(self) -> int:
        return sum(take.accepted for take in self._takes)

    @property
    def _hopeless(self) -> bool:
        return self._accepted + self._protocol.most_takes - len(self._takes) < self._protocol.takes

    def _lasted_s(self, now_s: float) -> float:
        return now_s - self._since_s

    def _silent_s(self, now_s: float) -> float:
        return min(self._presence.silent_s(now_s), self._lasted_s(now_s))

    def _state(self, now_s: float) -> SessionState:
        after = self._after
        draft = None if after is None else after.draft(lambda extra: self._summarised(now_s, "measured", None, extra))
        now = Now(
            phase=self._phase,
            now_s=now_s,
            since_s=self._since_s,
            length_s=length_of(self._phase, self._protocol, self._cause, self._summary),
            newest=if_fresh(self._newest, now_s),
            trouble=self._vision.trouble,
            armed=self._armed,
            right_s=self._hold.since_s,
            take=self._take,
            takes=self._takes,
            pause_cause=self._cause,
            summary=self._summary,
            draft=draft,
            after=after,
        )
        live = if_fresh(self._live, now_s)
        return say_now(now, self._protocol, self._coach, None if live is None else live.measures)
