"""What the units promise; judged by systemd's own tools where they exist, never started on a device here."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from edge.cli import app

UNITS = Path(__file__).parent.parent / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
PROGRAM = "/opt/plumbline/.venv/bin/plumbline"

needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")


def settings(unit: Path) -> dict[str, list[str]]:
    """Every key of a unit with all its values; an empty value resets, as in systemd."""
    found: dict[str, list[str]] = {}
    for line in unit.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith(("#", "[")):
            continue
        key, value = line.split("=", 1)
        found.setdefault(key, []).append(value)
    return found


def systemd(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SYSTEMD_UNIT_PATH": f"{folder}:", "SYSTEMD_COLORS": "0"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)


@pytest.fixture
def staged(tmp_path):
    """The units as they will lie, with a program that exists here in place of the one that will be there."""
    for unit in [*SERVICES, UNITS / "plumbline.target"]:
        (tmp_path / unit.name).write_text(unit.read_text().replace(PROGRAM, "/bin/true"))
    overrides = tmp_path / "plumbline-station.service.d"
    overrides.mkdir()
    for override in (UNITS / "drop-ins").glob("*.conf"):
        shutil.copy(override, overrides)
    return tmp_path


@needs_systemd
@pytest.mark.parametrize("name", [*(unit.name for unit in SERVICES), "plumbline.target"])
def test_systemd_finds_nothing_to_say_about_a_unit(staged, name):
    verdict = systemd("systemd-analyze", "verify", f"./{name}", folder=staged)
    assert (verdict.returncode, verdict.stdout, verdict.stderr) == (0, "", "")


@needs_systemd
@pytest.mark.parametrize(
    ("name", "threshold"),
    [("plumbline-station", 10), ("plumbline-relay", 15), ("plumbline-collector", 15)],
)
def test_a_service_is_exposed_no_more_than_it_must_be(staged, name, threshold):
    shutil.rmtree(staged / "plumbline-station.service.d")
    verdict = systemd(
        "systemd-analyze", "security", "--offline=true", f"--threshold={threshold}", f"./{name}.service", folder=staged
    )
    assert verdict.returncode == 0, verdict.stdout[-300:]


def test_what_sees_the_person_has_no_network():
    station = settings(UNITS / "plumbline-station.service")
    assert station["PrivateNetwork"] == ["yes"]
    assert station["RestrictAddressFamilies"] == ["AF_UNIX AF_NETLINK"]


@pytest.mark.parametrize("name", ["plumbline-relay", "plumbline-collector"])
def test_what_has_the_network_has_no_device(name):
    service = settings(UNITS / f"{name}.service")
    assert service["PrivateDevices"] == ["yes"]
    assert "DeviceAllow" not in service
    assert "SupplementaryGroups" not in service


def test_inference_can_read_which_processor_it_runs_on():
    assert "ProcSubset" not in settings(UNITS / "plumbline-station.service")


def test_the_painting_may_be_real_time_without_its_children():
    realtime = settings(UNITS / "drop-ins" / "realtime.conf")
    assert realtime["CPUSchedulingResetOnFork"] == ["yes"]


def test_the_vision_child_may_make_itself_nicer():
    calls = settings(UNITS / "plumbline-station.service")["SystemCallFilter"]
    refused = next(index for index, call in enumerate(calls) if "@resources" in call)
    assert any("setpriority" in call for call in calls[refused + 1 :])


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
class TestService:
    def test_it_starts_a_command_that_exists(self, unit):
        (start,) = settings(unit)["ExecStart"]
        program, command, *_ = start.split()
        assert program == PROGRAM
        assert command in typer.main.get_command(app).commands

    def test_it_is_started_again_for_ever_and_watched(self, unit):
        service = settings(unit)
        assert service["Restart"] == ["always"]
        assert service["StartLimitIntervalSec"] == ["0"]
        assert service["Type"] == ["notify"]
        assert int(service["WatchdogSec"][0]) > 0

    def test_its_user_and_groups_are_made_by_sysusers(self, unit):
        made = {
            line.split()[1] for line in (UNITS / "sysusers.conf").read_text().splitlines() if line[:2] in ("u ", "g ")
        }
        service = settings(unit)
        assert {*service["User"], *service["Group"], *service.get("SupplementaryGroups", [""])[0].split()} <= made

    def test_it_writes_only_where_a_folder_is_made_for_it(self, unit):
        made = {line.split()[1] for line in (UNITS / "tmpfiles.conf").read_text().splitlines() if line.startswith("d ")}
        assert set(settings(unit).get("ReadWritePaths", [])) <= made

    def test_it_runs_without_any_privilege(self, unit):
        service = settings(unit)
        assert service["CapabilityBoundingSet"] == service["AmbientCapabilities"] == [""]
        assert service["NoNewPrivileges"] == ["yes"]


@pytest.mark.parametrize("command", ["relay", "collect"])
def test_a_service_says_that_it_is_ready_and_that_it_goes_on_while_no_broker_answers(command, tmp_path):
    """Type=notify and WatchdogSec= kill a service that does not."""
    config = tmp_path / "station.toml"
    config.write_text(
        f'[mqtt]\nhost = "127.0.0.1"\nport = 9\n[store]\nfolder = "{tmp_path}/state"\n'
        f'[collector]\ndatabase = "{tmp_path}/collector.sqlite"\n'
    )
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(10.0)
        service = subprocess.Popen(
            [sys.executable, "-m", "edge", command, "--config", str(config)],
            cwd=UNITS.parent,
            env={**os.environ, "NOTIFY_SOCKET": str(tmp_path / "notify")},
        )
        try:
            heard = [listener.recv(100).decode() for _ in range(3)]
        finally:
            service.kill()
            service.wait()
    assert heard == ["READY=1", "WATCHDOG=1", "WATCHDOG=1"]


def test_the_target_starts_the_station_and_the_relay():
    assert settings(UNITS / "plumbline.target")["Wants"] == ["plumbline-station.service plumbline-relay.service"]


@pytest.mark.skipif(not shutil.which("systemd-sysusers") or os.geteuid() != 0, reason="needs systemd-sysusers and root")
def test_users_and_folders_are_made_once_and_stay(tmp_path):
    (tmp_path / "etc").mkdir()
    for _ in range(2):
        users = systemd("systemd-sysusers", f"--root={tmp_path}", str(UNITS / "sysusers.conf"), folder=tmp_path)
        folders = systemd(
            "systemd-tmpfiles", f"--root={tmp_path}", "--create", str(UNITS / "tmpfiles.conf"), folder=tmp_path
        )
        assert (users.returncode, folders.returncode) == (0, 0), users.stderr + folders.stderr
    outbox = tmp_path / "var" / "lib" / "plumbline"
    assert oct(outbox.stat().st_mode)[-4:] == "2770"
    group = re.search(r"^plumbline-outbox:[^:]*:(\d+)", (tmp_path / "etc" / "group").read_text(), re.MULTILINE)
    assert group
    assert outbox.stat().st_gid == int(group[1])
