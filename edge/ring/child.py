"""The vision process as the station holds it."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import IO, Protocol

from edge.errors import DeviceError
from edge.ring.geometry import RingGeometry
from edge.ring.memory import create_memory
from edge.ring.reader import RingReader

COMMAND = (sys.executable, "-c", "from edge.factory import run_vision; run_vision()")
"""Not through the command line: its libraries would make every restart 0.2 s longer."""
EXIT_S = 2.0
QUIET = {
    "OPENCV_LOG_LEVEL": "SILENT",
    "OPENCV_FFMPEG_LOGLEVEL": "-8",  # ffmpeg repeats bytes of a damaged file in its complaints
    "OPENBLAS_NUM_THREADS": "1",
}


class Child(Protocol):
    """What the supervisor needs of a vision process."""

    reader: RingReader

    def exit_code(self) -> int | None:
        """Return how it ended, or None while it lives; never waits."""

    def kill(self) -> None:
        """Send SIGKILL; never waits."""

    def close(self) -> None:
        """Kill it, wait a moment for its end and give everything back; closing twice is fine."""


class VisionChild:
    """
    One vision process with a ring of its own.

        child = VisionChild(config.model_dump_json(), RingGeometry.for_size(1280, 720))

    The child inherits two descriptors, the memory and the wake pipe. One line on its standard input tells it their
    numbers and the settings; the input then stays open, and its end tells the child that the station has died.
    """

    def __init__(self, settings: str, geometry: RingGeometry, command: Sequence[str] = COMMAND) -> None:
        """
        Args:
            settings: the StationConfig as JSON.
            geometry: room for the largest frame of the settings.
            command: what to start; the rest of the protocol is `edge.ring.orders`.

        Raises:
            RingError: no memory for the ring.
            DeviceError: the process cannot be started.
        """
        memory = create_memory(geometry)
        reading, writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            self.reader = RingReader(memory, reading)
            self.process = subprocess.Popen(
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                pass_fds=(memory, writing),
                env={**os.environ, **QUIET},
                start_new_session=True,  # Ctrl-C at a terminal is the station's business
            )
        except OSError as error:
            os.close(reading)
            raise DeviceError(f"vision does not start ({error.strerror}), check the installation") from None
        finally:
            os.close(memory)
            os.close(writing)
        orders = json.dumps({"memory": memory, "wake": writing, "settings": settings})
        with contextlib.suppress(OSError):  # it has ended already; exit_code() tells
            os.write(self._input().fileno(), orders.encode() + b"\n")

    @property
    def pid(self) -> int:
        """The process id."""
        return self.process.pid

    def exit_code(self) -> int | None:
        """Return how it ended, negative for a signal, or None while it lives; never waits."""
        return self.process.poll()

    def kill(self) -> None:
        """Send SIGKILL, which reaches stopped and hung processes too; never waits."""
        self.process.kill()

    def close(self) -> None:
        """Kill it, wait a moment for its end and give everything back; closing twice is fine."""
        self.kill()
        self.reader.close()
        with contextlib.suppress(OSError):
            self._input().close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(EXIT_S)

    def _input(self) -> IO[bytes]:
        assert self.process.stdin is not None
        return self.process.stdin
