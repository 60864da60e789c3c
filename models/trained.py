"""
The networks we trained ourselves: from what the repository keeps to what the station gets. No torch, no download.

Each lies in its own folder: `NAME.half.onnx` (weights of half precision), `NAME.ranges.json` (tensor ranges for INT8
and the convolutions that stay in float) and `NAME.card.toml` (what it is, what it learnt from, its licence, its known
answers).
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from edge.engine.self_test import figure_tensor
from edge.errors import ModelError
from models.artefacts import replace, toml
from models.conversion.writer import serialise
from models.halves import read_halves
from models.lint import lint
from models.plain_run import run_plainly
from models.quantisation.equalise import shapes
from models.quantisation.qdq import quantise

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Trained:
    """
    One network of ours.

    Attributes:
        name: of its files.
        folder: where they lie.
        precisions: what is built of it.
    """

    name: str
    folder: Path
    precisions: tuple[str, ...] = ("int8", "float")

    @property
    def artefacts(self) -> tuple[str, ...]:
        """Names of what is built."""
        return tuple(f"{self.name}.{precision}" for precision in self.precisions)


TRAINED = (Trained("spine_small", HERE / "spine"), Trained("spine_base", HERE / "spine"))
FINISHED = (HERE / "occlusion", HERE / "risk")
"""Folders whose networks are small enough to be kept as the station gets them, `model.toml` beside each."""


def place(source: Path, folder: Path) -> list[tuple[str, int, str]]:
    """
    Put the finished networks of a folder of ours beside the station's others; the manifest is not written.

    Returns:
        Name, bytes and SHA-256 of each.

    Raises:
        ModelError: a network is not the one its `model.toml` describes, or has none.
    """
    placed = []
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("*.onnx")):
        if path.name.endswith(".half.onnx"):
            continue
        name, card = path.name.removesuffix(".onnx"), path.with_suffix(".model.toml")
        try:
            content, text = path.read_bytes(), card.read_bytes()
            told = tomllib.loads(text.decode("utf-8"))["sha256"]
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
            raise ModelError(f"{card}: does not describe {path.name} ({error}), check it out again") from None
        digest = hashlib.sha256(content).hexdigest()
        if digest != told:
            raise ModelError(f"{path}: not the network its model.toml describes, check it out again")
        replace(folder / path.name, content)
        replace(folder / card.name, text)
        placed.append((name, len(content), digest))
    return placed


def install(network: Trained, folder: Path) -> list[tuple[str, int, str]]:
    """
    Build a network's artefacts into a folder; the manifest is not written.

    Returns:
        Name, bytes and SHA-256 of each.

    Raises:
        ModelError: a file is missing or damaged, or an artefact does not give its known answer.
    """
    card, floats, written = _card(network), read_halves(network.folder / f"{network.name}.half.onnx"), []
    folder.mkdir(parents=True, exist_ok=True)
    for precision in network.precisions:
        model = floats if precision == "float" else quantised(floats, _ranges(network))
        name, content = f"{network.name}.{precision}", serialise(model)
        _verify(name, model, card, precision)
        digest = hashlib.sha256(content).hexdigest()
        replace(folder / f"{name}.onnx", content)
        replace(folder / f"{name}.model.toml", _described(name, digest, precision, card, model).encode())
        written.append((name, len(content), digest))
    return written


def quantised(model: onnx.ModelProto, ranges: Mapping[str, Any]) -> onnx.ModelProto:
    """The INT8 form of a float network; `ranges` as kept: `tensors` and `in_float`."""
    return quantise(model, ranges["tensors"], frozenset(ranges["in_float"]))


def answers_of(model: onnx.ModelProto) -> dict[str, NDArray[np.float32]]:
    """Output -> values for the drawn figure, every node run as it stands in the file."""
    ((name, shape),) = shapes(model.graph.input).items()
    return run_plainly(model.SerializeToString(), {name: figure_tensor(tuple(shape), 0.0, 1.0)})


def _card(network: Trained) -> dict[str, Any]:
    path = network.folder / f"{network.name}.card.toml"
    try:
        return dict(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError(f"{path}: no model card ({error}), check it out again") from None


def _ranges(network: Trained) -> dict[str, Any]:
    path = network.folder / f"{network.name}.ranges.json"
    try:
        ranges = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: no tensor ranges ({error}), check it out again") from None
    return dict(ranges)


def _verify(name: str, model: onnx.ModelProto, card: Mapping[str, Any], precision: str) -> None:
    breaches = lint(model) if precision == "int8" else []
    if breaches:
        raise ModelError(f"{name} is not legal for TensorRT: {breaches[0]}; mend the recipe")
    found = answers_of(model)
    for output, answer in card["known_answer"].items():
        values = found[output].reshape(-1)[answer["places"]]
        apart = np.abs(values - np.array(answer["values"])).max() / answer["tolerance"]
        if not apart <= 1:
            raise ModelError(f"{name} misses its known answer of {output} by {apart:.1f} times what is allowed")


def _described(name: str, digest: str, precision: str, card: Mapping[str, Any], model: onnx.ModelProto) -> str:
    """The text of `model.toml`."""
    how = "symmetric int8 with one scale a weight channel" if precision == "int8" else "float32"
    lines = [
        f"name = {toml(name)}", f"summary = {toml(card['summary'])}", f"sha256 = {toml(digest)}",
        f"precision = {toml(precision)}", f"licence = {toml(card['licence'])}",
        f"made_by = {toml(card['made_by'] + ', ' + how)}",
    ]  # fmt: skip
    for section in ("provenance", "preprocessing"):
        lines += [f"\n[{section}]", *(f"{key} = {toml(value)}" for key, value in card[section].items())]
    for section, values in (("inputs", model.graph.input), ("outputs", model.graph.output)):
        for output, shape in shapes(values).items():
            lines += [f"\n[{section}.{output}]", f"shape = {toml(list(shape))}", 'dtype = "float32"']
    for output, answer in card["known_answer"].items():
        lines += [f"\n[known_answer.{output}]", *(f"{key} = {toml(value)}" for key, value in answer.items())]
    return "\n".join(lines) + "\n"
