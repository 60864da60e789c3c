"""What the station gets: the network, its `model.toml` and the manifest over both."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnx

from edge.engine.artefact import MANIFEST
from models.conversion.writer import serialise
from models.quantisation.equalise import shapes
from models.recipes import Origin, Recipe

HERE = Path(__file__).parent
EXPECTED = HERE / "expected.json"
KNOWN_ANSWERS = HERE / "known_answers.json"


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    """
    One artefact, finished in memory.

    Attributes:
        recipe: what it was made by.
        model: the network.
        content: its bytes.
        origin: where the TFLite file came from.
    """

    recipe: Recipe
    model: onnx.ModelProto
    content: bytes
    origin: Origin

    @property
    def sha256(self) -> str:
        """The hash of the network's bytes, hex."""
        return hashlib.sha256(self.content).hexdigest()


def finish(recipe: Recipe, model: onnx.ModelProto, origin: Origin) -> Built:
    """Freeze a network into bytes."""
    return Built(recipe, model, serialise(model), origin)


def expected_sha256() -> dict[str, str]:
    """Artefact -> the hash every machine is to get."""
    return dict(json.loads(EXPECTED.read_text(encoding="utf-8"))) if EXPECTED.exists() else {}


def known_answers() -> dict[str, dict[str, Any]]:
    """Artefact -> output -> what it gives for the drawn figure."""
    return dict(json.loads(KNOWN_ANSWERS.read_text(encoding="utf-8"))) if KNOWN_ANSWERS.exists() else {}


def card(built: Built, answers: Mapping[str, Any]) -> str:
    """The text of `model.toml`."""
    recipe, network = built.recipe, built.recipe.network
    graph, archive = built.model.graph, built.origin.archive
    lines = [
        f"name = {toml(recipe.artefact)}",
        f"summary = {toml(network.summary)}",
        f"sha256 = {toml(built.sha256)}",
        f"precision = {toml(recipe.precision)}",
        f"licence = {toml(archive.licence)}",
        f"made_by = {toml(_made_by(recipe))}",
        "\n[provenance]",
        f"package = {toml(archive.package)}",
        f"archive_sha256 = {toml(archive.sha256)}",
        f"member = {toml(built.origin.member)}",
        f"member_sha256 = {toml(built.origin.sha256)}",
        "\n[preprocessing]",
        'colour = "RGB"',
        f"low = {toml(network.preprocessing.low)}",
        f"high = {toml(network.preprocessing.high)}",
        f"border = {toml(network.preprocessing.border)}",
    ]
    for section, values in (("inputs", graph.input), ("outputs", graph.output)):
        for name, shape in shapes(values).items():
            lines += [f"\n[{section}.{name}]", f"shape = {toml(list(shape))}", 'dtype = "float32"']
    for name, answer in answers.items():
        lines.append(f"\n[known_answer.{name}]")
        lines += [f"{key} = {toml(value)}" for key, value in answer.items()]
    return "\n".join(lines) + "\n"


def write(built: Built, folder: Path, answers: Mapping[str, Any]) -> None:
    """Write one network and its `model.toml`."""
    folder.mkdir(parents=True, exist_ok=True)
    replace(folder / f"{built.recipe.artefact}.onnx", built.content)
    replace(folder / f"{built.recipe.artefact}.model.toml", card(built, answers).encode())


def write_manifest(folder: Path) -> Path:
    """Write the hashes of every network and `model.toml` in a folder."""
    files = sorted(file for file in folder.iterdir() if file.suffix in (".onnx", ".toml"))
    hashes = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    replace(folder / MANIFEST, (json.dumps({"sha256": hashes}, indent=1, sort_keys=True) + "\n").encode())
    return folder / MANIFEST


def _made_by(recipe: Recipe) -> str:
    spared = recipe.network.spared
    if recipe.precision == "float" or spared is None:
        return "converted to ONNX, float32"
    equalised = "channels evened out, " if recipe.network.equalised else ""
    beside = f", branches beside the {spared.trunk}" if spared.trunk else ""
    return (
        f"converted to ONNX, {equalised}symmetric int8 with one scale a weight channel; in float: "
        f"the first {spared.first} convolutions, those within {spared.last} of an output{beside}"
    )


def replace(path: Path, content: bytes) -> None:
    """Never leave half a file under the name a station reads."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


def toml(value: object) -> str:
    """A value as TOML writes it."""
    return json.dumps(value)
