"""What is received once is kept once; a receipt is sent only for what is on the disk."""

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.clock import SimulatedClock
from edge.collector.collector import BATCH, INBOX, Collector, run
from edge.collector.database import DEAD_LETTERS, CollectorDatabase, DeadLetter
from edge.errors import StoreError
from edge.mqtt.envelope import MAX_BYTES, pack
from edge.mqtt.publisher import Message
from edge.mqtt.receipt import Receipt
from edge.mqtt.simulated import SimulatedPublisher
from edge.store.outbox import Outbox
from tests.wire import a_summary, folder_in_memory

FILE = "collector.sqlite"


class Rig:
    def __init__(self, folder: Path) -> None:
        self.publisher = SimulatedPublisher()
        self.database = CollectorDatabase.open(folder / FILE)
        self.collector = Collector(self.database, self.publisher, SimulatedClock(), "here")

    def take(self, *messages: Message) -> None:
        for message in messages:
            assert self.publisher.deliver(Message(message.topic, message.payload)) == 1
        while self.collector.step():
            pass

    def receipts(self) -> list[Receipt]:
        return [Receipt.model_validate_json(message.payload) for message in self.publisher.published]


@pytest.fixture
def rig(tmp_path: Path):
    rig = Rig(tmp_path)
    yield rig
    rig.database.close()


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> list[Message]:
    with Outbox.open(tmp_path_factory.mktemp("sent"), "station", clock=SimulatedClock()) as outbox:
        return [pack(outbox.save(a_summary())) for _ in range(6)]


def altered(message: Message, **change: object) -> Message:
    return Message(message.topic, json.dumps({**json.loads(message.payload), **change}).encode())


def test_a_summary_is_stored_and_then_receipted_to_its_station(rig: Rig, sent: list[Message]):
    rig.take(sent[0])
    (row,), (receipt,) = rig.database.received(), rig.receipts()
    assert (receipt.id, receipt.sha256, receipt.collector) == (sent[0].correlation, row.sha256, "here")
    assert rig.publisher.published[0].topic == sent[0].reply_to
    assert not rig.publisher.published[0].retain
    assert hashlib.sha256(row.body.encode()).hexdigest() == row.sha256


def test_the_receipt_comes_after_the_commit(tmp_path: Path, sent: list[Message]):
    class Witness(SimulatedPublisher):
        seen = -1

        def publish(self, message: Message) -> None:
            with sqlite3.connect(tmp_path / FILE) as other:
                self.seen = other.execute("SELECT count(*) FROM received").fetchone()[0]
            other.close()

    rig = Rig(tmp_path)
    rig.publisher = witness = Witness()
    Collector(rig.database, witness, SimulatedClock())
    rig.collector = Collector(rig.database, witness, SimulatedClock())
    witness.deliver(sent[0])
    rig.collector.step()
    rig.database.close()
    assert witness.seen == 1


def test_a_duplicate_gets_a_receipt_again_and_never_a_second_row(rig: Rig, sent: list[Message]):
    rig.take(sent[0], sent[0])
    rig.take(sent[0])
    assert [row.times for row in rig.database.received()] == [3]
    assert len(rig.receipts()) == 3


@settings(max_examples=30, deadline=None)
@given(order=st.lists(st.integers(0, 5), min_size=1, max_size=25))
def test_any_order_with_any_repetition_stores_each_once(sent: list[Message], order: list[int]):
    with folder_in_memory() as folder:
        rig = Rig(folder)
        rig.take(*(sent[number] for number in order))
        assert sorted(row.seq for row in rig.database.received()) == sorted({number + 1 for number in order})
        assert len(rig.receipts()) == len(order)
        rig.database.close()


def test_a_hole_in_the_numbers_is_visible(rig: Rig, sent: list[Message]):
    rig.take(sent[0], sent[2])
    assert [row.seq for row in rig.database.received()] == [1, 3]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"sha256": "0" * 64}, "sha256"),
        ({"body": "{}"}, "sha256"),
        ({"site": "elsewhere"}, "different stations"),
        ({"reply_to": "spine/v1/other/other/receipt"}, "reply_to"),
        ({"correlation": "00000000-0000-0000-0000-000000000000"}, "correlation"),
        ({"schema_id": "plumbline.session/9"}, "update the collector"),
        ({"seq": 0}, "seq"),
        ({"body": "{}", "sha256": hashlib.sha256(b"{}").hexdigest()}, "body"),
        ({"body": "[" * 20_000, "sha256": hashlib.sha256(b"[" * 20_000).hexdigest()}, "body"),
        (
            {"id": "1" * 8 + "-1111" * 3 + "-" + "1" * 12, "correlation": "1" * 8 + "-1111" * 3 + "-" + "1" * 12},
            "sessions",
        ),
    ],
)
def test_a_bad_message_is_set_aside_with_its_reason_and_gets_no_receipt(
    rig: Rig, sent: list[Message], change: dict, reason: str
):
    rig.take(altered(sent[0], **change))
    assert (rig.database.received(), rig.receipts(), rig.collector.refused) == ([], [], 1)
    (letter,) = rig.database.dead_letters()
    assert reason in letter.reason
    rig.take(sent[0])
    assert len(rig.receipts()) == 1, "the next good one is welcome"


def test_garbage_and_giants_are_set_aside_and_cut(rig: Rig, sent: list[Message]):
    rig.take(Message(sent[0].topic, b"\xff" * 10), Message(sent[0].topic, b"x" * 10 * MAX_BYTES))
    assert [len(letter.payload) for letter in rig.database.dead_letters()] == [10, MAX_BYTES]


def test_a_cloned_store_is_noticed_and_costs_nothing(rig: Rig, sent: list[Message], tmp_path: Path):
    with Outbox.open(tmp_path / "clone", "station", clock=SimulatedClock()) as outbox:
        clone = pack(outbox.save(a_summary()))
    clone = altered(clone, epoch=json.loads(sent[0].payload)["epoch"], seq=1)
    rig.take(sent[0], clone)
    assert len(rig.receipts()) == 1
    assert "two stations share one store" in rig.database.dead_letters()[0].reason


def test_another_summary_under_a_known_id_gets_no_receipt(rig: Rig, sent: list[Message]):
    body = json.loads(sent[0].payload)["body"].replace("the person left", "somebody else")
    rig.take(sent[0], altered(sent[0], body=body, sha256=hashlib.sha256(body.encode()).hexdigest()))
    assert (len(rig.database.received()), len(rig.receipts())) == (1, 1)
    assert "another summary has its id" in rig.database.dead_letters()[0].reason


def test_a_rescued_summary_with_a_new_number_is_known_by_its_id(rig: Rig, sent: list[Message]):
    rig.take(sent[0], altered(sent[0], epoch="f" * 32, seq=77))
    assert [row.times for row in rig.database.received()] == [2]
    assert len(rig.receipts()) == 2


def test_receipts_wait_for_the_network(rig: Rig, sent: list[Message]):
    rig.publisher.online = False
    rig.take(sent[0])
    assert rig.receipts() == []
    rig.publisher.online = True
    rig.collector.step()
    assert len(rig.receipts()) == 1


def test_a_flood_does_not_grow_the_memory(rig: Rig, sent: list[Message]):
    for _ in range(INBOX + 500):
        rig.publisher.deliver(sent[0])
    steps = 0
    while rig.collector.step():
        steps += 1
    assert steps == INBOX // BATCH


def test_the_dead_letters_are_bounded_and_count_repetitions():
    with folder_in_memory() as folder, CollectorDatabase.open(folder / FILE) as database:
        database.set_aside(DeadLetter(1, "t", "r", 1, b"same"))
        database.set_aside(DeadLetter(2, "t", "r", 1, b"same"))
        assert [letter.times for letter in database.dead_letters()] == [2]
        for number in range(DEAD_LETTERS + 20):
            database.set_aside(DeadLetter(number, "t", "r", 1, str(number).encode()))
        assert len(database.dead_letters()) == DEAD_LETTERS


def test_what_was_received_outlives_the_collector(rig: Rig, sent: list[Message], tmp_path: Path):
    rig.take(*sent)
    rig.database.close()
    with CollectorDatabase.open(tmp_path / FILE) as again:
        assert [row.id for row in again.received()] == [message.correlation for message in sent]


def test_a_second_collector_is_refused_but_a_reader_is_welcome(tmp_path: Path):
    with CollectorDatabase.open(tmp_path / FILE, alone=True):
        with CollectorDatabase.open(tmp_path / FILE) as reader:
            assert reader.received() == []
        with pytest.raises(StoreError, match="another collector already uses this store"):
            CollectorDatabase.open(tmp_path / FILE, alone=True)
    CollectorDatabase.open(tmp_path / FILE, alone=True).close()


def test_a_damaged_database_is_refused_and_kept(tmp_path: Path):
    (tmp_path / FILE).write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="is damaged, move it away and restore a copy"):
        CollectorDatabase.open(tmp_path / FILE)
    assert (tmp_path / FILE).read_bytes().startswith(b"no database")


def test_somebody_elses_database_is_refused_and_not_written(tmp_path: Path):
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("CREATE TABLE theirs(x)")
    other.close()
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(StoreError, match="no collector's database"):
        CollectorDatabase.open(tmp_path / FILE)
    assert (tmp_path / FILE).read_bytes() == before


def test_a_newer_database_is_refused(tmp_path: Path):
    CollectorDatabase.open(tmp_path / FILE).close()
    with sqlite3.connect(tmp_path / FILE) as disk:
        disk.execute("PRAGMA user_version = 9")
    disk.close()
    with pytest.raises(StoreError, match="newer Plumbline"):
        CollectorDatabase.open(tmp_path / FILE)


def test_a_folder_that_is_a_file_is_one_clear_sentence(tmp_path: Path):
    (tmp_path / "state").touch()
    with pytest.raises(StoreError, match=r"correct collector\.database"):
        CollectorDatabase.open(tmp_path / "state" / FILE)


def test_the_loop_runs_until_told_to_stop(rig: Rig, sent: list[Message]):
    rig.publisher.deliver(sent[0])
    turns = iter([False, False, True])
    run(rig.collector, SimulatedClock(), lambda: next(turns))
    assert len(rig.receipts()) == 1
