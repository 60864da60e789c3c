"""Index against severity, drawn."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.errors import PictureError

SIZE, MARGIN = 900, 90
COLOURS = ((60, 60, 200), (180, 120, 30), (40, 140, 40), (140, 60, 140))
INK, GRID = (40, 40, 40), (225, 225, 225)


def draw(points: Sequence[tuple[str, float, float]], path: Path) -> None:
    """
    Write a picture: severity to the right, index upwards, one colour a group, the line between usual and above.

    Args:
        points: group, severity and index of every take.
        path: of the picture, .png.
    """
    picture = np.full((SIZE, SIZE, 3), 255, np.uint8)
    for tenth in range(0, 11, 2):
        at = tenth / 10
        cv2.line(picture, _place(at, 0.0), _place(at, 1.0), GRID, 1)
        cv2.line(picture, _place(0.0, at), _place(1.0, at), GRID, 1)
        _write(picture, f"{at:.1f}", (_place(at, 0.0)[0] - 14, SIZE - MARGIN + 28))
        _write(picture, f"{at:.1f}", (MARGIN - 50, _place(0.0, at)[1] + 6))
    cv2.line(picture, _place(0.0, 0.5), _place(1.0, 0.5), INK, 1)
    groups = list(dict.fromkeys(group for group, *_ in points))
    for group, severity, index in points:
        cv2.circle(picture, _place(severity, index), 4, COLOURS[groups.index(group) % len(COLOURS)], -1, cv2.LINE_AA)
    for number, group in enumerate(groups):
        cv2.circle(
            picture, (MARGIN + 14, MARGIN + 16 + 26 * number), 6, COLOURS[number % len(COLOURS)], -1, cv2.LINE_AA
        )
        _write(picture, group, (MARGIN + 28, MARGIN + 22 + 26 * number))
    _write(picture, "inserted severity", (SIZE // 2 - 70, SIZE - 24))
    _write(picture, "movement index (experimental)", (MARGIN, MARGIN - 30))
    if not cv2.imwrite(str(path), picture):
        raise PictureError(f"{path}: no picture can be written here, choose another place")


def _place(severity: float, index: float) -> tuple[int, int]:
    span = SIZE - 2 * MARGIN
    return round(MARGIN + span * severity), round(SIZE - MARGIN - span * index)


def _write(picture: NDArray[np.uint8], text: str, at: tuple[int, int]) -> None:
    cv2.putText(picture, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.55, INK, 1, cv2.LINE_AA)
