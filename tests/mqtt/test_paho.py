"""The real publisher against a real broker."""

import gc
import ssl
from collections import deque
from pathlib import Path

import paho.mqtt.client
import pytest
import trustme
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from edge.errors import PublishError
from edge.mqtt.connection import Broker
from edge.mqtt.paho import STUCK_S, PahoPublisher
from edge.mqtt.publisher import Message
from tests.broker import RunningBroker, until

pytestmark = pytest.mark.broker
STATUS = "spine/v1/a/b/status"


@pytest.fixture
def broker(tmp_path: Path):
    broker = RunningBroker(tmp_path)
    yield broker
    broker.kill()


@pytest.fixture
def connect():
    publishers: list[PahoPublisher] = []

    def make(port: int, name: str, status_topic: str | None = None, **more) -> PahoPublisher:
        place = Broker("127.0.0.1", port, name, status_topic, wait_s=0.05, longest_wait_s=0.2, **more)
        publishers.append(PahoPublisher(place))
        return publishers[-1]

    yield make
    for publisher in publishers:
        publisher.close()


class Ear:
    """Hears one topic through a publisher."""

    def __init__(self, publisher: PahoPublisher, topic: str) -> None:
        self.heard: deque[Message] = deque()
        publisher.listen(topic, self.heard.append)


def published(publisher: PahoPublisher, message: Message) -> bool:
    try:
        publisher.publish(message)
    except PublishError:
        return False
    return True


def test_a_message_arrives_and_is_acknowledged(broker: RunningBroker, connect):
    near, far = connect(broker.port, "near"), connect(broker.port, "far")
    ear = Ear(far, "t/+")
    until(lambda: near.trouble is None and far.trouble is None)
    near.publish(Message("t/x", b"word", reply_to="t/reply", correlation="c-1"))
    until(lambda: ear.heard)
    assert ear.heard[0] == Message("t/x", b"word")
    acknowledged: list[str] = []
    until(lambda: acknowledged.extend(near.acknowledged()) or acknowledged)
    assert acknowledged == ["c-1"]


def test_the_reply_topic_and_correlation_travel_as_mqtt_5_properties(broker: RunningBroker, connect):
    seen: deque = deque()
    raw = paho.mqtt.client.Client(CallbackAPIVersion.VERSION2, "raw", protocol=MQTTProtocolVersion.MQTTv5)
    raw.on_message = lambda _client, _user, message: seen.append(message)
    raw.on_connect = lambda client, *_: client.subscribe("t", 1)
    raw.on_subscribe = lambda *_: seen.append("subscribed")
    raw.connect("127.0.0.1", broker.port)
    raw.loop_start()
    near = connect(broker.port, "near")
    try:
        until(lambda: seen and near.trouble is None)
        near.publish(Message("t", b"{}", reply_to="r", correlation="c"))
        until(lambda: len(seen) == 2)
    finally:
        raw.disconnect()
        raw.loop_stop()
    message = seen[1]
    assert (message.qos, message.retain) == (1, False)
    properties = message.properties
    assert (properties.ResponseTopic, properties.CorrelationData) == ("r", b"c")
    assert properties.ContentType == "application/json"


def test_after_a_killed_broker_it_comes_back_and_listens_again(broker: RunningBroker, connect):
    near, far = connect(broker.port, "near"), connect(broker.port, "far")
    ear = Ear(far, "t")
    until(lambda: near.trouble is None and far.trouble is None)
    for number in range(3):
        broker.kill()
        until(lambda: near.trouble is not None and far.trouble is not None)
        with pytest.raises(PublishError):
            near.publish(Message("t", b"lost"))
        broker.start()
        until(lambda: far.trouble is None)
        message = Message("t", str(number).encode())
        until(lambda message=message: published(near, message))
        until(lambda: ear.heard)
        assert ear.heard.popleft() == message


def test_status_is_retained_online_then_offline(broker: RunningBroker, connect):
    near = connect(broker.port, "near", STATUS)
    until(lambda: near.trouble is None)
    assert retained_status(broker) == b'{"state":"online"}'
    near.close()
    until(lambda: retained_status(broker) == b'{"state":"offline"}')


def test_a_station_that_vanishes_is_reported_offline_by_its_last_will(broker: RunningBroker, connect):
    near = connect(broker.port, "near", STATUS)
    until(lambda: near.trouble is None)
    broker_side = connect(broker.port, "watcher")
    ear = Ear(broker_side, STATUS)
    until(lambda: broker_side.trouble is None)
    connect(broker.port, "near")  # the broker throws the first one out and tells its will
    until(lambda: any(message.payload == b'{"state":"offline"}' for message in ear.heard))


def test_a_listener_that_fails_costs_one_connection_not_the_thread(broker: RunningBroker, connect):
    near, far = connect(broker.port, "near"), connect(broker.port, "far")
    heard: list[bytes] = []

    def clumsy(message: Message) -> None:
        heard.append(message.payload)
        if len(heard) == 1:
            raise KeyError(47)

    far.listen("t", clumsy)
    until(lambda: near.trouble is None and far.trouble is None)
    near.publish(Message("t", b"1"))
    until(lambda: heard)
    until(lambda: published(near, Message("t", b"2")) and len(heard) > 1)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_dead_network_thread_is_replaced(broker: RunningBroker, connect):
    near = connect(broker.port, "near")
    until(lambda: near.trouble is None)

    def fatal(message: Message) -> None:
        raise SystemExit  # passes every `except Exception`

    near.listen("t", fatal)
    until(lambda: published(near, Message("t", b"die")))
    thread = near._thread
    until(lambda: not thread.is_alive())
    near._listeners.clear()
    until(lambda: published(near, Message("t", b"alive")))
    assert near._thread is not thread


def test_a_stuck_network_thread_is_replaced_and_leaves_when_it_wakes(broker: RunningBroker, connect):
    near = connect(broker.port, "near")
    until(lambda: near.trouble is None)
    stuck = near._thread
    near._turned_s -= STUCK_S
    published(near, Message("t", b"x"))
    assert near._thread is not stuck
    until(lambda: not stuck.is_alive())
    until(lambda: published(near, Message("t", b"alive")))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_wrong_certificate_is_a_sentence_and_nothing_is_sent(tmp_path: Path, connect):
    authority, stranger = trustme.CA(), trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(tmp_path / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    broker = RunningBroker(tmp_path, f"certfile {tmp_path}/cert.pem", f"keyfile {tmp_path}/key.pem")
    right, wrong = ssl.create_default_context(), ssl.create_default_context()
    authority.configure_trust(right)
    stranger.configure_trust(wrong)
    try:
        good, bad = connect(broker.port, "good", tls=right), connect(broker.port, "bad", tls=wrong)
        until(lambda: good.trouble is None)
        until(lambda: "not who it should be" in str(bad.trouble))
        with pytest.raises(PublishError, match="nothing was sent"):
            bad.publish(Message("t", b"secret"))
    finally:
        broker.kill()
        gc.collect()  # paho leaves the socket of a failed handshake to the collector, which complains


def retained_status(broker: RunningBroker) -> bytes | None:
    """What a late subscriber is told; our own publisher does not listen to retained messages."""
    seen: deque = deque()
    raw = paho.mqtt.client.Client(CallbackAPIVersion.VERSION2, "late", protocol=MQTTProtocolVersion.MQTTv5)
    raw.on_message = lambda _client, _user, message: seen.append(message)
    raw.on_connect = lambda client, *_: client.subscribe(STATUS, 1)
    raw.connect("127.0.0.1", broker.port)
    raw.loop_start()
    try:
        until(lambda: seen)
    finally:
        raw.disconnect()
        raw.loop_stop()
    return seen[0].payload if seen[0].retain else None
