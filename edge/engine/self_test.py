"""A question with a known answer, asked before an engine may measure a person."""

import numpy as np
from numpy.typing import NDArray

from edge.engine.artefact import Artefact
from edge.engine.engine import Engine, Tensors
from edge.errors import ModelError

BACKGROUND = (150, 160, 170)
SKIN, SHIRT, TROUSERS = (205, 160, 130), (60, 80, 150), (40, 40, 50)
FIGURE: tuple[tuple[tuple[int, int, int], float, float, float, float], ...] = (
    (SKIN, 0.50, 0.17, 0.050, 0.070),
    (SKIN, 0.50, 0.25, 0.026, 0.040),
    (SHIRT, 0.50, 0.39, 0.085, 0.130),
    (SHIRT, 0.50, 0.305, 0.125, 0.035),
    (SKIN, 0.385, 0.42, 0.024, 0.125),
    (SKIN, 0.615, 0.42, 0.024, 0.125),
    (TROUSERS, 0.50, 0.53, 0.085, 0.055),
    (TROUSERS, 0.455, 0.70, 0.038, 0.190),
    (TROUSERS, 0.545, 0.70, 0.038, 0.190),
    (SKIN, 0.445, 0.895, 0.045, 0.020),
    (SKIN, 0.555, 0.895, 0.045, 0.020),
)
"""Ellipses: colour, centre x, centre y, half width, half height, in shares of the square."""


def drawn_figure(side_px: int) -> NDArray[np.uint8]:
    """(side, side, 3) uint8 RGB: a standing figure made of ellipses, the same to the last bit everywhere."""
    picture = np.empty((side_px, side_px, 3), np.uint8)
    picture[:] = BACKGROUND
    y, x = (np.mgrid[0:side_px, 0:side_px] + 0.5) / side_px
    for colour, centre_x, centre_y, half_width, half_height in FIGURE:
        inside = ((x - centre_x) / half_width) ** 2 + ((y - centre_y) / half_height) ** 2 <= 1
        picture[inside] = colour
    return picture


def figure_tensor(shape: tuple[int, ...], low: float, high: float) -> NDArray[np.float32]:
    """
    The drawn figure as a network takes it; one that is higher than wide takes the middle of it.

    Args:
        shape: (1, 3, H, W) of the input.
        low, high: the values black and white become.
    """
    aside = (shape[2] - shape[3]) // 2
    picture = drawn_figure(shape[2])[:, aside : aside + shape[3]].astype(np.float32)
    values = picture * np.float32((high - low) / 255) + np.float32(low)
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])


def question(artefact: Artefact) -> dict[str, NDArray[np.float32]]:
    """The drawn figure for the network's only input."""
    ((name, shape),) = artefact.inputs.items()
    return {name: figure_tensor(shape, artefact.low, artefact.high)}


def check_known_answer(engine: Engine, artefact: Artefact, asked: Tensors | None = None) -> float:
    """
    Ask the engine the question whose answer stands in `model.toml`.

    Args:
        engine: with the artefact loaded.
        artefact: whose answer is known.
        asked: the question to a network that looks at no picture; the drawn figure without it.

    Returns:
        The largest deviation, in shares of what is allowed: 0 is exact, 1 the limit.

    Raises:
        ModelError: the answer is off by more than any engine's rounding, or the artefact has no known answer.
    """
    if not artefact.known_answers:
        raise ModelError(f"{artefact.name} has no known answer; run python -m models.build")
    outputs = engine.run(question(artefact) if asked is None else asked)
    worst = 0.0
    for name, answer in artefact.known_answers.items():
        found = outputs[name].reshape(-1)[list(answer.places)]
        deviation = float(np.abs(found - np.array(answer.values)).max()) / answer.tolerance
        if not deviation <= 1.0:
            raise ModelError(
                f"{engine.description} gives {name} wrong by {deviation:.1f} times what is allowed; "
                "choose another engine or run python -m models.build"
            )
        worst = max(worst, deviation)
    return worst
