"""What a network says about one picture, and what every predictor can do."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models.spine.label.record import Network
from models.spine.layout import COUNT


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """
    The 74 points of one picture.

    Attributes:
        xy_px: (74, 2) float32, pixels of the upright picture, x right, y down, (0, 0) its upper left corner; NaN where
            the network gives no place.
        sd_px: (74,) float32, pixels, standard deviation along one axis; NaN where unknown.
        visible: (74,) float32, 0 (hidden or guessed) to 1 (seen).
        refused: why the station would not use this prediction; None where it would.
    """

    xy_px: NDArray[np.float32]
    sd_px: NDArray[np.float32]
    visible: NDArray[np.float32]
    refused: str | None = None

    def __post_init__(self) -> None:
        for name, shape in {"xy_px": (COUNT, 2), "sd_px": (COUNT,), "visible": (COUNT,)}.items():
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} must be {shape}, got {getattr(self, name).shape}")


class Predictor(Protocol):
    """A network that can be asked about a picture."""

    @property
    def network(self) -> Network:
        """Which network this is."""

    def predict(self, image: NDArray[np.uint8]) -> Prediction:
        """The points of the person in an upright (H, W, 3) uint8 BGR picture; all NaN where nobody is found."""


def nobody(why: str | None = None) -> Prediction:
    """What there is to say where nobody is found."""
    nothing = np.full(COUNT, np.nan, np.float32)
    return Prediction(np.full((COUNT, 2), np.nan, np.float32), nothing, np.zeros(COUNT, np.float32), why)
