import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from edge.camera.camera import Camera
from edge.camera.ended import CameraEndedError
from edge.camera.folder import FolderCamera
from edge.camera.frame import Frame
from edge.camera.picamera import PiCamera
from edge.camera.recording import RecordingCamera
from edge.camera.simulated import Fault, SimulatedCamera
from edge.camera.state import SENTENCE, CameraState
from edge.clock import SimulatedClock, SystemClock
from edge.errors import ConfigError, DeviceError, PlumblineError
from edge.ring.capture import Capture, CaptureRules
from edge.ring.reader import RingReader
from edge.ring.writer import RingWriter
from tests.ring.parts import ring

SIZE = (64, 48)


class Bench:
    """A capture loop turned by hand, with the cameras it has opened."""

    def __init__(self, ring: RingWriter, reader: RingReader, rules: CaptureRules) -> None:
        self.clock = SimulatedClock()
        self.ring, self.reader = ring, reader
        self.cameras: list[SimulatedCamera] = []
        self.error: PlumblineError | None = None
        self.fault: Fault | None = None
        self.capture = Capture(self.open, ring, self.clock, rules)

    def open(self) -> Camera:
        if self.error is not None:
            raise self.error
        self.cameras.append(SimulatedCamera([], self.clock, size_px=SIZE, fault=self.fault))
        return self.cameras[-1]

    def step(self, times: int = 1) -> CameraState:
        for _ in range(times):
            self.capture.step()
        return self.reader.status().camera


@pytest.fixture
def bench() -> Iterator[Bench]:
    with ring() as (writer, reader):
        yield Bench(writer, reader, CaptureRules())


def test_every_frame_goes_into_the_ring_at_once(bench: Bench):
    for index in range(5):
        assert bench.step() is CameraState.FINE
        newest = bench.reader.latest_frame()
        assert newest is not None
        assert newest.index == index
    status = bench.reader.status()
    assert (status.frames_captured, status.frames_lost, status.frames_late) == (5, 0, 0)
    assert status.captured_s == pytest.approx(4 / 30)
    assert status.capture_beat_s == bench.clock.monotonic_s()


def test_the_newest_frame_wins_and_is_handed_out_once(bench: Bench):
    bench.step(3)
    newest = bench.capture.newest(0.0)
    assert newest is not None
    assert newest.index == 2
    assert bench.capture.newest(0.0) is None


def test_frames_that_were_due_and_did_not_come_are_counted(bench: Bench):
    bench.step()
    bench.clock.sleep(0.1)
    bench.step()
    assert bench.reader.status().frames_lost == 2


def test_frames_that_come_later_than_one_period_are_counted():
    class LateCamera:
        rate_hz = 30.0

        def read(self) -> Frame:
            clock.sleep(0.05)
            return Frame(np.full((48, 64, 3), 99, np.uint8), clock.monotonic_s() - 0.04, 0)

        def close(self) -> None:
            pass

    clock = SimulatedClock()
    with ring() as (writer, reader):
        Capture(LateCamera, writer, clock, CaptureRules(fps=30.0)).step()
        assert reader.status().frames_late == 1


def test_a_camera_that_fails_is_opened_again_and_the_numbers_go_on(bench: Bench):
    bench.step(3)
    bench.cameras[0].fault = Fault.RAISE
    assert bench.step() is CameraState.LOST
    assert "has gone" in bench.reader.status().reason
    assert bench.step() is CameraState.FINE
    newest = bench.reader.latest_frame()
    assert newest is not None
    assert newest.index == 3
    assert bench.reader.status().frames_lost == 0
    assert bench.reader.status().reason == ""
    assert len(bench.cameras) == 2
    with pytest.raises(DeviceError):
        bench.cameras[0].read()  # it was closed


def test_a_camera_that_is_not_there_is_tried_four_times_a_second_for_ever(bench: Bench):
    bench.error = DeviceError("no such camera, plug it in")
    beats = []
    for _ in range(20):
        assert bench.step() is CameraState.LOST
        beats.append(bench.reader.status().capture_beat_s)
    assert bench.reader.status().reason == "no such camera, plug it in"
    assert np.diff(np.array(beats, float)).max() <= 0.25 + 1e-9
    bench.error = None
    assert bench.step() is CameraState.FINE


def test_a_mistake_in_the_settings_is_told_and_not_fatal(bench: Bench):
    bench.error = ConfigError("camera.path: name the file to play")
    assert bench.step() is CameraState.UNUSABLE
    assert bench.reader.status().reason == "camera.path: name the file to play"


@pytest.mark.parametrize(
    ("open_camera", "words"),
    [
        (lambda place, clock: RecordingCamera(place / "gone.mp4", clock), "no such recording"),
        (lambda place, clock: RecordingCamera(place / "no.mp4", clock), "cannot be read as a video"),
        (lambda place, clock: FolderCamera(place / "gone", clock), "no such folder"),
        (lambda place, clock: FolderCamera(place, clock), "holds no pictures"),
        (lambda place, clock: PiCamera(clock), "picamera2 is not installed"),
    ],
)
def test_what_is_set_up_wrong_is_not_blamed_on_the_cable(tmp_path: Path, open_camera, words: str):
    (tmp_path / "no.mp4").write_bytes(b"not a video")
    clock = SimulatedClock()
    with ring() as (writer, reader):
        Capture(lambda: open_camera(tmp_path, clock), writer, clock, CaptureRules()).step()
        assert reader.status().camera is CameraState.UNUSABLE
        assert words in reader.status().reason


@pytest.mark.parametrize(
    ("fault", "state"),
    [(Fault.BLACK, CameraState.DARK), (Fault.WHITE, CameraState.BRIGHT), (Fault.SLOW, CameraState.SLOW)],
)
def test_a_poor_picture_is_named_and_still_handed_out(bench: Bench, fault: Fault, state: CameraState):
    bench.fault = fault
    assert bench.step(25) is state
    assert bench.reader.status().reason == SENTENCE[state].format(given=10, due=30)
    assert bench.capture.newest(0.0) is not None


def test_the_rate_of_the_camera_is_told_with_its_frames(bench: Bench):
    assert bench.reader.status().camera_hz is None
    bench.step()
    assert bench.reader.status().camera_hz == 30.0
    bench.cameras[0].fault = Fault.SLOW
    bench.step(25)
    assert bench.reader.status().camera_hz == 10.0
    assert bench.reader.status().reason == (
        "The camera gives 10 of 30 pictures a second: give it more light or set camera.fps."
    )


def test_a_recording_is_slow_and_late_by_its_own_rate_and_not_by_the_settings():
    with ring() as (writer, reader):
        clock = SimulatedClock()
        camera = SimulatedCamera([], clock, size_px=SIZE, fps=10.0)
        capture = Capture(lambda: camera, writer, clock, CaptureRules(fps=None))
        states = set()
        for _ in range(30):
            capture.step()
            states.add(reader.status().camera)
        assert states == {CameraState.FINE}
        clock.sleep(0.15)  # later than a period of 30 pictures a second, and in time for this one
        capture.step()
        assert (reader.status().frames_late, reader.status().camera_hz) == (0, 10.0)
        camera.fault = Fault.SLOW
        for _ in range(20):
            capture.step()
        assert reader.status().camera is CameraState.SLOW
        assert "of the recording's 10 pictures a second are played" in reader.status().reason


def test_a_frozen_picture_is_shown_but_never_measured_and_the_camera_is_opened_anew(bench: Bench):
    bench.step()
    bench.cameras[0].fault = Fault.FREEZE
    assert bench.step(14) is CameraState.FROZEN
    assert bench.reader.status().reason == SENTENCE[CameraState.FROZEN]
    bench.capture.newest(0.0)
    bench.step(30)
    assert bench.capture.newest(0.0) is None
    newest = bench.reader.latest_frame()
    assert newest is not None
    assert newest.index == 44
    assert bench.step(40) is CameraState.FINE
    assert len(bench.cameras) == 2


def test_a_frozen_recording_is_not_started_anew():
    with ring() as (writer, reader):
        bench = Bench(writer, reader, CaptureRules(reopen_frozen=False))
        bench.fault = Fault.FREEZE
        assert bench.step(300) is CameraState.FROZEN
        assert len(bench.cameras) == 1


def test_still_pictures_are_measured_over_and_over():
    with ring() as (writer, reader):
        bench = Bench(writer, reader, CaptureRules(stills=True))
        bench.fault = Fault.FREEZE
        assert bench.step(100) is CameraState.FINE
        assert bench.capture.newest(0.0) is not None


def test_one_broken_picture_is_named_and_the_next_one_is_shown(tmp_path: Path):
    for name in ("a.png", "c.png"):
        cv2.imwrite(str(tmp_path / name), np.full((48, 64, 3), 99, np.uint8))
    (tmp_path / "b.png").write_bytes(b"broken")
    clock = SimulatedClock()
    with ring() as (writer, reader):
        capture = Capture(lambda: FolderCamera(tmp_path, clock, fps=30.0), writer, clock, CaptureRules(stills=True))
        seen = []
        for _ in range(4):
            capture.step()
            seen.append((reader.status().camera, reader.status().reason.split("/")[-1]))
    assert seen == [
        (CameraState.FINE, ""),
        (CameraState.UNUSABLE, "b.png: cannot be read as a picture, the file is damaged or something else"),
        (CameraState.FINE, ""),
        (CameraState.ENDED, f"{tmp_path.name}: every picture was shown"),
    ]


def test_the_end_of_a_recording_is_told_and_the_loop_goes_on_beating(bench: Bench):
    bench.error = CameraEndedError("the recording has ended")
    bench.step()
    bench.error = None
    before_s = bench.clock.monotonic_s()
    assert bench.step(8) is CameraState.ENDED
    assert bench.reader.status().reason == "the recording has ended"
    assert bench.reader.status().capture_beat_s == pytest.approx(before_s + 2.0)
    assert not bench.cameras


def test_a_picture_larger_than_the_settings_say_is_told():
    clock = SimulatedClock()
    with ring() as (writer, reader):
        capture = Capture(lambda: SimulatedCamera([], clock, size_px=(3840, 2160)), writer, clock, CaptureRules())
        capture.step()
        assert reader.status().camera is CameraState.UNUSABLE
        assert "set camera.width and camera.height to 3840 and 2160" in reader.status().reason


def test_one_picture_of_a_folder_that_is_too_large_is_named_and_passed_over(tmp_path: Path):
    for name, side in (("a.png", 48), ("b.png", 480), ("c.png", 48), ("d.png", 48)):
        cv2.imwrite(str(tmp_path / name), np.full((side, side, 3), 99, np.uint8))
    clock = SimulatedClock()
    with ring() as (writer, reader):
        capture = Capture(lambda: FolderCamera(tmp_path, clock), writer, clock, CaptureRules(stills=True))
        seen = []
        for _ in range(5):
            capture.step()
            newest = reader.latest_frame()
            assert newest is not None
            seen.append((reader.status().camera, newest.index))
            if reader.status().camera is CameraState.UNUSABLE:
                assert reader.status().reason.startswith("the picture is 480x480, more than the settings say")
    assert seen == [
        (CameraState.FINE, 0),
        (CameraState.UNUSABLE, 0),
        (CameraState.FINE, 2),
        (CameraState.FINE, 3),
        (CameraState.ENDED, 3),
    ]


def test_the_thread_wakes_whoever_waits_for_a_frame():
    clock = SystemClock()
    with ring() as (writer, _):
        capture = Capture(lambda: SimulatedCamera([], clock, size_px=SIZE, fps=50.0), writer, clock, CaptureRules())
        capture.start()
        frames = [capture.newest(5.0) for _ in range(5)]
        assert capture.alive
        ages_s = [time.monotonic() - frame.time_s for frame in frames if frame is not None]
        assert len(ages_s) == 5
        capture.stop()
        assert not capture.alive
