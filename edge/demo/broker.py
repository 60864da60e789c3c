"""A private MQTT broker for the demo and the benches: own port, own folder, gone when we are."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from edge.errors import DeviceError

EXECUTABLES = ("mosquitto", "/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto")
START_LIMIT_S = 10.0


def find_mosquitto() -> str:
    """
    Return the path of mosquitto.

    Raises:
        DeviceError: it is not installed.
    """
    for name in EXECUTABLES:
        path = shutil.which(name)
        if path:
            return path
    raise DeviceError("mosquitto is not installed, run ./setup.sh or install the Debian package mosquitto")


def free_port() -> int:
    """Return a TCP port of the loopback address that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def broker_settings(port: int, persistence: Path | None = None) -> str:
    """
    Return the settings of a broker that only this machine can reach.

    Args:
        port: to listen on.
        persistence: folder in which it keeps its queues; None: it forgets them.
    """
    lines = [
        f"listener {port} 127.0.0.1",
        "allow_anonymous true",
        f"persistence {str(persistence is not None).lower()}",
    ]
    if persistence is not None:
        lines += [f"persistence_location {persistence}/", "autosave_interval 1"]
    if os.geteuid() == 0:
        lines.append("user root")  # or it could not write into our folder
    return "\n".join(lines) + "\n"


class PrivateBroker:
    """
    A mosquitto that only this machine can reach.

        broker = PrivateBroker(folder); ...; broker.close()
    """

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.port = port or free_port()
        settings = folder / "mosquitto.conf"
        settings.write_text(broker_settings(self.port), encoding="utf-8")
        self._log = (folder / "mosquitto.log").open("ab")
        self._process = subprocess.Popen(
            [find_mosquitto(), "-c", str(settings)], stdout=self._log, stderr=self._log, stdin=subprocess.DEVNULL
        )
        try:
            self._wait()
        except DeviceError:
            self.close()
            raise

    def _wait(self) -> None:
        deadline = time.monotonic() + START_LIMIT_S
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise DeviceError(f"the private broker does not answer on port {self.port}; its log: {self._log.name}")

    def close(self) -> None:
        """Stop the broker; closing twice is fine."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(5.0)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._log.close()
