"""Whatever answers on the broker's port, the publisher lives on, says what is wrong and connects when it is right."""

import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from edge.errors import PublishError
from edge.mqtt.connection import WINDOW, Broker
from edge.mqtt.paho import PahoPublisher
from edge.mqtt.publisher import Message
from tests.broker import RunningBroker, until
from tests.mqtt.scripted_broker import (
    CONNACK_5,
    CONNACK_311,
    UNKNOWN_VERSION_311,
    ScriptedBroker,
    listen_on,
    read_packet,
    version_of,
)

CONNECT, PUBLISH, SUBSCRIBE = 1, 3, 8


@contextmanager
def publisher_on(port: int, host: str = "127.0.0.1", keepalive_s: int = 20) -> Iterator[PahoPublisher]:
    publisher = PahoPublisher(Broker(host, port, "station", keepalive_s=keepalive_s, wait_s=0.01, longest_wait_s=0.05))
    yield publisher
    publisher.close()


def refusal(publisher: PahoPublisher) -> str:
    with pytest.raises(PublishError) as refused:
        publisher.publish(Message("t", b"x"))
    return str(refused.value)


def complaint(publisher: PahoPublisher) -> str:
    """What a publisher says against publishing; nothing in the moment in which a broker has just said yes."""
    try:
        return refusal(publisher)
    except pytest.fail.Exception:
        return ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_no_broker_is_one_clear_sentence():
    port = free_port()
    with publisher_on(port) as publisher:
        until(lambda: "nothing listens there" in refusal(publisher))
        assert f"127.0.0.1:{port}" in refusal(publisher)
        assert publisher.acknowledged() == []


def test_an_unknown_name_is_one_clear_sentence():
    with publisher_on(1883, host="no-such-host.invalid") as publisher:
        until(lambda: "no such name" in refusal(publisher), limit_s=30)


def test_a_closed_publisher_refuses_and_closes_twice():
    with publisher_on(free_port()) as publisher:
        publisher.close()
        assert "closed" in refusal(publisher)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 302 Found\r\nLocation: http://portal/\r\n\r\n",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\x00" * 64,
        b"\xff" * 64,
        b"\x20\x7f" + bytes(127),
        b"\x30\xff\xff\xff\x7f" + bytes(5000),
        CONNACK_5 + b"\x40\x02\x00\x2f" + b"\xf0\xff",
        b"",
    ],
)
def test_what_does_not_speak_mqtt_is_no_network(answer: bytes):
    with (
        ScriptedBroker(lambda connection: connection.sendall(answer)) as broker,
        publisher_on(broker.port) as publisher,
    ):
        until(lambda: broker.sessions >= 4)
        assert publisher._thread.is_alive()
        until(lambda: any(words in complaint(publisher) for words in ("check mqtt.port", "connection was lost")))


@pytest.mark.broker
def test_after_a_hundred_sessions_of_garbage_it_still_delivers(tmp_path: Path):
    chance = random.Random(1)

    def babble(connection: socket.socket) -> None:
        connection.recv(1)
        connection.sendall(chance.choice((b"", CONNACK_5)) + chance.randbytes(chance.choice((1, 5, 40, 2000))))

    real = RunningBroker(tmp_path)
    try:
        with ScriptedBroker(babble) as broker, publisher_on(broker.port) as publisher:
            until(lambda: broker.sessions >= 100, limit_s=60)
            publisher._broker = Broker("127.0.0.1", real.port, "station")  # the portal lets us through
            heard: list[Message] = []
            publisher.listen("t", heard.append)
            until(lambda: delivered(publisher, heard), limit_s=30)
    finally:
        real.kill()


def delivered(publisher: PahoPublisher, heard: list[Message]) -> bool:
    try:
        publisher.publish(Message("t", b"through"))
    except PublishError:
        return False
    return bool(heard)


def test_a_broker_without_mqtt_5_is_spoken_to_in_3_1_1():
    versions: list[int] = []
    payloads: list[bytes] = []

    def old(connection: socket.socket) -> None:
        _, connect = read_packet(connection)
        versions.append(version_of(connect))
        if versions[-1] != 4:
            connection.sendall(UNKNOWN_VERSION_311)
            return
        connection.sendall(CONNACK_311)
        while True:
            kind, body = read_packet(connection)
            if kind == PUBLISH:
                packet_id = body[3:5]  # after the topic "t"
                payloads.append(body[5:])
                connection.sendall(b"\x40\x02" + packet_id)
            elif kind == 0:
                return

    with ScriptedBroker(old) as broker, publisher_on(broker.port) as publisher:
        until(lambda: publisher.trouble is None)
        publisher.publish(Message("t", b"x", reply_to="r", correlation="c"))
        acknowledged: list[str] = []
        until(lambda: acknowledged.extend(publisher.acknowledged()) or acknowledged)
    assert versions == [5, 4]
    assert (payloads, acknowledged) == ([b"x"], ["c"])


def answering(reason: int):
    """A broker that answers every PUBLISH with this reason code."""

    def script(connection: socket.socket) -> None:
        read_packet(connection)
        connection.sendall(CONNACK_5)
        while True:
            kind, body = read_packet(connection)
            if kind == PUBLISH:
                connection.sendall(b"\x40\x03" + body[3:5] + bytes([reason]))
            elif kind == 0:
                return

    return script


@pytest.mark.parametrize(("reason", "expected"), [(0x00, ["c"]), (0x10, []), (0x87, []), (0x97, [])])
def test_only_a_plain_acknowledgement_counts(reason: int, expected: list[str]):
    with ScriptedBroker(answering(reason)) as broker, publisher_on(broker.port) as publisher:
        until(lambda: publisher.trouble is None)
        publisher.publish(Message("t", b"x", correlation="c"))
        until(lambda: publisher._connection is not None and publisher._connection._finished)
        assert publisher.acknowledged() == expected


def test_a_broker_that_acknowledges_nothing_gets_no_more_than_a_window():
    def deaf(connection: socket.socket) -> None:
        read_packet(connection)
        connection.sendall(CONNACK_5)
        listen_on(connection)

    with ScriptedBroker(deaf) as broker, publisher_on(broker.port) as publisher:
        until(lambda: publisher.trouble is None)
        for _ in range(WINDOW):
            publisher.publish(Message("t", b"x"))
        assert "await the broker" in refusal(publisher)


def test_a_refused_subscription_is_a_sentence():
    def strict(connection: socket.socket) -> None:
        read_packet(connection)
        connection.sendall(CONNACK_5)
        while True:
            kind, body = read_packet(connection)
            if kind == SUBSCRIBE:
                connection.sendall(b"\x90\x04" + body[:2] + b"\x00\x87")
            elif kind == 0:
                return

    with ScriptedBroker(strict) as broker, publisher_on(broker.port) as publisher:
        publisher.listen("spine/v1/a/b/receipt", lambda _: None)
        until(lambda: "refuses the subscription to spine/v1/a/b/receipt" in str(publisher.trouble))


def test_a_refused_station_is_a_sentence():
    def doorman(connection: socket.socket) -> None:
        read_packet(connection)
        connection.sendall(bytes([0x20, 3, 0, 0x87, 0]))

    with ScriptedBroker(doorman) as broker, publisher_on(broker.port) as publisher:
        until(lambda: "refuses this station" in refusal(publisher))


def test_a_silent_link_is_noticed_within_twice_the_keepalive():
    ended = threading.Event()

    def mute(connection: socket.socket) -> None:
        read_packet(connection)
        connection.sendall(CONNACK_5)
        listen_on(connection)
        ended.set()

    with ScriptedBroker(mute) as broker, publisher_on(broker.port, keepalive_s=1) as publisher:
        until(lambda: publisher.trouble is None)
        begun_s = time.monotonic()
        assert ended.wait(6)
        assert time.monotonic() - begun_s < 4.0  # 2 × 1 s and a turn of the loop
