"""The benches of vision, on real processes whose pose network is simulated: that they measure, not how fast it is."""

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from edge.bench.latency import Latency, measure_latency
from edge.bench.recovery import Blow, Recovery, measure_recovery, recovery_rows
from edge.bench.watched import WatchedVision, lay_down, recording_config
from edge.camera.ended import CameraEndedError
from edge.camera.recording import RecordingCamera
from edge.clock import SimulatedClock
from edge.config import StationConfig
from edge.errors import DeviceError

COMMAND = (sys.executable, "-m", "tests.ring.vision_process")
DEMO = Path(__file__).parents[2] / "edge" / "demo" / "stand_back_straight.mp4"
BUILT = Path(__file__).parents[2] / "models" / "built"


def settings(path: Path, site: str = "demo") -> StationConfig:
    config = StationConfig.model_validate({"site": {"site": site}})
    return recording_config(config, path, (720, 1280), 0)


def test_latency_is_measured_frame_by_frame_while_the_screen_paints():
    painted: list[bool] = []
    found = measure_latency(settings(DEMO), 1.0, lambda frame, seen: painted.append(frame is not None), command=COMMAND)
    assert found.frames == pytest.approx(30, abs=10)
    assert 0 < found.p50_ms <= found.p99_ms < 5000
    assert 0 < found.posed_share <= 1.1  # a pose under way at the first count is in, its frame is not
    assert found.paint_p99_ms >= found.paint_p50_ms > 0
    assert len(painted) > 20
    assert all(painted[1:])
    assert found.vision_pss_mb > 10
    assert found.engine == "simulated pose network"


@pytest.mark.networks
@pytest.mark.skipif(not (BUILT / "silhouette.onnx").exists(), reason="run python -m models.build first")
@pytest.mark.parametrize("asked", [True, False])
def test_the_real_vision_draws_the_outline_where_the_settings_ask_for_it(asked: bool):
    config = settings(DEMO)
    models = config.models.model_copy(update={"folder": str(BUILT), "silhouette": asked})
    with WatchedVision(config.model_copy(update={"models": models})) as vision:
        seen = vision.run_until_posed()
    assert seen.landmarks is not None
    assert (seen.silhouette is not None) == asked


def test_vision_that_does_not_start_is_told_with_its_reason():
    told = pytest.raises(DeviceError, match=r"no pose within 3 s: pose_full\.int8\.onnx has been altered")
    with WatchedVision(settings(DEMO, "refuses"), COMMAND) as vision, told:
        vision.run_until_posed(limit_s=3.0)


def test_every_blow_is_dealt_noticed_and_mended(tmp_path: Path):
    copy = Path(shutil.copy(DEMO, tmp_path / "camera.mp4"))
    seen: list[Recovery] = []
    done = measure_recovery(settings(copy), 3, command=COMMAND, progress=seen.append)
    assert [one.blow for one in done] == list(Blow)
    assert seen == done
    assert all(0 < one.noticed_s < 5 and 0 < one.recovered_s < 20 for one in done)
    assert done[1].noticed_s > 0.5  # a stopped process is only noticed by its silence
    assert copy.exists()


def test_the_worst_try_decides():
    rows = recovery_rows([Recovery(Blow.KILL, 0.1, 3.9), Recovery(Blow.STOP, 1.1, 2.0)])
    assert [(row.id, row.value, row.ok) for row in rows] == [
        ("vision_notice_max_s", 1.1, False),
        ("vision_recovery_max_s", 3.9, True),
    ]
    assert not any(row.ok for row in recovery_rows([]))


def test_a_lost_frame_or_a_late_pose_misses_the_target():
    good = Latency(10.0, 30.0, 300, 0, 0.99, 25.0, 30.0, 150.0, "engine")
    poor = Latency(21.0, 51.0, 300, 1, 0.94, 25.0, 41.0, 150.0, "engine")
    assert all(row.ok for row in good.rows())
    assert [row.id for row in poor.rows() if not row.ok] == [
        "capture_to_pose_p50_ms",
        "capture_to_pose_p99_ms",
        "camera_frames_lost",
        "posed_frames_share",
        "paint_interval_p99_ms",
    ]


def test_a_clip_laid_on_its_side_stands_up_again(tmp_path: Path):
    sideways = lay_down(DEMO, tmp_path / "sideways.mp4")
    camera = RecordingCamera(sideways, SimulatedClock(), rotation_deg=90)
    original = RecordingCamera(DEMO, SimulatedClock())
    turned, upright = camera.read(), original.read()
    assert turned.size_px == upright.size_px == (720, 1280)
    assert np.abs(turned.image.astype(int) - upright.image).mean() < 6
    assert [camera.read().index for _ in range(209)] == list(range(1, 210))
    with pytest.raises(CameraEndedError):
        camera.read()
