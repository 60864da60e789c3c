"""What the outbox says to SQLite; the power-cut test says the same to its own."""

COLUMNS = (
    "site, station, seq, msg_id, kind, schema_id, boot_id, boottime_ms, wall_ms, clock_trust, seal, sha256, body, "
    "state, tries, next_ms"
)
INSERT = """
    INSERT INTO outbox(
        msg_id, site, station, kind, schema_id, boot_id, boottime_ms, wall_ms, clock_trust, seal, sha256, body
    ) VALUES (?, ?, ?, 'session', ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(msg_id) DO NOTHING
"""
_DRAFTED = "msg_id, site, station, schema_id, boot_id, boottime_ms, wall_ms, clock_trust, seal, sha256, body"
DRAFT = f"INSERT OR REPLACE INTO draft({_DRAFTED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - constants
FORGET_DRAFT = "DELETE FROM draft WHERE msg_id = ?"
SEND_DRAFT = f"""
    INSERT INTO outbox(kind, {_DRAFTED}) SELECT 'session', {_DRAFTED} FROM draft WHERE msg_id = ?
        ON CONFLICT(msg_id) DO NOTHING
"""  # noqa: S608 - constants
WAITING = "SELECT count(*) FROM outbox WHERE state < 2"
STATIONS = "SELECT DISTINCT site, station FROM outbox WHERE state < 2 ORDER BY site, station"
BY_ID = f"SELECT {COLUMNS} FROM outbox WHERE msg_id = ?"  # noqa: S608 - constants
DUE = f"SELECT {COLUMNS} FROM outbox WHERE state < 2 AND next_ms <= ? ORDER BY next_ms, seq LIMIT ?"  # noqa: S608
SENT = "UPDATE outbox SET tries = tries + 1, next_ms = ?2 WHERE seq = ?1"
ACKED = "UPDATE outbox SET state = 1 WHERE msg_id = ? AND state = 0"
RECEIPTED = "UPDATE outbox SET state = 2, receipted_ms = ?3 WHERE msg_id = ?1 AND sha256 = ?2 AND state < 2"
DAMAGED = "UPDATE outbox SET state = 3 WHERE seq = ?"
HURRY = """
    UPDATE outbox SET next_ms = 0, tries = 0 WHERE seq IN
        (SELECT seq FROM outbox WHERE state < 2 AND next_ms > 0 AND tries > ? LIMIT ?)
"""
PURGE = "DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox WHERE state = 2 AND receipted_ms < ? LIMIT ?)"
