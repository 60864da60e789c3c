"""The known answers: measured once in the workshop, kept as numbers, asked at every start."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.artefacts import Built
from models.verify import answers_of

PLACES = 16
INT8_SHARE = 0.15
FLOAT_SHARE = 0.002
"""How far a value may be off, in shares of the output's own spread over the drawn figure."""


def answer_entry(built: Built) -> dict[str, dict[str, Any]]:
    """Output -> places, values and tolerance, for `known_answers.json`."""
    found = answers_of(built.model, built.recipe.network.preprocessing)
    share = INT8_SHARE if built.recipe.precision == "int8" else FLOAT_SHARE
    return {name: _entry(values.reshape(-1), share) for name, values in found.items()}


def _entry(values: NDArray[np.float32], share: float) -> dict[str, Any]:
    # Half of the places evenly spread, half where the output speaks loudest: an even spread alone may hit only calm.
    even = np.linspace(0, len(values) - 1, PLACES // 2).astype(int)
    loud = np.argsort(-np.abs(values), kind="stable")[: PLACES // 2]
    places = sorted({*even.tolist(), *loud.tolist()})
    spread = max(float(np.abs(values).max()), 1e-3)
    return {
        "places": places,
        "values": [float(f"{values[place]:.6g}") for place in places],
        "tolerance": float(f"{share * spread:.3g}"),
    }
