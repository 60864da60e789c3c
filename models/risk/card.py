"""The artefact on disk: network, `model.toml` and manifest, written so that `load_artefact` takes them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from edge.engine.artefact import MANIFEST, Artefact, load_artefact
from edge.engine.onnx import OnnxEngine
from edge.risk.layout import NAMES
from edge.risk.network import Constants, MovementNetwork, question, read_constants
from edge.risk.scaling import Scaling
from models.conversion.writer import serialise
from models.quantisation.equalise import shapes

HERE = Path(__file__).parent
NAME = "movement"
TOLERANCE = 0.02
"""Of the known answer: engines round differently, and forty steps add it up."""
DIGITS = 7


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """
    What training gave.

    Attributes:
        constants: scaling and calibration.
        trained_on: one line a source, for the card.
        made_by: the command.
    """

    constants: Constants
    trained_on: Sequence[str]
    made_by: str


def write(folder: Path, model: onnx.ModelProto, precision: str, trained: Trained) -> Artefact:
    """Write one precision of the network with its `model.toml`; the manifest covers every precision in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    name, content = f"{NAME}.{precision}", serialise(model)
    (folder / f"{name}.onnx").write_bytes(content)
    _write_card(folder, name, card(name, model, content, trained, ()))
    answer = known_answer(load(folder, precision))
    _write_card(folder, name, card(name, model, content, trained, answer))
    return load_artefact(folder, name)


def load(folder: Path, precision: str) -> MovementNetwork:
    """The network of a folder on this processor, one thread."""
    artefact = load_artefact(folder, f"{NAME}.{precision}")
    return MovementNetwork(OnnxEngine(artefact, 1), read_constants(artefact), artefact)


def known_answer(network: MovementNetwork) -> Sequence[float]:
    """What the network says to its question in the row of the first window, then in the others."""
    state = network.rest()
    indices: NDArray[np.float32] = np.zeros(0, np.float32)
    for row in question():
        indices, state = network.step(row, state)
    return tuple(round(float(value), 5) for value in indices.reshape(-1))


def card(name: str, model: onnx.ModelProto, content: bytes, trained: Trained, answer: Sequence[float]) -> str:
    """The text of `model.toml`."""
    constants = trained.constants
    lines = [
        f"name = {_toml(name)}",
        'summary = "One step of the movement network: a sample of 193 scaled features, five windows at once."',
        f"sha256 = {_toml(hashlib.sha256(content).hexdigest())}",
        f"precision = {_toml(name.partition('.')[2])}",
        'licence = "Apache-2.0"',
        f"made_by = {_toml(trained.made_by)}",
        "\n[provenance]",
        f"trained_on = {_toml(list(trained.trained_on))}",
        'labels = "inserted faults of known grade, models/risk/faults.py; nobody was examined"',
        "\n[preprocessing]",
        "low = 0.0",
        "high = 1.0",
        "\n[scaling]",
        f"names = {_toml(NAMES)}",
        *(f"{key} = {_numbers(getattr(constants.scaling, key))}" for key in ("low", "high", "neutral")),
        "\n[calibration]",
        *(f"{key} = {_numbers(getattr(constants, key))}" for key in ("raw", "index", "uncertainty")),
    ]
    for section, values in (("inputs", model.graph.input), ("outputs", model.graph.output)):
        for key, shape in shapes(values).items():
            lines += [f"\n[{section}.{key}]", f"shape = {_toml(list(shape))}", 'dtype = "float32"']
    lines += [
        "\n[known_answer.indices]", f"places = {_toml(list(range(len(answer))))}",
        f"values = {_toml(list(answer))}", f"tolerance = {TOLERANCE}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def as_kept(scaling: Scaling) -> Scaling:
    """The constants as they are read back from `model.toml`."""
    return Scaling(*(np.array(json.loads(_numbers(getattr(scaling, key)))) for key in ("low", "high", "neutral")))


def _write_card(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.model.toml").write_text(text, encoding="utf-8")
    files = sorted(path for path in folder.glob(f"{NAME}.*") if path.suffix in (".onnx", ".toml"))
    hashes: Mapping[str, Any] = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    text = json.dumps({"sha256": hashes}, indent=1, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def _numbers(values: NDArray[np.float64]) -> str:
    return _toml([float(f"{value:.{DIGITS}g}") for value in values])


def _toml(value: object) -> str:
    return json.dumps(value)
