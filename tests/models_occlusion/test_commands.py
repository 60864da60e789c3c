"""The workshop's commands of the occlusion network, with and without the package that trains."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from models.occlusion.__main__ import app


def test_the_networks_are_put_beside_the_station_s_without_what_trains_them(tmp_path: Path):
    ended = CliRunner().invoke(app, ["install", "--folder", str(tmp_path)])
    assert ended.exit_code == 0
    assert (tmp_path / "occlusion.float.onnx").exists()


@pytest.mark.parametrize("command", ["train", "stages", "export", "views"])
def test_recordings_or_packages_that_are_missing_are_one_sentence(tmp_path: Path, command: str):
    ended = CliRunner().invoke(app, [command, "--data", str(tmp_path / "none"), "--work", str(tmp_path / "work")])
    assert ended.exit_code == 1
    assert isinstance(ended.exception, SystemExit)
