"""Sheets to look at: what the network reads, drawn over what it saw, INT8 beside float."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Joint, Landmarks
from edge.pose.spine_crop import HEIGHT, WIDTH, Box
from edge.pose.spine_points import MIDLINE, SIDE_FIVE, SpinePoint, SpinePoints
from models.people.whole_file import encoded, write_whole
from models.spine.bench.look import Look
from models.spine.bench.photos import PhotoLook

Image = NDArray[np.uint8]
Shown = TypeVar("Shown")
HEIGHT_PX, COLUMNS = 384, 6
MARGIN = 0.2
"""Beside the box of a photograph, shares of its height."""
TRUE, READ, COARSE = (120, 220, 120), (60, 60, 255), (255, 160, 60)
PAIRS = ("WAIST", "AXILLA", "PSIS", "SCAPULA_INFERIOR")
TRUNK = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.RIGHT_HIP, Joint.LEFT_HIP)
SIDE = ("left", "right")


def write_sheets(folder: Path, renders: Mapping[str, Mapping[str, Sequence[Look]]]) -> list[Path]:
    """
    Write a sheet for each kind of render.

    Args:
        folder: made if need be.
        renders: name of the sheet -> precision -> looks at the same pictures.
    """
    written = []
    for name, both in renders.items():
        tiles = [drawn(look, precision) for pair in _beside(both) for precision, look in pair]
        written += _write(folder / f"{name}.jpg", tiles)
    return written


def write_photos(folder: Path, name: str, both: Mapping[str, Sequence[PhotoLook]]) -> list[Path]:
    """Write a sheet of photographs."""
    tiles = [drawn_photo(look, precision) for pair in _beside(both) for precision, look in pair]
    return _write(folder / f"{name}.jpg", tiles)


def drawn(look: Look, title: str) -> Image:
    """One render: the true points green, the read ones red."""
    image = look.case.shot.frame().image.copy()
    side = look.case.shot.view.value in SIDE
    _points(image, look.case.spine_points(), TRUE, side=side)
    if look.reading is not None and look.reading.spine is not None and look.reading.landmarks is not None:
        _points(image, look.reading.spine, READ, side=side)
        _trunk(image, look.reading.landmarks, READ)
    said = f"built {look.case.curve_deg:+.0f}" if not side else ""
    if look.reading is not None and look.reading.trend is not None and not side:
        said += f", read {look.reading.trend.largest:+.0f}"
    return _tile(_about(image, look.case.joints_px), f"{title} {look.refused or said}")


def drawn_photo(look: PhotoLook, title: str) -> Image:
    """One photograph: BlazePose's trunk blue, the network's points red."""
    if look.answer is None or look.coarse is None:
        return _tile(look.image, f"{title} nobody found")
    image, origin, scale = _close(look.image, look.answer.box)
    xy = (look.answer.spine_points(0.0).xy_px.astype(np.float64) - origin) * scale
    _line(image, xy[list(MIDLINE)], READ)
    for pair in PAIRS:
        for way in ("LEFT", "RIGHT"):
            _dot(image, xy[SpinePoint[f"{pair}_{way}"]], READ)
    for trunk, colour in ((look.coarse_px, COARSE), (look.fine_px, READ)):
        if trunk is not None:
            _line(image, ((trunk - origin) * scale)[[0, 1, 3, 2, 0]], colour)
    return _tile(image, f"{title} {look.refused or f'read {look.answer.trend.largest:+.0f}'}")


def _close(image: Image, box: Box) -> tuple[Image, NDArray[np.float64], float]:
    """The part of a photograph about a box, large; and where its corner lay, and how much larger it is."""
    wide, high = box.scale * WIDTH, box.scale * HEIGHT
    left, top = (max(0, int(edge - MARGIN * high)) for edge in (box.left, box.top))
    part = image[top : int(box.top + (1 + MARGIN) * high), left : int(box.left + wide + MARGIN * high)]
    scale = HEIGHT_PX / max(1, part.shape[0])
    larger = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return np.asarray(larger, np.uint8), np.array([left, top], np.float64), scale


def _beside(both: Mapping[str, Sequence[Shown]]) -> list[list[tuple[str, Shown]]]:
    names = list(both)
    return [list(zip(names, looks, strict=True)) for looks in zip(*both.values(), strict=True)]


def _points(image: Image, points: SpinePoints, colour: tuple[int, int, int], *, side: bool) -> None:
    xy = points.xy_px.astype(np.float64)
    _line(image, xy[list(SIDE_FIVE if side else MIDLINE)], colour)
    if not side:
        for pair in PAIRS:
            for way in ("LEFT", "RIGHT"):
                _dot(image, xy[SpinePoint[f"{pair}_{way}"]], colour)


def _trunk(image: Image, landmarks: Landmarks, colour: tuple[int, int, int]) -> None:
    corners = landmarks.xyz_px[list(TRUNK), :2].astype(np.float64)
    _line(image, corners[[0, 1, 2, 3, 0]], colour)


def _line(image: Image, xy: NDArray[np.float64], colour: tuple[int, int, int]) -> None:
    cv2.polylines(image, [np.rint(xy).astype(np.int32)], False, colour, 1, cv2.LINE_AA)
    for place in xy:
        _dot(image, place, colour)


def _dot(image: Image, place: NDArray[np.float64], colour: tuple[int, int, int]) -> None:
    x, y = np.rint(np.nan_to_num(place)).astype(int).tolist()
    cv2.circle(image, (x, y), 2, colour, -1, cv2.LINE_AA)


def _about(image: Image, joints_px: NDArray[np.float64]) -> Image:
    """The part of a render from the head to the hips."""
    xy = joints_px[[Joint.NOSE, *TRUNK]]
    low, high = np.nanmin(xy, axis=0), np.nanmax(xy, axis=0)
    half = 0.7 * float((high - low).max())
    (x, y), (height, width) = (low + high) / 2, image.shape[:2]
    left, right = (int(np.clip(x + way * 0.75 * half, 0, width)) for way in (-1, 1))
    top, bottom = (int(np.clip(y + way * half, 0, height)) for way in (-1, 1))
    return image[top:bottom, left:right]


def _tile(image: Image, title: str) -> Image:
    height, width = image.shape[:2]
    wide = max(1, round(width * HEIGHT_PX / max(1, height)))
    tile = np.asarray(cv2.resize(image, (wide, HEIGHT_PX), interpolation=cv2.INTER_AREA), np.uint8)
    cv2.putText(tile, title, (4, 16), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (0, 0, 0), 3, cv2.LINE_AA)
    cv2.putText(tile, title, (4, 16), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (255, 255, 255), 1, cv2.LINE_AA)
    return tile


def _write(path: Path, tiles: Sequence[Image]) -> list[Path]:
    if not tiles:
        return []
    rows = [tiles[start : start + COLUMNS] for start in range(0, len(tiles), COLUMNS)]
    width = max(sum(tile.shape[1] for tile in row) for row in rows)
    sheet = np.zeros((HEIGHT_PX * len(rows), width, 3), np.uint8)
    for number, row in enumerate(rows):
        joined = np.hstack(row)
        sheet[number * HEIGHT_PX : (number + 1) * HEIGHT_PX, : joined.shape[1]] = joined
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, encoded(sheet, ".jpg", 88))
    return [path]
