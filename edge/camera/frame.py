"""The picture."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """
    One upright picture from the camera.

    Attributes:
        image: (H, W, 3) uint8, BGR as OpenCV has it, row 0 at the top; nobody writes into it.
        time_s: capture time in seconds on CLOCK_MONOTONIC.
        index: 0, 1, 2, ... frames due since the camera was opened; a gap is a lost frame.
    """

    image: NDArray[np.uint8]
    time_s: float
    index: int

    def __post_init__(self) -> None:
        if self.image.ndim != 3 or self.image.shape[2] != 3 or self.image.dtype != np.uint8:
            raise ValueError(f"image must be (H, W, 3) uint8, got {self.image.shape} {self.image.dtype}")

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.image.shape[1], self.image.shape[0]
