"""The capture loop: camera to ring at once, and the newest frame to whoever asks."""

import dataclasses
import threading
from collections.abc import Callable

from edge.camera.camera import Camera
from edge.camera.ended import CameraEndedError
from edge.camera.frame import Frame
from edge.camera.liveness import FROZEN_FRAMES, Liveness
from edge.camera.setup import CameraSetupError
from edge.camera.state import SENTENCE, SLOW_RECORDING, CameraState
from edge.clock import Clock
from edge.errors import ConfigError, PictureError, PlumblineError, RingError
from edge.ring.writer import RingWriter

RETRY_S = 0.25
FROZEN_LIMIT_S = 2.0


@dataclasses.dataclass(frozen=True, slots=True)
class CaptureRules:
    """
    What to expect of the camera.

    Attributes:
        fps: the rate it was asked for; None where it has its own, as a recording.
        stills: it shows pictures out of a folder, where equal ones are no fault.
        reopen_frozen: a frozen one is closed and opened again; not for a recording, which would begin anew.
    """

    fps: float | None = 30.0
    stills: bool = False
    reopen_frozen: bool = True


class Capture:
    """
    Carries frames from the camera into the ring in a thread of its own, whatever the networks are doing.

        capture = Capture(lambda: make_camera(config, clock), ring, clock, CaptureRules(fps=30.0))
        capture.start()
        frame = capture.newest(timeout_s=0.2)

    A camera that fails is closed and opened again every quarter of a second for ever; one that hangs stops this
    loop's beat, and the supervisor kills the process. Frame numbers go on over a reopening.
    """

    def __init__(self, open_camera: Callable[[], Camera], ring: RingWriter, clock: Clock, rules: CaptureRules) -> None:
        self._open_camera, self._ring, self._clock, self._rules = open_camera, ring, clock, rules
        self._camera: Camera | None = None
        self._liveness: Liveness  # of the camera that is open
        self._frozen_s: float | None = None
        self._first_index = self._next_index = 0
        self._arrived = threading.Condition()
        self._waiting: Frame | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)

    def start(self) -> None:
        """Begin to capture."""
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether the loop still turns; it ends only by a mistake in the program."""
        return self._thread.is_alive()

    def newest(self, timeout_s: float) -> Frame | None:
        """Return the newest frame not yet handed out, waiting for it at most so long; older ones are passed over."""
        with self._arrived:
            if self._waiting is None:
                self._arrived.wait(timeout_s)
            frame, self._waiting = self._waiting, None
            return frame

    def step(self) -> None:
        """Carry one frame from the camera into the ring, or deal with the camera's failure."""
        try:
            if self._ring.status.camera is CameraState.ENDED:
                self._pause(RETRY_S)
                return
            camera = self._open()
            self._take(camera, camera.read())
        except CameraEndedError as end:
            self._report(CameraState.ENDED, str(end))
        except (CameraSetupError, ConfigError, PictureError) as error:
            self._report(CameraState.UNUSABLE, str(error))
            self._pause(RETRY_S if self._camera is None else 1.0 / self._camera.rate_hz)
        except RingError as error:  # too large for the ring: opening the camera anew would not make it smaller
            self._report(CameraState.UNUSABLE, str(error))
        except PlumblineError as error:
            self._report(CameraState.LOST, str(error))
            self._close()
            self._pause(RETRY_S)

    def stop(self) -> None:
        """End the loop after the frame it is waiting for, and release the camera."""
        self._stopped.set()
        self._thread.join()
        self._close()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self.step()

    def _open(self) -> Camera:
        if self._camera is None:
            self._ring.change_status(camera=CameraState.OPENING, capture_beat_s=self._clock.monotonic_s())
            self._camera = self._open_camera()
            self._liveness, self._frozen_s = self._new_liveness(self._camera), None
            self._first_index = self._next_index
        return self._camera

    def _take(self, camera: Camera, frame: Frame) -> None:
        if self._first_index:
            frame = dataclasses.replace(frame, index=self._first_index + frame.index)
        state = self._liveness.judge(frame)
        self._ring.publish_frame(frame)
        self._count(frame, state, camera.rate_hz)
        if state is CameraState.FROZEN:
            self._thaw()
        else:
            self._frozen_s = None
            self._hand_over(frame)

    def _hand_over(self, frame: Frame) -> None:
        with self._arrived:
            self._waiting = frame
            self._arrived.notify()

    def _count(self, frame: Frame, state: CameraState, rate_hz: float) -> None:
        before, now_s = self._ring.status, self._clock.monotonic_s()
        late = now_s - frame.time_s > 1.0 / rate_hz
        self._ring.change_status(
            camera=state,
            reason=self._sentence(state),
            capture_beat_s=now_s,
            captured_s=frame.time_s,
            camera_hz=rate_hz,
            frames_captured=before.frames_captured + 1,
            frames_lost=before.frames_lost + frame.index - self._next_index,
            frames_late=before.frames_late + late,
        )
        self._next_index = frame.index + 1

    def _sentence(self, state: CameraState) -> str:
        recording = state is CameraState.SLOW and self._rules.fps is None
        text = SLOW_RECORDING if recording else SENTENCE.get(state, "")
        return text.format(given=self._liveness.given_hz, due=self._liveness.due_hz)

    def _thaw(self) -> None:
        """A frozen picture is nothing to measure; a camera that stays frozen is opened anew."""
        now_s = self._clock.monotonic_s()
        self._frozen_s = now_s if self._frozen_s is None else self._frozen_s
        if self._rules.reopen_frozen and now_s - self._frozen_s > FROZEN_LIMIT_S:
            self._close()

    def _close(self) -> None:
        if self._camera is not None:
            self._camera.close()
            self._camera = None

    def _report(self, state: CameraState, reason: str) -> None:
        self._ring.change_status(camera=state, reason=reason, capture_beat_s=self._clock.monotonic_s())

    def _pause(self, seconds: float) -> None:
        self._clock.sleep(seconds)
        self._ring.change_status(capture_beat_s=self._clock.monotonic_s())

    def _new_liveness(self, camera: Camera) -> Liveness:
        due_hz = self._rules.fps or camera.rate_hz
        return Liveness(due_hz, frozen_frames=None if self._rules.stills else FROZEN_FRAMES)
