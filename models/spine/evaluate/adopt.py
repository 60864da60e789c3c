"""
Take a site's own pose network into the folder of networks.

    python -m models.spine.evaluate.adopt spinepose-s.onnx --card site_spine.toml --folder models/built

The card says what the file itself cannot. For SpinePose, whose weights their makers keep from commercial use, and
likewise for RTMPose with its own layout and licence:

    name = "site_spine"
    summary = "SpinePose small, the site's own copy"
    licence = "CC-BY-NC-4.0, research only"
    [preprocessing]
    colour = "RGB"
    low = 0.0
    high = 255.0
    mean = [123.675, 116.28, 103.53]
    std = [58.395, 57.12, 57.375]
    border = "zero"
    [decoding]
    kind = "simcc"
    layout = "spinetrack37"
    split_ratio = 2.0

For heat maps `kind = "heat_map"`, a layout of 14 or 16 joints, and where it applies `output`, `first_px`, `blur_cells`,
`flip`. What comes out is checked and loaded like every other network: hashes, shapes, a known answer.
"""

import hashlib
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import onnx
import typer
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as state
from rich.console import Console

from edge.engine.artefact import MANIFEST, MAX_BYTES, Artefact, load_artefact
from edge.engine.engine import Engine
from edge.engine.onnx import OnnxEngine
from edge.engine.self_test import check_known_answer, question
from edge.errors import ModelError
from edge.pose.mpii import HeatMapPose
from edge.pose.network_card import SIMCC, NetworkCard, card_of, read_card
from edge.pose.simcc import SimccPose
from models.recipes import RECIPES
from models.said import said

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_REFUSALS = (state.Fail, state.InvalidArgument, state.NotImplemented, state.RuntimeException, TypeError)
NAME = re.compile(r"[a-z0-9_]{1,40}")
LOUDEST = 12
"""So many values of an output are its known answer."""
TOLERANCE = 0.002
"""How far any of them may be off, in shares of the largest."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A network of a site's own, checked and loaded."""

    artefact: Artefact
    pose: SimccPose | HeatMapPose
    engine: Engine


def adopt(network: Path, card: Path, folder: Path) -> Adopted:
    """
    Check a network against its card and put both into the folder.

    Raises:
        ModelError: the file is no network, or not the one the card describes; nothing is written.
    """
    text, content = _read_card(card), _read(network)
    artefact = _artefact(content, text, network)
    engine = OnnxEngine(artefact)
    outputs = _ask(engine, artefact)
    artefact = replace(artefact, outputs={name: tuple(values.shape) for name, values in outputs.items()})
    try:
        described = card_of(artefact, text)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{card} does not describe a pose network ({error}); see the example in adopt.py") from error
    _reader(engine, described)
    answers = {name: _answer(values) for name, values in outputs.items()}
    _write(folder, artefact, _model_toml(artefact, text, answers))
    return load_adopted(folder, artefact.name)


def load_adopted(folder: Path, name: str) -> Adopted:
    """
    Load a network that was adopted.

    Raises:
        ModelError: it is missing, altered, wrong or no pose network.
    """
    artefact = load_artefact(folder, name)
    card = read_card(artefact)
    engine = OnnxEngine(artefact)
    check_known_answer(engine, artefact)
    return Adopted(artefact, _reader(engine, card), engine)


def _reader(engine: Engine, card: NetworkCard) -> SimccPose | HeatMapPose:
    return SimccPose(engine, card) if card.decoding.kind == SIMCC else HeatMapPose(engine, card)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ModelError(f"{path} is larger than {MAX_BYTES >> 20} MiB; name a smaller network")
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}); name another file") from error


def _read_card(path: Path) -> Mapping[str, Any]:
    try:
        text = tomllib.loads(_read(path).decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError(f"{path} is no TOML ({error}); mend it") from error
    name, taken = text.get("name"), {recipe.artefact for recipe in RECIPES}
    if not isinstance(name, str) or not NAME.fullmatch(name) or name in taken:
        raise ModelError(f"{path}: name must be letters, digits and _ and none of our networks', not {name!r}")
    if not isinstance(text.get("licence"), str) or not text["licence"].strip():
        raise ModelError(f"{path} has no licence; say what the site may do with the network")
    for section in ("preprocessing", "decoding"):
        if not isinstance(text.get(section), dict):
            raise ModelError(f"{path} has no [{section}]; see the example in adopt.py")
    return text


def _artefact(content: bytes, text: Mapping[str, Any], network: Path) -> Artefact:
    """The network before anything is known of its outputs but the names."""
    try:
        graph = onnx.load_model_from_string(content).graph
    except Exception as error:  # protobuf's errors share no other base
        raise ModelError(f"{network} is no ONNX file ({type(error).__name__}); export it again") from error
    constants = {one.name for one in graph.initializer}
    taken = [one for one in graph.input if one.name not in constants]
    if len(taken) != 1:
        names = ", ".join(one.name for one in taken)
        raise ModelError(f"{network} takes {names or 'nothing'}, not one picture; export it again")
    if not graph.output:
        raise ModelError(f"{network} gives nothing; export it again")
    low, high = (text["preprocessing"].get(end) for end in ("low", "high"))
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        raise ModelError("[preprocessing] needs low and high, the values of black and white; see the example")
    inputs, outputs = {taken[0].name: _shape(taken[0], network)}, {one.name: () for one in graph.output}
    sha256 = hashlib.sha256(content).hexdigest()
    return Artefact(text["name"], network, content, sha256, "float", inputs, outputs, float(low), float(high), {})


def _shape(value: onnx.ValueInfoProto, network: Path) -> tuple[int, ...]:
    """Of an input for one picture: the number of pictures may be open, the size may not."""
    kind = value.type.tensor_type
    shape = [dimension.dim_value for dimension in kind.shape.dim]
    if kind.elem_type != onnx.TensorProto.FLOAT or len(shape) != 4 or min(shape[1:]) < 1 or shape[0] > 1:
        raise ModelError(
            f"{network} takes {value.name} as {shape}, not one float32 picture (1, 3, height, width) of a fixed size; "
            "export it again"
        )
    if shape[3] > shape[2]:
        raise ModelError(f"{network} takes pictures that are wider than high, people are not; name another network")
    return (1, *shape[1:])


def _ask(engine: Engine, artefact: Artefact) -> dict[str, NDArray[np.float32]]:
    """What it gives for the drawn figure."""
    try:
        return engine.run(question(artefact))
    except _REFUSALS as error:
        reason = str(error).splitlines()[0]
        raise ModelError(f"{artefact.path} cannot be run on one picture ({reason}); export it again") from error


def _answer(values: NDArray[np.float32]) -> dict[str, Any]:
    flat = values.reshape(-1)
    places = sorted(int(place) for place in np.argsort(-np.abs(flat), kind="stable")[:LOUDEST])
    tolerance = TOLERANCE * max(float(np.abs(flat).max()), 1.0)
    return {"places": places, "values": [float(f"{flat[place]:.6g}") for place in places], "tolerance": tolerance}


def _model_toml(artefact: Artefact, text: Mapping[str, Any], answers: Mapping[str, Mapping[str, Any]]) -> str:
    plain = {key: value for key, value in text.items() if not isinstance(value, dict)}
    lines = _entries(plain | {"sha256": artefact.sha256, "precision": artefact.precision})
    tables: dict[str, Mapping[str, Any]] = {key: text[key] for key in ("preprocessing", "decoding")}
    for section, shapes in (("inputs", artefact.inputs), ("outputs", artefact.outputs)):
        tables |= {f"{section}.{_key(name)}": {"shape": list(shape)} for name, shape in shapes.items()}
    tables |= {f"known_answer.{_key(name)}": answer for name, answer in answers.items()}
    for name, entries in tables.items():
        lines += ["", f"[{name}]", *_entries(entries)]
    return "\n".join(lines) + "\n"


def _entries(values: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)


def _write(folder: Path, artefact: Artefact, card: str) -> None:
    """The manifest last: a network it does not list is not loaded."""
    files = {f"{artefact.name}.onnx": artefact.content, f"{artefact.name}.model.toml": card.encode("utf-8")}
    manifest = folder / MANIFEST
    try:
        folder.mkdir(parents=True, exist_ok=True)
        listed = dict(json.loads(manifest.read_bytes())["sha256"]) if manifest.exists() else {}
        listed |= {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        files[MANIFEST] = (json.dumps({"sha256": listed}, indent=1, sort_keys=True) + "\n").encode()
        for name, content in files.items():
            part = folder / f"{name}.part"
            part.write_bytes(content)
            part.replace(folder / name)
    except OSError as error:
        raise ModelError(f"{folder} cannot be written ({error.strerror}); name another by --folder") from error
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{manifest} is not a list of hashes; run python -m models.build") from error


def main(
    network: Annotated[Path, typer.Argument(help="The ONNX file.")],
    card: Annotated[Path, typer.Option(help="What the file cannot say itself, in TOML.")],
    folder: Annotated[Path, typer.Option(help="The folder of networks.")] = Path("models/built"),
) -> None:
    """Take a site's own pose network into the folder of networks."""
    console = Console()
    with said(console):
        adopted = adopt(network, card, folder)
    points = f"{len(adopted.pose.layout.points)} points, {adopted.pose.layout.name}"
    console.print(f"{folder / adopted.artefact.name}.onnx: {points}; {adopted.engine.description}", soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
