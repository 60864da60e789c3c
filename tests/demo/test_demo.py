"""The whole job with the real networks and a real broker: half a minute, and the best test there is."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import cv2
import pytest

from edge.config import ModelsConfig
from edge.demo.broker import find_mosquitto
from edge.errors import DeviceError
from edge.session.summary import SessionSummary

pytestmark = [pytest.mark.networks, pytest.mark.broker]
TRUTH_DEG = {"C1": 0.0, "C4": -0.3, "C6b": 0.0}
"""What the generator built into the clip, about; the station prints an uncertainty of 1.7 to 3.4 degrees."""


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    if not (Path(ModelsConfig().folder) / "manifest.json").exists():
        pytest.skip("the networks are not built: python -m models.build")
    try:
        find_mosquitto()
    except DeviceError as error:
        pytest.skip(str(error))
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "edge", "demo", "--headless", "--clip", "straight", "--folder", str(folder)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=110, check=False, env={**os.environ})
    assert ended.returncode == 0, ended.stdout + ended.stderr
    (place,) = folder.iterdir()
    yield place, ended.stdout
    shutil.rmtree(folder)


def test_the_collector_has_a_measured_session(played):
    place, _ = played
    summary = SessionSummary.model_validate_json((place / "received.json").read_text())
    assert summary.outcome == "measured"
    values = {result.id: result for result in summary.results}
    for row, truth in TRUTH_DEG.items():
        assert values[row].value == pytest.approx(truth, abs=values[row].uncertainty)
    assert sum(take.accepted for take in summary.takes) == 3


def test_a_recording_is_announced_in_the_summary(played):
    place, said = played
    source = json.loads((place / "received.json").read_text())["source"]
    assert source["recorded"]
    assert "RECORDING" in source["announcement"]
    assert "RECORDING" in said


def test_what_ran_is_in_the_summary(played):
    place, _ = played
    networks = json.loads((place / "received.json").read_text())["networks"]
    assert [network["name"] for network in networks] == ["pose_detector.int8", "pose_full.int8"]
    assert all("int8" in network["engine"] for network in networks)


def test_every_screen_was_photographed(played):
    place, _ = played
    names = " ".join(path.name for path in place.glob("*.png"))
    for step in ("position", "take-1", "take-2", "take-3", "between", "result", "received"):
        assert step in names
    assert cv2.imread(str(next(place.glob("*result*.png")))).shape == (720, 1280, 3)


def test_the_overlay_film_has_a_frame_for_each_of_the_recording(played):
    place, _ = played
    film = cv2.VideoCapture(str(place / "overlay.mp4"))
    assert film.get(cv2.CAP_PROP_FRAME_COUNT) == 210
    film.release()


def test_no_picture_of_the_camera_is_in_the_stations_folder(played):
    place, _ = played
    kept = {path.suffix for path in (place / "state").rglob("*") if path.is_file()}
    assert kept.isdisjoint({".png", ".jpg", ".jpeg", ".mp4", ".avi"})
