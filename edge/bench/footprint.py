"""What the whole station costs in memory: its three processes as they run on a device."""

import os
import subprocess
import sys
import time
from pathlib import Path

from edge.bench.memory import pss_mb
from edge.bench.row import Row, at_most
from edge.config import StationConfig
from edge.demo.companions import Companions, to_toml
from edge.errors import DeviceError

SETTLE_S = 12.0
"""Long enough for the networks to be loaded and a session to be under way."""
LIMIT_MB = 600.0


def measure_footprint(config: StationConfig, folder: Path) -> list[Row]:
    """
    Run station, vision, relay, broker and collector, and add up the first three.

    Args:
        config: with a recording as its camera and a free port for the broker.
        folder: empty, for the logs.

    Raises:
        DeviceError: the station ended by itself.
    """
    settings = folder / "station.toml"
    settings.write_text(to_toml(config), encoding="utf-8")
    with Companions(config, folder) as companions, (folder / "station.log").open("wb") as log:
        command = [sys.executable, "-m", "edge", "run", "--config", str(settings)]
        environment = {**os.environ, "SDL_VIDEODRIVER": "dummy"}
        station = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        try:
            time.sleep(SETTLE_S)
            if station.poll() is not None:
                raise DeviceError(f"the station ended by itself, see {log.name}")
            parts = {"station": pss_mb(station.pid), "relay": pss_mb(companions.pid("relay"))}
            parts["vision"] = sum(pss_mb(child) for child in _children(station.pid))
        finally:
            station.kill()
            station.wait()
    note = ", ".join(f"{name} {mb:.0f}" for name, mb in parts.items())
    return [at_most("pss_total_mb", sum(parts.values()), LIMIT_MB, "MB", note)]


def _children(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError as error:
        raise DeviceError(f"process {pid}: its children cannot be read ({error.strerror})") from None
    if not children:
        raise DeviceError("the station has started no vision process")
    return [int(child) for child in children]
