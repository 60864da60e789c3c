"""
Upright crops for the spine network: where they lie, and how they are cut.

Coordinates here are continuous: pixel i of a picture or crop covers [i, i + 1), so the middle of the first pixel is
0.5. A library that counts pixel centres as whole numbers is half a pixel away from that.
"""

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Joint, Landmarks
from edge.pose.overlap import overlap
from edge.pose.silhouette import SIDE, Silhouette

WIDTH, HEIGHT = 192, 256
GREY = 128
"""What stands in for everything that is not the person."""

TORSO_WIDER, BODY_WIDER = 1.375, 1.275
"""How much wider than the points the boxes are: the middle of what the network is trained with."""

HEAD_ABOVE_EARS = 0.56
"""From the ears to the top of the head, as a share of the way from mid-shoulder to mid-ear."""

CLOSED_MASK = 3
"""The silhouette is widened by so many of its pixels, 3 to 4 % of the trunk: an outline that is cut costs more."""

SMALLEST_PX = 24.0
"""A box lower than this holds nobody."""

SHOULDERS = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER)
HIPS = (Joint.LEFT_HIP, Joint.RIGHT_HIP)
EARS = (Joint.LEFT_EAR, Joint.RIGHT_EAR)


@dataclass(frozen=True, slots=True)
class Box:
    """
    An upright part of the picture, three wide to four high; continuous pixels of the picture.

    Attributes:
        left: of its left edge.
        top: of its upper edge.
        scale: pixels of the picture per pixel of the crop.
    """

    left: float
    top: float
    scale: float

    def to_picture(self, xy: NDArray[np.floating]) -> NDArray[np.float64]:
        """
        Points of the crop in the picture.

        >>> Box(10.0, 20.0, 2.0).to_picture(np.array([[0.0, 0.0], [192.0, 256.0]])).tolist()
        [[10.0, 20.0], [394.0, 532.0]]
        """
        found: NDArray[np.float64] = np.asarray(xy, np.float64) * self.scale + (self.left, self.top)
        return found

    @property
    def corners(self) -> NDArray[np.float64]:
        """(4,) left, top, right, bottom; continuous pixels of the picture."""
        right, bottom = self.left + self.scale * WIDTH, self.top + self.scale * HEIGHT
        return np.array([self.left, self.top, right, bottom])

    def shared(self, other: "Box") -> float:
        """
        How much two boxes have in common: their intersection over their union, 0 to 1.

        >>> Box(0.0, 0.0, 1.0).shared(Box(96.0, 0.0, 1.0))
        0.3333333333333333
        """
        return float(overlap(self.corners, other.corners[None])[0])

    def to_crop(self, xy_px: NDArray[np.floating]) -> NDArray[np.float64]:
        """Points of the picture in the crop."""
        found: NDArray[np.float64] = (np.asarray(xy_px, np.float64) - (self.left, self.top)) / self.scale
        return found


def torso_box(landmarks: Landmarks) -> Box | None:
    """
    The box about shoulders, hips, nose, C7 and the top of the head; None when shoulders or hips are not known.

    C7 lies within what the others span. A head that is not known is taken to stand upright over the shoulders.
    """
    if not landmarks.known[list(SHOULDERS + HIPS)].all():
        return None
    joints = [*SHOULDERS, *HIPS] + ([Joint.NOSE] if landmarks.known[Joint.NOSE] else [])
    points = np.vstack([landmarks.xyz_px[joints, :2].astype(np.float64), _head_top(landmarks)[None]])
    return box_about(points, TORSO_WIDER)


def body_box(landmarks: Landmarks) -> Box | None:
    """The box about the whole person; None when shoulders or hips are not known."""
    if not landmarks.known[list(SHOULDERS + HIPS)].all():
        return None
    points = np.vstack([landmarks.xyz_px[landmarks.known, :2].astype(np.float64), _head_top(landmarks)[None]])
    return box_about(points, BODY_WIDER)


def box_about(points_px: NDArray[np.floating], wider: float) -> Box | None:
    """
    The smallest box about some points, enlarged about its middle; None when they span none.

    Args:
        points_px: (N, 2), pixels of the picture.
        wider: by how much.
    """
    low, high = points_px.min(axis=0), points_px.max(axis=0)
    scale = wider * float(max((high[0] - low[0]) / WIDTH, (high[1] - low[1]) / HEIGHT))
    middle = (low + high) / 2
    if not np.isfinite(middle).all() or not SMALLEST_PX <= scale * HEIGHT < np.inf:
        return None
    return Box(float(middle[0]) - scale * WIDTH / 2, float(middle[1]) - scale * HEIGHT / 2, scale)


def cut_upright(image: NDArray[np.uint8], box: Box) -> NDArray[np.float32]:
    """
    Cut a box out of a picture; beyond the picture its edge is repeated.

    A box much larger than the crop is made smaller by averaging whole pixels first, so that no pattern of a shirt
    turns into another one.

    Args:
        image: (H, W, 3).
        box: the part.

    Returns:
        (256, 192, 3) float32, values and colours as in `image`.
    """
    factor = max(1, int(box.scale))
    part, left, top = _smaller(image, box, factor)
    step = box.scale / factor
    columns = (box.left - left) / factor + step * (np.arange(WIDTH) + 0.5) - 0.5
    rows = (box.top - top) / factor + step * (np.arange(HEIGHT) + 0.5) - 0.5
    return _between(_between(part, rows, 0), columns, 1)


def person_in(silhouette: Silhouette, box: Box) -> NDArray[np.bool_]:
    """
    Where the person, widened a little, lies in a crop.

    What the silhouette does not reach, e.g. the feet, counts as the person.

    Returns:
        (256, 192) bool.
    """
    brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * CLOSED_MASK + 1, 2 * CLOSED_MASK + 1))
    wide = cv2.dilate(silhouette.mask.astype(np.uint8), brush)
    to_mask = np.linalg.inv(np.vstack([silhouette.to_picture, [0.0, 0.0, 1.0]]))[:2]
    # The silhouette counts pixel centres as whole numbers, in its mask and in the picture.
    (a, b, c), (d, e, f) = to_mask
    x = box.left + box.scale * (np.arange(WIDTH) + 0.5) - 0.5
    y = box.top + box.scale * (np.arange(HEIGHT) + 0.5) - 0.5
    across, down = np.add.outer(b * y, a * x + c), np.add.outer(e * y + f, d * x)
    column, row = np.rint(across).astype(np.intp), np.rint(down).astype(np.intp)
    reached = (column >= 0) & (column < SIDE) & (row >= 0) & (row < SIDE)
    inside: NDArray[np.bool_] = ~reached | (wide[row.clip(0, SIDE - 1), column.clip(0, SIDE - 1)] > 0)
    return inside


def to_tensor(crop: NDArray[np.float32], person: NDArray[np.bool_] | None = None) -> NDArray[np.float32]:
    """
    Turn a crop into what the network takes.

    Args:
        crop: (256, 192, 3), BGR, 0 to 255.
        person: (256, 192) bool; what is not the person becomes flat grey. None to leave everything.

    Returns:
        (1, 3, 256, 192) float32, RGB planes, 0 to 1.
    """
    if person is not None:
        crop = np.where(person[:, :, None], crop, np.float32(GREY))
    planes = np.ascontiguousarray(crop[:, :, ::-1].transpose(2, 0, 1))
    tensor: NDArray[np.float32] = np.multiply(planes, np.float32(1 / 255), dtype=np.float32)[None]
    return tensor


def _head_top(landmarks: Landmarks) -> NDArray[np.float64]:
    """(2,) pixels; guessed from ears and shoulders, and without ears from the trunk."""
    xy = landmarks.xyz_px[:, :2].astype(np.float64)
    shoulders, hips = xy[list(SHOULDERS)].mean(axis=0), xy[list(HIPS)].mean(axis=0)
    known = [joint for joint in EARS if landmarks.known[joint]]
    ears = xy[known].mean(axis=0) if known else shoulders + 0.5 * (shoulders - hips)
    top: NDArray[np.float64] = ears + HEAD_ABOVE_EARS * (ears - shoulders)
    return top


def _smaller(image: NDArray[np.uint8], box: Box, factor: int) -> tuple[NDArray[np.generic], int, int]:
    """The part of the picture under a box, every `factor` pixels averaged into one; and its left upper corner."""
    height, width = image.shape[:2]
    margin = 2 * factor
    left = int(np.clip(np.floor(box.left) - margin, 0, max(0, width - factor)))
    top = int(np.clip(np.floor(box.top) - margin, 0, max(0, height - factor)))
    right = int(np.clip(np.ceil(box.left + box.scale * WIDTH) + margin, left + factor, width))
    bottom = int(np.clip(np.ceil(box.top + box.scale * HEIGHT) + margin, top + factor, height))
    columns, rows = max(1, (right - left) // factor), max(1, (bottom - top) // factor)
    part = image[top : top + rows * factor, left : left + columns * factor]
    if factor == 1:
        return part, left, top
    smaller = cv2.resize(part, (columns, rows), interpolation=cv2.INTER_AREA)
    return cast("NDArray[np.generic]", smaller), left, top


def _between(values: NDArray[np.generic], places: NDArray[np.floating], axis: int) -> NDArray[np.float32]:
    """Linear interpolation along an axis; beyond the ends the last value is repeated. OpenCV rounds to 1/32 pixel."""
    last = values.shape[axis] - 1
    places = places.clip(0, last)
    low = np.minimum(places.astype(np.intp), max(0, last - 1))
    share = (places - low).astype(np.float32)
    share = share[:, None, None] if axis == 0 else share[None, :, None]
    near = np.take(values, low, axis).astype(np.float32)
    far = np.take(values, np.minimum(low + 1, last), axis).astype(np.float32)
    near += share * (far - near)
    return near
