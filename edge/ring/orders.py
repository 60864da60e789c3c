"""What the vision process is told at its start, and how it learns that the station has died."""

import ctypes
import json
import os
import resource
import signal
import sys
import threading
from dataclasses import dataclass

from edge.errors import RingError

EXIT_FAILED = 3
"""The exit code of a vision process that has put the reason into its status."""
_PR_SET_PDEATHSIG = 1
_MAX_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Orders:
    """
    The first line of the child's standard input.

    Attributes:
        memory: descriptor of the ring.
        wake: descriptor of the wake pipe.
        settings: the StationConfig as JSON.
    """

    memory: int
    wake: int
    settings: str


def take_orders(descriptor: int = 0) -> Orders:
    """
    Read the orders and make sure that this process dies with the station and leaves nothing behind.

    Raises:
        RingError: started by hand, or by a station of another version.
    """
    line = _read_line(descriptor)
    try:
        orders = Orders(**json.loads(line))
    except (ValueError, TypeError):
        raise RingError("vision is started by the station, not by hand: run plumbline run") from None
    _die_with_parent(descriptor)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold pictures of a person
    return orders


def _read_line(descriptor: int) -> bytes:
    line = bytearray()
    while not line.endswith(b"\n") and len(line) < _MAX_BYTES:
        piece = os.read(descriptor, 4096)
        if not piece:
            break
        line += piece
    return bytes(line)


def _die_with_parent(descriptor: int) -> None:
    """
    Two ways, since neither covers all: the pipe needs a process that can still run Python; the signal comes when the
    thread that started vision ends, so the station must start it from its main thread.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_end_with, args=(descriptor,), name="parent watch", daemon=True).start()


def _end_with(descriptor: int) -> None:
    while os.read(descriptor, 4096):
        pass
    os._exit(0)
