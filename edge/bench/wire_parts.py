"""The processes of the chaos bench: a private broker, a relay, a collector; each can be killed and started again."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

from edge.demo.broker import broker_settings, find_mosquitto, free_port

SETTINGS = """
[site]
site = "bench"
station = "station-1"
[store]
folder = "{folder}/state"
[mqtt]
host = "127.0.0.1"
port = {port}
keepalive_s = 5
retry_s = 1.0
[collector]
database = "{folder}/collector.sqlite"
"""


class Parts:
    """
    Broker, collector and relay as processes of their own.

        with Parts(folder, persistence=False) as parts:
            parts.kill("broker")
            parts.start("broker")
    """

    NAMES = ("broker", "collector", "relay")

    def __init__(self, folder: Path, *, persistence: bool) -> None:
        self.unexpected_ends = 0
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        port = free_port()
        broker, station = folder / "mosquitto.conf", folder / "station.toml"
        broker.write_text(broker_settings(port, folder if persistence else None), encoding="utf-8")
        station.write_text(SETTINGS.format(folder=folder, port=port), encoding="utf-8")
        plumbline = [sys.executable, "-m", "edge"]
        self._commands = {
            "broker": [find_mosquitto(), "-c", str(broker)],
            "collector": [*plumbline, "collect", "--config", str(station)],
            "relay": [*plumbline, "relay", "--config", str(station)],
        }
        self._log: IO[bytes] = (folder / "processes.log").open("ab")
        for name in self.NAMES:
            self.start(name)

    def start(self, name: str) -> None:
        """Start a part."""
        self._processes[name] = subprocess.Popen(self._commands[name], stdout=self._log, stderr=self._log)

    def kill(self, name: str) -> None:
        """SIGKILL a part and wait until it is gone."""
        self._processes[name].kill()
        self._processes[name].wait()

    def freeze(self, name: str) -> None:
        """Stop a part where it stands; whoever talks to it notices nothing."""
        self._processes[name].send_signal(signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        """Let a frozen part go on."""
        self._processes[name].send_signal(signal.SIGCONT)

    def look_after(self) -> None:
        """Start again whatever ended by itself, as systemd would, and count it."""
        for name in self.NAMES:
            if self._processes[name].poll() is not None:
                self.unexpected_ends += 1
                self.start(name)

    def close(self) -> None:
        """Kill everything; twice is fine."""
        for name in self._processes:
            self.kill(name)
        self._log.close()

    def __enter__(self) -> "Parts":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
