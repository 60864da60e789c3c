"""One connection to a broker, from CONNECT to its end; the next one begins with a new client and no memory."""

import logging
import ssl
from collections import deque
from dataclasses import dataclass
from typing import Any

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from edge.errors import PublishError
from edge.mqtt.publisher import Listener, Message
from edge.mqtt.topics import matches

WINDOW = 20  # messages that may await the broker's acknowledgement
MAX_PACKET_BYTES = 128 * 1024
REFUSED = 0x80  # reason codes from here on are failures
WRONG_PROTOCOL = "Unsupported protocol version"
ONLINE, OFFLINE = b'{"state":"online"}', b'{"state":"offline"}'
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Broker:
    """
    Which broker, and as whom.

    Attributes:
        client_id: the broker drops an older connection with the same one.
        status_topic: retained "online", and "offline" as last will; None for neither.
        keepalive_s: a silent link is noticed within twice this.
        wait_s, longest_wait_s: first and longest pause between two attempts to connect.
        tls: None speaks plainly; TLS and its certificates come with the appliance.
    """

    host: str
    port: int
    client_id: str
    status_topic: str | None = None
    keepalive_s: int = 20
    wait_s: float = 0.25
    longest_wait_s: float = 60.0
    tls: ssl.SSLContext | None = None


class Connection:
    """
    A paho client that connects once.

    Only the network's thread may call `open`, `turn` and `end`; `publish`, `subscribe` and `acknowledged` belong to
    the one thread that publishes.
    """

    def __init__(self, broker: Broker, version_5: bool, listeners: dict[str, Listener]) -> None:
        self.up = False
        self.trouble: str | None = None
        self.wrong_protocol = False
        self._broker = broker
        self._version_5 = version_5
        self._listeners = listeners
        self._window = WINDOW
        self._waiting: dict[int, str | None] = {}  # packet id → correlation; touched by the publishing thread only
        self._finished: deque[tuple[int, bool]] = deque()  # (packet id, taken), put here by the network's thread
        self._taken: list[str] = []
        self._asked: dict[int, str] = {}  # packet id → topic of a subscription
        self._client = self._make_client()

    def open(self) -> None:
        """Reach the broker and send CONNECT; the answer comes in `turn`."""
        properties = None
        if self._version_5:
            properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
            properties.ReceiveMaximum = WINDOW
            properties.MaximumPacketSize = MAX_PACKET_BYTES
            self._client.connect(
                self._broker.host, self._broker.port, self._broker.keepalive_s, clean_start=True, properties=properties
            )
        else:
            self._client.connect(self._broker.host, self._broker.port, self._broker.keepalive_s)

    def turn(self, timeout_s: float) -> bool:
        """Wait for the network and handle what came; False when the connection has ended."""
        return self._client.loop(timeout_s) == MQTTErrorCode.MQTT_ERR_SUCCESS and self.trouble is None

    def end(self) -> None:
        """Leave, politely if the broker still listens."""
        polite = self.up and self.trouble is None
        self.up = False
        if polite:
            self._say(OFFLINE)
            self._client.loop_write()
            self._client.disconnect()
            self._client.loop_write()
        socket = self._client.socket()
        if socket is not None:
            socket.close()

    def publish(self, message: Message) -> None:
        """Send a message, QoS 1; raise PublishError when the broker cannot take it now."""
        self._settle()
        if not self.up:
            raise PublishError("no network")
        if len(self._waiting) >= self._window:
            raise PublishError(f"{len(self._waiting)} messages await the broker")
        properties = self._publish_properties(message) if self._version_5 else None
        sent = self._client.publish(message.topic, message.payload, 1, message.retain, properties)
        if sent.rc != MQTTErrorCode.MQTT_ERR_SUCCESS:
            raise PublishError(f"the message could not be sent ({sent.rc.name})")
        self._waiting[sent.mid] = message.correlation

    def acknowledged(self) -> list[str]:
        """Return the correlations the broker took since the last call."""
        self._settle()
        taken, self._taken = self._taken, []
        return taken

    def subscribe(self, topic: str) -> None:
        """Ask for a topic."""
        _, packet = self._client.subscribe(topic, qos=1)
        if packet is not None:
            self._asked[packet] = topic

    def _settle(self) -> None:
        while self._finished:
            packet, accepted = self._finished.popleft()
            correlation = self._waiting.pop(packet, None)
            if accepted and correlation is not None:
                self._taken.append(correlation)

    def _make_client(self) -> Client:
        protocol = MQTTProtocolVersion.MQTTv5 if self._version_5 else MQTTProtocolVersion.MQTTv311
        clean: dict[str, Any] = {} if self._version_5 else {"clean_session": True}
        client = Client(
            CallbackAPIVersion.VERSION2, self._broker.client_id, protocol=protocol, reconnect_on_failure=False, **clean
        )
        client.max_inflight_messages_set(WINDOW)
        if self._broker.tls is not None:
            client.tls_set_context(self._broker.tls)
        if self._broker.status_topic is not None:
            client.will_set(self._broker.status_topic, OFFLINE, qos=1, retain=True)
        client.on_connect, client.on_disconnect = self._on_connect, self._on_disconnect
        client.on_publish, client.on_subscribe, client.on_message = (
            self._on_publish,
            self._on_subscribe,
            self._on_message,
        )
        # With this set, paho leaves all writing to the thread that turns the loop; publish only queues and wakes it.
        client.on_socket_register_write = lambda *_: None
        return client

    def _say(self, state: bytes) -> None:
        if self._broker.status_topic is not None:
            self._client.publish(self._broker.status_topic, state, qos=1, retain=True)

    @staticmethod
    def _publish_properties(message: Message) -> Properties:
        properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
        properties.ContentType = "application/json"
        if message.reply_to is not None:
            properties.ResponseTopic = message.reply_to
        if message.correlation is not None:
            properties.CorrelationData = message.correlation.encode()
        return properties

    def _on_connect(
        self, client: Client, user: object, flags: ConnectFlags, reason: ReasonCode, properties: Properties | None
    ) -> None:
        if reason.is_failure:
            self.wrong_protocol = reason.getName() == WRONG_PROTOCOL
            self.trouble = f"{self._place} refuses this station ({reason}), check its name and password there"
            return
        self._window = min(WINDOW, getattr(properties, "ReceiveMaximum", WINDOW))
        self._say(ONLINE)
        for topic in list(self._listeners):
            self.subscribe(topic)
        self.up = True

    def _on_disconnect(
        self, client: Client, user: object, flags: DisconnectFlags, reason: ReasonCode, properties: Properties | None
    ) -> None:
        self.up = False

    def _on_publish(
        self, client: Client, user: object, packet: int, reason: ReasonCode, properties: Properties | None
    ) -> None:
        # paho calls this for a refused message too; 0x10, nobody listens, is not a failure and not a success either.
        if reason.value >= REFUSED:
            log.warning("%s refused a message (%s)", self._place, reason)
        self._finished.append((packet, reason.value == 0))

    def _on_subscribe(
        self, client: Client, user: object, packet: int, reasons: list[ReasonCode], properties: Properties | None
    ) -> None:
        topic = self._asked.pop(packet, "a topic")
        if any(reason.value >= REFUSED for reason in reasons):
            self.trouble = f"{self._place} refuses the subscription to {topic}, check its access list"

    def _on_message(self, client: Client, user: object, message: MQTTMessage) -> None:
        if message.retain:
            return  # nothing we listen to is ever retained by one of us
        taken = Message(message.topic, bytes(message.payload))
        for topic, listener in list(self._listeners.items()):
            if matches(topic, taken.topic):
                listener(taken)

    @property
    def _place(self) -> str:
        return f"{self._broker.host}:{self._broker.port}"
