"""The history of a training as a picture."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT, PAD = 960, 200, 40
PARTS = ("map", "place", "sd", "visible", "outline", "curve", "lateral", "anatomy")
INK, GREY = (40, 40, 40), (210, 210, 210)


def draw_history(history: Sequence[dict[str, float]], path: Path) -> None:
    """Write one strip for each part of the loss, logarithmic, over minutes; a PNG."""
    if len(history) < 2:
        return
    minutes = np.array([line["spent_s"] for line in history]) / 60
    strips = [_strip(name, minutes, np.array([line[name] for line in history])) for name in PARTS]
    cv2.imwrite(str(path), np.vstack([np.hstack(strips[k : k + 2]) for k in range(0, len(strips), 2)]))


def _strip(name: str, minutes: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.uint8]:
    picture: NDArray[np.uint8] = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    shown = np.sign(values) * np.log10(1 + np.abs(values))
    low, high = float(shown.min()), float(shown.max())
    x = PAD + (WIDTH - 2 * PAD) * minutes / minutes[-1]
    y = HEIGHT - PAD - (HEIGHT - 2 * PAD) * (shown - low) / max(high - low, 1e-9)
    cv2.rectangle(picture, (PAD, PAD), (WIDTH - PAD, HEIGHT - PAD), GREY, 1)
    line = np.stack([x, y], 1).round().astype(np.int32)
    cv2.polylines(picture, [line[:, None]], False, INK, 1, cv2.LINE_AA)
    words = f"{name}: {values[0]:.3g} to {values[-1]:.3g} in {minutes[-1]:.1f} minutes"
    cv2.putText(picture, words, (PAD, PAD - 12), cv2.FONT_HERSHEY_SIMPLEX, 0.5, INK, 1, cv2.LINE_AA)
    return picture
