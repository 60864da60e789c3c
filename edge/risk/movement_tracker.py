"""Follows a movement frame by frame and gives the index of every window of five seconds."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Landmarks
from edge.pose.observation import Observation
from edge.risk.evidence import WIDTH, evidence, judged
from edge.risk.features import FeatureStream
from edge.risk.landmark_buffer import LandmarkBuffer
from edge.risk.movement_risk import (
    FRAMES_LOST,
    NO_NETWORK,
    NOBODY,
    SEVERAL,
    TOO_SHORT,
    MovementRisk,
    SubIndices,
)
from edge.risk.network import STATE, MovementNetwork
from edge.risk.resampling import Resampler
from edge.risk.sample import Sample, sample_of
from edge.risk.sequence_buffer import SequenceBuffer
from edge.risk.window import CHAINS, LONGEST_GAP_S, SAMPLES, STRIDE

PARTS = ("lean", "rotation", "blades")
SMALL = 1e-9
MOST_ACTIVE = (0.3, 0.7)
"""
Over a task a window counts by how active it is as a share of the most active one: not at all up to the first number,
fully from the second. In between it counts in part: were it in or out, a frame more or less would move the index.
"""


class MovementTracker:
    """
    One person's movement while it goes on.

        tracker = MovementTracker(network)
        for observation in observations:
            window = tracker.see(observation)   # about once a second, else None
        whole = tracker.finish()

    Every window begins with the network at rest and is exactly 150 samples long; a new one begins every second, five
    are open at once and go through the network together. A pause of more than 0.2 s, nobody or a second person in the
    picture end all of them: what is said then is the reason.

    Attributes:
        landmarks: the last five seconds as they came, for an overlay or a record.
    """

    def __init__(self, network: MovementNetwork) -> None:
        self._network = network
        self.landmarks: LandmarkBuffer[Landmarks] = LandmarkBuffer()
        self._windows: list[MovementRisk] = []
        self._resampler = Resampler()
        self._newest_s: float | None = None
        self._nobody = False
        self._begin()

    def see(self, observation: Observation) -> MovementRisk | None:
        """
        Take in what was seen in one frame.

        Returns:
            The window that ended with it, or None when none did.
        """
        if observation.people is not None and observation.people > 1:
            return self._break(observation.time_s, SEVERAL)
        if observation.landmarks is None:
            return self._miss(observation.time_s)
        return self._add(observation.landmarks)

    def finish(self) -> MovementRisk:
        """The whole movement: the mean of its most active usable windows, or why there is none."""
        if not self._windows:
            return MovementRisk(self._newest_s, None, TOO_SHORT)
        return over_task(self._windows)

    def _begin(self) -> None:
        self._stream = FeatureStream()
        self._state = self._network.rest()
        self._evidence = SequenceBuffer(WIDTH)
        self._count = 0
        self._resampler.reset()
        self._nobody = False

    def _break(self, time_s: float, reason: str) -> MovementRisk | None:
        """End every open window; what is returned says why, once."""
        open_windows = self._count > 0
        self._begin()
        self.landmarks.clear()
        return self._keep(MovementRisk(time_s, None, reason)) if open_windows else None

    def _miss(self, time_s: float) -> MovementRisk | None:
        self._nobody = True
        late = self._newest_s is not None and time_s - self._newest_s > LONGEST_GAP_S
        return self._break(time_s, NOBODY) if late else None

    def _add(self, landmarks: Landmarks) -> MovementRisk | None:
        ended = None
        if self._resampler.breaks(landmarks.time_s):
            ended = self._break(landmarks.time_s, NOBODY if self._nobody else FRAMES_LOST)
        self._newest_s, self._nobody = landmarks.time_s, False
        self.landmarks.add(landmarks.time_s, landmarks)
        for sample in self._resampler.add(sample_of(landmarks)):
            ended = self._step(sample) or ended
        return ended

    def _step(self, sample: Sample) -> MovementRisk | None:
        features = self._stream.add(sample.world_m, sample.plane_px, sample.score)
        self._evidence.add(evidence(sample))
        if self._count % STRIDE == 0:
            for name in STATE:
                self._state[name][self._count // STRIDE % CHAINS] = 0.0
        scaled = self._network.constants.scaling.scale(features)
        indices, self._state = self._network.step(scaled, self._state)
        self._count += 1
        done = self._count - SAMPLES
        if done < 0 or done % STRIDE:
            return None
        return self._keep(self._window(sample.time_s, indices[done // STRIDE % CHAINS]))

    def _window(self, time_s: float, indices: Iterable[float]) -> MovementRisk:
        coverage, activity, reason = judged(self._evidence.rows())
        if reason is not None:
            return MovementRisk(time_s, None, reason, coverage=coverage, activity=activity)
        raw, *parts = (float(value) for value in indices)
        index = self._network.constants.index_of(raw)
        off = self._network.constants.uncertainty_of(index)
        return MovementRisk(time_s, index, None, SubIndices(*parts), off, coverage, activity)

    def _keep(self, window: MovementRisk) -> MovementRisk:
        self._windows.append(window)
        return window


def over_task(windows: Sequence[MovementRisk]) -> MovementRisk:
    """
    The index of a whole task out of its windows: the mean over the usable ones, each by how active it is.

    Without a usable window the reason is the most frequent one, the later one of two alike.
    """
    last_s = windows[-1].time_s if windows else None
    usable = [window for window in windows if window.index is not None]
    if not usable:
        reasons = [window.reason for window in reversed(windows) if window.reason]
        return MovementRisk(last_s, None, max(reasons, key=reasons.count) if reasons else TOO_SHORT)
    weights = counting(np.array([window.activity for window in usable]))
    parts = [window.parts for window in usable]
    return MovementRisk(
        last_s,
        _mean([window.index for window in usable], weights),
        None,
        SubIndices(*(_mean([getattr(part, name, None) for part in parts], weights) for name in PARTS)),
        _mean([window.uncertainty for window in usable], weights),
        len(usable) / len(windows),
        _mean([window.activity for window in usable], weights),
    )


def counting(activity: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    (W,) how much each window counts for its task, 0 to 1, by how active it was.

    >>> counting(np.array([0.2, 0.5, 1.0])).round(3).tolist()
    [0.0, 0.5, 1.0]
    """
    low, high = MOST_ACTIVE
    shares = activity / max(float(activity.max()), SMALL)
    return np.asarray(np.clip((shares - low) / (high - low), 0.0, 1.0), np.float64)


def assess(movement: Iterable[Observation], network: MovementNetwork | None) -> MovementRisk:
    """
    The movement index of a movement that was recorded.

    >>> assess((), None).reason
    'no movement network is installed'
    """
    if network is None:
        times = [observation.time_s for observation in movement]
        return MovementRisk(times[-1] if times else None, None, NO_NETWORK)
    tracker = MovementTracker(network)
    for observation in movement:
        tracker.see(observation)
    return tracker.finish()


def _mean(values: Sequence[float | None], weights: NDArray[np.float64]) -> float:
    """Of the known ones; rounding must not carry it out of their range."""
    known = np.array([value is not None for value in values])
    chosen = np.array([value for value in values if value is not None], np.float64)
    mean = float((weights[known] * chosen).sum() / weights[known].sum())
    return min(max(mean, float(chosen.min())), float(chosen.max()))
