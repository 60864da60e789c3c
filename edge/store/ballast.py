"""A file that weighs something, to be thrown overboard when the disk is full: even deleting needs room in the WAL."""

import logging
import os
from pathlib import Path

OPENING_BYTES = 64 * 1024
"""SQLite cannot open a store beside which there is no room for its log and the log's index."""
log = logging.getLogger(__name__)


class Ballast:
    """
    Space held back for the moment the disk is full.

        ballast = Ballast(folder / "ballast", 2 * 1024 * 1024)
    """

    def __init__(self, path: Path, size_bytes: int) -> None:
        self._path = path
        self._size_bytes = size_bytes

    def whole(self) -> bool:
        """Whether the space is held."""
        try:
            return self._path.stat().st_size >= self._size_bytes
        except FileNotFoundError:
            return False

    def restore(self, spare_bytes: int) -> bool:
        """Hold the space again if that leaves `spare_bytes` free; return whether it is held."""
        if self.whole():
            return True
        if free_bytes(self._path.parent) < self._size_bytes + spare_bytes:
            return False
        try:
            with self._path.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, self._size_bytes)
        except OSError:
            self.release()
            return False
        return True

    def release(self) -> bool:
        """Throw it overboard; return whether there was any."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True

    def let_open(self) -> None:
        """Throw it overboard if there is not even the room to open the store beside it."""
        if too_full_to_open(self._path.parent) and self.release():
            log.warning("the disk is full, %s was released to open the store", self._path)


def free_bytes(folder: Path) -> int:
    """Bytes an ordinary user may still write to the folder's disk."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


def too_full_to_open(folder: Path) -> bool:
    """Whether the folder's disk lacks even the room a store is opened with; False for a disk that does not answer."""
    try:
        return free_bytes(folder) < OPENING_BYTES
    except OSError:
        return False
