import os
import subprocess
import sys
from pathlib import Path

import pytest

PLUMBLINE = [sys.executable, "-m", "edge"]


def plumbline(*words, cwd=None, **environment):
    return subprocess.run(
        [*PLUMBLINE, *map(str, words)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "200", "PYTHONPATH": str(Path.cwd()), **environment},
        check=False,
    )


WRONG_SETTING = 78


def the_sentence(ended, code=1):
    """A refusal is one line on standard error that starts with the command's name; never a traceback."""
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr
    lines = [line for line in ended.stderr.splitlines() if line]
    assert len(lines) == 1
    assert lines[0].startswith("plumbline: ")
    return lines[0]


def settings(tmp_path, text):
    path = tmp_path / "station.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_good_settings_are_fine(tmp_path):
    ended = plumbline("check-config", "--config", settings(tmp_path, ""))
    assert ended.returncode == 0
    assert "fine" in ended.stdout


def test_a_wrong_key_is_one_sentence(tmp_path):
    sentence = the_sentence(
        plumbline("check-config", "--config", settings(tmp_path, "[camera]\nwidht = 1")), WRONG_SETTING
    )
    assert "camera.widht: unknown setting, did you mean width?" in sentence


def test_a_station_without_a_camera_is_one_sentence(tmp_path):
    config = settings(tmp_path, f"[store]\nfolder = '{tmp_path}/state'\n[display]\ndriver = 'simulated'")
    assert "camera.driver" in the_sentence(plumbline("run", "--config", config), WRONG_SETTING)


def test_a_relay_without_a_broker_is_one_sentence(tmp_path):
    config = settings(tmp_path, f"[store]\nfolder = '{tmp_path}/state'")
    assert "mqtt.host" in the_sentence(plumbline("relay", "--config", config), WRONG_SETTING)


def test_a_relay_whose_broker_does_not_answer_says_so_once(tmp_path):
    config = settings(tmp_path, f"[store]\nfolder = '{tmp_path}/state'\n[mqtt]\nhost = '127.0.0.1'\nport = 1")
    relay = subprocess.Popen(
        [*PLUMBLINE, "relay", "--config", str(config)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            relay.wait(6.0)
    finally:
        relay.kill()
    said = relay.communicate()[1].splitlines()
    assert len(said) == 1
    assert "127.0.0.1:1" in said[0]


def test_a_picture_that_is_missing_is_one_sentence(tmp_path):
    assert "nowhere.jpg" in the_sentence(plumbline("measure", tmp_path / "nowhere.jpg"))


def test_a_station_without_networks_is_one_sentence(tmp_path):
    config = settings(
        tmp_path,
        f"[camera]\ndriver = 'simulated'\n[store]\nfolder = '{tmp_path}/state'\n"
        f"[models]\nfolder = '{tmp_path}/none'\n[display]\ndriver = 'simulated'",
    )
    assert "models.build" in the_sentence(plumbline("run", "--config", config))


def test_an_unknown_bench_is_one_sentence():
    assert "choose from" in the_sentence(plumbline("bench", "--only", "speeed"), WRONG_SETTING)


def test_an_unknown_clip_is_one_sentence(tmp_path):
    assert "choose" in the_sentence(plumbline("demo", "--clip", "crooked", "--folder", tmp_path), WRONG_SETTING)


def test_a_demo_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    sentence = the_sentence(plumbline("demo", "--headless", "--folder", tmp_path / "file" / "demo"))
    assert "--folder" in sentence


def test_a_folder_that_may_not_be_written_is_one_sentence(tmp_path):
    if not Path("/proc/version").exists():
        pytest.skip("needs a place where nobody may write")
    config = settings(
        tmp_path, "[camera]\ndriver = 'simulated'\n[store]\nfolder = '/proc/plumbline'\n[display]\ndriver = 'simulated'"
    )
    assert "/proc/plumbline" in the_sentence(plumbline("run", "--config", config))


def test_a_second_station_on_the_same_store_is_one_sentence(tmp_path):
    from edge.store.outbox import Outbox

    config = settings(
        tmp_path,
        f"[camera]\ndriver = 'simulated'\n[store]\nfolder = '{tmp_path}/state'\n[display]\ndriver = 'simulated'",
    )
    with Outbox.open(tmp_path / "state", "station"):
        assert "another station" in the_sentence(plumbline("run", "--config", config))


def test_vision_started_by_hand_is_one_sentence():
    ended = subprocess.run(
        [*PLUMBLINE, "vision"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
    )
    assert "started by the station" in the_sentence(ended)


def test_wrong_usage_exits_2():
    assert plumbline("mesure").returncode == 2
