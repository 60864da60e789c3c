import os
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from edge.camera.ended import CameraEndedError
from edge.camera.frame import Frame
from edge.camera.recording import RecordingCamera
from edge.clock import SimulatedClock
from edge.errors import DeviceError, PictureError

DEMO = Path(__file__).parents[2] / "edge" / "demo" / "stand_back_straight.mp4"


def write_video(path: Path, *, frames: int = 12, size: tuple[int, int] = (64, 48), fps: float = 10.0) -> Path:
    """Frame i is grey level 20 * (i mod 12)."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, size)
    assert writer.isOpened()
    for index in range(frames):
        writer.write(np.full((size[1], size[0], 3), 20 * (index % 12), np.uint8))
    writer.release()
    return path


def play(path: Path, seen: list[Frame] | None = None, **options: Any) -> None:
    """Open a recording and read it to its end, which is an error."""
    camera = RecordingCamera(path, SimulatedClock(), **options)
    while True:
        frame = camera.read()
        if seen is not None:
            seen.append(frame)


def level(image: np.ndarray) -> int:
    return round(float(image.mean()) / 20)


@pytest.fixture
def video(tmp_path: Path) -> Path:
    return write_video(tmp_path / "person.avi")


def test_every_frame_comes_when_it_is_due(video: Path):
    clock = SimulatedClock()
    clock.sleep(100.0)
    camera = RecordingCamera(video, clock)
    frames = [camera.read() for _ in range(12)]
    assert [frame.index for frame in frames] == list(range(12))
    assert [level(frame.image) for frame in frames] == list(range(12))
    assert [frame.time_s for frame in frames] == pytest.approx([100.0 + index / 10 for index in range(12)])
    assert clock.monotonic_s() == pytest.approx(101.1)


def test_the_rate_of_the_file_is_told(tmp_path: Path):
    assert RecordingCamera(write_video(tmp_path / "slow.avi", fps=25.0), SimulatedClock()).rate_hz == 25.0


def test_a_reader_that_comes_late_gets_the_newest_frame_and_sees_the_gap(video: Path):
    clock = SimulatedClock()
    camera = RecordingCamera(video, clock)
    camera.read()
    clock.sleep(0.55)
    frame = camera.read()
    assert (frame.index, level(frame.image)) == (5, 5)
    assert frame.time_s == pytest.approx(0.5)
    assert camera.read().index == 6


def test_the_end_is_an_end_and_not_a_loss(video: Path):
    camera = RecordingCamera(video, SimulatedClock())
    for _ in range(12):
        camera.read()
    for _ in range(2):
        with pytest.raises(CameraEndedError, match=r"person\.avi: the recording has ended$"):
            camera.read()


def test_a_loop_goes_on_counting(video: Path):
    clock = SimulatedClock()
    camera = RecordingCamera(video, clock, loop=True)
    frames = [camera.read() for _ in range(30)]
    assert [frame.index for frame in frames] == list(range(30))
    assert [level(frame.image) for frame in frames] == [index % 12 for index in range(30)]
    clock.sleep(1.2)  # longer than the file
    assert camera.read().index == 41


def test_a_recording_can_start_in_the_middle_and_loops_back_there(video: Path):
    camera = RecordingCamera(video, SimulatedClock(), start_s=0.8, loop=True)
    assert [level(camera.read().image) for _ in range(6)] == [8, 9, 10, 11, 8, 9]


def test_a_start_behind_the_end_is_an_end_even_in_a_loop(video: Path):
    with pytest.raises(CameraEndedError):
        play(video, start_s=60.0, loop=True)


def test_another_rate_may_be_asked_for(video: Path):
    camera = RecordingCamera(video, SimulatedClock(), fps=20.0)
    assert [camera.read().time_s for _ in range(3)] == pytest.approx([0.0, 0.05, 0.1])


def test_the_picture_is_stood_upright(video: Path):
    assert RecordingCamera(video, SimulatedClock(), rotation_deg=90).read().size_px == (48, 64)
    assert RecordingCamera(video, SimulatedClock(), rotation_deg=180).read().size_px == (64, 48)


def test_a_missing_recording_is_named_with_the_setting(tmp_path: Path):
    with pytest.raises(DeviceError, match=r"nobody\.mp4: no such recording, name a video file with camera\.path"):
        RecordingCamera(tmp_path / "nobody.mp4", SimulatedClock())


@pytest.mark.parametrize("content", [b"", b"no video at all", os.urandom(5000), DEMO.read_bytes()[:60_000]])
def test_what_is_no_video_is_said_so(tmp_path: Path, content: bytes):
    path = tmp_path / "broken.mp4"
    path.write_bytes(content)
    with pytest.raises((PictureError, CameraEndedError), match=r"broken\.mp4: "):
        play(path)


def test_a_truncated_recording_plays_what_is_there_and_says_it_is_truncated(tmp_path: Path):
    whole = write_video(tmp_path / "whole.avi", frames=60).read_bytes()
    path = tmp_path / "cut.avi"
    path.write_bytes(whole[: len(whole) // 2])
    seen: list[Frame] = []
    with pytest.raises(CameraEndedError, match=r"ended after \d+ of 60 frames, the file is truncated") as end:
        play(path, seen)
    assert 10 <= len(seen) < 50
    assert f"after {len(seen)} of" in str(end.value)


def test_a_recording_that_is_taken_away_is_noticed_at_the_next_frame(video: Path):
    camera = RecordingCamera(video, SimulatedClock())
    camera.read()
    video.rename(video.with_suffix(".away"))
    with pytest.raises(DeviceError, match="the recording has gone, put it back") as error:
        camera.read()
    assert not isinstance(error.value, CameraEndedError)


def test_a_recording_larger_than_any_camera_is_refused(tmp_path: Path):
    path = write_video(tmp_path / "wide.avi", frames=1, size=(4112, 16))
    with pytest.raises(PictureError, match="4112x16 is too large"):
        RecordingCamera(path, SimulatedClock())


def test_a_damaged_recording_never_ends_in_anything_but_a_clear_error(tmp_path: Path):
    whole = bytearray(write_video(tmp_path / "whole.avi", frames=8).read_bytes())
    generator = np.random.default_rng(1)
    for attempt in range(40):
        damaged = whole.copy()
        for position in generator.integers(0, len(whole), 30):
            damaged[position] = generator.integers(256)
        path = tmp_path / f"{attempt}.avi"
        path.write_bytes(damaged)
        try:
            camera = RecordingCamera(path, SimulatedClock())
        except PictureError:
            continue
        for _ in range(20):
            try:
                frame = camera.read()
            except PictureError:
                continue
            except CameraEndedError:
                break
            assert frame.size_px[0] * frame.size_px[1] <= 4096 * 4096
        camera.close()


def test_closing_twice_is_fine(video: Path):
    camera = RecordingCamera(video, SimulatedClock())
    camera.close()
    camera.close()


def test_the_demo_clips_are_portrait_at_30_hz():
    for path in sorted(DEMO.parent.glob("*.mp4")):
        camera = RecordingCamera(path, SimulatedClock())
        frames = [camera.read() for _ in range(3)]
        assert frames[0].size_px == (720, 1280)
        assert frames[2].time_s == pytest.approx(2 / 30)
