"""The Bland-Altman picture: the error of a measure over its size, drawn with lines and dots."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.accuracy.statistics import Agreement, agreement
from edge.errors import PictureError

SIZE_PX = (760, 480)
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 50, 56
BLACK, GREY, PALE = (40, 40, 40), (130, 130, 130), (228, 228, 228)
DOT, BIAS, LIMIT = (170, 96, 32), (40, 130, 30), (40, 40, 200)
FONT = cv2.FONT_HERSHEY_SIMPLEX
STEPS = (1.0, 2.0, 5.0, 10.0)

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Axes:
    """Two intervals of values and where they lie in the picture."""

    x: tuple[float, float]
    y: tuple[float, float]

    def at(self, x: float, y: float) -> tuple[int, int]:
        wide, high = SIZE_PX[0] - LEFT - RIGHT, SIZE_PX[1] - TOP - BOTTOM
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return LEFT + round(across * wide), SIZE_PX[1] - BOTTOM - round(up * high)


def draw(measured: Sequence[float], truth: Sequence[float], title: str, unit: str) -> NDArray[np.uint8]:
    """
    Draw error over the mean of measured and true value, with the bias and the limits that hold 95 % of the errors.

    Args:
        measured: at least one value.
        truth: as many.
        title: what is measured, ASCII.
        unit: ASCII.

    Returns:
        (480, 760, 3) uint8, BGR.

    Raises:
        ValueError: there is nothing to draw.
    """
    found = agreement(measured, truth)
    if found is None:
        raise ValueError(f"{title}: there is no pair of values to draw")
    read, true = np.asarray(measured, np.float64), np.asarray(truth, np.float64)
    middle, error = (read + true) / 2, read - true
    lines = _lines(found)
    axes = _Axes(_span(middle), _span(np.concatenate([error, [0.0, *(value for value, _, _ in lines)]])))
    picture = np.full((SIZE_PX[1], SIZE_PX[0], 3), 255, np.uint8)
    _grid(picture, axes)
    for value, colour, name in lines:
        _line(picture, axes, value, colour, f"{name} {value:+.2f}")
    for x, y in zip(middle, error, strict=True):
        cv2.circle(picture, axes.at(float(x), float(y)), 3, DOT, -1, cv2.LINE_AA)
    _write(picture, f"{title}  (n = {found.count})", (LEFT, 28), BLACK, 0.55)
    _write(picture, f"mean of measured and true, {unit}", (LEFT, SIZE_PX[1] - 14), GREY)
    _write(picture, f"measured - true, {unit}", (8, TOP - 8), GREY)
    return picture


def save(picture: NDArray[np.uint8], path: Path) -> None:
    """
    Write a picture as PNG.

    Raises:
        PictureError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    except OSError as error:
        raise PictureError(f"{path}: cannot be written ({error.strerror}), name another folder with --out") from error


def _lines(found: Agreement) -> list[tuple[float, Colour, str]]:
    lines = [(found.bias, BIAS, "bias")]
    if found.low is not None and found.high is not None:
        lines += [(found.low, LIMIT, "2.5 %"), (found.high, LIMIT, "97.5 %")]
    return lines


def _span(values: NDArray[np.float64]) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = 0.06 * (high - low) or 1.0
    return low - room, high + room


def _grid(picture: NDArray[np.uint8], axes: _Axes) -> None:
    for x in _ticks(axes.x):
        top, bottom = axes.at(x, axes.y[1]), axes.at(x, axes.y[0])
        cv2.line(picture, top, bottom, PALE, 1)
        _write(picture, f"{x:g}", (bottom[0] - 12, bottom[1] + 18), GREY)
    for y in _ticks(axes.y):
        left, right = axes.at(axes.x[0], y), axes.at(axes.x[1], y)
        cv2.line(picture, left, right, GREY if y == 0 else PALE, 1)
        _write(picture, f"{y:g}", (left[0] - 42, left[1] + 4), GREY)


def _line(picture: NDArray[np.uint8], axes: _Axes, value: float, colour: Colour, name: str) -> None:
    left, right = axes.at(axes.x[0], value), axes.at(axes.x[1], value)
    cv2.line(picture, left, right, colour, 1)
    _write(picture, name, (right[0] + 8, right[1] + 4), colour)


def _ticks(span: tuple[float, float]) -> list[float]:
    """Round values inside an interval, about six of them."""
    rough = (span[1] - span[0]) / 6
    size = 10.0 ** math.floor(math.log10(rough))
    step = size * min(STEPS, key=lambda one: abs(one * size - rough))
    first, last = math.ceil(span[0] / step), math.floor(span[1] / step)
    return [round(k * step, 9) for k in range(first, last + 1)]


def _write(picture: NDArray[np.uint8], text: str, at: tuple[int, int], colour: Colour, size: float = 0.42) -> None:
    cv2.putText(picture, text, at, FONT, size, colour, 1, cv2.LINE_AA)
