"""A listener that is no broker, or a bad one: it answers every connection with what the test says."""

import contextlib
import socket
import threading
from collections.abc import Callable

Script = Callable[[socket.socket], None]
CONNACK_5 = bytes([0x20, 3, 0, 0, 0])
CONNACK_311 = bytes([0x20, 2, 0, 0])
UNKNOWN_VERSION_311 = bytes([0x20, 2, 0, 1])


class ScriptedBroker:
    """Runs `script` for every connection; the socket is closed when the script returns."""

    def __init__(self, script: Script) -> None:
        self.sessions = 0
        self._script = script
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.sessions += 1
            self._open.append(connection)
            with connection, contextlib.suppress(OSError):
                self._script(connection)

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)

    def __enter__(self) -> "ScriptedBroker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_packet(connection: socket.socket) -> tuple[int, bytes]:
    """Return the kind (high four bits) and the rest of the next MQTT packet; (0, b"") when the other side has left."""
    head = connection.recv(1)
    if not head:
        return 0, b""
    length = shift = 0
    while True:
        byte = connection.recv(1)[0]
        length |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            break
    body = b""
    while len(body) < length:
        body += connection.recv(length - len(body))
    return head[0] >> 4, body


def version_of(connect: bytes) -> int:
    """The protocol level in the body of a CONNECT."""
    return connect[2 + int.from_bytes(connect[:2], "big")]


def listen_on(connection: socket.socket) -> None:
    """Take everything until the other side leaves, and say nothing."""
    while connection.recv(4096):
        pass
