"""
The relay or the collector alone in a process, for the chaos bench to kill.

    python -m edge.bench.wire_process relay station.toml

It is what `plumbline relay` and `plumbline collect` run, with shorter pauses between two attempts to connect.
"""

import sys
from pathlib import Path

from edge import relay
from edge.clock import SystemClock
from edge.collector.collector import Collector
from edge.collector.collector import run as run_collector
from edge.collector.database import CollectorDatabase
from edge.config import StationConfig, load_config
from edge.errors import ConfigError
from edge.mqtt.connection import Broker
from edge.mqtt.paho import PahoPublisher
from edge.mqtt.topics import Address
from edge.store.outbox import Outbox

WAIT_S, LONGEST_WAIT_S = 0.1, 0.5


def main(part: str, config: StationConfig) -> None:
    """Run one part until it is killed."""
    match part:
        case "relay":
            _run_relay(config)
        case "collector":
            _run_collector(config)
        case _:
            raise ConfigError(f"name relay or collector, not {part!r}")


def _broker(config: StationConfig, client_id: str, status_topic: str | None) -> Broker:
    mqtt = config.mqtt
    return Broker(mqtt.host, mqtt.port, client_id, status_topic, mqtt.keepalive_s, WAIT_S, LONGEST_WAIT_S)


def _run_relay(config: StationConfig) -> None:
    clock, address = SystemClock(), Address(config.site.site, config.site.station)
    publisher = PahoPublisher(_broker(config, f"{address.site}-{address.station}", address.topic("status")))
    with Outbox.open(Path(config.store.folder), "relay", clock=clock) as outbox:
        times = relay.RelayTimes(retry_s=config.mqtt.retry_s)
        relay.run(relay.Relay(outbox, publisher, clock, address, times), clock)


def _run_collector(config: StationConfig) -> None:
    clock = SystemClock()
    publisher = PahoPublisher(_broker(config, "collector", None))
    with CollectorDatabase.open(Path(config.collector.database), alone=True) as database:
        run_collector(Collector(database, publisher, clock), clock)


if __name__ == "__main__":
    main(sys.argv[1], load_config(Path(sys.argv[2])))
