"""The movement network: one small step at a time, state in and state out."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge.engine.artefact import Artefact
from edge.engine.engine import Engine
from edge.errors import ModelError
from edge.risk.layout import NAMES
from edge.risk.scaling import Scaling
from edge.risk.window import CHAINS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TRAIN_AGAIN = "run python -m models.risk train"
QUESTION_STEPS = 40
STATE = ("hidden", "cell")


@dataclass(frozen=True, slots=True, eq=False)
class Constants:
    """
    What lies beside the network.

    Attributes:
        scaling: of the 193 features.
        raw, index: (K,) float64, rising: what the network gives, and the index that it means.
        uncertainty: (K - 1,) float64: of an index between two neighbours in `index`.
    """

    scaling: Scaling
    raw: NDArray[np.float64]
    index: NDArray[np.float64]
    uncertainty: NDArray[np.float64]

    def __post_init__(self) -> None:
        if self.scaling.low.shape != (len(NAMES),):
            raise ValueError(f"there must be constants for {len(NAMES)} features")
        if self.raw.shape != self.index.shape or len(self.raw) != len(self.uncertainty) + 1 or len(self.raw) < 2:
            raise ValueError("the calibration needs as many raw values as indices, and an uncertainty between each two")
        if not ((np.diff(self.raw) > 0).all() and (np.diff(self.index) >= 0).all()):
            raise ValueError("the calibration must rise")

    def index_of(self, raw: float) -> float:
        """The calibrated index, 0 to 1, of what the network gave."""
        return float(min(max(np.interp(raw, self.raw, self.index), 0.0), 1.0))

    def uncertainty_of(self, index: float) -> float:
        """How far the index may be off."""
        place = int(np.searchsorted(self.index, index, side="right")) - 1
        return float(self.uncertainty[min(max(place, 0), len(self.uncertainty) - 1)])


def read_constants(artefact: Artefact) -> Constants:
    """
    The constants in the `model.toml` of a network that has been checked against its manifest.

    Raises:
        ModelError: they are missing, make no sense, or belong to a network of another version.
    """
    path = artefact.path.with_name(f"{artefact.name}.model.toml")
    try:
        return constants_of(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError(f"{path.name} cannot be read ({error}); {TRAIN_AGAIN}") from error


def constants_of(card: Mapping[str, Any]) -> Constants:
    """The constants in a parsed `model.toml`; ModelError: missing, making no sense or of another version."""
    try:
        features, calibration = card["scaling"], card["calibration"]
        if tuple(features["names"]) != NAMES:
            raise ModelError(f"the movement network reads other features than this version gives it; {TRAIN_AGAIN}")
        low, high, neutral = (np.asarray(features[key], np.float64) for key in ("low", "high", "neutral"))
        raw, index, off = (np.asarray(calibration[key], np.float64) for key in ("raw", "index", "uncertainty"))
        return Constants(Scaling(low, high, neutral), raw, index, off)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"the movement network's constants make no sense ({error}); {TRAIN_AGAIN}") from error


class MovementNetwork:
    """
    A recurrent network that reads several windows at once, each at its own place.

        network = MovementNetwork(engine, read_constants(artefact), artefact)

    Attributes:
        constants: what lies beside it.
        description: of the engine.
    """

    def __init__(self, engine: Engine, constants: Constants, artefact: Artefact) -> None:
        """The engine of the artefact; its inputs are `features` (1, 193), `hidden` and `cell` (5, H)."""
        if set(artefact.inputs) != {"features", *STATE} or artefact.inputs["hidden"][0] != CHAINS:
            raise ModelError(f"{artefact.name} is no movement network; {TRAIN_AGAIN}")
        self._engine, self.constants = engine, constants
        self._shape = artefact.inputs["hidden"]
        self.description = engine.description

    def rest(self) -> dict[str, NDArray[np.float32]]:
        """The state before anything was seen, one row a window."""
        return {name: np.zeros(self._shape, np.float32) for name in STATE}

    def step(
        self, features: NDArray[np.float32], state: dict[str, NDArray[np.float32]]
    ) -> tuple[NDArray[np.float32], dict[str, NDArray[np.float32]]]:
        """
        Read one more sample.

        Args:
            features: (193,) float32, scaled.
            state: as `rest` or the last step gave it.

        Returns:
            (5, 4) float32, 0 to 1: index as trained, lean, rotation, blades, one row a window; and the new state.
        """
        outputs = self._engine.run({"features": features[None], **state})
        return outputs["indices"], {name: outputs[f"next_{name}"] for name in STATE}


def question() -> NDArray[np.float32]:
    """(40, 193) float32: waves that ask the network for its known answer; the same everywhere but for the last bit."""
    steps, numbers = np.arange(QUESTION_STEPS)[:, None], np.arange(len(NAMES))[None]
    return (0.5 + 0.5 * np.sin(0.37 * steps + 1.7 * numbers)).astype(np.float32)


def check_movement_answer(network: MovementNetwork, artefact: Artefact) -> float:
    """
    Ask the question whose answer stands in `model.toml`.

    Returns:
        The largest deviation in shares of what is allowed: 0 is exact, 1 the limit.

    Raises:
        ModelError: the answer is wrong, or there is none.
    """
    answer = artefact.known_answers.get("indices")
    if answer is None:
        raise ModelError(f"{artefact.name} has no known answer; {TRAIN_AGAIN}")
    state = network.rest()
    for row in question():
        indices, state = network.step(row, state)
    found = indices.reshape(-1)[list(answer.places)]
    deviation = float(np.abs(found - np.array(answer.values)).max()) / answer.tolerance
    if not deviation <= 1.0:
        raise ModelError(f"{network.description} gives a wrong movement index; choose another engine or {TRAIN_AGAIN}")
    return deviation
