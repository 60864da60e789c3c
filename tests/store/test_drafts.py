"""While a session goes on the store holds a draft of its summary: kept like a summary, sent only if nothing follows."""

import sqlite3
from pathlib import Path

import pytest

from edge.errors import StoreError
from edge.session.summary import SessionSummary
from edge.store.outbox import FILE, Outbox
from tests.store.test_quarantine import break_pages
from tests.wire import a_summary


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


def test_a_store_from_before_there_were_drafts_takes_them(tmp_path: Path):
    with Outbox.open(tmp_path, "station") as outbox:
        saved = outbox.save(a_summary()).msg_id
    older = sqlite3.connect(tmp_path / FILE)
    older.execute("DROP TABLE draft")
    older.commit()
    older.close()
    summary = a_summary()
    with Outbox.open(tmp_path, "station") as outbox:
        outbox.draft(summary)
    assert [each.id for each in read(tmp_path)] == [saved, summary.id]


def test_the_draft_in_a_damaged_store_is_carried_over(tmp_path: Path):
    with Outbox.open(tmp_path, "station") as outbox:
        for _ in range(60):
            outbox.save(a_summary(reason="x" * 2000))
        outbox.draft(a_summary(reason="cut off"))
    break_pages(tmp_path / FILE, 30)
    with Outbox.open(tmp_path, "station") as outbox:
        assert "carried over" in str(outbox.notice)
    assert "cut off" in reasons(tmp_path)


def test_a_draft_that_no_message_could_hold_is_refused(tmp_path: Path):
    with Outbox.open(tmp_path, "station") as outbox, pytest.raises(StoreError, match="shorten it"):
        outbox.draft(a_summary(reason="x" * 40_000))
