"""The loss curve as a picture."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

WIDTH, HEIGHT, EDGE = 900, 420, 60


def draw_curve(curve: Sequence[tuple[int, float]], path: Path) -> None:
    """Draw (step, error) pairs, logarithmic upwards, as PNG; nothing happens with fewer than two."""
    if len(curve) < 2:
        return
    steps, errors = np.array(curve, float).T
    high = np.log(np.maximum(errors, 1e-6))
    low_edge, span = high.min() - 0.02, max(float(np.ptp(high)) + 0.04, 1e-3)
    x = EDGE + (WIDTH - 2 * EDGE) * (steps - steps[0]) / max(steps[-1] - steps[0], 1.0)
    y = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (high - low_edge) / span
    picture = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    cv2.rectangle(picture, (EDGE, EDGE), (WIDTH - EDGE, HEIGHT - EDGE), (200, 200, 200), 1)
    cv2.polylines(picture, [np.stack([x, y], axis=-1).astype(np.int32)], False, (160, 90, 20), 2, cv2.LINE_AA)
    for text, place in (
        (f"{np.exp(high.max()):.3f}", (5, EDGE + 5)),
        (f"{np.exp(high.min()):.3f}", (5, HEIGHT - EDGE)),
        (f"{steps[-1]:.0f} steps", (WIDTH - 2 * EDGE - 40, HEIGHT - 20)),
        ("error of hidden joints, in the window's spread", (EDGE, 30)),
    ):
        cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, (40, 40, 40), 1, cv2.LINE_AA)
    cv2.imwrite(str(path), picture)
