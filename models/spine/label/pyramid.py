"""A picture that can be shown at any size without jagged edges."""

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
SMALLEST_PX = 32


class Pyramid:
    """
    A picture and its halves.

        Pyramid(image).cut(scale=2.0, corner_px=(100.0, 50.0), size_px=(320, 240))
    """

    def __init__(self, image: Image) -> None:
        self.size_px: tuple[int, int] = (image.shape[1], image.shape[0])
        self._levels = [image]
        while min(self._levels[-1].shape[:2]) >= 2 * SMALLEST_PX:
            height, width = self._levels[-1].shape[:2]
            half = cv2.resize(self._levels[-1], (width // 2, height // 2), interpolation=cv2.INTER_AREA)
            self._levels.append(np.asarray(half, np.uint8))

    def cut(
        self,
        scale: float,
        corner_px: tuple[float, float],
        size_px: tuple[int, int],
        outside: tuple[int, int, int] | None = None,
    ) -> Image:
        """
        A part of the picture, enlarged or shrunk.

        Args:
            scale: pixels of the result for one of the picture.
            corner_px: where the result's upper left corner lies in the picture.
            size_px: width and height of the result.
            outside: colour of what lies outside the picture; None repeats its edge.

        Returns:
            (height, width, 3) uint8: its point u is the picture's corner_px + u / scale, both from upper left corners.
        """
        level = self._levels[self._level(scale)]
        shrunk = np.array([self.size_px[0] / level.shape[1], self.size_px[1] / level.shape[0]])
        # OpenCV counts from the middle of the first pixel, everything else here from its corner.
        first = (np.asarray(corner_px) + 0.5 / scale) / shrunk - 0.5
        matrix = np.array([[1 / scale / shrunk[0], 0.0, first[0]], [0.0, 1 / scale / shrunk[1], first[1]]])
        border = cv2.BORDER_REPLICATE if outside is None else cv2.BORDER_CONSTANT
        found = cv2.warpAffine(
            level, matrix, size_px, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=border,
            borderValue=outside or (0, 0, 0),
        )  # fmt: skip
        return np.asarray(found, np.uint8)

    def _level(self, scale: float) -> int:
        """The smallest level that still has as many pixels as the result."""
        return min(len(self._levels) - 1, max(0, int(np.floor(np.log2(1 / scale) + 1e-9))))
