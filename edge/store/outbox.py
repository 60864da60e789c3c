"""The outbox: what has been measured and not yet been received. Once `save` returns, a power cut cannot take it."""

import hashlib
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal

from edge.clock import Clock, SystemClock
from edge.errors import StoreError
from edge.session.summary import SessionSummary
from edge.store import drafts, statements
from edge.store.ballast import Ballast, free_bytes
from edge.store.lock import StoreLock
from edge.store.quarantine import carry_over, damage, kept_aside, set_aside
from edge.store.row import State, StoredRow, check_id
from edge.store.schema import DRAFT, PAGE_BYTES, Limits, connect
from edge.store.seal import PlainSealer, Sealer
from edge.store.stamp import stamp
from edge.store.trouble import FULL, explained

Role = Literal["station", "relay"]
Rows = Sequence[tuple[object, ...]]
FILE, BALLAST = "outbox.sqlite", "ballast"
MAX_BODY_BYTES = 30 * 1024  # escaped into JSON it may double, and an envelope holds 64 KB
PATIENCE_S: dict[Role, float] = {"station": 0.5, "relay": 5.0}  # the station's screen stands still meanwhile
CHUNK = 500  # rows changed in one transaction: keeps the WAL small
log = logging.getLogger(__name__)


class Outbox:
    """
    Summaries in SQLite, shared by one station that saves and one relay that sends.

        with Outbox.open(Path("state"), "station") as outbox:
            outbox.draft(summary)   # while a session goes on: what it would leave if the power went now
            outbox.save(summary)    # the session is over: its summary takes the draft's place and is sent

    Attributes:
        epoch: 32 hex digits; the name of this store.
        notice: what happened at start that a person should know (a damaged store was set aside), or None.
    """

    def __init__(
        self,
        folder: Path,
        lock: StoreLock,
        connection: sqlite3.Connection,
        clock: Clock,
        sealer: Sealer,
        limits: Limits,
    ) -> None:
        self._path = folder / FILE
        self._file_number = self._path.stat().st_ino
        self._lock = lock
        self._connection = connection
        self._clock = clock
        self._sealer = sealer
        self._limits = limits
        self._ballast = Ballast(folder / BALLAST, limits.ballast_bytes)
        self._ballast.restore(limits.spare_bytes)
        self.epoch: str = connection.execute("SELECT epoch FROM store").fetchone()[0]
        self.notice: str | None = None
        self._left: list[str] = []

    @classmethod
    def open(
        cls,
        folder: Path,
        role: Role,
        *,
        clock: Clock | None = None,
        sealer: Sealer | None = None,
        limits: Limits | None = None,
    ) -> "Outbox":
        """
        Open the store in `folder`, making it when missing.

        The station checks it first; a damaged store is renamed and kept, what is whole in it is carried into a new
        one, and `notice` says so. The relay never renames anything.

        Raises:
            StoreError: someone else has this role, a newer Plumbline wrote it, or the folder cannot be written.
        """
        limits = limits or Limits()
        try:
            folder.mkdir(mode=0o770, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"{folder}: cannot be made ({error.strerror}), name a folder this user may write"
            ) from error
        lock = StoreLock(folder / f"{role}.lock", f"another {role}")
        try:
            opening = StoreLock(folder / "opening.lock", "another program", wait=True)
            try:
                return cls._open(folder, role, lock, (clock or SystemClock(), sealer or PlainSealer(), limits))
            finally:
                opening.release()
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open(cls, folder: Path, role: Role, lock: StoreLock, parts: tuple[Clock, Sealer, Limits]) -> "Outbox":
        path = folder / FILE
        Ballast(folder / BALLAST, parts[2].ballast_bytes).let_open()
        with explained(path):
            wrong = damage(path)
            if wrong and role == "relay":
                raise StoreError(
                    f"{path}: is damaged ({wrong}), start the station: it keeps the file and begins a new one"
                )
            kept = set_aside(path) if wrong else None
            connection = connect(path, parts[2], PATIENCE_S[role])
            try:
                outbox = cls(folder, lock, connection, *parts)
                saved = sum(carry_over(each, connection) or 0 for each in kept_aside(path)) if role == "station" else 0
                if role == "station":
                    outbox._left = drafts.ids(connection)
                    outbox._send_left()
            except BaseException:
                connection.close()
                raise
        if kept:
            outbox.notice = (
                f"{FILE} was damaged ({wrong}) and is kept as {kept.name}; "
                f"{saved} waiting summaries were carried over; have the disk checked"
            )
            log.warning("%s", outbox.notice)
        return outbox

    def save(self, summary: SessionSummary) -> StoredRow:
        """
        Store a finished session; when this returns it is on the disk. The same id again changes nothing.

        Raises:
            StoreError: the disk is full, read-only or broken, or the summary is larger than a message may be.
        """
        with explained(self._path):
            forget = [(statements.FORGET_DRAFT, [(summary.id,)])] if drafts.has_table(self._connection) else []
        self._change_own(summary, (statements.INSERT, [self._sealed(summary)]), *forget)
        return self._rows(statements.BY_ID, (summary.id,))[0]

    def draft(self, summary: SessionSummary) -> None:
        """
        Store what a session that goes on would leave; when this returns it is on the disk, in place of the last draft.

        It is not sent unless the station is cut off: then the next one to open the store lets it go, since no `save` of
        the same id can follow. One message a session, whatever happens. Raises StoreError as `save` does.
        """
        self._change_own(summary, (DRAFT, [()]), (statements.DRAFT, [self._sealed(summary)]))

    def waiting(self) -> int:
        """Return how many summaries have no receipt yet."""
        with explained(self._path):
            return int(self._connection.execute(statements.WAITING).fetchone()[0])

    def stations(self) -> list[tuple[str, str]]:
        """Return the (site, station) pairs that have something waiting; more than one after a station was renamed."""
        with explained(self._path):
            return [(site, station) for site, station in self._connection.execute(statements.STATIONS)]

    def due(self, now_ms: int, limit: int) -> list[StoredRow]:
        """
        Return up to `limit` rows to send now, those never sent first, in order.

        A row that is no longer what was written is not sent: it is marked damaged and kept.
        """
        self._check_file()
        rows = self._rows(statements.DUE, (now_ms, limit))
        damaged = [row.seq for row in rows if not row.whole()]
        if damaged:
            log.error("rows %s are damaged, they are kept but cannot be sent", damaged)
            self._change(statements.DAMAGED, [(seq,) for seq in damaged])
        return [row for row in rows if row.seq not in damaged]

    def sent(self, rows: Iterable[tuple[int, int]]) -> None:
        """Remember that rows were sent, as (seq, next_ms): when to send again if no receipt comes."""
        self._change(statements.SENT, list(rows))

    def acked(self, ids: Iterable[str]) -> None:
        """Remember that the broker took these messages; that alone ends nothing."""
        self._change(statements.ACKED, [(each,) for each in ids])

    def receipted(self, receipts: Iterable[tuple[str, str]]) -> int:
        """Mark rows done, given (msg_id, sha256) of their receipts; return how many matched a waiting row."""
        now_ms = stamp(self._clock).wall_ms
        return self._change(statements.RECEIPTED, [(msg_id, sha256, now_ms) for msg_id, sha256 in receipts])

    def hurry(self, tries: int) -> int:
        """Make rows that were sent more than `tries` times due now, at most a chunk of them; return how many."""
        return self._change(statements.HURRY, [(tries, CHUNK)])

    def purge(self, older_than_ms: int) -> int:
        """Delete rows whose receipt came before this Unix time in milliseconds, a chunk at most; return how many."""
        return self._change(statements.PURGE, [(older_than_ms, CHUNK)])

    def can_store(self) -> str | None:
        """Return why a session must not begin because it could not be stored, or None; ask before each session."""
        folder = self._path.parent
        try:
            self._check_file()
            if os.statvfs(folder).f_flag & os.ST_RDONLY or not os.access(folder, os.W_OK):
                return f"{folder}: cannot be written, mount the disk writable and give this user access"
            if not self._ballast.restore(self._limits.spare_bytes) or free_bytes(folder) < self._limits.spare_bytes:
                return f"{folder}: the disk is full, free some space"
        except (OSError, StoreError) as error:
            return str(error)
        with explained(self._path):
            used, free = (
                int(self._connection.execute(f"PRAGMA {n}").fetchone()[0]) for n in ("page_count", "freelist_count")
            )
        full = used - free > self._limits.pages - 4 * MAX_BODY_BYTES // PAGE_BYTES
        return f"{self._path}: the outbox is full, connect the station so that it can send" if full else None

    def close(self) -> None:
        """Close the file and give the role back; twice is fine."""
        self._connection.close()
        self._lock.release()

    def __enter__(self) -> "Outbox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _rows(self, query: str, values: Sequence[object]) -> list[StoredRow]:
        names = statements.COLUMNS.split(", ")
        with explained(self._path):
            rows = [dict(zip(names, each, strict=True)) for each in self._connection.execute(query, values)]
        return [StoredRow(**{**row, "state": State(row["state"])}, epoch=self.epoch) for row in rows]

    def _sealed(self, summary: SessionSummary) -> tuple[object, ...]:
        """The values of a row."""
        check_id(summary.id)
        body = self._sealer.seal(summary.model_dump_json().encode())
        if len(body) > MAX_BODY_BYTES:
            raise StoreError(
                f"summary {summary.id} has {len(body)} bytes, a message holds {MAX_BODY_BYTES}: shorten it"
            )
        now = stamp(self._clock)
        return (
            *(summary.id, summary.station.site, summary.station.station, summary.schema_id),
            *(now.boot_id, now.boottime_ms, now.wall_ms, now.clock_trust),
            *(self._sealer.name, hashlib.sha256(body).hexdigest(), body),
        )

    def _change_own(self, summary: SessionSummary, first: tuple[str, Rows], *more: tuple[str, Rows]) -> None:
        self._left = [each for each in self._left if each != summary.id]
        self._change(*first, *more)
        self._send_left()

    def _send_left(self) -> None:
        """Whoever drafted these is gone, they are all there will be; what cannot be written now is tried again."""
        left = [(each,) for each in self._left]
        try:
            if self._change(statements.SEND_DRAFT, left, (statements.FORGET_DRAFT, left)):
                log.warning("%d sessions were cut off, what had been measured of them is kept and sent", len(left))
            self._left = []
        except StoreError as error:
            log.warning("%d sessions were cut off and stay drafts for now: %s", len(left), error)

    def _change(self, statement: str, rows: Rows, *more: tuple[str, Rows]) -> int:
        """Carry out statements in one transaction; returns how many rows the first one changed."""
        if not rows:
            return 0
        with explained(self._path):
            return self._despite_a_full_disk(lambda: self._transaction((statement, rows), *more))

    def _despite_a_full_disk(self, work: Callable[[], int]) -> int:
        try:
            return work()
        except sqlite3.OperationalError as error:
            if FULL not in str(error) or not self._ballast.release():
                raise
            log.warning("the disk is full, the ballast was released")
            return work()

    def _transaction(self, *changes: tuple[str, Rows]) -> int:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            changed = [sum(self._connection.execute(each, row).rowcount for row in rows) for each, rows in changes]
            self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        return changed[0]

    def _check_file(self) -> None:
        try:
            same = self._path.stat().st_ino == self._file_number
        except OSError:
            same = False
        if not same:
            raise StoreError(f"{self._path}: was replaced while in use, start again")
