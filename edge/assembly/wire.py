"""Puts relay and collector together. Nothing that sees a person can be reached from here."""

from collections.abc import Callable
from pathlib import Path

from edge.clock import SystemClock
from edge.collector.collector import Collector
from edge.collector.collector import run as run_collector_loop
from edge.collector.database import CollectorDatabase
from edge.config import StationConfig
from edge.errors import ConfigError
from edge.mqtt.connection import Broker
from edge.mqtt.paho import PahoPublisher
from edge.mqtt.topics import Address
from edge.notify import Notifier
from edge.relay import Relay, RelayTimes
from edge.relay import run as run_relay_loop
from edge.store.outbox import Outbox


def run_relay(config: StationConfig, stopped: Callable[[], bool] = lambda: False) -> None:
    """
    Run a relay until it is told to stop.

    Raises:
        ConfigError: no broker is named.
    """
    clock, address = SystemClock(), Address(config.site.site, config.site.station)
    publisher = _publisher(config, f"{config.site.site}-{config.site.station}", address.topic("status"))
    try:
        with Outbox.open(Path(config.store.folder), "relay", clock=clock) as outbox:
            relay = Relay(outbox, publisher, clock, address, RelayTimes(config.mqtt.retry_s))
            run_relay_loop(relay, clock, _watched(stopped))
    finally:
        publisher.close()


def run_collector(config: StationConfig, stopped: Callable[[], bool] = lambda: False) -> None:
    """
    Run the embedded collector until it is told to stop.

    Raises:
        ConfigError: no broker is named.
    """
    clock = SystemClock()
    with CollectorDatabase.open(Path(config.collector.database), alone=True) as database:
        publisher = _publisher(config, f"{config.site.site}-collector", None)
        try:
            run_collector_loop(Collector(database, publisher, clock), clock, _watched(stopped))
        finally:
            publisher.close()


def _watched(stopped: Callable[[], bool]) -> Callable[[], bool]:
    """Tell systemd that the loop has begun, and each time it asks whether to stop, that it goes on."""
    notifier = Notifier.from_environment()
    notifier.ready()

    def ended() -> bool:
        notifier.alive()
        return stopped()

    return ended


def _publisher(config: StationConfig, client: str, status_topic: str | None) -> PahoPublisher:
    if not config.mqtt.host:
        raise ConfigError("mqtt.host: name the broker, without one nothing can be sent")
    mqtt = config.mqtt
    return PahoPublisher(Broker(mqtt.host, mqtt.port, client, status_topic, mqtt.keepalive_s))
