"""Natural colours of skin, hair and cloth, in linear light."""

import numpy as np
from numpy.typing import NDArray

Colour = NDArray[np.float32]
"""(3,) float32: red, green, blue; linear."""


def linear(red: float, green: float, blue: float) -> Colour:
    """A colour as screens name it (0 to 255 each) in linear light."""
    shown = np.array([red, green, blue], np.float32) / 255
    return np.where(shown <= 0.04045, shown / 12.92, ((shown + 0.055) / 1.055) ** 2.4).astype(np.float32)


SKIN = [
    linear(*tone)
    for tone in (
        (236, 200, 180),
        (229, 188, 164),
        (222, 176, 148),
        (211, 162, 130),
        (196, 146, 112),
        (176, 125, 92),
        (150, 102, 74),
        (122, 80, 58),
        (96, 62, 46),
        (74, 48, 38),
    )
]
"""From lightest to darkest."""
HAIR = [
    (linear(24, 20, 19), linear(52, 42, 38)),
    (linear(44, 29, 20), linear(96, 66, 44)),
    (linear(72, 46, 28), linear(142, 100, 64)),
    (linear(132, 98, 58), linear(214, 178, 122)),
    (linear(96, 40, 20), linear(176, 92, 48)),
    (linear(104, 102, 100), linear(198, 196, 194)),
]
"""Shade and light of black, dark brown, brown, blond, red and grey hair."""
_CLOTH = (
    (28, 30, 34), (44, 50, 66), (30, 44, 82), (58, 84, 128), (110, 150, 190), (228, 228, 224), (190, 192, 196),
    (120, 124, 130), (74, 78, 84), (130, 34, 44), (178, 58, 52), (214, 120, 80), (226, 186, 92), (64, 96, 70),
    (34, 110, 104), (120, 168, 140), (92, 66, 110), (196, 128, 152), (150, 112, 84), (212, 196, 168),
)  # fmt: skip


def cloth(rng: np.random.Generator) -> Colour:
    """The colour of a garment off the peg."""
    chosen = np.array(_CLOTH[int(rng.integers(len(_CLOTH)))], np.float64)
    worn = np.clip(chosen * rng.uniform(0.85, 1.12) + rng.normal(0, 6, 3), 8, 242)
    return linear(float(worn[0]), float(worn[1]), float(worn[2]))
