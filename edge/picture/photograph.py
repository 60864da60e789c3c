"""A picture file, read whole or refused with one sentence."""

from pathlib import Path

import cv2
import numpy as np

from edge.camera.frame import Frame
from edge.errors import PictureError

MAX_BYTES = 200 * 1024 * 1024
FLAT = 3.0
"""Below this deviation of the grey values a picture shows nothing at all."""

VIDEO_STARTS = (b"\x1aE\xdf\xa3", b"FLV", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3", b"OggS")
STILL_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
"""Phone photographs share the container of films."""


def read_photograph(path: Path) -> Frame:
    """
    The picture as an upright frame; the turn noted in its EXIF data is applied.

    Raises:
        PictureError: there is no file, it is no picture, it is cut off, or it shows nothing.
    """
    content = _read(path)
    _refuse_other_kinds(path, content)
    if _cut_off(content):
        raise PictureError(f"{path}: the file is cut off, copy it again from the camera")
    try:
        image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        image = None  # too many pixels, or a broken header
    if image is None:
        raise PictureError(f"{path}: not a picture this station can read, save it as JPEG or PNG")
    deviation, mean = float(image.std()), float(image.mean())
    if deviation < FLAT:
        look = "black" if mean < 40 else "white" if mean > 215 else "of one colour"
        raise PictureError(f"{path}: the picture is all {look}, take it again with the lens open and even light")
    return Frame(np.asarray(image, np.uint8), 0.0, 0)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PictureError(f"{path}: larger than {MAX_BYTES // 1024**2} MB, save it as JPEG")
        content = path.read_bytes()
    except FileNotFoundError:
        raise PictureError(f"{path}: no such file, name a photograph") from None
    except IsADirectoryError:
        raise PictureError(f"{path}: is a folder, name one photograph in it") from None
    except OSError as error:
        raise PictureError(f"{path}: cannot be read ({error.strerror}), check who may read it") from error
    if not content:
        raise PictureError(f"{path}: the file is empty, copy it again from the camera")
    return content


def _refuse_other_kinds(path: Path, content: bytes) -> None:
    in_container = content[4:8] == b"ftyp"
    if in_container and content[8:12] in STILL_BRANDS:
        raise PictureError(f"{path}: a HEIC or AVIF photograph, save it as JPEG first")
    film = in_container or content.startswith(VIDEO_STARTS) or (content[:4] == b"RIFF" and content[8:11] == b"AVI")
    if film:
        raise PictureError(
            f"{path}: a recording, not a picture; play it with camera.driver = recording, or save one frame of it"
        )


def _cut_off(content: bytes) -> bool:
    """Whether a JPEG or PNG lacks its end. OpenCV would fill the rest with grey and say nothing."""
    if content.startswith(b"\xff\xd8"):
        # A preview inside the file has an end of its own, so only an end after the last scan counts.
        return content.rfind(b"\xff\xd9") < content.rfind(b"\xff\xda") or b"\xff\xda" not in content
    return content.startswith(b"\x89PNG") and b"IEND" not in content[-64:]
