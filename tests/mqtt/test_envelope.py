"""The wire's forms: published, bounded, and hostile input is a word, never an exception."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edge.mqtt
from edge.clock import SimulatedClock
from edge.mqtt.envelope import MAX_BYTES, Envelope, pack, unpack
from edge.mqtt.health import Health
from edge.mqtt.receipt import Receipt, read_receipt
from edge.mqtt.topics import Address, address_of, matches
from edge.store.outbox import Outbox
from edge.store.row import StoredRow
from tests.wire import SITE, STATION, a_summary

SCHEMAS = {"envelope": Envelope, "receipt": Receipt, "health": Health}
FOLDER = Path(edge.mqtt.__file__).parent


@pytest.fixture
def row(tmp_path: Path) -> StoredRow:
    with Outbox.open(tmp_path, "station", clock=SimulatedClock()) as outbox:
        return outbox.save(a_summary())


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_the_one_in_force(name: str):
    """When it is not, write `Envelope.model_json_schema()` as below into the file, and give the wire a new number."""
    current = json.dumps(SCHEMAS[name].model_json_schema(), indent=2, ensure_ascii=False) + "\n"
    assert (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8") == current


def test_a_packed_row_obeys_the_published_schema(row: StoredRow):
    schema = json.loads((FOLDER / "envelope.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(pack(row).payload), schema)


def test_what_is_packed_is_unpacked_word_for_word(row: StoredRow):
    envelope = unpack(pack(row).payload)
    assert isinstance(envelope, Envelope)
    assert envelope.body.encode() == row.body
    for name in (
        "site",
        "station",
        "epoch",
        "seq",
        "sha256",
        "seal",
        "boot_id",
        "boottime_ms",
        "wall_ms",
        "clock_trust",
    ):
        assert getattr(envelope, name) == getattr(row, name)


def test_the_message_says_where_the_receipt_goes_inside_and_outside(row: StoredRow):
    message = pack(row)
    assert message.topic == f"spine/v1/{SITE}/{STATION}/session"
    assert not message.retain
    inside = json.loads(message.payload)
    assert message.reply_to == inside["reply_to"] == f"spine/v1/{SITE}/{STATION}/receipt"
    assert message.correlation == inside["correlation"] == row.msg_id


@pytest.mark.parametrize(
    "payload",
    [b"", b"\xff", b"null", b"{}", b"[" * 60_000, b'{"a":' * 9000, b"{" * (MAX_BYTES + 1), b"9" * 5000, b"NaN"],
)
def test_hostile_bytes_are_explained_not_raised(payload: bytes):
    assert isinstance(unpack(payload), str)
    assert read_receipt(payload) is None


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(payload: bytes):
    assert isinstance(unpack(payload), str)
    assert read_receipt(payload) is None


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 0},
        {"seq": 2**63},
        {"seq": "1"},
        {"seq": True},
        {"id": "x"},
        {"site": "UPPER"},
        {"site": "a/b"},
        {"site": "+"},
        {"epoch": "0"},
        {"sha256": "g" * 64},
        {"seal": "rot13"},
        {"wire": "plumbline.envelope/2"},
        {"extra": 1},
        {"body": None},
    ],
)
def test_a_changed_envelope_is_refused(row: StoredRow, change: dict):
    payload = json.dumps({**json.loads(pack(row).payload), **change}).encode()
    assert isinstance(unpack(payload), str)


def test_a_receipt_is_read_back():
    receipt = Receipt(id="0" * 8 + "-0000" * 3 + "-" + "0" * 12, sha256="a" * 64, collector="here")
    assert read_receipt(receipt.model_dump_json().encode()) == receipt


@pytest.mark.parametrize(
    "topic",
    [
        "",
        "spine/v1/a/b/session/x",
        "spine/v2/a/b/session",
        "spine/v1/A/b/session",
        "spine/v1/a/b/other",
        "spine/v1/a/b",
    ],
)
def test_a_strangers_topic_is_nobodys(topic: str):
    assert address_of(topic, "session") is None


def test_a_subscription_takes_its_topics_and_no_others():
    topic = Address("a", "b").topic("session")
    assert matches("spine/v1/+/+/session", topic)
    assert matches("#", topic)
    assert not matches("spine/v1/+/session", topic)
    assert not matches("spine/v1/+/+/receipt", topic)
