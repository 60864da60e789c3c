"""A broker in memory."""

from edge.errors import PublishError
from edge.mqtt.publisher import Listener, Message
from edge.mqtt.topics import matches


class SimulatedPublisher:
    """Keeps what was published; set `online = False` to lose the network, `deliver` to play the other end."""

    def __init__(self) -> None:
        self.online = True
        self.published: list[Message] = []
        self.closed = False
        self._listeners: list[tuple[str, Listener]] = []
        self._acknowledged: list[str] = []

    def publish(self, message: Message) -> None:
        if not self.online:
            raise PublishError("no network")
        self.published.append(message)
        if message.correlation is not None:
            self._acknowledged.append(message.correlation)

    def listen(self, topic: str, listener: Listener) -> None:
        self._listeners.append((topic, listener))

    def acknowledged(self) -> list[str]:
        taken, self._acknowledged = self._acknowledged, []
        return taken

    def close(self) -> None:
        self.closed = True

    def deliver(self, message: Message) -> int:
        """Hand a message to whoever listens on its topic; return how many did."""
        listeners = [listener for topic, listener in self._listeners if matches(topic, message.topic)]
        for listener in listeners:
            listener(message)
        return len(listeners)
