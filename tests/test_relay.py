"""A summary is carried until a receipt says it has arrived."""

import itertools
import logging
from pathlib import Path

import pytest

from edge.clock import SimulatedClock
from edge.collector.collector import Collector
from edge.collector.database import CollectorDatabase
from edge.mqtt.health import Health
from edge.mqtt.publisher import Message
from edge.mqtt.receipt import Receipt
from edge.mqtt.simulated import SimulatedPublisher
from edge.mqtt.topics import Address
from edge.relay import BATCH, Relay, RelayTimes, run
from edge.store.outbox import Outbox
from tests.wire import SITE, STATION, a_summary, carry, folder_in_memory, published_on

ADDRESS = Address(SITE, STATION)
SESSION, RECEIPT, HEALTH = ADDRESS.topic("session"), ADDRESS.topic("receipt"), ADDRESS.topic("health")


class Rig:
    """An outbox, a relay, a collector, and a broker in between that the test plays."""

    def __init__(self, folder: Path) -> None:
        self.clock = SimulatedClock()
        self.outbox = Outbox.open(folder, "station", clock=self.clock)
        self.publisher, self.far = SimulatedPublisher(), SimulatedPublisher()
        self.relay = self.a_relay()
        self.database = CollectorDatabase.open(folder / "collector.sqlite")
        self.collector = Collector(self.database, self.far, self.clock)

    def a_relay(self) -> Relay:
        return Relay(self.outbox, self.publisher, self.clock, ADDRESS, RelayTimes(retry_s=30.0))

    def there_and_back(self) -> None:
        carry(self.publisher, self.far)
        self.collector.step()
        carry(self.far, self.publisher)

    def sessions(self) -> list[Message]:
        return published_on(self.publisher, SESSION)


@pytest.fixture
def rig():
    with folder_in_memory() as folder:
        rig = Rig(folder)
        yield rig
        rig.outbox.close()
        rig.database.close()


def receipt(msg_id: str, sha256: str) -> Message:
    return Message(RECEIPT, Receipt(id=msg_id, sha256=sha256, collector="here").model_dump_json().encode())


def test_a_summary_walks_from_the_outbox_to_the_collector_and_the_receipt_back(rig: Rig):
    summary = a_summary()
    rig.outbox.save(summary)
    rig.relay.step()
    rig.there_and_back()
    rig.relay.step()
    assert rig.outbox.waiting() == 0
    assert [row.body for row in rig.database.received()] == [summary.model_dump_json()]


def test_the_brokers_acknowledgement_alone_ends_nothing(rig: Rig):
    rig.outbox.save(a_summary())
    rig.relay.step()
    rig.publisher.published.clear()  # the broker acknowledged, then lost it
    rig.relay.step()
    assert rig.outbox.waiting() == 1
    rig.clock.sleep(40)
    rig.relay.step()
    assert len(rig.sessions()) == 1


def test_without_a_network_everything_waits_in_order(rig: Rig):
    rig.publisher.online = False
    ids = [rig.outbox.save(a_summary()).msg_id for _ in range(50)]
    for _ in range(100):
        rig.relay.step()
        rig.clock.sleep(3600)
    rig.publisher.online = True
    while rig.relay.step():
        rig.there_and_back()
    assert [row.id for row in rig.database.received()] == ids
    assert [row.seq for row in rig.database.received()] == list(range(1, 51))


def test_a_step_sends_no_more_than_a_batch(rig: Rig):
    for _ in range(BATCH + 5):
        rig.outbox.save(a_summary())
    assert rig.relay.step()
    assert len(rig.sessions()) == BATCH


def test_what_has_no_receipt_is_sent_again_ever_more_rarely_up_to_six_hours(rig: Rig):
    rig.outbox.save(a_summary())
    sent_at_s = []
    for _ in range(4 * 24 * 360):
        rig.publisher.published.clear()
        rig.relay.step()
        if rig.sessions():
            sent_at_s.append(rig.clock.monotonic_s())
        rig.clock.sleep(10)
    waits_s = [b - a for a, b in itertools.pairwise(sent_at_s)]
    assert waits_s[0] == pytest.approx(30, abs=20)
    assert all(later > earlier * 1.1 for earlier, later in itertools.pairwise(waits_s[:9]))
    assert 4.5 * 3600 <= max(waits_s) <= 7.6 * 3600


def test_a_receipt_after_a_long_silence_sends_everything_else_at_once(rig: Rig):
    rows = [rig.outbox.save(a_summary()) for _ in range(3)]
    for _ in range(30 * 360):
        rig.relay.step()
        rig.clock.sleep(10)
    rig.publisher.published.clear()
    rig.publisher.deliver(receipt(rows[0].msg_id, rows[0].sha256))
    rig.relay.step()
    assert len(rig.sessions()) == 2
    rig.publisher.published.clear()
    rig.publisher.deliver(receipt(rows[1].msg_id, rows[1].sha256))
    rig.relay.step()
    assert rig.sessions() == [], "a row just sent is given its time"


def test_a_receipt_with_another_sha256_ends_nothing(rig: Rig):
    row = rig.outbox.save(a_summary())
    rig.relay.step()
    rig.publisher.deliver(receipt(row.msg_id, "0" * 64))
    rig.relay.step()
    assert rig.outbox.waiting() == 1
    assert rig.relay.unmatched == 1


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[" * 4000,
        b"{" * 100_000,
        b'{"id":1}',
        b'{"wire":"plumbline.receipt/1","id":"x","sha256":"y","collector":"z"}',
        b'{"a":' + b"9" * 4000 + b"}",
        "⌇".encode() * 100,
    ],
)
def test_a_hostile_receipt_is_counted_and_harms_nothing(rig: Rig, payload: bytes):
    row = rig.outbox.save(a_summary())
    rig.relay.step()
    rig.publisher.deliver(Message(RECEIPT, payload))
    rig.relay.step()
    assert rig.relay.ignored == 1
    assert rig.outbox.waiting() == 1
    rig.publisher.deliver(receipt(row.msg_id, row.sha256))
    rig.relay.step()
    assert rig.outbox.waiting() == 0


def test_a_flood_of_receipts_does_not_grow_the_memory(rig: Rig):
    for _ in range(5000):
        rig.publisher.deliver(Message(RECEIPT, b"no"))
    while rig.relay.step():
        pass
    assert rig.relay.ignored <= 1000


def test_a_new_relay_sends_again_what_the_last_one_had_under_way(rig: Rig):
    rig.outbox.save(a_summary())
    rig.relay.step()
    rig.publisher.published.clear()
    rig.a_relay().step()
    assert len(rig.sessions()) == 1


def test_a_renamed_station_still_hears_the_receipts_for_its_old_name(rig: Rig):
    row = rig.outbox.save(a_summary())
    renamed = Relay(rig.outbox, rig.publisher, rig.clock, Address(SITE, "station-2"))
    renamed.step()
    rig.publisher.deliver(receipt(row.msg_id, row.sha256))
    renamed.step()
    assert rig.outbox.waiting() == 0


def test_health_is_spoken_now_and_then_and_knows_nobody(rig: Rig):
    rig.outbox.save(a_summary(code="SECRET-CODE"))
    for _ in range(130):
        rig.relay.step()
        rig.clock.sleep(10)
    spoken = published_on(rig.publisher, HEALTH)
    assert len(spoken) == 3
    assert Health.model_validate_json(spoken[0].payload).waiting == 1
    assert not any(b"SECRET" in message.payload or message.retain for message in spoken)


def test_a_receipted_row_is_deleted_after_a_week(rig: Rig):
    row = rig.outbox.save(a_summary())
    rig.relay.step()
    rig.publisher.deliver(receipt(row.msg_id, row.sha256))
    rig.relay.step()
    assert rig.outbox.purge(older_than_ms=0) == 0
    rig.clock.sleep(8 * 24 * 3600)
    rig.relay.step()
    assert rig.outbox.purge(older_than_ms=2**62) == 0, "the relay has already deleted it"


def test_the_loop_runs_until_told_to_stop(rig: Rig, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    rig.outbox.save(a_summary())
    steps = iter([False, False, False, True])
    run(rig.relay, rig.clock, lambda: next(steps))
    assert len(rig.sessions()) == 1
    assert rig.clock.monotonic_s() > 0
