"""The other processes of the demo: broker, collector and relay, all private and all ended with it."""

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from edge.config import StationConfig
from edge.demo.broker import PrivateBroker
from edge.errors import DeviceError

END_S = 5.0


def to_toml(config: StationConfig) -> str:
    """Return the settings as a station.toml; what is None is left out."""
    lines = []
    for section, settings in config.model_dump(exclude_none=True).items():
        lines.append(f"[{section}]")
        # A JSON string, number or boolean is one in TOML, too.
        lines += [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    return "\n".join(lines) + "\n"


class Companions:
    """
    Starts them, tells whether they live, ends them.

        with Companions(config, folder) as companions: ...
    """

    def __init__(self, config: StationConfig, folder: Path) -> None:
        self._folder = folder
        self._settings = folder / "station.toml"
        self._settings.write_text(to_toml(config), encoding="utf-8")
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._port = config.mqtt.port
        self._opened = ExitStack()

    def __enter__(self) -> "Companions":
        try:
            broker = PrivateBroker(self._folder, self._port)
            self._opened.callback(broker.close)
            for name in ("collect", "relay"):
                self._start(name)
        except BaseException:
            self._opened.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()

    def pid(self, name: str) -> int:
        """The process id of `collect` or `relay`."""
        return self._processes[name].pid

    def check(self) -> None:
        """
        Make sure that all are alive.

        Raises:
            DeviceError: one has ended by itself; the sentence names its log.
        """
        for name, process in self._processes.items():
            if process.poll() is not None:
                raise DeviceError(f"plumbline {name} has ended by itself, see {self._folder / name}.log")

    def _start(self, name: str) -> None:
        log = self._opened.enter_context((self._folder / f"{name}.log").open("wb"))
        command = [sys.executable, "-m", "edge", name, "--config", str(self._settings)]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self._processes[name] = process
        self._opened.callback(_end, process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
