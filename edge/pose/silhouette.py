"""The outline of the person."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIDE = 256


@dataclass(frozen=True, slots=True, eq=False)
class Silhouette:
    """
    Which pixels of a square crop belong to the person. Drawn a tenth of a second ago at most, and carried along since.

    Attributes:
        mask: (256, 256) bool, True on the person.
        to_picture: (2, 3) float64, affine map from mask pixels (x, y, 1) to pixels of the upright frame.
    """

    mask: NDArray[np.bool_]
    to_picture: NDArray[np.float64]

    def __post_init__(self) -> None:
        if self.mask.shape != (SIDE, SIDE) or self.mask.dtype != np.bool_:
            raise ValueError(f"mask must be ({SIDE}, {SIDE}) bool, got {self.mask.shape} {self.mask.dtype}")
        if self.to_picture.shape != (2, 3):
            raise ValueError(f"to_picture must be (2, 3), got {self.to_picture.shape}")
