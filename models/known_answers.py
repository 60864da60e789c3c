"""The known answers: measured once in the workshop, kept as numbers, asked at every start."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.artefacts import Built
from models.verify import answers_of

JOINTS = (0, 11, 12, 13, 14, 23, 24, 25, 26, 27, 28)
"""Nose, shoulders, elbows, hips, knees, ankles: what the figure plainly shows."""
LANDMARK_VALUES, WORLD_VALUES, BOX_VALUES = 5, 3, 12
LOUDEST = 12
EVEN = 32
FLOAT_SHARE = 0.002
"""How far a float network's value may be off, in shares of its output's largest."""
SURE = 30.0
"""Logits of a mask beyond this only say yes or no, in numbers up to thousands that would hide an error at the edge."""
INT8_TOLERANCE = {
    "landmarks": 8.0,  # pixels of the 256 px crop
    "world": 0.06,  # metres
    "presence": 0.05,
    "heatmap": 1.5,  # logits
    "boxes": 8.0,  # pixels of the 224 px square
    "scores": 1.0,  # logits
}
"""Engines round an INT8 network differently; see the model cards for how far they were seen apart."""


def answer_entry(built: Built) -> dict[str, dict[str, Any]]:
    """Output -> places, values and tolerance, for `known_answers.json`."""
    found = answers_of(built.model, built.recipe.network.preprocessing)
    entries = {}
    for name, output in found.items():
        values = output.reshape(-1)
        places = sorted({int(place) for place in _places(name, found)})
        largest = np.abs(values[places] if name == "mask" else values).max()
        share = FLOAT_SHARE * max(float(largest), 1.0)
        tolerance = INT8_TOLERANCE[name] if built.recipe.precision == "int8" else float(f"{share:.3g}")
        kept = [float(f"{values[place]:.6g}") for place in places]
        entries[name] = {"places": places, "values": kept, "tolerance": tolerance}
    return entries


def _places(name: str, found: dict[str, NDArray[np.float32]]) -> NDArray[np.int64]:
    """The values worth comparing: where the network has something to say about the figure."""
    values = found[name].reshape(-1)
    match name:
        case "landmarks" | "world":
            width = LANDMARK_VALUES if name == "landmarks" else WORLD_VALUES
            return np.asarray(np.add.outer(np.array(JOINTS) * width, np.arange(2)).reshape(-1), np.int64)
        case "heatmap":
            return np.asarray(np.argsort(-values, kind="stable")[:LOUDEST], np.int64)
        case "boxes" | "scores":
            best = np.argsort(-found["scores"].reshape(-1), kind="stable")[:2]
            width = BOX_VALUES if name == "boxes" else 1
            return np.asarray(np.add.outer(best * width, np.arange(width)).reshape(-1), np.int64)
    unsure = np.flatnonzero(np.abs(values) <= SURE)
    return np.asarray(unsure[np.linspace(0, len(unsure) - 1, EVEN).astype(np.int64)], np.int64)
