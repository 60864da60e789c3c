import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.small_network import small_network

LOAD = """
import sys, time
import {module}
import onnxruntime
session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
time.sleep(0.2)
"""


@pytest.mark.parametrize("module", ["edge.engine.onnx", "models.verify", "calibration.int8.ranges"])
def test_running_a_network_tells_nobody_and_notes_down_nothing(module: str, tmp_path: Path) -> None:
    network, home = tmp_path / "small.onnx", tmp_path / "home"
    network.write_bytes(small_network().SerializeToString())
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if name not in ("ORT_DISABLE_TELEMETRY", "CI")}
    environment = {**kept, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    subprocess.run([sys.executable, "-c", LOAD.format(module=module), str(network)], env=environment, check=True)
    assert list(home.rglob("*")) == []
