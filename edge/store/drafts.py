"""What of the store is drafts; a store from before there were any has no table for them until the first one comes."""

import sqlite3


def has_table(connection: sqlite3.Connection) -> bool:
    """Whether this store has ever held a draft, or was made by a program that knows them."""
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'draft'").fetchone() is not None


def ids(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of the drafts in the store, the oldest first; this reads, so that it waits for nobody."""
    if not has_table(connection):
        return []
    return [msg_id for (msg_id,) in connection.execute("SELECT msg_id FROM draft ORDER BY rowid")]
