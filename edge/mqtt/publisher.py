"""What every publisher can do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """
    One message on the wire.

    Attributes:
        topic: `spine/v1/<site>/<station>/{status,session,health,receipt,cmd}`.
        payload: at most 64 KB of JSON.
        retain: whether the broker keeps it for late subscribers; only `status` does.
        reply_to: topic for the receipt (MQTT 5 ResponseTopic; also in the payload), or None.
        correlation: id the receipt must carry (MQTT 5 CorrelationData; also in the payload), or None.
    """

    topic: str
    payload: bytes
    retain: bool = False
    reply_to: str | None = None
    correlation: str | None = None


Listener = Callable[[Message], None]


class Publisher(Protocol):
    """A connection to a broker that may come and go."""

    def publish(self, message: Message) -> None:
        """Hand a message to the broker, QoS 1; raise PublishError when it cannot take it now."""

    def listen(self, topic: str, listener: Listener) -> None:
        """
        Call `listener` for every message on `topic`, now and after every reconnect.

        It is called from the network's thread: it only puts the message aside and returns.
        """

    def acknowledged(self) -> list[str]:
        """Return the correlations the broker has acknowledged since the last call; taken is not stored."""

    def close(self) -> None:
        """Say goodbye; closing twice is fine."""
