from pathlib import Path

import numpy as np
import pytest

from edge.camera.frame import Frame
from edge.camera.liveness import Liveness
from edge.camera.recording import RecordingCamera
from edge.camera.state import CameraState
from edge.clock import SimulatedClock
from edge.demo import __file__ as demo_file


def frame(image: np.ndarray, index: int, fps: float = 30.0) -> Frame:
    return Frame(image, index / fps, index)


def noise(index: int, low: int = 60, high: int = 200) -> np.ndarray:
    return np.random.default_rng(index).integers(low, high, (120, 160, 3), np.uint8)


def test_a_live_picture_is_fine():
    liveness = Liveness(30.0)
    assert {liveness.judge(frame(noise(index), index)) for index in range(40)} == {CameraState.FINE}


def test_fifteen_equal_pictures_are_a_frozen_camera_and_one_other_thaws_it():
    liveness, still = Liveness(30.0), noise(0)
    states = [liveness.judge(frame(still, index)) for index in range(16)]
    assert states[:14] == [CameraState.FINE] * 14
    assert states[14:] == [CameraState.FROZEN] * 2
    assert liveness.judge(frame(noise(1), 16)) is CameraState.FINE


def test_fourteen_equal_pictures_and_one_other_are_not_frozen():
    liveness = Liveness(30.0)
    states = [liveness.judge(frame(noise(index // 14), index)) for index in range(140)]
    assert set(states) == {CameraState.FINE}


def test_still_pictures_may_be_expected():
    liveness = Liveness(30.0, frozen_frames=None)
    assert {liveness.judge(frame(noise(0), index)) for index in range(60)} == {CameraState.FINE}


def test_a_covered_camera_is_dark_even_with_sensor_noise():
    assert Liveness(30.0).judge(frame(noise(0, 0, 5), 0)) is CameraState.DARK
    assert Liveness(30.0).judge(frame(np.zeros((720, 1280, 3), np.uint8), 0)) is CameraState.DARK


def test_a_dark_room_with_something_in_it_is_not_a_covered_camera():
    image = noise(0, 0, 5)
    image[20:60, 40:80] = 90
    assert Liveness(30.0).judge(frame(image, 0)) is CameraState.FINE


@pytest.mark.parametrize(("share", "state"), [(0.5, CameraState.FINE), (0.7, CameraState.BRIGHT)])
def test_a_picture_that_is_mostly_white_is_too_bright(share: float, state: CameraState):
    image = noise(0)
    image[: round(120 * share)] = 252
    assert Liveness(30.0).judge(frame(image, 0)) is state


def test_a_red_wall_is_not_too_bright():
    image = noise(0)
    image[..., 2] = 255
    assert Liveness(30.0).judge(frame(image, 0)) is CameraState.FINE


@pytest.mark.parametrize(("fps", "state"), [(25.0, CameraState.FINE), (20.0, CameraState.SLOW)])
def test_a_camera_below_four_fifths_of_its_rate_is_slow(fps: float, state: CameraState):
    liveness = Liveness(30.0)
    assert [liveness.judge(frame(noise(index), index, fps)) for index in range(25)][-1] is state


def test_a_camera_that_is_slow_now_and_then_is_slow_until_it_has_been_well_for_two_seconds():
    liveness, time_s, states = Liveness(30.0), 0.0, []
    for index in range(300):
        time_s += 1 / 30 if index >= 200 or index % 60 > 20 else 1 / (12, 13)[index % 2]
        states.append(liveness.judge(Frame(noise(index), time_s, index)))
    first = states.index(CameraState.SLOW)
    well = len(states) - states[::-1].index(CameraState.SLOW)
    assert first <= 20
    assert set(states[first:well]) == {CameraState.SLOW}
    assert 200 + 60 <= well <= 200 + 60 + 20


def test_the_rate_that_is_told_does_not_flicker():
    liveness, time_s, told = Liveness(30.0), 0.0, set()
    for index in range(300):
        time_s += 1 / (13.0 + (index % 40) / 40)
        liveness.judge(Frame(noise(index), time_s, index))
        told.add(round(liveness.given_hz))
    assert len(told - {0}) == 1


@pytest.mark.parametrize("shape", [(1, 1, 3), (7, 7, 3), (120, 160, 3), (2160, 3840, 3)])
def test_pictures_of_every_size_can_be_judged(shape: tuple[int, int, int]):
    image = np.random.default_rng(0).integers(60, 200, shape, np.uint8)
    assert Liveness(30.0).judge(frame(image, 0)) is CameraState.FINE


def test_the_demo_clips_are_live_pictures():
    for path in sorted(Path(demo_file).parent.glob("*.mp4")):
        camera, liveness = RecordingCamera(path, SimulatedClock(), loop=True), Liveness(30.0)
        assert {liveness.judge(camera.read()) for _ in range(240)} == {CameraState.FINE}
