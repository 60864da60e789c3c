"""What `setup.sh` does before it touches the network; every run here is a plan, or stops at its first step."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = ["bash", "cat", "dirname", "find", "grep", "mkdir", "mktemp", "realpath", "rm", "sha256sum", "sort", "tail"]
TOOLS += ["tr", "uname"]
PYTHONS = ["python3", "python3.10", "python3.11", "python3.12", "python3.13"]


class Machine:
    """A checkout on a machine that has only the programs it is given: no apt, no sudo, no broker."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "checkout"
        self.programs = folder / "programs"
        self.temporary = folder / "temporary"
        self.network = self.checkout / "models" / "built" / "pose.onnx"
        self.table = self.checkout / "calibration" / "int8" / "pose.json"
        for made in (self.checkout / "tests", self.network.parent, self.table.parent, self.programs, self.temporary):
            made.mkdir(parents=True)
        for name in ("setup.sh", "pyproject.toml", "requirements.lock", "tests/requirements.lock"):
            shutil.copy(ROOT / name, self.checkout / name)
        for name in TOOLS:
            (self.programs / name).symlink_to(shutil.which(name) or pytest.skip(f"no {name} here"))
        for name in PYTHONS:
            self.program(name, 'case "$*" in --version) echo Python 3.11.2 ;; *venv*.venv*) exit 1 ;; esac')

    def program(self, name: str, script: str) -> None:
        path = self.programs / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/bash\n{script}\n")
        path.chmod(0o755)

    def environment(self, place: Path) -> None:
        """What an earlier run left behind."""
        stamps = self.checkout / ".venv" / ".setup"
        stamps.mkdir(parents=True)
        (self.checkout / ".venv" / "bin").mkdir()
        (self.checkout / ".venv" / "bin" / "python").symlink_to(sys.executable)
        (stamps / "place").write_text(f"{place}\n")
        self.network.write_bytes(b"weights")
        networks = ["requirements.lock", *(str(f.relative_to(self.checkout)) for f in (self.table, self.network))]
        self.table.write_text("{}")
        for stamp, names in (
            ("requirements.lock", ["requirements.lock"]),
            ("plumbline", ["pyproject.toml"]),
            ("networks-station", networks),
        ):
            lines = [f"{hashlib.sha256((self.checkout / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
            (stamps / stamp).write_text("".join(lines))

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.programs), "TMPDIR": str(self.temporary), "HOME": str(self.temporary)}
        script = str(self.checkout / "setup.sh")
        return subprocess.run(
            [str(self.programs / "bash"), script, *words],
            env=environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=30,
        )


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def planned(run: subprocess.CompletedProcess[str]) -> list[str]:
    return [line.split("would: ")[1] for line in run.stdout.splitlines() if "would: " in line]


def test_the_help_names_the_two_commands(machine):
    shown = machine.run("--help")
    assert shown.returncode == 0
    assert "./setup.sh demo" in shown.stdout
    assert "./setup.sh test" in shown.stdout


@pytest.mark.parametrize("words", [["install"], ["--wheels"], ["--wheels", "/no/such/folder"]], ids=" ".join)
def test_a_word_it_does_not_know_changes_nothing(machine, words):
    refused = machine.run(*words)
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert not (machine.checkout / ".venv").exists()


def test_a_fresh_machine_gets_packages_environment_and_networks_in_this_order(machine):
    machine.program("mosquitto", "")
    steps = planned(machine.run("--plan"))
    assert steps[0].startswith("Debian packages")
    assert [step.split()[0] for step in steps[1:]] == ["environment", "Python", "plumbline", "networks"]


def test_the_tests_take_their_own_lock_and_end_with_every_check(machine):
    steps = planned(machine.run("--plan", "test"))
    assert "Python packages of tests/requirements.lock" in steps
    assert steps[-6:] == ["format", "lint", "shell", "floors", "types", "tests"]


def test_a_second_run_does_only_what_has_changed(machine):
    machine.environment(place=machine.checkout)
    assert [step for step in planned(machine.run("--plan")) if not step.startswith("Debian")] == []
    with (machine.checkout / "requirements.lock").open("a") as lock:
        lock.write("# a newer package\n")
    assert "Python packages of requirements.lock" in planned(machine.run("--plan"))


def test_a_network_that_was_altered_is_made_again(machine):
    machine.environment(place=machine.checkout)
    machine.network.write_bytes(b"other weights")
    assert planned(machine.run("--plan"))[-1] == "networks"


def test_a_checkout_that_was_moved_gets_a_new_environment(machine):
    machine.environment(place=Path("/where/it/was"))
    assert any(step.startswith("environment") for step in planned(machine.run("--plan")))


def test_an_old_python_is_refused_in_one_sentence(machine):
    for name in PYTHONS:
        machine.program(name, 'case "$*" in --version) echo Python 3.9.2 ;; *) exit 1 ;; esac')
    refused = machine.run("--plan")
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        "✗ Plumbline needs Python 3.10 to 3.13, found Python 3.9.2; install one of them and run this again"
    ]


def test_another_machine_is_refused_in_one_sentence(machine):
    machine.program("uname", 'case "$1" in -s) echo Linux ;; -m) echo riscv64 ;; esac')
    refused = machine.run("--plan")
    assert refused.returncode == 1
    assert "x86_64 and aarch64" in refused.stderr


def test_without_rights_a_package_it_can_do_without_is_named_and_the_work_goes_on(machine):
    run = machine.run()
    assert "going on without" in run.stdout
    assert "fonts-inter" in run.stdout
    assert "environment .venv" in run.stderr  # it went on to its next step, which cannot work here


def test_without_rights_a_package_it_needs_stops_it_with_the_command_that_helps(machine):
    for name in PYTHONS:  # a Debian Python that came without venv
        machine.program(name, 'case "$*" in --version) echo Python 3.11.2 ;; *ensurepip*) exit 1 ;; esac')
    run = machine.run()
    assert run.returncode == 1
    assert run.stderr.splitlines() == ["✗ missing: python3-venv; install with: sudo apt-get install python3-venv"]


def test_a_step_that_fails_shows_its_last_words_and_where_the_rest_is(machine):
    failing = 'case "$*" in --version) echo Python 3.11.2 ;; *venv*.venv*) echo no space left; exit 1 ;; esac'
    for name in PYTHONS:
        machine.program(name, failing)
    run = machine.run()
    (log,) = machine.temporary.glob("plumbline-setup.*.log")
    assert run.returncode == 1
    assert "no space left" in run.stderr
    assert str(log) in run.stderr
    assert "no space left" in log.read_text()


def test_a_run_that_succeeds_leaves_no_log_behind(machine):
    machine.run("--plan")
    assert list(machine.temporary.iterdir()) == []


@pytest.mark.parametrize("script", ["setup.sh", ".ci/run"])
def test_the_scripts_can_be_started_and_stop_at_the_first_error(script):
    path = ROOT / script
    assert os.access(path, os.X_OK)
    assert "set -euo pipefail" in path.read_text()


def test_the_gate_is_the_test_command_of_the_readme():
    assert "./setup.sh test" in (ROOT / ".ci/run").read_text()
    assert "./setup.sh test" in (ROOT / "README.md").read_text()
