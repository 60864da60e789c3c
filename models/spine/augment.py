"""From a rendered picture to what the station's crop may look like: box, turn, mirror, background, light."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from edge.pose.spine_mirror import OTHER_SIDES
from models.spine.layout import CENTRES, INPUT_PX
from models.spine.pictures import MARGINS, SIZE_PX, Picture

MARGIN = {"torso": (1.2, 1.5), "body": (1.12, 1.4)}
"""How much larger the box is than what it holds; the station takes the middle."""
MOVED, TURNED_DEG = 0.06, 3.0
"""Standard deviation of the box's place, as a share of it, and of its turn."""
GREY = 128
POOR = 0.5
"""Share of the pictures of people anywhere that are made as poor as photographs of people far away and in the dark."""
MASKED = 0.5
"""Share of the pictures whose background is flat, as the station makes it where it has the outline."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """
    One input with what it should give.

    Attributes:
        image: (256, 192, 3) uint8, RGB.
        points: (74, 2) float32, pixels of the input; not a number where nothing is known.
        visible: (74,) bool, whether the camera sees each.
        outline: (64, 48) float32, share of each cell the person covers; not a number where nobody knows.
        curve: (8,) float32, see `Answer.curve`; not a number where nothing is known.
        upright: whether the person stands.
    """

    image: NDArray[np.uint8]
    points: NDArray[np.float32]
    visible: NDArray[np.bool_]
    outline: NDArray[np.float32]
    curve: NDArray[np.float32]
    upright: bool


def example(picture: Picture, rng: Generator | None, *, masked: bool = False) -> Example:
    """
    Cut an input out of a picture.

    Args:
        picture: as rendered.
        rng: decides; None for the middle of everything, as a check of the network wants it.
        masked: without `rng`, whether the background is made flat.
    """
    place, flipped = _place(picture.about["crop"], rng)
    image = _cut(picture.image(), place, cv2.BORDER_REPLICATE)
    outline = _cut(picture.outline(), place, cv2.BORDER_CONSTANT)
    points = picture.points @ place[:, :2].T + place[:, 2]
    visible, curve = picture.visible, curve_of(picture)
    if flipped:
        points, visible, curve = points[OTHER_SIDES], visible[OTHER_SIDES], -curve
    if masked or (rng is not None and rng.random() < MASKED):
        image = _flat(image, outline, rng)
    if rng is not None:
        if (picture.about.get("loose") or picture.about.get("real")) and rng.random() < POOR:
            image = _poor(image, rng)
        image = _lit(image, rng)
    width, height = INPUT_PX
    cells = np.asarray(cv2.resize(outline, (width // 4, height // 4), interpolation=cv2.INTER_AREA), np.float32)
    # A real picture's outline was drawn by another network.
    share = np.asarray(cells / np.float32(np.nan if picture.about.get("real") else 255), np.float32)
    return Example(
        np.ascontiguousarray(image[..., ::-1]), points.astype(np.float32), visible, share, curve,
        picture.about["bend_deg"] == 0 and not picture.about.get("loose"),
    )  # fmt: skip


def curve_of(picture: Picture) -> NDArray[np.float32]:
    """(8,) float32: what the curve head should say; not a number from the side, in a bend or in a loose pose."""
    view = picture.about["view"]
    if (
        picture.about.get("loose")
        or view not in ("back", "front")
        or picture.about["bend_deg"] != 0
        or not np.isfinite(picture.curve_deg)
    ):
        return np.full(8, np.nan, np.float32)
    centres = picture.points[list(CENTRES)].astype(np.float64)
    chord = centres[-1] - centres[0]
    length = np.linalg.norm(chord)
    # The chord points up: its right-hand normal points to the picture's right, the person's from behind.
    right = np.array([-chord[1], chord[0]]) / length * (1 if view == "back" else -1)
    across = (centres - centres[0]) @ right / length * 100
    return np.array([picture.curve_deg / 10, *across], np.float32)


def _place(crop: str, rng: Generator | None) -> tuple[NDArray[np.float64], bool]:
    """(2, 3) from the picture to the input, continuous pixels, and whether it mirrors."""
    low, high = MARGIN[crop]
    margin = (low + high) / 2 if rng is None else rng.uniform(low, high)
    width, height = INPUT_PX
    zoom = MARGINS[crop] / margin * height / SIZE_PX[1]
    turn, flipped = 0.0, False
    moved: NDArray[np.float64] = np.zeros(2)
    if rng is not None:
        turn = np.radians(np.clip(rng.normal(0.0, TURNED_DEG), -8, 8))
        moved, flipped = rng.normal(0.0, MOVED, 2) * (width, width), bool(rng.random() < 0.5)
    linear = zoom * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    place = np.hstack([linear, np.array([[width / 2 + moved[0]], [height / 2 + moved[1]]])])
    place[:, 2] -= linear @ (np.array(SIZE_PX) / 2)
    if flipped:
        place = np.array([[-1.0, 0.0], [0.0, 1.0]]) @ place + np.array([[0, 0, width], [0, 0, 0]])
    return place, flipped


def _cut(image: NDArray[np.uint8], place: NDArray[np.float64], border: int) -> NDArray[np.uint8]:
    """Warp; cv2 counts from the middle of the first pixel, we from its edge."""
    linear = place[:, :2]
    shifted = np.hstack([linear, (place[:, 2] + linear @ (0.5, 0.5) - 0.5)[:, None]])
    return np.asarray(cv2.warpAffine(image, shifted, INPUT_PX, flags=cv2.INTER_LINEAR, borderMode=border), np.uint8)


def _flat(image: NDArray[np.uint8], outline: NDArray[np.uint8], rng: Generator | None) -> NDArray[np.uint8]:
    """The background made grey, by an outline as rough as a network draws it."""
    rough: NDArray[np.uint8] = outline
    grey: NDArray[np.uint8] = np.full(3, GREY, np.uint8)
    if rng is not None:
        rough = np.asarray(cv2.GaussianBlur(outline, (0, 0), rng.uniform(0.5, 4.0)), np.uint8)
        rough = (rough > rng.integers(20, 110)).astype(np.uint8) * np.uint8(255)
        if rng.random() < 0.15:
            grey = rng.integers(0, 256, 3).astype(np.uint8)
    else:
        rough = np.asarray(cv2.dilate(outline, np.ones((5, 5), np.uint8)), np.uint8)
    return np.where(rough[..., None] > 127, image, grey).astype(np.uint8)


def _poor(image: NDArray[np.uint8], rng: Generator) -> NDArray[np.uint8]:
    """As from far away, packed hard, in the dark or against the light, and in colours clothes rarely have."""
    width, height = INPUT_PX
    zoom, quality, gamma = rng.uniform(0.22, 1.0), int(rng.integers(25, 90)), np.exp(rng.normal(0.2, 0.45))
    small = cv2.resize(image, (round(width * zoom), round(height * zoom)), interpolation=cv2.INTER_AREA)
    hue = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2HSV), np.uint8)
    hue[..., 0] = (hue[..., 0].astype(int) + rng.integers(-25, 26)) % 180
    hue[..., 1] = np.clip(hue[..., 1] * rng.uniform(0.4, 1.6), 0, 255).astype(np.uint8)
    hue[..., 2] = (255 * (hue[..., 2] / 255.0) ** gamma).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", cv2.cvtColor(hue, cv2.COLOR_HSV2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality])
    opened = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
    return np.asarray(cv2.resize(opened, INPUT_PX, interpolation=cv2.INTER_LINEAR), np.uint8)


def _lit(image: NDArray[np.uint8], rng: Generator) -> NDArray[np.uint8]:
    levels = np.arange(256, dtype=np.float64) / 255
    gains, gamma = np.exp(rng.normal(0, 0.06, 3)), np.exp(rng.normal(0, 0.25))
    contrast, bright = np.exp(rng.normal(0, 0.15)), rng.normal(0, 0.06)
    curves = ((levels**gamma - 0.5) * contrast + 0.5 + bright)[:, None] * gains
    table = np.clip(curves * 255, 0, 255).astype(np.uint8)
    changed = np.asarray(cv2.LUT(image, table[None]), np.uint8)
    if rng.random() < 0.15:
        changed = np.repeat(np.asarray(cv2.cvtColor(changed, cv2.COLOR_BGR2GRAY), np.uint8)[..., None], 3, axis=2)
    if rng.random() < 0.2:
        changed = np.asarray(cv2.GaussianBlur(changed, (0, 0), rng.uniform(0.4, 1.2)), np.uint8)
    if rng.random() < 0.2:
        noisy = changed + rng.normal(0, rng.uniform(2, 9), changed.shape)
        changed = np.clip(noisy, 0, 255).astype(np.uint8)
    return changed


def known(points: NDArray[np.float32]) -> NDArray[np.bool_]:
    """(..., 74) bool: which points are known and lie in the input."""
    inside = (points >= 0).all(-1) & (points < np.array(INPUT_PX)).all(-1)
    return np.asarray(inside, np.bool_)  # a comparison with not-a-number is false
