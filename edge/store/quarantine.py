"""A damaged store is set aside and kept, a new one begun, and what can still be read is carried over."""

import hashlib
import logging
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from edge.store.schema import APPLICATION_ID
from edge.store.trouble import is_damage

COPIED = (
    "msg_id, site, station, kind, schema_id, boot_id, boottime_ms, wall_ms, clock_trust, seal, sha256, body"  # in order
)
SUFFIXES = ("-wal", "-shm", "")  # the file itself last: until it moves, the next start finds the damage again
FAR_FUTURE = 1000
DRAFT_KIND = "'session'"
# NOT INDEXED: an index may be the broken part. A draft was cut off with its session, and is all that is left of it.
WAITING = (
    f"SELECT {COPIED} FROM outbox NOT INDEXED WHERE state < 2 ORDER BY seq",  # noqa: S608 - constants
    f"SELECT {COPIED.replace('kind', DRAFT_KIND)} FROM draft NOT INDEXED ORDER BY rowid",  # noqa: S608 - constants
)
log = logging.getLogger(__name__)


def damage(path: Path) -> str | None:
    """Return what is wrong with the store, or None if it is sound or not there; an unreadable disk raises."""
    if not path.exists():
        return None
    connection = sqlite3.connect(path, isolation_level=None, timeout=5)
    try:
        verdict = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    except UnicodeDecodeError:
        return "its own description cannot be read"
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return str(error)
        raise
    finally:
        connection.close()
    if verdict != "ok":
        return " ".join(verdict.split())
    # No Plumbline will ever write version 1000: that is a broken header, not a newer program.
    ours = owner == APPLICATION_ID and 0 < version < FAR_FUTURE
    return None if empty or ours else "not an outbox"


def set_aside(path: Path) -> Path:
    """Rename the store with its WAL so that nothing is overwritten; return its new name."""
    number = 1 + sum(1 for _ in path.parent.glob(f"{path.name}.damaged-*"))
    while (kept := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for suffix in SUFFIXES:
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(kept.with_name(kept.name + suffix))
    _settle(path.parent)
    return kept


def kept_aside(path: Path) -> list[Path]:
    """Return the damaged stores of this folder, without their WAL files."""
    return sorted(p for p in path.parent.glob(f"{path.name}.damaged-*") if p.name.rpartition("-")[2].isdigit())


def carry_over(kept: Path, connection: sqlite3.Connection) -> int | None:
    """Copy what is still whole and unreceipted into the new store, once; None if that was done before."""
    if connection.execute("SELECT 1 FROM recovered WHERE name = ?", (kept.name,)).fetchone():
        return None
    places = ", ".join("?" * len(COPIED.split(",")))
    insert = f"INSERT INTO outbox({COPIED}) VALUES ({places}) ON CONFLICT(msg_id) DO NOTHING"  # noqa: S608 - constants
    connection.execute("BEGIN IMMEDIATE")
    try:
        count = sum(_inserted(connection, insert, values, kept) for values in _whole_rows(kept))
        connection.execute("INSERT INTO recovered(name, summaries) VALUES (?, ?)", (kept.name, count))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return count


def _inserted(connection: sqlite3.Connection, insert: str, values: tuple[object, ...], kept: Path) -> int:
    try:
        return connection.execute(insert, values).rowcount
    except sqlite3.IntegrityError as error:  # a bit flipped outside the body: no store would take this row
        log.error("summary %r stays in %s, it cannot be carried over (%s)", values[0], kept.name, error)
        return 0


def _whole_rows(kept: Path) -> Iterator[tuple[object, ...]]:
    # From both ends, since a walk through the table stops at the first broken page.
    seen: set[object] = set()
    for query in (f"{each} {order}" for each in WAITING for order in ("ASC", "DESC")):
        for values in _walk(kept, query):
            sha256, body = values[-2:]
            if values[0] in seen or not isinstance(body, bytes) or hashlib.sha256(body).hexdigest() != sha256:
                continue
            seen.add(values[0])
            yield values


def _walk(kept: Path, query: str) -> Iterator[tuple[object, ...]]:
    try:
        damaged = sqlite3.connect(f"{kept.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    except sqlite3.Error:
        return
    try:
        yield from damaged.execute(query)
    except (sqlite3.Error, UnicodeDecodeError):
        return
    finally:
        damaged.close()


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
