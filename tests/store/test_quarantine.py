"""A damaged store never stops the station, and is never thrown away."""

import random
import sqlite3
from pathlib import Path

import pytest

from edge.errors import StoreError
from edge.store.outbox import FILE, Outbox
from tests.wire import a_summary, folder_in_memory

DAMAGED = f"{FILE}.damaged-1"


def a_store(folder: Path, count: int) -> list[str]:
    with Outbox.open(folder, "station") as outbox:
        return [outbox.save(a_summary(reason="x" * 2000)).msg_id for _ in range(count)]


def waiting_ids(folder: Path) -> list[str]:
    with Outbox.open(folder, "station") as outbox:
        return [row.msg_id for row in outbox.due(0, 10_000)]


def break_pages(path: Path, *pages: int) -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * 4096)
            file.write(bytes(range(256)) * 16)


def test_a_damaged_store_is_kept_and_what_is_whole_is_carried_over(tmp_path: Path):
    ids = a_store(tmp_path, 60)
    break_pages(tmp_path / FILE, 30)
    before = (tmp_path / FILE).read_bytes()
    with Outbox.open(tmp_path, "station") as outbox:
        assert outbox.notice is not None
        assert DAMAGED in outbox.notice
        assert "have the disk checked" in outbox.notice
        saved = [row.msg_id for row in outbox.due(0, 100)]
        outbox.save(a_summary())
    assert set(saved) <= set(ids)
    assert len(saved) >= 55, "one broken page costs the rows on it, not the rest"
    assert (tmp_path / DAMAGED).read_bytes() == before


def test_a_file_that_is_no_database_is_set_aside(tmp_path: Path):
    (tmp_path / FILE).write_bytes(b"HTTP/1.1 200 OK\r\n" * 1000)
    with Outbox.open(tmp_path, "station") as outbox:
        assert "was damaged" in str(outbox.notice)
        outbox.save(a_summary())
    assert (tmp_path / DAMAGED).read_bytes().startswith(b"HTTP")


def test_somebody_elses_database_is_set_aside_and_not_written(tmp_path: Path):
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("CREATE TABLE theirs(x)")
    other.close()
    with Outbox.open(tmp_path, "station") as outbox:
        assert "not an outbox" in str(outbox.notice)
    with sqlite3.connect(tmp_path / DAMAGED) as other:
        assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("theirs",)]
    other.close()


def test_an_empty_file_becomes_a_store(tmp_path: Path):
    (tmp_path / FILE).touch()
    with Outbox.open(tmp_path, "station") as outbox:
        assert outbox.notice is None
        outbox.save(a_summary())


def test_a_sound_store_is_not_touched(tmp_path: Path):
    ids = a_store(tmp_path, 5)
    assert waiting_ids(tmp_path) == ids
    assert not list(tmp_path.glob("*.damaged-*"))


def test_the_same_damage_twice_keeps_both(tmp_path: Path):
    for number in (1, 2):
        (tmp_path / FILE).write_bytes(b"no database at all" * 500)
        Outbox.open(tmp_path, "station").close()
        assert (tmp_path / f"{FILE}.damaged-{number}").exists()


def test_what_was_receipted_after_the_rescue_does_not_come_back(tmp_path: Path):
    a_store(tmp_path, 10)
    break_pages(tmp_path / FILE, 8)
    with Outbox.open(tmp_path, "station") as outbox:
        rows = outbox.due(0, 100)
        assert rows
        outbox.receipted([(row.msg_id, row.sha256) for row in rows])
        outbox.purge(older_than_ms=2**62)
    assert waiting_ids(tmp_path) == []


def test_a_power_cut_between_setting_aside_and_rescuing_costs_nothing(tmp_path: Path):
    ids = a_store(tmp_path, 3)
    (tmp_path / FILE).rename(tmp_path / DAMAGED)
    assert waiting_ids(tmp_path) == ids
    assert waiting_ids(tmp_path) == ids


def test_the_relay_leaves_a_damaged_store_to_the_station(tmp_path: Path):
    (tmp_path / FILE).write_bytes(b"no database at all" * 500)
    with pytest.raises(StoreError, match="start the station"):
        Outbox.open(tmp_path, "relay")
    assert (tmp_path / FILE).exists()


def test_a_relay_that_holds_the_old_store_notices_that_it_was_set_aside(tmp_path: Path):
    a_store(tmp_path, 60)
    with Outbox.open(tmp_path, "relay") as relay:
        break_pages(tmp_path / FILE, 30)
        Outbox.open(tmp_path, "station").close()
        with pytest.raises(StoreError, match="replaced"):
            relay.due(0, 10)


@pytest.fixture
def memory():
    with folder_in_memory() as folder:
        yield folder


def test_two_hundred_random_wounds_never_stop_the_station(memory: Path):
    chance = random.Random(3)
    a_store(memory / "sound", 20)
    sound = (memory / "sound" / FILE).read_bytes()
    for number in range(200):
        folder = memory / str(number)
        folder.mkdir()
        wounded = bytearray(sound)
        for _ in range(chance.choice((1, 3, 30))):
            place = chance.randrange(len(wounded))
            wounded[place : place + chance.choice((1, 16, 512))] = chance.randbytes(chance.choice((1, 16, 512)))
        (folder / FILE).write_bytes(bytes(wounded[: chance.choice((len(wounded), chance.randrange(len(wounded))))]))
        with Outbox.open(folder, "station") as outbox:
            rows = outbox.due(0, 100)
            assert all(row.body.startswith(b"{") for row in rows)
            outbox.save(a_summary())
            outbox.receipted([(row.msg_id, row.sha256) for row in rows])
            outbox.purge(older_than_ms=2**62)
