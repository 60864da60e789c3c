"""The calibration pictures: photographs and clips, and what chance makes of them."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.errors import PictureError

VARIANTS = 3
CLIP_STEP = 12
SEED = 20
CLIP_CROPS = (0.55, 0.75, 1.0)


def photographs(folder: Path) -> list[Path]:
    """
    The photographs in a folder, by name.

    Raises:
        PictureError: there is none.
    """
    files = sorted(folder.rglob("*.jpg"))
    if not files:
        raise PictureError(f"{folder} holds no .jpg; name a folder with photographs of people")
    return files


def pictures(photos: Path, clips: Path | None) -> Iterator[NDArray[np.uint8]]:
    """
    Yield (H, W, 3) uint8 BGR pictures: each photograph, crops, mirror images and other lights of it, and clip frames.

    Raises:
        PictureError: the folder holds no photograph.
    """
    chance = np.random.default_rng(SEED)
    for file in photographs(photos):
        photo = cv2.imread(str(file))
        if photo is None:
            raise PictureError(f"{file} cannot be read; delete it or name another folder")
        picture = np.asarray(photo, np.uint8)
        yield picture
        for _ in range(VARIANTS - 1):
            yield _variant(picture, chance)
    for file in sorted(clips.glob("stand_back_*.mp4")) if clips else ():
        yield from _clip(file, chance)


def _variant(photo: NDArray[np.uint8], chance: np.random.Generator) -> NDArray[np.uint8]:
    height, width = photo.shape[:2]
    share = chance.uniform(0.6, 1.0)
    h, w = int(height * share), int(width * share)
    top, left = int(chance.integers(0, height - h + 1)), int(chance.integers(0, width - w + 1))
    part = photo[top : top + h, left : left + w]
    if chance.random() < 0.5:
        part = part[:, ::-1]
    return _relit(part, chance)


def _relit(picture: NDArray[np.uint8], chance: np.random.Generator) -> NDArray[np.uint8]:
    gain, lift = chance.uniform(0.6, 1.3), chance.uniform(-25, 25)
    return np.ascontiguousarray(np.clip(picture * gain + lift, 0, 255).astype(np.uint8))


def _clip(file: Path, chance: np.random.Generator) -> Iterator[NDArray[np.uint8]]:
    """Frames of a standing person: whole, nearer, and the camera rolled a little."""
    opened, index = cv2.VideoCapture(str(file)), 0
    while opened.grab():
        if index % CLIP_STEP == 0:
            frame = np.asarray(opened.retrieve()[1], np.uint8)
            for share in CLIP_CROPS:
                yield _relit(_rolled(frame, share, chance.uniform(-12, 12)), chance)
        index += 1
    opened.release()


def _rolled(frame: NDArray[np.uint8], share: float, roll_deg: float) -> NDArray[np.uint8]:
    height, width = frame.shape[:2]
    transform = cv2.getRotationMatrix2D((width / 2, height / 2), roll_deg, 1 / share)
    return np.asarray(cv2.warpAffine(frame, transform, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)
