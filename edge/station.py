"""
The station process: what vision saw becomes guidance, light and, at the end, a stored summary. It has no network.

    station = Station(parts, words)
    station.run()
"""

from collections.abc import Callable
from dataclasses import dataclass

from edge.clock import Clock
from edge.display.display import Action, Display, Screen
from edge.errors import DeviceError, StoreError
from edge.guidance.guidance import Level
from edge.guidance.texts import TEXTS
from edge.guidance.trouble import trouble_of
from edge.notify import Notifier
from edge.panel.panel import Panel
from edge.ring.supervisor import Health, VisionState, VisionSupervisor
from edge.ring.watching import Watching
from edge.session.protocol import VisionHealth
from edge.session.session import Session
from edge.session.state import Phase, SessionState
from edge.session.summary import SessionSummary
from edge.store.outbox import Outbox

PAINT_S = 1 / 40
"""Longest wait for news between two paints: the screen keeps moving when the camera does not."""
COUNT_S = 1.0
"""How often the outbox is asked how much still waits, and a failed save is tried again."""


@dataclass(frozen=True, slots=True)
class StationParts:
    """What a station is made of; `edge.assembly` puts it together."""

    supervisor: VisionSupervisor
    session: Session
    outbox: Outbox
    display: Display
    panel: Panel
    clock: Clock
    notifier: Notifier


@dataclass(frozen=True, slots=True)
class StationWords:
    """
    What stands on the screen besides the guidance.

    Attributes:
        announcement: of a recording or a simulated part; None for a live camera.
        size_px: width and height of the upright frames that the settings promise, until the first frame comes.
        silhouette: whether a closer look is wanted during takes: the outline, the points of spine and back, or both.
    """

    announcement: str | None
    size_px: tuple[int, int]
    silhouette: bool


class Station:
    """The loop: about forty times a second it looks at the ring, the keys and the button, and paints."""

    def __init__(self, parts: StationParts, words: StationWords) -> None:
        self._parts, self._words = parts, words
        self._watching = Watching(parts.supervisor, words.size_px)
        self._stored: str | None = None
        self._pending: SessionSummary | None = None
        self._draft: SessionSummary | None = None
        self._drafted: SessionSummary | None = None
        self._idle = True
        self._panel_trouble: str | None = None
        self._store_trouble: str | None = parts.outbox.can_store()
        self._waiting = parts.outbox.waiting()
        self._counted_s = parts.clock.monotonic_s()
        self.quit = False

    def run(self, until: Callable[[SessionState], bool] = lambda _: False) -> None:
        """Step until somebody quits or `until` says that it is enough."""
        self._parts.notifier.ready()
        try:
            while not self.quit and not until(self.step()):
                self._watching.wait(PAINT_S)
        finally:
            self._parts.notifier.stopping()
            self._leave()

    def step(self) -> SessionState:
        """Carry what vision saw to the screen, the lamps and, when a session is over, the outbox."""
        health = self._parts.supervisor.poll()
        self._watching.look()
        self._obey()
        state = self._parts.session.update(
            self._parts.clock.monotonic_s(), self._watching.news, self._watching.size_px, self._vision_health(health)
        )
        self._keep(state)
        outlined = state.phase is Phase.TAKE or (state.task is not None and state.task.outline)
        self._parts.supervisor.want_silhouette(self._words.silhouette and outlined)
        self._parts.display.show(self._screen(state, health))
        self._light(state.guidance.level)
        # A vision that says it runs and sends nothing must not keep the watchdog quiet.
        if self._watching.news or health.state is not VisionState.RUNNING:
            self._parts.notifier.alive()
        return state

    @property
    def waiting(self) -> int:
        """Summaries without a receipt, as last counted."""
        return self._waiting

    @property
    def stored_id(self) -> str | None:
        """The id of the newest summary that is on the disk."""
        return self._stored

    def close(self) -> None:
        """End vision and give screen, lamps and store back; closing twice is fine."""
        for part in (self._parts.supervisor, self._parts.display, self._parts.panel, self._parts.outbox):
            part.close()

    def _leave(self) -> None:
        """A session that has begun to measure leaves a voided summary, whatever ends the station."""
        session, vision = self._parts.session, VisionHealth()
        session.cancel()
        self._keep(session.update(self._parts.clock.monotonic_s(), (), self._watching.size_px, vision))
        if self._pending is not None:
            self._visit_store()

    def _obey(self) -> None:
        actions = [*self._parts.display.actions(), *[Action.PRESS] * self._parts.panel.presses()]
        for action in actions:
            match action:
                case Action.PRESS:
                    self._parts.session.press()
                case Action.CANCEL:
                    self._parts.session.cancel()
                case Action.QUIT:
                    self.quit = True
                case entered:
                    self._parts.session.put(entered)

    def _light(self, level: Level) -> None:
        """Lamps are a help, not a condition: without them the session goes on, and the screen says so."""
        try:
            self._parts.panel.show(level)
            self._panel_trouble = None
        except DeviceError as error:
            self._panel_trouble = str(error)

    def _vision_health(self, health: Health) -> VisionHealth:
        # Nobody new is measured while nothing can be stored, but a session under way is carried to its end.
        if self._store_trouble is not None and self._idle:
            return VisionHealth("store_failed", health.camera_hz)
        return VisionHealth(trouble_of(health), health.camera_hz)

    def _keep(self, state: SessionState) -> None:
        """Store each finished session once, however often it takes to try; before it is finished, each draft of it."""
        self._idle = state.phase is Phase.IDLE
        now_s = self._parts.clock.monotonic_s()
        summary, draft = state.summary, state.draft
        is_new = summary is not None and summary.id != self._stored and summary != self._pending
        if is_new:
            self._pending = summary
        is_newer = draft is not None and draft is not self._draft
        self._draft = draft
        if is_new or is_newer or now_s - self._counted_s >= COUNT_S:
            self._counted_s = now_s
            self._visit_store()

    def _visit_store(self) -> None:
        outbox = self._parts.outbox
        try:
            if self._pending is not None:
                outbox.save(self._pending)
                self._stored, self._pending = self._pending.id, None
            if self._draft is not None and self._draft is not self._drafted:
                outbox.draft(self._draft)
            self._drafted = self._draft
            self._waiting = outbox.waiting()
            self._store_trouble = outbox.can_store()
        except StoreError as error:
            self._store_trouble = str(error)

    def _screen(self, state: SessionState, health: Health) -> Screen:
        frame, observation = self._watching.picture(self._parts.clock.monotonic_s())
        trouble = self._store_trouble or self._parts.outbox.notice or self._panel_trouble
        if trouble is None:
            trouble = health.reason
        return Screen(
            frame=frame,
            observation=observation,
            state=state,
            announcement=self._words.announcement,
            waiting=self._waiting,
            trouble=trouble,
            notes=self._notes(state),
        )

    def _notes(self, state: SessionState) -> tuple[str, ...]:
        if state.summary is None:
            return ()
        if state.summary.id != self._stored:
            return (TEXTS["store_failed"].text,)
        if self._waiting:
            return ("Saved on this station; waiting for the collector.",)
        return ("Saved, and received by the collector.",)
