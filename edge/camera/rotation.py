"""Standing a picture upright."""

from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

Rotation = Literal[0, 90, 180, 270]

_CODES = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def stand_upright(image: NDArray[np.uint8], rotation_deg: Rotation) -> NDArray[np.uint8]:
    """
    Turn a picture clockwise by 0, 90, 180 or 270 degrees.

    Args:
        image: (H, W, 3) uint8, as the sensor gives it.
        rotation_deg: how far the picture must be turned clockwise to stand upright.

    Returns:
        (H, W, 3) or (W, H, 3) uint8; at 0 degrees the picture itself, not a copy.
    """
    if rotation_deg == 0:
        return image
    return np.asarray(cv2.rotate(image, _CODES[rotation_deg]), np.uint8)
