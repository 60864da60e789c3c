"""Once saved, a summary stays until a receipt; whatever is wrong is said in a sentence."""

import sqlite3
import uuid
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.clock import SimulatedClock
from edge.errors import StoreError
from edge.mqtt.envelope import MAX_BYTES, pack
from edge.session.summary import SessionSummary
from edge.store.outbox import FILE, MAX_BODY_BYTES, Outbox
from edge.store.row import State
from edge.store.schema import Limits
from tests.wire import a_summary, folder_in_memory, save_until_refused

FOREVER_MS = 2**62


@pytest.fixture
def outbox(tmp_path: Path):
    with Outbox.open(tmp_path, "station", clock=SimulatedClock()) as outbox:
        yield outbox


def test_a_saved_summary_comes_back_word_for_word(outbox: Outbox):
    summary = a_summary()
    row = outbox.save(summary)
    assert SessionSummary.model_validate_json(row.body) == summary
    assert outbox.due(0, 10) == [row]
    assert (row.seq, row.msg_id, row.state, row.seal, row.clock_trust) == (1, summary.id, State.QUEUED, "none", "ntp")


def test_saving_the_same_summary_twice_stores_it_once(outbox: Outbox):
    summary = a_summary()
    assert outbox.save(summary) == outbox.save(summary)
    assert outbox.waiting() == 1


def test_numbers_are_never_used_again(outbox: Outbox):
    row = outbox.save(a_summary())
    outbox.receipted([(row.msg_id, row.sha256)])
    assert outbox.purge(older_than_ms=FOREVER_MS) == 1
    assert outbox.save(a_summary()).seq == row.seq + 1


def test_only_a_matching_receipt_ends_a_row_and_only_once(outbox: Outbox):
    row = outbox.save(a_summary())
    outbox.acked([row.msg_id])
    assert outbox.due(0, 1)[0].state is State.BROKER_ACKED
    assert outbox.receipted([(row.msg_id, "0" * 64), (str(uuid.uuid4()), row.sha256)]) == 0
    assert outbox.waiting() == 1
    assert outbox.receipted([(row.msg_id, row.sha256)]) == 1
    assert outbox.receipted([(row.msg_id, row.sha256)]) == 0
    assert (outbox.waiting(), outbox.due(FOREVER_MS, 10)) == (0, [])


def test_a_late_acknowledgement_does_not_bring_a_receipted_row_back(outbox: Outbox):
    row = outbox.save(a_summary())
    outbox.receipted([(row.msg_id, row.sha256)])
    outbox.acked([row.msg_id])
    assert outbox.waiting() == 0


def test_a_sent_row_is_due_again_at_its_time(outbox: Outbox):
    row = outbox.save(a_summary())
    outbox.sent([(row.seq, 5000)])
    assert outbox.due(4999, 10) == []
    assert outbox.due(5000, 10)[0].tries == 1


def test_new_rows_go_before_repeated_ones(outbox: Outbox):
    old, new = outbox.save(a_summary()), outbox.save(a_summary())
    outbox.sent([(old.seq, 1)])
    assert [row.seq for row in outbox.due(10, 10)] == [new.seq, old.seq]


def test_unreceipted_rows_are_never_deleted(outbox: Outbox):
    row = outbox.save(a_summary())
    outbox.acked([row.msg_id])
    assert outbox.purge(older_than_ms=FOREVER_MS) == 0


def test_a_row_whose_body_changed_on_disk_is_kept_but_not_sent(outbox: Outbox, tmp_path: Path):
    row, good = outbox.save(a_summary()), outbox.save(a_summary())
    with sqlite3.connect(tmp_path / FILE) as disk:
        disk.execute("UPDATE outbox SET body = zeroblob(100) WHERE seq = ?", (row.seq,))
    disk.close()
    assert outbox.due(0, 10) == [good]
    assert outbox.due(0, 10) == [good]
    assert outbox.purge(older_than_ms=FOREVER_MS) == 0


def test_a_clock_from_1970_is_written_down_as_such(tmp_path: Path):
    clock = SimulatedClock(datetime(1970, 1, 1, tzinfo=timezone.utc), trust="none")
    clock.sleep(2.5)
    with Outbox.open(tmp_path, "station", clock=clock) as outbox:
        row = outbox.save(a_summary())
    assert (row.clock_trust, row.wall_ms, row.boottime_ms) == ("none", 2500, 2500)


def test_station_and_relay_share_a_store_and_see_each_other(tmp_path: Path):
    with Outbox.open(tmp_path, "station") as station, Outbox.open(tmp_path, "relay") as relay:
        row = station.save(a_summary())
        assert relay.due(0, 10) == [row]
        relay.receipted([(row.msg_id, row.sha256)])
        assert station.waiting() == 0


@pytest.mark.parametrize("role", ["station", "relay"])
def test_a_second_one_of_a_kind_is_refused_until_the_first_has_ended(tmp_path: Path, role):
    with Outbox.open(tmp_path, role), pytest.raises(StoreError, match=f"another {role} already uses this store"):
        Outbox.open(tmp_path, role)
    Outbox.open(tmp_path, role).close()


def test_the_epoch_belongs_to_the_store(tmp_path: Path):
    epochs = []
    for name in ("a", "a", "b"):
        with Outbox.open(tmp_path / name, "station") as outbox:
            epochs.append(outbox.epoch)
    assert epochs[0] == epochs[1] != epochs[2]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("wal_autocheckpoint", 100),
        ("journal_size_limit", Limits().wal_bytes),
        ("max_page_count", Limits().pages),
        ("busy_timeout", 500),
    ],
)
def test_every_connection_has_the_settings_that_keep_data_safe(outbox: Outbox, pragma: str, value: object):
    assert outbox._connection.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def test_the_ballast_can_checkpoint_a_full_log_twice():
    assert Limits().ballast_bytes >= 2 * Limits().wal_bytes


def test_the_log_is_cut_back(outbox: Outbox, tmp_path: Path):
    for _ in range(300):
        outbox.save(a_summary(reason="x" * 5000))
    assert (tmp_path / f"{FILE}-wal").stat().st_size <= Limits().wal_bytes


def test_a_newer_store_is_refused_and_left_alone(tmp_path: Path):
    Outbox.open(tmp_path, "station").close()
    with sqlite3.connect(tmp_path / FILE) as disk:
        disk.execute("PRAGMA user_version = 99")
    disk.close()
    with pytest.raises(StoreError, match="newer Plumbline"):
        Outbox.open(tmp_path, "station")
    assert not list(tmp_path.glob("*.damaged-*"))


def test_a_full_outbox_is_known_before_a_session_and_keeps_every_row(tmp_path: Path):
    with Outbox.open(tmp_path, "station", limits=Limits(pages=120)) as outbox:
        assert outbox.can_store() is None
        ids = []
        while outbox.can_store() is None:
            ids.append(outbox.save(a_summary(reason="x" * 3000)).msg_id)
        assert "connect the station" in str(outbox.can_store())
        ids.append(outbox.save(a_summary()).msg_id)  # the session that was under way still fits
        assert "nothing stored is lost" in save_until_refused(outbox, ids)
        assert [row.msg_id for row in outbox.due(0, 10_000)] == ids
        outbox.receipted([(row.msg_id, row.sha256) for row in outbox.due(0, 60)])
        outbox.purge(older_than_ms=FOREVER_MS)
        outbox.save(a_summary())
        assert outbox.can_store() is None


def test_a_summary_too_large_for_the_wire_is_refused(outbox: Outbox):
    with pytest.raises(StoreError, match="shorten it"):
        outbox.save(a_summary(reason="x" * MAX_BODY_BYTES))
    assert outbox.waiting() == 0


@pytest.mark.parametrize("msg_id", ["", "1", "not-a-uuid", str(uuid.uuid4()).upper(), "{" + str(uuid.uuid4()) + "}"])
def test_an_id_that_no_receipt_could_name_is_refused(outbox: Outbox, msg_id: str):
    summary = a_summary().model_copy(update={"id": msg_id})
    with pytest.raises(StoreError, match="not a UUID"):
        outbox.save(summary)


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=14_000)
    | st.sampled_from('"\\\0\x1f€𝄞').map(lambda c: c * 4000)
)
def test_whatever_was_stored_fits_into_a_message(reason: str):
    with folder_in_memory() as folder, Outbox.open(folder, "station") as outbox:
        try:
            row = outbox.save(a_summary(reason=reason))
        except StoreError:
            assert len(a_summary(reason=reason).model_dump_json().encode()) > MAX_BODY_BYTES
        else:
            assert len(pack(row).payload) <= MAX_BYTES


def test_a_store_that_is_replaced_while_in_use_is_noticed(outbox: Outbox, tmp_path: Path):
    (tmp_path / FILE).rename(tmp_path / "elsewhere")
    (tmp_path / FILE).touch()
    assert "replaced" in str(outbox.can_store())
    with pytest.raises(StoreError, match="replaced"):
        outbox.due(0, 1)
