"""The last samples of a window, evenly spaced."""

import numpy as np
from numpy.typing import NDArray

from edge.risk.window import SAMPLES


class SequenceBuffer:
    """
    The newest N rows; the oldest is overwritten.

        buffer = SequenceBuffer(width=193)
    """

    def __init__(self, width: int, size: int = SAMPLES) -> None:
        """Rows of `width` numbers, at most `size` of them."""
        if width < 1 or size < 1:
            raise ValueError(f"a buffer needs width and size, got {width} and {size}")
        self._rows: NDArray[np.float32] = np.zeros((size, width), np.float32)
        self._next, self._count = 0, 0

    def add(self, row: NDArray[np.float32]) -> None:
        """Keep one (width,) row."""
        self._rows[self._next] = row
        self._next = (self._next + 1) % len(self._rows)
        self._count = min(self._count + 1, len(self._rows))

    def rows(self) -> NDArray[np.float32]:
        """(held, width) float32, oldest first; a copy."""
        if self._count < len(self._rows):
            held: NDArray[np.float32] = self._rows[: self._count].copy()
            return held
        return np.roll(self._rows, -self._next, axis=0)

    def clear(self) -> None:
        """Forget everything."""
        self._next, self._count = 0, 0

    def __len__(self) -> int:
        return self._count
