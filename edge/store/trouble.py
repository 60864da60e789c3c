"""What SQLite complains of, said as one sentence that helps."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from edge.errors import StoreError
from edge.store.ballast import too_full_to_open

FULL = "database or disk is full"
NO_ANSWER = "disk i/o error"
# Python 3.10's sqlite3 gives no error code, only SQLite's English, which has not changed since 2005.
ADVICE = {
    FULL: "the disk or the outbox is full, free some space or let the station send; nothing stored is lost",
    "readonly": "cannot be written, mount the disk writable and give this user access",
    "unable to open": "cannot be opened, check that the folder exists and that this user may write there",
    "locked": "is held by another program for too long, close it",
    NO_ANSWER: "the disk does not answer as it should, have it replaced",
}


DAMAGE = ("malformed", "not a database", "unsupported file format", "corrupt", "decode")
RENEWED = "start the station again: it keeps the file and begins a new one"


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file is not what it wrote."""
    return any(words in str(error).lower() for words in DAMAGE)


def sentence(path: Path, error: sqlite3.Error, when_damaged: str = RENEWED) -> str:
    """Return what is wrong with the store and what to do."""
    complaint = str(error).lower()
    if is_damage(error):
        return f"{path}: is damaged, {when_damaged} ({error})"
    # Where not even the log's index finds room SQLite takes the disk for broken.
    if NO_ANSWER in complaint and too_full_to_open(path.parent):
        complaint = FULL
    advice = next((advice for words, advice in ADVICE.items() if words in complaint), "cannot be used")
    return f"{path}: {advice} ({error})"


@contextmanager
def explained(path: Path, when_damaged: str = RENEWED) -> Iterator[None]:
    """Turn SQLite's errors into StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(sentence(path, error, when_damaged)) from error
