import io
import json
import os

import pytest
from rich.console import Console

from edge.bench.bench import run_bench
from edge.bench.memory import pss_mb
from edge.errors import ConfigError, DeviceError


def test_the_memory_of_this_process_is_a_few_dozen_megabytes():
    assert 5 < pss_mb(os.getpid()) < 4000


def test_a_process_that_is_gone_is_said():
    with pytest.raises(DeviceError, match="cannot be read"):
        pss_mb(2**22 + 1)


def test_an_unknown_bench_is_refused_before_anything_runs(tmp_path):
    with pytest.raises(ConfigError, match="speeed"):
        run_bench(tmp_path, ["speeed"], "models/built", None, Console(file=io.StringIO()))


@pytest.mark.networks
def test_without_photographs_the_figures_are_empty_and_not_met(tmp_path):
    out = tmp_path / "figures.json"
    assert not run_bench(tmp_path, ["networks"], "models/built", out, Console(file=io.StringIO()))
    rows = {row["id"]: row for row in json.loads(out.read_text())}
    for name in ("parity_static_mean_px", "int8_pck_loss_upper_points", "track_full_ratio_mediapipe_0_10_21"):
        assert rows[name]["value"] is None
        assert rows[name]["ok"] is False
