"""Files that are there whole or not at all."""

import os
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.errors import PictureError


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever finds half of it, even if two write it at once."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def encoded(image: NDArray[np.uint8], kind: str, quality: int = 92) -> bytes:
    """A (H, W, 3) BGR picture as the bytes of a .png or .jpg; `quality` is of the latter."""
    options = [cv2.IMWRITE_JPEG_QUALITY, quality] if kind == ".jpg" else [cv2.IMWRITE_PNG_COMPRESSION, 4]
    done, data = cv2.imencode(kind, image, options)
    if not done:
        raise PictureError(f"the picture could not be written as {kind}, choose .png or .jpg")
    return data.tobytes()


def without_leftovers(folder: Path) -> Path:
    """Make a folder and clear away what killed runs of this machine left half-written in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in folder.glob(".*.part"):
        if not _alive(part.suffixes[-2].lstrip(".")):
            part.unlink(missing_ok=True)
    return folder


def _alive(process: str) -> bool:
    if not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
