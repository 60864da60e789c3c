from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from edge.camera.frame import Frame
from edge.camera.simulated import SimulatedCamera
from edge.clock import SimulatedClock
from edge.config import StationConfig
from edge.errors import ModelError
from edge.occlusion.none import NoRecovery
from edge.pose.estimator import Estimate
from edge.pose.landmarks import Landmarks
from edge.pose.silhouette import SIDE, Silhouette
from edge.pose.spine_points import SPINE_COUNT, SpinePoints
from edge.pose.spine_reading import SpineReading, Trend
from edge.ring.capture import Capture, CaptureRules
from edge.ring.reader import RingReader
from edge.ring.writer import RingWriter
from edge.vision import Networks, Vision, plausible, rules_for
from tests.ring.parts import landmarks, ring


class SimulatedEstimator:
    """Answers what it is told to; an error is raised, None is nobody."""

    def __init__(self, clock: SimulatedClock) -> None:
        self.clock = clock
        self.answer: Landmarks | ModelError | None = landmarks(0.0, 20.0)
        self.asked: list[int] = []
        self.resets = 0

    def estimate(self, frame: Frame) -> Estimate:
        self.asked.append(frame.index)
        self.clock.sleep(0.012)
        if isinstance(self.answer, ModelError):
            raise self.answer
        return Estimate(self.answer, 0 if self.answer is None else 1)

    def reset(self) -> None:
        self.resets += 1


class SimulatedRecovery:
    """Moves everything and marks it as recovered, or fails as told."""

    def __init__(self) -> None:
        self.shift_px = 1.0
        self.error: ModelError | None = None
        self.resets = 0

    def recover(self, given: Landmarks, own_score: np.ndarray | None = None) -> Landmarks:
        if self.error is not None:
            raise self.error
        everything = np.ones(33, np.bool_)
        return replace(given, xyz_px=given.xyz_px + np.float32(self.shift_px), recovered=everything)

    def reset(self) -> None:
        self.resets += 1


class Bench:
    """The vision loop turned by hand."""

    def __init__(self, writer: RingWriter, reader: RingReader, recovery: SimulatedRecovery | None = None) -> None:
        self.clock = SimulatedClock()
        self.reader = reader
        self.estimator = SimulatedEstimator(self.clock)
        self.outlined: list[int] = []
        self.outline_error: ModelError | None = None
        self.looked_closer: list[tuple[int, bool]] = []
        self.reading = SpineReading(None, None, None, "out of order")
        camera = SimulatedCamera([], self.clock, size_px=(64, 48))
        self.capture = Capture(lambda: camera, writer, self.clock, CaptureRules())
        networks = Networks(self.estimator, "simulated", self._outline, self._spine, recovery or NoRecovery())
        self.vision = Vision(self.capture, networks, writer, self.clock)

    def _outline(self, frame: Frame, found: Landmarks) -> Silhouette:
        self.outlined.append(frame.index)
        if self.outline_error is not None:
            raise self.outline_error
        return Silhouette(np.ones((SIDE, SIDE), np.bool_), np.eye(2, 3))

    def _spine(self, frame: Frame, found: Landmarks, silhouette: Silhouette | None) -> SpineReading:
        self.looked_closer.append((frame.index, silhouette is not None))
        return self.reading

    def look(self, times: int = 1) -> None:
        for _ in range(times):
            self.capture.step()
            self.vision.step()


@pytest.fixture
def bench() -> Iterator[Bench]:
    with ring() as (writer, reader):
        yield Bench(writer, reader)


def test_an_observation_carries_the_number_and_the_times_of_its_frame(bench: Bench):
    bench.look(3)
    seen = bench.reader.observations_since(-1)
    assert [one.index for one in seen] == [0, 1, 2]
    assert seen[2].time_s == pytest.approx(2 / 30)
    assert seen[2].posed_s == pytest.approx(2 / 30 + 0.012)
    assert seen[2].people == 1
    assert seen[2].landmarks is not None
    status = bench.reader.status()
    assert status.frames_posed == 3
    assert status.pose_beat_s == pytest.approx(seen[2].posed_s)


def test_nobody_is_an_observation_too(bench: Bench):
    bench.estimator.answer = None
    bench.look()
    seen = bench.reader.latest_observation()
    assert seen is not None
    assert (seen.landmarks, seen.people) == (None, 0)


def test_under_load_the_pose_rate_drops_and_no_frame_is_lost(bench: Bench):
    for _ in range(10):
        for _ in range(3):  # three frames come while one is looked at
            bench.capture.step()
        bench.vision.step()
    status = bench.reader.status()
    assert (status.frames_captured, status.frames_lost, status.frames_posed) == (30, 0, 10)
    assert bench.estimator.asked == list(range(2, 30, 3))


def test_without_a_frame_the_loop_still_beats(bench: Bench):
    bench.clock.sleep(7.0)
    bench.vision.step()
    assert bench.reader.status().pose_beat_s == 7.0
    assert bench.reader.latest_observation() is None


def test_two_failures_are_forgiven_and_the_third_ends_the_process(bench: Bench):
    error = ModelError("the accelerator is gone")
    for _ in range(3):  # an answer in between starts the count anew
        bench.estimator.answer = error
        bench.look(2)
        bench.estimator.answer = landmarks(0.0, 20.0)
        bench.look()
    assert bench.reader.status().frames_posed == 3
    assert bench.estimator.resets == 6
    bench.estimator.answer = error
    bench.look(2)
    with pytest.raises(ModelError, match="the accelerator is gone"):
        bench.look()


def change(**arrays: np.ndarray) -> Landmarks:
    good = landmarks(0.0, 20.0)
    parts = {name: getattr(good, name) for name in ("xyz_px", "world_m", "score", "recovered")}
    return Landmarks(**(parts | arrays), time_s=0.0)


def nonsense() -> list[Landmarks]:
    spoiled = []
    for name, value in (("xyz_px", np.nan), ("world_m", np.inf), ("score", np.nan), ("score", 1.5), ("xyz_px", 1e6)):
        array = getattr(landmarks(0.0, 20.0), name).copy()
        array.flat[4] = value
        spoiled.append(change(**{name: array}))
    return spoiled


@pytest.mark.parametrize("answer", nonsense())
def test_nonsense_never_reaches_the_station(bench: Bench, answer: Landmarks):
    bench.estimator.answer = answer
    bench.look(2)
    assert bench.reader.latest_observation() is None
    with pytest.raises(ModelError, match="answers nonsense"):
        bench.look()


def test_hidden_joints_are_recovered_before_anything_else_sees_them():
    recovery = SimulatedRecovery()
    with ring() as (writer, reader):
        bench = Bench(writer, reader, recovery)
        bench.look()
        seen = bench.reader.latest_observation()
        assert seen is not None
        assert seen.landmarks is not None
        assert seen.landmarks.recovered.all()
        assert seen.landmarks.xyz_px[0, 0] == 21.0


def test_a_recovery_far_outside_the_picture_is_none():
    recovery = SimulatedRecovery()
    recovery.shift_px = 1e4
    with ring() as (writer, reader):
        bench = Bench(writer, reader, recovery)
        bench.look(5)
        seen = bench.reader.latest_observation()
        assert seen is not None
        assert seen.landmarks is not None
        assert not seen.landmarks.recovered.any()
        assert seen.landmarks.xyz_px[0, 0] == 20.0


def test_a_recovery_that_fails_is_a_failure_like_any_other_and_begins_anew():
    recovery = SimulatedRecovery()
    recovery.error = ModelError("the occlusion network has failed")
    with ring() as (writer, reader):
        bench = Bench(writer, reader, recovery)
        bench.look(2)
        assert (bench.estimator.resets, recovery.resets) == (2, 2)
        with pytest.raises(ModelError, match="occlusion"):
            bench.look()


def test_feet_below_the_picture_are_no_nonsense():
    points = np.full((33, 3), 20.0, np.float32)
    points[27:] = (20, 100, -4000)  # z is the network's guess and may be anything finite
    assert plausible(change(xyz_px=points), (64, 48))


def test_the_outline_is_drawn_only_where_the_station_asks_for_it(bench: Bench):
    bench.look()
    bench.reader.want_silhouette(True)
    bench.look()
    bench.estimator.answer = None
    bench.look()
    bench.estimator.answer = landmarks(0.0, 20.0)
    bench.reader.want_silhouette(False)
    bench.look()
    assert bench.outlined == [1]
    assert [one.silhouette is not None for one in bench.reader.observations_since(-1)] == [False, True, False, False]


def test_an_outline_that_fails_is_a_failure_like_any_other(bench: Bench):
    bench.reader.want_silhouette(True)
    bench.outline_error = ModelError("the outline network has failed")
    bench.look(2)
    assert bench.reader.latest_observation() is None
    with pytest.raises(ModelError, match="outline"):
        bench.look()


@pytest.mark.parametrize(
    ("driver", "stills", "reopen"),
    [("folder", True, False), ("recording", False, False), ("webcam", False, True), ("picamera", False, True)],
)
def test_what_is_expected_of_a_camera_depends_on_its_driver(driver: str, stills: bool, reopen: bool):
    config = StationConfig.model_validate({"camera": {"driver": driver, "fps": 25.0}})
    fps = None if driver == "recording" else 25.0  # a recording has its own
    assert rules_for(config) == CaptureRules(fps, stills=stills, reopen_frozen=reopen)


def read_finely(x: float) -> SpineReading:
    spine = SpinePoints(
        np.full((SPINE_COUNT, 2), x, np.float32),
        np.zeros((SPINE_COUNT, 2, 2), np.float32),
        np.ones(SPINE_COUNT, np.float32),
        np.zeros(SPINE_COUNT, np.bool_),
        0.0,
    )
    return SpineReading(landmarks(0.0, x), spine, Trend(12.0, np.zeros(7)))


def test_the_closer_look_is_taken_only_when_the_station_asks_and_crosses_the_ring(bench: Bench):
    bench.reading = read_finely(33.0)
    bench.look()
    bench.reader.want_silhouette(True)
    bench.look()
    before, after = bench.reader.observations_since(-1)
    assert bench.looked_closer == [(1, True)]
    assert (before.finer, before.spine) == (None, None)
    assert after.spine is not None
    assert (after.spine.xy_px == 33.0).all()
    assert after.measured is after.finer
    assert after.landmarks is not None


def test_a_refused_reading_leaves_the_followed_landmarks(bench: Bench):
    bench.reader.want_silhouette(True)
    bench.look()
    seen = bench.reader.latest_observation()
    assert seen is not None
    assert len(bench.looked_closer) == 1
    assert (seen.finer, seen.spine) == (None, None)
    assert seen.measured is seen.landmarks
