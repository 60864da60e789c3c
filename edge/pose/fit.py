"""How a box of the picture lies in a network's input: whole, as large as it fits, in the middle."""

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.pose.region import SMALLEST_PX

PADDING = 1.25
"""How much wider and taller than the person the box is that mmpose's networks were trained with."""


@dataclass(frozen=True, slots=True)
class Box:
    """
    An upright box of the picture.

    Attributes:
        left_px, top_px: its corner, pixels of the upright frame, x right and y down.
        width_px, height_px: its sides, pixels, more than 0.
    """

    left_px: float
    top_px: float
    width_px: float
    height_px: float

    def __post_init__(self) -> None:
        if not (self.width_px > 0 and self.height_px > 0):
            raise ValueError(f"a box must have an extent, got {self.width_px} x {self.height_px} pixels")

    @property
    def area_px2(self) -> float:
        """Its area, square pixels."""
        return self.width_px * self.height_px

    def padded(self, factor: float = PADDING) -> "Box":
        """
        The box with the same centre and longer sides.

        >>> Box(10, 10, 20, 40).padded(2.0)
        Box(left_px=0.0, top_px=-10.0, width_px=40.0, height_px=80.0)
        """
        width_px, height_px = self.width_px * factor, self.height_px * factor
        left_px, top_px = self.left_px - (width_px - self.width_px) / 2, self.top_px - (height_px - self.height_px) / 2
        return Box(left_px, top_px, width_px, height_px)


def whole(image: NDArray[np.uint8]) -> Box:
    """The box around a whole picture."""
    return Box(0.0, 0.0, float(image.shape[1]), float(image.shape[0]))


def box_around(points_px: NDArray[np.floating]) -> Box | None:
    """
    The smallest box that holds every known point.

    Args:
        points_px: (n, 2), pixels; NaN where unknown.

    Returns:
        None when the known points span less than `SMALLEST_PX` either way: nobody stands there.
    """
    known = np.asarray(points_px, np.float64)
    known = known[np.isfinite(known).all(axis=1)]
    if len(known) < 2 or (np.ptp(known, axis=0) < SMALLEST_PX).any():
        return None
    (left, top), (width, height) = known.min(axis=0).tolist(), np.ptp(known, axis=0).tolist()
    return Box(left, top, width, height)


@dataclass(frozen=True, slots=True)
class Fit:
    """
    The map between the picture and a network's input, without turning.

    Both count pixels alike, from the same point of their first pixel, so that nothing is half a pixel off on the way
    there and back; `cut` samples the same way.

    Attributes:
        scale: pixels of the input in a pixel of the picture, along x and along y.
        shift_px: where the picture's origin lies in the input, x and y.
        size_px: width and height of the input.
    """

    scale: tuple[float, float]
    shift_px: tuple[float, float]
    size_px: tuple[int, int]

    def to_input(self, points_px: NDArray[np.floating]) -> NDArray[np.float64]:
        """(..., 2) float64, pixels of the input, from pixels of the picture."""
        moved: NDArray[np.float64] = np.asarray(points_px, np.float64) * self.scale + self.shift_px
        return moved

    def to_picture(self, points_px: NDArray[np.floating]) -> NDArray[np.float64]:
        """(..., 2) float64, pixels of the picture, from pixels of the input."""
        moved: NDArray[np.float64] = (np.asarray(points_px, np.float64) - self.shift_px) / self.scale
        return moved

    def cut(self, image: NDArray[np.uint8], *, black_outside: bool = True) -> NDArray[np.uint8]:
        """
        Cut out what the network is to see.

        Args:
            image: (H, W, 3) uint8.
            black_outside: fill black where the input leaves the picture; else repeat the picture's edge.

        Returns:
            (height, width, 3) uint8, colours in the order of `image`.
        """
        (x_scale, y_scale), (x_shift, y_shift) = self.scale, self.shift_px
        affine = np.array([[x_scale, 0.0, x_shift], [0.0, y_scale, y_shift]])
        border = cv2.BORDER_CONSTANT if black_outside else cv2.BORDER_REPLICATE
        cut = cv2.warpAffine(image, affine, self.size_px, flags=cv2.INTER_LINEAR, borderMode=border)
        return cast(NDArray[np.uint8], cut)


def fit_contain(box: Box, size_px: tuple[int, int], *, whole_pixels: bool = False) -> Fit:
    """
    Put the whole box into the middle of an input, as large as it fits, its sides in proportion.

    Args:
        box: of the picture.
        size_px: width and height of the input.
        whole_pixels: cut the resized sides to whole pixels, as programs do that resize first and pad then; the two
            scales differ by up to one pixel's share.

    >>> fit = fit_contain(Box(0, 0, 546, 540), (512, 512), whole_pixels=True)
    >>> fit.to_input(np.array([546.0, 540.0])).round(6).tolist(), fit.shift_px
    ([512.0, 509.0], (0.0, 3.0))
    """
    scale = min(size_px[0] / box.width_px, size_px[1] / box.height_px)
    sides = box.width_px * scale, box.height_px * scale
    if whole_pixels:
        sides = max(1.0, float(int(sides[0] + 1e-9))), max(1.0, float(int(sides[1] + 1e-9)))
    scales = sides[0] / box.width_px, sides[1] / box.height_px
    shift_x = (size_px[0] - sides[0]) / 2 - box.left_px * scales[0]
    shift_y = (size_px[1] - sides[1]) / 2 - box.top_px * scales[1]
    return Fit(scales, (shift_x, shift_y), size_px)
