"""Keeps vision alive: sees within a second that it is not, and starts it again for ever."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from edge.camera.state import CameraState
from edge.clock import Clock
from edge.errors import PlumblineError
from edge.ring.child import Child
from edge.ring.orders import EXIT_FAILED
from edge.ring.reader import RingReader
from edge.ring.status import VisionStatus

PATIENCE_S = 0.8
"""A loop that has not turned for so long hangs; with the poll interval it is noticed within 1 s."""
START_LIMIT_S = 15.0
"""Loading the networks and opening the camera take this long at most, on the slowest machine."""
WEDGED_S = 15.0
"""A camera lost for so long may be held by a driver that only a new process gets rid of."""
EXCUSE_EVERY_S = 5.0
BACK_OFF_S = (0.0, 0.5, 1.0, 2.0, 4.0)
"""Waits before a start, by the number of failures since the last pose. The first may be at once: a new process needs
half a second before it touches the camera."""


GONE = (CameraState.LOST, CameraState.FROZEN, CameraState.UNUSABLE)
"""No picture comes, or always the same."""
NOT_WEDGED = (CameraState.ENDED, CameraState.UNUSABLE)
"""What a new process would not change."""


def patience_for(fps: float) -> float:
    """Return how long the loops may stand still at a camera's rate, seconds; slow cameras need more patience."""
    return max(PATIENCE_S, 2.5 / fps)


class VisionState(str, Enum):
    """How vision is doing, as the station needs to know it."""

    STARTING = "starting"
    RUNNING = "running"
    LOST = "lost"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Health:
    """
    One answer of the supervisor.

    Attributes:
        state: LOST stays until a new pose has come; ENDED only after a recording or folder.
        reason: one sentence about what is wrong; None when nothing is. RUNNING may have one (dark, bright, slow).
        camera: how the camera is doing; OPENING while nothing is known, but one that was lost is lost until a frame.
        restarts: how often vision was started again.
        camera_hz: how many frames a second are due from the camera; None before the first frame.
    """

    state: VisionState
    reason: str | None
    camera: CameraState
    restarts: int
    camera_hz: float | None = None


class VisionSupervisor:
    """
    Starts vision, watches it, kills it and starts it again.

        supervisor = VisionSupervisor(lambda: VisionChild(settings, geometry), SystemClock())
        health = supervisor.poll()  # from the station's loop, at least ten times a second

    Liveness comes from the times vision's two loops report, never from the process being there. `poll()` never waits.
    """

    def __init__(
        self,
        start: Callable[[], Child],
        clock: Clock,
        *,
        patience_s: float = PATIENCE_S,
        start_limit_s: float = START_LIMIT_S,
        wedged_s: float = WEDGED_S,
    ) -> None:
        """
        Args:
            start: starts one vision process.
            patience_s: so long may a loop stand still; more than the longest time between two frames.
            start_limit_s: so long may loading and opening take.
            wedged_s: a camera lost for so long gets a new process.
        """
        self._start, self._clock = start, clock
        self._patience_s, self._start_limit_s, self._wedged_s = patience_s, start_limit_s, wedged_s
        self._child: Child | None = None
        self._dying: list[Child] = []
        self._starts = 0
        self._failures = 0  # since the last pose
        self._next_start_s = clock.monotonic_s()
        self._changed_s = self._polled_s = self._started_s = self._excused_s = self._next_start_s
        self._silhouette_wanted = False
        self._camera_hz: float | None = None
        self._health = Health(VisionState.STARTING, None, CameraState.OPENING, 0)

    @property
    def reader(self) -> RingReader | None:
        """The ring of the process that lives now; a new object after each restart, None in between."""
        return None if self._child is None else self._child.reader

    def poll(self) -> Health:
        """Look after vision once."""
        now_s = self._clock.monotonic_s()
        self._excuse_own_delay(now_s)
        self._bury()
        if self._child is None:
            if now_s >= self._next_start_s:
                self._launch(now_s)
        else:
            status = self._child.reader.status()
            fault = self._fault(self._child, status, now_s)
            if fault is None:
                self._listen(status, now_s)
            else:
                self._give_up(fault, now_s)
        return self._health

    def want_silhouette(self, wanted: bool) -> None:
        """Ask vision for the outline of the person, or no longer; holds over restarts."""
        self._silhouette_wanted = wanted
        if self._child is not None:
            self._child.reader.want_silhouette(wanted)

    def close(self) -> None:
        """End vision; closing twice is fine."""
        for child in (*self._dying, *([] if self._child is None else [self._child])):
            child.close()
        self._child, self._dying = None, []

    def _launch(self, now_s: float) -> None:
        self._starts += 1
        try:
            self._child = self._start()
        except PlumblineError as error:
            self._wait(str(error), now_s)
            return
        self._started_s = self._changed_s = now_s
        self._child.reader.want_silhouette(self._silhouette_wanted)

    def _fault(self, child: Child, status: VisionStatus, now_s: float) -> str | None:
        """Return why this process must go, or None."""
        code = child.exit_code()
        if code is not None:
            known = status.reason if code == EXIT_FAILED else ""
            return known or f"Vision has ended by itself ({code})."
        if not status.running:
            return "Vision does not start in time." if now_s - self._started_s > self._start_limit_s else None
        opening = status.camera is CameraState.OPENING
        # A recording may be slower than the settings let expect.
        patience_s = max(self._patience_s, patience_for(status.camera_hz) if status.camera_hz else 0.0)
        if self._still(status.capture_beat_s, now_s, self._start_limit_s if opening else patience_s):
            return "The camera hangs."
        if self._still(status.pose_beat_s, now_s, patience_s if status.frames_posed else self._start_limit_s):
            return "The pose network hangs."
        camera = self._while_opening() if opening else status.camera
        lost = self._health.state is VisionState.LOST and camera not in NOT_WEDGED
        if lost and now_s - self._changed_s > self._wedged_s:
            return status.reason or "The camera does not come back."
        return None

    def _still(self, beat_s: float | None, now_s: float, limit_s: float) -> bool:
        last_s = self._started_s if beat_s is None else beat_s
        return now_s - max(last_s, self._excused_s) > limit_s

    def _excuse_own_delay(self, now_s: float) -> None:
        """When this very process, or the whole machine, was held up, every beat looks old: count from now."""
        held_up = now_s - self._polled_s > self._patience_s / 2
        if held_up and now_s - self._excused_s > EXCUSE_EVERY_S:  # but a loop that is always slow must see a fault
            self._excused_s = now_s
        self._polled_s = now_s

    def _listen(self, status: VisionStatus, now_s: float) -> None:
        """Take over what a process that is alive says about itself."""
        reason = status.reason or None
        self._camera_hz = status.camera_hz
        match status.camera:
            case CameraState.ENDED:
                self._say(VisionState.ENDED, reason, status.camera, now_s)
            case state if state in GONE:
                self._say(VisionState.LOST, reason, status.camera, now_s)
            case CameraState.OPENING:
                self._say(self._before_pose(), reason or self._health.reason, self._while_opening(), now_s)
            case _ if status.frames_posed == 0:
                self._say(self._before_pose(), reason or self._health.reason, status.camera, now_s)
            case _:
                self._failures = 0
                self._say(VisionState.RUNNING, reason, status.camera, now_s)

    def _while_opening(self) -> CameraState:
        """A camera that was lost stays lost until it has given a frame, however often it is opened anew."""
        return self._health.camera if self._health.camera in GONE else CameraState.OPENING

    def _before_pose(self) -> VisionState:
        started_well = self._health.state is VisionState.STARTING
        return VisionState.STARTING if started_well else VisionState.LOST

    def _say(self, state: VisionState, reason: str | None, camera: CameraState, now_s: float) -> None:
        if state is not self._health.state:
            self._changed_s = now_s
        self._health = Health(state, reason, camera, max(0, self._starts - 1), self._camera_hz)

    def _bury(self) -> None:
        """Give back what belonged to processes that have ended by now; one stuck in a driver may take its time."""
        for child in [child for child in self._dying if child.exit_code() is not None]:
            child.close()
            self._dying.remove(child)

    def _give_up(self, reason: str, now_s: float) -> None:
        child = self._child
        assert child is not None
        child.kill()
        child.reader.close()
        self._dying.append(child)
        self._child = None
        self._wait(reason, now_s)

    def _wait(self, reason: str, now_s: float) -> None:
        self._next_start_s = now_s + BACK_OFF_S[min(self._failures, len(BACK_OFF_S) - 1)]
        self._failures += 1
        self._say(VisionState.LOST, reason, self._while_opening(), now_s)
