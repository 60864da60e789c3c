"""The shape of the outbox on disk, and how a connection to it is set up."""

import os
import sqlite3
import uuid
from dataclasses import dataclass
from pathlib import Path

from edge.errors import StoreError

APPLICATION_ID = 0x504C424F  # "PLBO"
USER_VERSION = 1
PAGE_BYTES = 4096
PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Limits:
    """
    How much disk the outbox may take.

    Attributes:
        pages: most pages of 4 KB in the file; 1 GiB holds some 200 000 summaries.
        wal_bytes: what the write-ahead log is cut back to.
        ballast_bytes: at least twice wal_bytes, or a full disk could not be checkpointed.
        spare_bytes: a session does not begin with less than this free.
    """

    pages: int = 262_144
    wal_bytes: int = 1024 * 1024
    ballast_bytes: int = 2 * 1024 * 1024
    spare_bytes: int = 1024 * 1024


TABLES = """
CREATE TABLE store(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    epoch TEXT NOT NULL CHECK(length(epoch) = 32)
) STRICT;
CREATE TABLE outbox(
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    msg_id TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL,
    station TEXT NOT NULL,
    kind TEXT NOT NULL,
    schema_id TEXT NOT NULL,
    boot_id TEXT NOT NULL,
    boottime_ms INTEGER NOT NULL,
    wall_ms INTEGER NOT NULL,
    clock_trust TEXT NOT NULL CHECK(clock_trust IN ('none', 'rtc', 'ntp')),
    seal TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK(length(sha256) = 64),
    body BLOB NOT NULL,
    state INTEGER NOT NULL DEFAULT 0 CHECK(state IN (0, 1, 2, 3)),
    tries INTEGER NOT NULL DEFAULT 0,
    next_ms INTEGER NOT NULL DEFAULT 0,
    receipted_ms INTEGER
) STRICT;
CREATE INDEX outbox_waiting ON outbox(next_ms, seq) WHERE state < 2;
CREATE INDEX outbox_receipted ON outbox(receipted_ms) WHERE state = 2;
CREATE TABLE recovered(name TEXT PRIMARY KEY, summaries INTEGER NOT NULL) STRICT;
"""
# Newer than version 1 and still version 1: a program that does not know it works on beside it, so going back is safe.
# In an older store the first draft makes it: opening must write nothing there, the disk may be full.
DRAFT = """
CREATE TABLE IF NOT EXISTS draft(
    msg_id TEXT PRIMARY KEY,
    site TEXT NOT NULL,
    station TEXT NOT NULL,
    schema_id TEXT NOT NULL,
    boot_id TEXT NOT NULL,
    boottime_ms INTEGER NOT NULL,
    wall_ms INTEGER NOT NULL,
    clock_trust TEXT NOT NULL CHECK(clock_trust IN ('none', 'rtc', 'ntp')),
    seal TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK(length(sha256) = 64),
    body BLOB NOT NULL
) STRICT
"""


def settings(limits: Limits) -> list[str]:
    """Return the statements every connection begins with."""
    return [
        "PRAGMA journal_mode = WAL",
        # NORMAL keeps the file consistent but forgets acknowledged commits in a power cut.
        "PRAGMA synchronous = FULL",
        "PRAGMA wal_autocheckpoint = 100",
        f"PRAGMA journal_size_limit = {limits.wal_bytes}",
        f"PRAGMA max_page_count = {limits.pages}",
        "PRAGMA secure_delete = ON",
        "PRAGMA trusted_schema = OFF",
        "PRAGMA cell_size_check = ON",
        "PRAGMA foreign_keys = ON",
    ]


def connect(path: Path, limits: Limits, patience_s: float = PATIENCE_S) -> sqlite3.Connection:
    """Open the outbox file, making it when missing; every statement commits by itself and waits so long for a lock."""
    # SQLite itself would make it 0644: station and relay are two users who share it through their group.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660))
    connection = sqlite3.connect(path, isolation_level=None, timeout=patience_s)
    # A flipped bit in a text must show as a damaged row, not end the program.
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    try:
        for statement in settings(limits):
            connection.execute(statement).fetchall()
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def creation(epoch: str) -> list[str]:
    """Return the statements that make an empty outbox of this epoch, in one transaction."""
    return [
        "BEGIN IMMEDIATE",
        *[statement for statement in TABLES.split(";") if statement.strip()],
        DRAFT,
        f"INSERT INTO store(id, epoch) VALUES (1, '{epoch}')",  # noqa: S608 - our own hex digits
        f"PRAGMA application_id = {APPLICATION_ID}",
        f"PRAGMA user_version = {USER_VERSION}",
        "COMMIT",
    ]


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > USER_VERSION:
        raise StoreError(f"{path}: written by a newer Plumbline (store version {version}), install that one again")
    if version < USER_VERSION:
        for statement in creation(uuid.uuid4().hex):
            connection.execute(statement)
