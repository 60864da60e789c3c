"""A real mosquitto for a test; the test is skipped where there is none."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest


class RunningBroker:
    """mosquitto on a private port; it can be killed and started again."""

    def __init__(self, folder: Path, *settings: str) -> None:
        found = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")
        if found is None:
            pytest.skip("mosquitto is not installed")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._settings = folder / "mosquitto.conf"
        lines = [f"listener {self.port} 127.0.0.1", "allow_anonymous true", "persistence false", *settings]
        self._settings.write_text("\n".join([*lines, *(["user root"] if os.geteuid() == 0 else [])]) + "\n")
        self._command = [found, "-c", str(self._settings)]
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline_s = time.monotonic() + 10
        while time.monotonic() < deadline_s:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        self.kill()
        raise AssertionError("mosquitto does not answer")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def until(true, limit_s: float = 10.0) -> None:
    """Wait until something is true; fail when it does not become so."""
    deadline_s = time.monotonic() + limit_s
    while not true():
        assert time.monotonic() < deadline_s, "waited in vain"
        time.sleep(0.01)
