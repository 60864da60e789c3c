"""What has been received: one clinic, one SQLite file."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from edge.errors import StoreError
from edge.mqtt.envelope import Envelope
from edge.store.lock import StoreLock
from edge.store.trouble import explained

APPLICATION_ID = 0x504C434F  # "PLCO"
USER_VERSION = 1
DEAD_LETTERS = 1000  # the newest are kept
RESTORE = "move it away and restore a copy; stations send again what they kept"
SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA journal_size_limit = 8388608",
)
CREATION = (
    "BEGIN IMMEDIATE",
    """CREATE TABLE received(
        site TEXT NOT NULL, station TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL,
        id TEXT NOT NULL UNIQUE, schema_id TEXT NOT NULL, sha256 TEXT NOT NULL, received_ms INTEGER NOT NULL,
        boot_id TEXT NOT NULL, boottime_ms INTEGER NOT NULL, wall_ms INTEGER NOT NULL, clock_trust TEXT NOT NULL,
        times INTEGER NOT NULL DEFAULT 1, body TEXT NOT NULL,
        PRIMARY KEY(site, station, epoch, seq)
    ) STRICT""",
    """CREATE TABLE dead_letter(
        number INTEGER PRIMARY KEY AUTOINCREMENT, received_ms INTEGER NOT NULL, topic TEXT NOT NULL,
        reason TEXT NOT NULL, times INTEGER NOT NULL DEFAULT 1, payload BLOB NOT NULL, UNIQUE(topic, payload)
    ) STRICT""",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {USER_VERSION}",
    "COMMIT",
)


@dataclass(frozen=True, slots=True)
class Received:
    """
    One summary on the collector's disk.

    Attributes:
        site, station, epoch, seq: its key; a hole in seq within an epoch is a missing summary.
        id: UUID of the session.
        received_ms: Unix milliseconds when it was first stored here.
        times: how often it came; everything after the first was a duplicate on the wire.
        body: the summary as the station stored it, JSON.
    """

    site: str
    station: str
    epoch: str
    seq: int
    id: str
    schema_id: str
    sha256: str
    received_ms: int
    times: int
    body: str


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that could not be stored, kept for whoever wants to know why. No receipt was sent for it."""

    received_ms: int
    topic: str
    reason: str
    times: int
    payload: bytes


class CollectorDatabase:
    """
    The received summaries.

        with CollectorDatabase.open(Path("state/collector.sqlite")) as database:
            database.received()
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: StoreLock | None) -> None:
        self._path = path
        self._lock = lock
        self._connection = connection

    @classmethod
    def open(cls, path: Path, *, alone: bool = False) -> "CollectorDatabase":
        """
        Open the file, making it when missing.

        Args:
            path: the file.
            alone: refuse when another has it open alone; a collector asks for this, a reader does not.

        Raises:
            StoreError: it is damaged, newer than this program, no collector's, or cannot be written.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{path.parent}: cannot be made ({error.strerror}), correct collector.database") from error
        lock = StoreLock(path.with_name(path.name + ".lock"), "another collector") if alone else None
        with explained(path, RESTORE):
            connection = sqlite3.connect(path, isolation_level=None, timeout=5)
            try:
                _prepare(connection, path)
            except BaseException:
                connection.close()
                if lock is not None:
                    lock.release()
                raise
        return cls(path, connection, lock)

    def store(self, envelopes: Iterable[tuple[Envelope, int]]) -> list[str | None]:
        """
        Store envelopes with their Unix time of arrival in milliseconds, in one transaction that is on the disk when
        this returns.

        Returns:
            For each, None if it is stored now or was before, else why it was not.
        """
        with explained(self._path, RESTORE):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                verdicts = [self._insert(envelope, received_ms) for envelope, received_ms in envelopes]
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
        return verdicts

    def set_aside(self, letter: DeadLetter) -> None:
        """Keep a message that could not be stored."""
        with explained(self._path, RESTORE):
            self._connection.execute(
                "INSERT INTO dead_letter(received_ms, topic, reason, payload) VALUES (?, ?, ?, ?) "
                "ON CONFLICT(topic, payload) DO UPDATE SET times = times + 1",
                (letter.received_ms, letter.topic, letter.reason, letter.payload),
            )
            self._connection.execute(
                "DELETE FROM dead_letter WHERE number <= (SELECT max(number) FROM dead_letter) - ?", (DEAD_LETTERS,)
            )

    def received(self) -> list[Received]:
        """Return everything received, in the order it came."""
        names = "site, station, epoch, seq, id, schema_id, sha256, received_ms, times, body"
        with explained(self._path, RESTORE):
            return [
                Received(*row)
                for row in self._connection.execute(f"SELECT {names} FROM received ORDER BY rowid")  # noqa: S608 - ours
            ]

    def dead_letters(self) -> list[DeadLetter]:
        """Return the messages set aside, oldest first."""
        query = "SELECT received_ms, topic, reason, times, payload FROM dead_letter ORDER BY number"
        with explained(self._path, RESTORE):
            return [DeadLetter(*row) for row in self._connection.execute(query)]

    def close(self) -> None:
        """Close the file; twice is fine."""
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> "CollectorDatabase":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _insert(self, envelope: Envelope, received_ms: int) -> str | None:
        names = "site, station, epoch, seq, id, schema_id, sha256, boot_id, boottime_ms, wall_ms, clock_trust, body"
        values = [getattr(envelope, name) for name in names.split(", ")]
        done = self._connection.execute(
            f"INSERT INTO received({names}, received_ms) VALUES ({', '.join('?' * 13)}) ON CONFLICT DO NOTHING",  # noqa: S608 - constants
            (*values, received_ms),
        )
        if done.rowcount:
            return None
        known = self._connection.execute("SELECT sha256 FROM received WHERE id = ?", (envelope.id,)).fetchone()
        if known is None:
            return "its number belongs to another summary: two stations share one store"
        if known[0] != envelope.sha256:
            return "another summary has its id"
        self._connection.execute("UPDATE received SET times = times + 1 WHERE id = ?", (envelope.id,))
        return None


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise StoreError(f"{path}: is damaged, {RESTORE} ({' '.join(str(verdict).split())})")
    version, owner = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("user_version", "application_id"))
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables and owner != APPLICATION_ID:
        raise StoreError(f"{path}: is no collector's database, correct collector.database")
    if version > USER_VERSION:
        raise StoreError(f"{path}: written by a newer Plumbline (version {version}), install that one again")
    for statement in (*SETTINGS, *(() if tables else CREATION)):
        connection.execute(statement).fetchall()
