"""While a session goes on the store holds a draft of its summary: kept like a summary, sent only if nothing follows."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from edge.errors import StoreError
from edge.session.summary import SessionSummary
from edge.store.outbox import FILE, Outbox
from edge.store.schema import Limits
from tests.store.test_quarantine import break_pages
from tests.wire import a_summary

NO_ROOM = Limits(pages=1)  # SQLite takes the pages there are and allows no more: full, on whichever disk


@contextmanager
def somebody_writing(folder: Path) -> Iterator[None]:
    """Another program holds the write lock."""
    other = sqlite3.connect(folder / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


def read(folder: Path, role: str = "station") -> list[SessionSummary]:
    with Outbox.open(folder, role) as outbox:
        return [SessionSummary.model_validate_json(row.body) for row in outbox.due(2**60, 1000)]


def reasons(folder: Path, role: str = "station") -> list[str | None]:
    return [summary.reason for summary in read(folder, role)]


def test_a_draft_is_not_sent_while_its_station_lives(tmp_path: Path):
    with Outbox.open(tmp_path, "station") as outbox:
        outbox.draft(a_summary())
        assert outbox.waiting() == 0
        assert reasons(tmp_path, "relay") == []


def test_a_draft_that_nothing_followed_is_sent_by_the_next_station(tmp_path: Path):
    summary = a_summary()
    with Outbox.open(tmp_path, "station") as outbox:
        outbox.draft(summary)
    assert reasons(tmp_path, "relay") == []
    assert read(tmp_path) == [summary]
    assert read(tmp_path) == [summary], "once, however often a station starts"


def test_a_later_draft_takes_the_place_of_the_earlier_one(tmp_path: Path):
    summary = a_summary()
    with Outbox.open(tmp_path, "station") as outbox:
        outbox.draft(summary)
        outbox.draft(summary.model_copy(update={"reason": "later"}))
    assert reasons(tmp_path) == ["later"]


def test_the_summary_takes_the_place_of_the_draft(tmp_path: Path):
    summary = a_summary()
    with Outbox.open(tmp_path, "station") as outbox:
        outbox.draft(summary)
        outbox.save(summary.model_copy(update={"reason": "the end"}))
        assert reasons(tmp_path, "relay") == ["the end"]
    assert reasons(tmp_path) == ["the end"]


def test_a_draft_that_was_sent_keeps_its_number_among_the_summaries(tmp_path: Path):
    with Outbox.open(tmp_path, "station") as outbox:
        outbox.save(a_summary())
        outbox.draft(a_summary())
    with Outbox.open(tmp_path, "station") as outbox:
        outbox.save(a_summary())
        rows = outbox.due(2**60, 10)
    assert [row.seq for row in rows] == [1, 2, 3]
    assert all(row.whole() and row.kind == "session" for row in rows)


def forget_the_table(folder: Path) -> None:
    """Make the store one from before there were drafts, without a page to spare."""
    older = sqlite3.connect(folder / FILE)
    older.execute("DROP TABLE draft")
    older.commit()
    older.execute("VACUUM")
    older.close()


def test_a_store_from_before_there_were_drafts_takes_them(tmp_path: Path):
    with Outbox.open(tmp_path, "station") as outbox:
        saved = outbox.save(a_summary()).msg_id
    forget_the_table(tmp_path)
    summary = a_summary()
    with Outbox.open(tmp_path, "station") as outbox:
        later = outbox.save(a_summary()).msg_id
        outbox.draft(summary)
    assert [each.id for each in read(tmp_path)] == [saved, later, summary.id]


@pytest.mark.parametrize("role", ["station", "relay"])
def test_a_full_store_from_before_there_were_drafts_opens_and_takes_receipts(tmp_path: Path, role):
    with Outbox.open(tmp_path, "station") as outbox:
        row = outbox.save(a_summary())
    forget_the_table(tmp_path)
    with Outbox.open(tmp_path, role, limits=NO_ROOM) as outbox:
        with pytest.raises(StoreError, match="free some space"):
            outbox.draft(a_summary(reason="x" * 20_000))
        assert outbox.receipted([(row.msg_id, row.sha256)]) == 1


def test_a_station_opens_while_another_program_writes(tmp_path: Path):
    Outbox.open(tmp_path, "station").close()
    with somebody_writing(tmp_path), Outbox.open(tmp_path, "station") as outbox:
        assert outbox.waiting() == 0


def test_a_draft_that_cannot_be_sent_at_the_start_is_sent_after_the_next_summary(tmp_path: Path):
    cut_off, own, later = (a_summary() for _ in range(3))
    with Outbox.open(tmp_path, "station") as outbox:
        outbox.draft(cut_off)
    with ExitStack() as stack:
        with somebody_writing(tmp_path):
            outbox = stack.enter_context(Outbox.open(tmp_path, "station"))
        assert outbox.waiting() == 0
        outbox.draft(own)
        assert [row.msg_id for row in outbox.due(0, 9)] == [cut_off.id], "its own draft stays one"
        outbox.save(later)
        assert [row.msg_id for row in outbox.due(0, 9)] == [cut_off.id, later.id]


def test_a_draft_that_could_not_be_sent_and_is_drafted_again_is_the_stations_own(tmp_path: Path):
    summary = a_summary()
    with Outbox.open(tmp_path, "station") as outbox:
        outbox.draft(summary)
    with ExitStack() as stack:
        with somebody_writing(tmp_path):
            outbox = stack.enter_context(Outbox.open(tmp_path, "station"))
        outbox.draft(summary)
        outbox.save(a_summary())
        assert summary.id not in {row.msg_id for row in outbox.due(0, 9)}
        outbox.save(summary.model_copy(update={"reason": "the end"}))
    assert "the end" in reasons(tmp_path)


def test_a_draft_in_a_full_store_stops_no_start_and_is_sent_when_there_is_room(tmp_path: Path, caplog):
    summary = a_summary(reason="x" * 20_000)
    with Outbox.open(tmp_path, "station") as outbox:
        outbox.draft(summary)
    with Outbox.open(tmp_path, "station", limits=NO_ROOM) as outbox:
        assert outbox.waiting() == 0
        assert "the outbox is full" in str(outbox.can_store())
    assert "stay drafts for now" in caplog.text
    assert read(tmp_path) == [summary]


def test_the_draft_in_a_damaged_store_is_carried_over(tmp_path: Path):
    with Outbox.open(tmp_path, "station") as outbox:
        for _ in range(60):
            outbox.save(a_summary(reason="x" * 2000))
        outbox.draft(a_summary(reason="cut off"))
    break_pages(tmp_path / FILE, 30)
    with Outbox.open(tmp_path, "station") as outbox:
        assert "carried over" in str(outbox.notice)
    assert "cut off" in reasons(tmp_path)


@pytest.mark.parametrize("table", ["outbox", "draft"])
def test_a_row_that_no_store_would_take_stays_in_the_damaged_one(tmp_path: Path, caplog, table: str):
    summaries = [a_summary() for _ in range(3)]
    with Outbox.open(tmp_path, "station") as outbox:
        for summary in summaries:
            (outbox.save if table == "outbox" else outbox.draft)(summary)
    worn = sqlite3.connect(tmp_path / FILE)
    worn.execute("PRAGMA ignore_check_constraints = ON")
    worn.execute(f"UPDATE {table} SET clock_trust = 'nup' WHERE msg_id = ?", (summaries[1].id,))
    worn.commit()
    worn.close()
    with Outbox.open(tmp_path, "station") as outbox:
        assert "2 waiting summaries were carried over" in str(outbox.notice)
    assert f"{summaries[1].id}' stays in {FILE}.damaged-1" in caplog.text
    assert [each.id for each in read(tmp_path)] == [summaries[0].id, summaries[2].id]
    kept = sqlite3.connect(tmp_path / f"{FILE}.damaged-1")
    assert kept.execute(f"SELECT count(*) FROM {table}").fetchone() == (3,)
    kept.close()


def test_a_draft_that_no_message_could_hold_is_refused(tmp_path: Path):
    with Outbox.open(tmp_path, "station") as outbox, pytest.raises(StoreError, match="shorten it"):
        outbox.draft(a_summary(reason="x" * 40_000))
