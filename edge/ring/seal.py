"""A sequence number that tells a reader whether what it copied was being written meanwhile."""

import threading
from typing import Any

from numpy.typing import NDArray

_LOCK = threading.Lock()


class Seal:
    """
    Guards one piece of shared memory with one writer: odd while it is written, even when it may be read.

    The writer never waits for a reader. A reader notes the number, copies, and accepts the copy only if the number
    is still the same. A writer killed in the middle leaves an odd number, so its half-written piece is never read.
    """

    def __init__(self, words: NDArray[Any], position: int) -> None:
        """
        Args:
            words: (N,) uint64, aligned: one store or load of one word is atomic on x86-64 and aarch64.
            position: which word.
        """
        self._words = words
        self._position = position

    def open(self) -> None:
        """Begin to write."""
        number = int(self._words[self._position])
        self._words[self._position] = number + 1 + number % 2
        _fence()

    def close(self) -> None:
        """Finish writing."""
        _fence()
        self._words[self._position] = int(self._words[self._position]) + 1

    def number(self) -> int | None:
        """Return the number to compare with later; None where there is nothing whole to read."""
        number = int(self._words[self._position])
        _fence()
        return number if number and number % 2 == 0 else None

    def unbroken(self, number: int) -> bool:
        """Return whether nobody has written since."""
        _fence()
        return int(self._words[self._position]) == number


def _fence() -> None:
    # Python has no memory barrier. Releasing and then acquiring a lock orders what stands before against what
    # stands after, on ARM too, where the processor may otherwise reorder plain stores.
    with _LOCK:
        pass
    with _LOCK:
        pass
