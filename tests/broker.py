"""A real mosquitto for a test; the test is skipped where there is none."""

import socket
import subprocess
import time
from pathlib import Path

import pytest

from edge.demo.broker import broker_settings, find_mosquitto, free_port
from edge.errors import DeviceError


class RunningBroker:
    """mosquitto on a private port; it can be killed and started again."""

    def __init__(self, folder: Path, *settings: str) -> None:
        try:
            found = find_mosquitto()
        except DeviceError as error:
            pytest.skip(str(error))
        self.port = free_port()
        self._settings = folder / "mosquitto.conf"
        self._settings.write_text(broker_settings(self.port) + "".join(f"{line}\n" for line in settings))
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
