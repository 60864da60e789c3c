"""One station, one relay, one collector per store: a lock that dies with its process."""

import fcntl
import os
from pathlib import Path

from edge.errors import StoreError


class StoreLock:
    """
    An exclusive lock on a file beside the store; the kernel releases it when the process ends, however it ends.

        lock = StoreLock(folder / "station.lock", "another station")
    """

    def __init__(self, path: Path, other: str, *, wait: bool = False) -> None:
        """
        Take the lock.

        Args:
            path: the lock file, made when missing.
            other: who must be holding it if it is taken, for the sentence.
            wait: wait for the holder instead of refusing.

        Raises:
            StoreError: it is taken, or the folder cannot be written.
        """
        try:
            self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
        except OSError as error:
            raise StoreError(f"{path.parent}: cannot be written ({error.strerror}), give this user access") from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            self.release()
            raise StoreError(f"{path.parent}: {other} already uses this store, stop it first") from None

    def release(self) -> None:
        """Give the lock back; twice is fine."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
