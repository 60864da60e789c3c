import time
from pathlib import Path

import numpy as np
import pytest

from edge.config import ModelsConfig, StationConfig
from edge.engine.artefact import load_artefact
from edge.engine.engine import Engine, Tensors
from edge.engine.simulated import SimulatedEngine
from edge.errors import ModelError, PictureError
from edge.factory import DETECTOR, landmarks_name, make_engine, make_networks
from edge.pose.estimator import PoseEstimator
from edge.pose.landmarks import Joint
from edge.selftest.bundle import FOLDER, known_people
from edge.selftest.self_test import require_self_test, run_self_test
from tests.accuracy.records import record, write
from tests.people import Person

VALUES = 5
"""Numbers of one landmark in the network's output."""


@pytest.fixture(scope="module")
def engines() -> tuple[Engine, Engine]:
    config = ModelsConfig()
    return tuple(
        make_engine(load_artefact(Path(config.folder), name), config) for name in (DETECTOR, landmarks_name(config))
    )


def _changed(engine: Engine, change) -> SimulatedEngine:
    """The real engine with its landmarks changed on the way out."""

    def run(inputs: Tensors) -> dict[str, np.ndarray]:
        outputs = dict(engine.run(inputs))
        rows = outputs["landmarks"].reshape(-1, VALUES).copy()
        heat = outputs["heatmap"]
        order = change(rows)
        if order is not None:
            rows, heat = rows[order], heat[:, order]
        return outputs | {"landmarks": rows.reshape(outputs["landmarks"].shape), "heatmap": heat}

    return SimulatedEngine(run)


def _exchanged(rows: np.ndarray) -> np.ndarray:
    order = np.arange(len(rows))
    for joint in Joint:
        if joint.name.startswith("LEFT_"):
            right = Joint[joint.name.replace("LEFT_", "RIGHT_")]
            order[[joint, right]] = right, joint
    return order


def _nudged(rows: np.ndarray) -> None:
    # Further than the heat map around the true place reaches.
    rows[Joint.LEFT_SHOULDER, 1] += 40.0


def test_the_pictures_that_ship_are_small_and_show_people_who_stand_differently():
    people = known_people()
    assert len(people) >= 2
    assert sum(path.stat().st_size for path in FOLDER.iterdir() if path.suffix in (".json", ".jpg", ".png")) <= 1e6
    tilts = [
        np.subtract(person.joints_px[Joint.LEFT_SHOULDER, 1], person.joints_px[Joint.RIGHT_SHOULDER, 1])
        for person in people
    ]
    assert max(tilts) - min(tilts) > 10.0


@pytest.mark.networks
def test_the_built_networks_read_the_people_they_should_know(engines):
    people = known_people()
    start_s = time.process_time()
    found = run_self_test(PoseEstimator(*engines), people)
    assert found.ok, "\n".join(str(check) for check in found.checks if not check.ok)
    assert time.process_time() - start_s < 2.0


@pytest.mark.networks
@pytest.mark.parametrize("landmarks", ["full", "lite"])
def test_a_station_starts_with_networks_that_know_these_people(landmarks):
    assert "int8" in make_networks(StationConfig(models=ModelsConfig(landmarks=landmarks))).description


def test_a_station_without_these_pictures_does_not_start(tmp_path):
    with pytest.raises(ModelError, match="nobody to look at"):
        require_self_test(PoseEstimator(SimulatedEngine([{}]), SimulatedEngine([{}])), known_people(tmp_path))


@pytest.mark.networks
@pytest.mark.parametrize("change", [_exchanged, _nudged])
def test_a_network_with_a_fault_is_found_out(engines, change):
    detector, landmarks = engines
    assert not run_self_test(PoseEstimator(detector, _changed(landmarks, change)), known_people()).ok


@pytest.mark.networks
def test_a_network_that_always_says_the_same_is_found_out(engines):
    detector, landmarks = engines
    answer = landmarks.run({"image": np.full((1, 3, 256, 256), 0.5, np.float32)})
    constant = SimulatedEngine([dict(answer) | {"presence": np.ones((1, 1), np.float32)}])
    assert not run_self_test(PoseEstimator(detector, constant), known_people()).ok


def test_a_folder_of_known_people_is_read_in_order(tmp_path):
    for seed in (2, 1):
        write(tmp_path, record(Person(shoulder_tilt_deg=seed), seed=seed))
    assert [person.name for person in known_people(tmp_path)] == ["1-0-0", "2-0-0"]


def test_a_lost_picture_is_named(tmp_path):
    path = write(tmp_path, record(Person()))
    path.with_suffix(".png").unlink()
    with pytest.raises(PictureError, match=r"7-0-0\.png.*install"):
        known_people(tmp_path)
