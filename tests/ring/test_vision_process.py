"""Real vision processes under the real supervisor and clock; only the pose network is simulated."""

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from edge.camera.state import CameraState
from edge.clock import SystemClock
from edge.config import StationConfig
from edge.errors import DeviceError
from edge.ring.child import VisionChild
from edge.ring.geometry import RingGeometry
from edge.ring.supervisor import Health, VisionState, VisionSupervisor

COMMAND = (sys.executable, "-m", "tests.ring.vision_process")
DEMO = Path(__file__).parents[2] / "edge" / "demo" / "stand_back_straight.mp4"
SMALL = {"driver": "simulated", "width": 160, "height": 120}


class Station:
    """What the station's loop does with vision, and nothing else."""

    def __init__(self, site: str, camera: dict[str, Any]) -> None:
        self.config = StationConfig.model_validate({"site": {"site": site}, "camera": camera})
        self.children: list[VisionChild] = []
        self.supervisor = VisionSupervisor(self._start, SystemClock())
        self.longest_poll_s = 0.0

    def _start(self) -> VisionChild:
        geometry = RingGeometry.for_size(self.config.camera.width, self.config.camera.height)
        self.children.append(VisionChild(self.config.model_dump_json(), geometry, COMMAND))
        return self.children[-1]

    def run(self, until: Callable[[Health], bool], limit_s: float = 20.0) -> tuple[Health, float]:
        """Poll until something holds; returns the health and how long it took, in seconds."""
        began_s = time.monotonic()
        while True:
            before_s = time.monotonic()
            health = self.supervisor.poll()
            self.longest_poll_s = max(self.longest_poll_s, time.monotonic() - before_s)
            took_s = time.monotonic() - began_s
            if until(health):
                return health, took_s
            assert took_s < limit_s, health
            time.sleep(0.02)

    def until_running(self) -> float:
        return self.run(lambda health: health.state is VisionState.RUNNING)[1]

    def until_lost(self) -> tuple[Health, float]:
        return self.run(lambda health: health.state is VisionState.LOST)


@pytest.fixture
def station() -> Iterator[Callable[..., Station]]:
    stations: list[Station] = []

    def make(site: str = "demo", **camera: Any) -> Station:
        stations.append(Station(site, SMALL | camera))
        return stations[-1]

    yield make
    for one in stations:
        one.supervisor.close()
        assert all(not psutil.pid_exists(child.pid) for child in one.children)


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_a_killed_or_stopped_process_is_noticed_in_a_second_and_replaced_in_four(station, blow: signal.Signals):
    one = station()
    one.until_running()
    os.kill(one.children[0].pid, blow)
    noticed_s = one.until_lost()[1]
    assert noticed_s <= 1.0
    assert noticed_s + one.until_running() <= 4.0
    assert len(one.children) == 2
    assert one.supervisor.reader.latest_observation() is not None
    assert one.longest_poll_s < 0.1


def test_a_recording_taken_away_is_noticed_in_a_second_and_back_without_a_restart(station, tmp_path: Path):
    path = shutil.copy(DEMO, tmp_path / "person.mp4")
    one = station(driver="recording", path=str(path), width=1280, height=720, loop=True)
    one.until_running()
    path.rename(tmp_path / "away")
    health, noticed_s = one.until_lost()
    assert noticed_s <= 1.0
    assert health.camera is CameraState.LOST
    assert "person.mp4" in health.reason
    time.sleep(0.3)
    (tmp_path / "away").rename(path)
    assert one.until_running() <= 1.5
    assert len(one.children) == 1


def test_a_recording_ends_and_its_last_frames_stay_readable(station, tmp_path: Path):
    one = station(driver="recording", path=str(DEMO), width=1280, height=720, fps=30.0)
    health, _ = one.run(lambda health: health.state is VisionState.ENDED)
    reader = one.supervisor.reader
    assert reader.latest_frame().index == 209
    status = reader.status()
    assert status.frames_captured + status.frames_lost == 210
    assert "the recording has ended" in health.reason
    assert reader.observations_since(-1)


def test_a_network_that_fails_three_times_ends_the_process_with_its_sentence(station):
    health, _ = station("fails").until_lost()
    assert health.reason == "the simulated network has failed, this is a test"


def test_networks_that_cannot_be_loaded_are_told_and_tried_again(station):
    one = station("refuses")
    health, _ = one.until_lost()
    assert health.reason == "pose_full.int8.onnx has been altered, build it again"
    one.run(lambda health: health.restarts >= 2)


@pytest.mark.parametrize(("site", "code"), [("dies", 7), ("crashes", 1)])
def test_a_process_that_dies_while_it_starts_is_noticed(station, site: str, code: int, capfd):
    health, took_s = station(site).until_lost()
    assert health.reason == f"Vision has ended by itself ({code})."
    assert took_s < 5.0


def test_vision_writes_no_file_and_opens_no_socket(station):
    one = station("spy", driver="recording", path=str(DEMO), width=1280, height=720)
    one.until_running()
    time.sleep(1.0)
    assert one.run(lambda _: True)[0].state is VisionState.RUNNING
    assert one.supervisor.reader.status().engine == "simulated pose network"


@pytest.mark.parametrize("leak", ["file", "socket"])
def test_the_spy_would_see_a_file_or_a_socket(station, leak: str):
    health, _ = station(f"spy-{leak}").until_lost()
    assert health.reason == "Vision has ended by itself (99)."


def test_vision_dies_with_the_station(tmp_path: Path):
    """A station killed by SIGKILL leaves no vision behind, not even a stopped-and-continued one."""
    program = (
        "import sys, time\n"
        "from edge.config import StationConfig\n"
        "from edge.ring.child import VisionChild\n"
        "from edge.ring.geometry import RingGeometry\n"
        "config = StationConfig.model_validate({'camera': {'driver': 'simulated', 'width': 160, 'height': 120}})\n"
        f"child = VisionChild(config.model_dump_json(), RingGeometry.for_size(160, 120), {COMMAND!r})\n"
        "while not child.reader.status().frames_posed: time.sleep(0.02)\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    station = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert station.stdout is not None
    vision = psutil.Process(int(station.stdout.readline()))
    station.kill()
    station.communicate()
    end_s = time.monotonic() + 5.0
    while vision.is_running() and vision.status() != psutil.STATUS_ZOMBIE and time.monotonic() < end_s:
        time.sleep(0.02)
    assert not vision.is_running() or vision.status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("orders", [b"", b"hello\n", json.dumps({"memory": 1}).encode()])
def test_vision_started_by_hand_says_how_it_is_started(orders: bytes):
    done = subprocess.run([*COMMAND], input=orders, capture_output=True, timeout=30, check=False)
    assert done.returncode == 1
    assert b"vision is started by the station, not by hand: run plumbline run" in done.stderr


def test_a_program_that_is_not_there_is_a_clear_error_and_leaks_nothing():
    gc.collect()  # what earlier tests left behind is not counted
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(DeviceError, match=r"vision does not start \(No such file"):
        VisionChild("{}", RingGeometry.for_size(160, 120), ["/nowhere/python"])
    assert len(os.listdir("/proc/self/fd")) == before
