"""The real publisher: paho, one network thread, watched."""

import logging
import random
import socket
import ssl
import threading
import time

from edge.errors import PublishError
from edge.mqtt.connection import Broker, Connection
from edge.mqtt.publisher import Listener, Message

TURN_S = 0.25
ANSWER_S = 10.0  # a broker that has not answered CONNECT by then is none
STUCK_S = 120.0  # longer than any timeout in a turn of the loop
log = logging.getLogger(__name__)


class PahoPublisher:
    """
    MQTT 5, or 3.1.1 where the broker has no 5, at QoS 1. It connects in the background and reconnects for ever.

        publisher = PahoPublisher(Broker("broker.clinic", 1883, "clinic-a-station-1"))

    Whatever answers without speaking MQTT, like the sign-in page of a guest network, counts as no network. Receive
    Maximum and Maximum Packet Size are announced, but paho itself does not enforce the latter on what it receives.

    Attributes:
        trouble: why there is no connection, in one sentence; None while there is one.
    """

    def __init__(self, broker: Broker) -> None:
        self.trouble: str | None = f"{broker.host}:{broker.port} has not answered yet"
        self._broker = broker
        self._listeners: dict[str, Listener] = {}
        self._random = random.Random()  # noqa: S311 - spreads reconnects, hides nothing
        self._connection: Connection | None = None
        self._start()

    def publish(self, message: Message) -> None:
        self._watch()
        connection = self._connection
        if connection is None or not connection.up:
            raise PublishError(self.trouble or "the connection was just lost")
        connection.publish(message)

    def listen(self, topic: str, listener: Listener) -> None:
        self._listeners[topic] = listener
        connection = self._connection
        if connection is not None and connection.up:
            connection.subscribe(topic)

    def acknowledged(self) -> list[str]:
        connection = self._connection
        return connection.acknowledged() if connection is not None else []

    def close(self) -> None:
        self._closing.set()
        self._thread.join(timeout=ANSWER_S)

    def _start(self) -> None:
        self._closing = threading.Event()
        self._turned_s = time.monotonic()
        self._thread = threading.Thread(target=self._run, args=(self._closing,), name="mqtt", daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        if self._closing.is_set():
            raise PublishError("the connection is closed")
        if self._thread.is_alive() and time.monotonic() - self._turned_s < STUCK_S:
            return
        log.error("the network thread is dead or stuck, starting another")
        self._closing.set()  # should the old one wake up, it leaves
        self._start()

    def _run(self, closing: threading.Event) -> None:
        wait_s, version_5 = self._broker.wait_s, True
        said: str | None = None  # once for each change, not for each attempt
        while not closing.is_set():
            self._turned_s = time.monotonic()
            connection = Connection(self._broker, version_5, self._listeners)
            connected, reached = self._live(connection, closing)
            if closing.is_set():
                return
            if reached and not connected:
                version_5 = not version_5
            wait_s = self._broker.wait_s if connected else min(2 * wait_s, self._broker.longest_wait_s)
            if not connection.wrong_protocol:
                if self.trouble != said:
                    log.warning("no broker: %s", self.trouble)
                said = self.trouble
                closing.wait(wait_s * self._random.uniform(0.5, 1.0))

    def _live(self, connection: Connection, closing: threading.Event) -> tuple[bool, bool]:
        """Live through one connection; return whether it came up, and whether anything was reached at all."""
        connected = reached = False
        try:
            connection.open()
            reached = True
            if not closing.is_set():  # a thread that was replaced while it hung must not come forward again
                self._connection = connection
            connected = self._turn(connection, closing)
        except OSError as error:
            self.trouble = _sentence(self._broker, error)
        except Exception:
            # Whatever garbage does to paho, it ends this connection and nothing else.
            log.debug("paho gave up", exc_info=True)
            connected = connection.up
        finally:
            connection.end()
        if reached:
            what = "the connection was lost" if connected else "answers, but does not speak MQTT: check mqtt.port"
            self.trouble = connection.trouble or f"{self._broker.host}:{self._broker.port}: {what}"
        return connected, reached

    def _turn(self, connection: Connection, closing: threading.Event) -> bool:
        connected = False
        deadline_s = time.monotonic() + ANSWER_S
        while not closing.is_set() and connection.turn(TURN_S):
            self._turned_s = time.monotonic()
            if connection.up:
                connected, self.trouble = True, None
            elif not connected and self._turned_s > deadline_s:
                break
        return connected


def _sentence(broker: Broker, error: OSError) -> str:
    place = f"{broker.host}:{broker.port}"
    match error:
        case ConnectionRefusedError():
            return f"{place}: nothing listens there, start the broker or correct mqtt.host and mqtt.port"
        case socket.gaierror():
            return f"{broker.host}: no such name, correct mqtt.host or the network's name server"
        case ssl.SSLError():
            return f"{place}: is not who it should be ({error.reason}), nothing was sent"
        case TimeoutError():
            return f"{place}: does not answer, check the network and mqtt.host"
    return f"{place}: cannot be reached ({error.strerror or error}), check the network"
