"""The vision process: frames come in from the camera, observations go out through the ring, nothing else does."""

import gc
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.camera.camera import Camera
from edge.camera.frame import Frame
from edge.clock import Clock, SystemClock
from edge.config import StationConfig
from edge.errors import ModelError, PlumblineError
from edge.occlusion.none import NoRecovery
from edge.occlusion.recovery import Recovery
from edge.pose.estimator import Estimate
from edge.pose.landmarks import Landmarks
from edge.pose.observation import Observation
from edge.pose.silhouette import Silhouette
from edge.pose.spine_reading import SpineReading
from edge.ring.capture import Capture, CaptureRules
from edge.ring.orders import EXIT_FAILED, take_orders
from edge.ring.writer import RingWriter

WAIT_S = 0.2
"""Without a frame the loop turns at least so often: its beat tells the station that it is alive."""
POSE_NICER = 5
FAILURES = 3
"""So many unusable answers in a row are no accident: a new process is needed."""
OUTSIDE = 2.0
"""Joints may lie outside the picture, but not further than so many picture sizes."""


class Estimator(Protocol):
    """Finds a person in frames that follow each other."""

    def estimate(self, frame: Frame) -> Estimate:
        """Say where the person is; raise ModelError when the network fails."""

    def reset(self) -> None:
        """Forget the person."""


Outline = Callable[[Frame, Landmarks], Silhouette | None]
Spine = Callable[[Frame, Landmarks, Silhouette | None], SpineReading]
Scores = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Networks:
    """
    What looks at frames.

    Attributes:
        estimator: finds the landmarks.
        description: what runs where and in which precision.
        outline: draws the outline of the person; None when the settings do not ask for it.
        spine: reads the points of spine and back; None when the settings do not ask for it.
        recovery: fills in hidden joints.
    """

    estimator: Estimator
    description: str
    outline: Outline | None = None
    spine: Spine | None = None
    recovery: Recovery = field(default_factory=NoRecovery)


@dataclass(frozen=True, slots=True)
class Parts:
    """
    How the process gets what the settings name; `edge.factory` fills it in.

    Attributes:
        camera: opens the camera; called again after each loss.
        networks: checks and loads the networks.
    """

    camera: Callable[[StationConfig, Clock], Camera]
    networks: Callable[[StationConfig], Networks]


class Vision:
    """
    Looks at the newest frame, over and over: one in flight, one waiting, older ones passed over.

        vision = Vision(capture, networks, ring, SystemClock())
    """

    def __init__(self, capture: Capture, networks: Networks, ring: RingWriter, clock: Clock) -> None:
        self._capture, self._networks, self._ring, self._clock = capture, networks, ring, clock
        self._failures = 0

    def step(self) -> None:
        """
        Carry one frame from the camera to the station.

        Raises:
            ModelError: the network has failed or answered nonsense three times in a row.
        """
        self._ring.change_status(pose_beat_s=self._clock.monotonic_s())
        frame = self._capture.newest(WAIT_S)
        if frame is None:
            return
        try:
            observation = self._observe(frame)
        except ModelError as error:
            self._forgive(error)
            return
        self._failures = 0
        self._ring.publish_observation(observation)
        self._ring.change_status(pose_beat_s=observation.posed_s, frames_posed=self._ring.status.frames_posed + 1)

    def _observe(self, frame: Frame) -> Observation:
        estimate = self._networks.estimator.estimate(frame)
        finer, spine, silhouette = None, None, None
        landmarks = estimate.landmarks
        if landmarks is not None:
            landmarks = self._recovered(landmarks, estimate.own_score, frame.size_px)
        # In takes alone: the station asks for a closer look with the same word as for the outline.
        if landmarks is not None and self._ring.silhouette_wanted:
            silhouette = None if self._networks.outline is None else self._networks.outline(frame, landmarks)
            if self._networks.spine is not None:
                reading = self._networks.spine(frame, landmarks, silhouette)
                finer, spine = reading.landmarks, reading.spine
        posed_s = self._clock.monotonic_s()
        return Observation(frame.index, frame.time_s, posed_s, landmarks, estimate.people, silhouette, finer, spine)

    def _recovered(self, landmarks: Landmarks, own_score: Scores | None, size_px: tuple[int, int]) -> Landmarks:
        if not plausible(landmarks, size_px):
            raise ModelError("the pose network answers nonsense, build the networks again: python -m models.build")
        recovered = self._networks.recovery.recover(landmarks, own_score)
        # A guess that lies far outside the picture is none: what is hidden stays hidden.
        return recovered if plausible(recovered, size_px) else landmarks

    def _forgive(self, error: ModelError) -> None:
        """Begin anew after a failure, unless it was one too many."""
        self._failures += 1
        if self._failures >= FAILURES:
            raise error
        self._networks.estimator.reset()
        self._networks.recovery.reset()


def plausible(landmarks: Landmarks, size_px: tuple[int, int]) -> bool:
    """Return whether landmarks can be those of a person in a picture of this width and height."""
    arrays = (landmarks.xyz_px, landmarks.world_m, landmarks.score)
    if not all(np.isfinite(array).all() for array in arrays):
        return False
    if landmarks.score.min() < 0 or landmarks.score.max() > 1:
        return False
    return bool((np.abs(landmarks.xyz_px[:, :2]) <= (1 + OUTSIDE) * np.array(size_px)).all())


def run_child(parts: Parts) -> NoReturn:
    """
    Be the vision process that the station has started, until it is killed.

    Raises:
        RingError: started by hand.
    """
    orders = take_orders()
    ring = RingWriter(orders.memory, orders.wake)
    try:
        _run(StationConfig.model_validate_json(orders.settings), parts, ring)
    except PlumblineError as error:
        ring.change_status(reason=str(error))
    # Not sys.exit: a thread that hangs in a driver must not keep this process from ending.
    os._exit(EXIT_FAILED)


def _run(config: StationConfig, parts: Parts, ring: RingWriter) -> None:
    cv2.setNumThreads(1)
    clock = SystemClock()
    networks = parts.networks(config)
    capture = Capture(lambda: parts.camera(config, clock), ring, clock, rules_for(config))
    vision = Vision(capture, networks, ring, clock)
    # What is loaded now stays: the collector need not walk through it in the middle of a frame.
    gc.collect()
    gc.freeze()
    ring.change_status(running=True, engine=networks.description)
    capture.start()
    # Under load poses become fewer first; the capture thread, started before, keeps its priority.
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), os.getpriority(os.PRIO_PROCESS, 0) + POSE_NICER)
    while capture.alive:
        vision.step()
    raise PlumblineError("The capture loop has ended by a mistake in the program, see the journal.")


def rules_for(config: StationConfig) -> CaptureRules:
    """Return what is to be expected of the camera that the settings name."""
    driver = config.camera.driver
    return CaptureRules(
        None if driver == "recording" else config.camera.fps,
        stills=driver == "folder",
        reopen_frozen=driver not in ("folder", "recording"),
    )
