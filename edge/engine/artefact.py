"""One network as it lies on disk: checked before anything reads it."""

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edge.errors import ModelError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

MANIFEST = "manifest.json"
MAX_BYTES = 256 * 1024 * 1024
BUILD_AGAIN = "run python -m models.build"


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """
    What the network gives for the drawn figure of `self_test.py`.

    Attributes:
        places: which values are compared, counted through the flattened output.
        values: what they are.
        tolerance: how far any of them may be off, in the output's own unit; engines round differently.
    """

    places: tuple[int, ...]
    values: tuple[float, ...]
    tolerance: float


@dataclass(frozen=True, slots=True)
class Artefact:
    """
    One network that has been checked against the manifest.

    Attributes:
        name: e.g. `pose_full.int8`.
        path: the ONNX file.
        content: its bytes, those the hash was taken of; engines load these, never the file again.
        sha256: of the content, hex.
        precision: `int8` or `float`.
        inputs: name -> NCHW shape.
        outputs: name -> shape.
        low, high: the values black and white become before the network.
        known_answers: output -> what it gives for the drawn figure.
    """

    name: str
    path: Path
    content: bytes
    sha256: str
    precision: str
    inputs: Mapping[str, tuple[int, ...]]
    outputs: Mapping[str, tuple[int, ...]]
    low: float
    high: float
    known_answers: Mapping[str, KnownAnswer]


def load_artefact(folder: Path | str, name: str) -> Artefact:
    """
    Read one network, checking its hashes before any parser sees a byte of it.

    Args:
        folder: what `python -m models.build` wrote, e.g. `models/built`.
        name: e.g. `pose_full.int8`.

    Raises:
        ModelError: the folder or the network is missing, or a file is not the one the manifest lists.
    """
    folder = Path(folder)
    hashes = _manifest(folder)
    content = _checked(folder, f"{name}.onnx", hashes)
    try:
        card = tomllib.loads(_checked(folder, f"{name}.model.toml", hashes).decode("utf-8"))
        return _artefact(folder / f"{name}.onnx", content, card)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{name}.model.toml does not describe a network ({error}); {BUILD_AGAIN}") from error


def _manifest(folder: Path) -> Mapping[str, str]:
    path = folder / MANIFEST
    try:
        hashes = json.loads(_read(path))["sha256"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} is not a list of hashes; {BUILD_AGAIN}") from error
    if not isinstance(hashes, dict):
        raise ModelError(f"{path} is not a list of hashes; {BUILD_AGAIN}")
    return hashes


def _checked(folder: Path, file: str, hashes: Mapping[str, str]) -> bytes:
    if file not in hashes:
        raise ModelError(f"{folder / MANIFEST} does not list {file}; {BUILD_AGAIN}")
    content = _read(folder / file)
    if hashlib.sha256(content).hexdigest() != hashes[file]:
        raise ModelError(f"{folder / file} is not the file the manifest lists; {BUILD_AGAIN}")
    return content


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ModelError(f"{path} is larger than any network here; {BUILD_AGAIN}")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ModelError(f"{path} is missing; {BUILD_AGAIN}") from error
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}); {BUILD_AGAIN}") from error


def _artefact(path: Path, content: bytes, card: Mapping[str, Any]) -> Artefact:
    answers = {
        name: KnownAnswer(tuple(answer["places"]), tuple(answer["values"]), float(answer["tolerance"]))
        for name, answer in card["known_answer"].items()
    }
    return Artefact(
        name=str(card["name"]),
        path=path,
        content=content,
        sha256=str(card["sha256"]),
        precision=str(card["precision"]),
        inputs=_shapes(card["inputs"]),
        outputs=_shapes(card["outputs"]),
        low=float(card["preprocessing"]["low"]),
        high=float(card["preprocessing"]["high"]),
        known_answers=answers,
    )


def _shapes(entries: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    return {name: tuple(int(side) for side in entry["shape"]) for name, entry in entries.items()}
