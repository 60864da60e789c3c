"""One row of the outbox: a summary that waits, is under way, or has arrived."""

import hashlib
import re
import uuid
from dataclasses import dataclass
from enum import IntEnum

from edge.clock import Trust
from edge.errors import StoreError

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NAME = re.compile(r"[a-z0-9-]{1,32}")


class State(IntEnum):
    """How far a row has come. Only a receipt ends its journey; the broker's word is information."""

    QUEUED = 0
    BROKER_ACKED = 1
    RECEIPTED = 2
    DAMAGED = 3


@dataclass(frozen=True, slots=True)
class StoredRow:
    """
    One stored summary.

    Attributes:
        site, station: who measured.
        epoch: 32 hex digits, random when the store was made; seq counts within it.
        seq: 1, 2, 3 …; (site, station, epoch, seq) is the receiver's key, a hole in it is a missing summary.
        msg_id: UUID of the session, made before anything was written; saving it twice stores it once.
        kind: what the body is; "session".
        schema_id: which form the body has, e.g. "plumbline.session/1".
        boot_id, boottime_ms: which boot, and milliseconds of CLOCK_MONOTONIC in it.
        wall_ms, clock_trust: Unix milliseconds as the machine believed, and how far to trust them.
        seal: how the body is sealed; "none".
        sha256: 64 hex digits, of the body.
        body: the sealed summary.
        state, tries, next_ms: how far it has come, sends since the collector was last heard, when to send again
            (milliseconds of CLOCK_MONOTONIC).
    """

    site: str
    station: str
    epoch: str
    seq: int
    msg_id: str
    kind: str
    schema_id: str
    boot_id: str
    boottime_ms: int
    wall_ms: int
    clock_trust: Trust
    seal: str
    sha256: str
    body: bytes
    state: State
    tries: int
    next_ms: int

    def whole(self) -> bool:
        """Whether the row is still what was written: a worn disk changes bytes without saying so."""
        return (
            hashlib.sha256(self.body).hexdigest() == self.sha256
            and all(NAME.fullmatch(name) for name in (self.site, self.station))
            and UUID.fullmatch(self.msg_id) is not None
            and self.boottime_ms >= 0
            and self.boot_id.isascii()
        )


def check_id(msg_id: str) -> None:
    """Raise StoreError unless this is a UUID as `str(uuid.uuid4())` writes it."""
    try:
        proper = str(uuid.UUID(msg_id)) == msg_id
    except ValueError:
        proper = False
    if not proper:
        raise StoreError(f"summary id {msg_id!r} is not a UUID in lower case, make it with uuid.uuid4()")
