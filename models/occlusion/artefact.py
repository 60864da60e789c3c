"""The finished networks as files: ONNX, what `model.toml` says of them, and the manifest over all."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import onnx

from edge.errors import ModelError
from edge.occlusion.known_answer import question
from edge.occlusion.window import INPUTS, OUTPUTS
from models.artefacts import write_manifest
from models.conversion.writer import serialise
from models.plain_run import run_plainly
from models.trained import place

HERE = Path(__file__).parent
LARGEST_BYTES = 2_000_000
TOLERANCE = {"float": 0.002, "int8": 0.1}
"""Of a known answer, in the window's spread; engines round INT8 differently."""
CALIBRATED = (
    "fitted on windows of the same sources, then widened by one factor, chosen on 315 clips of "
    "Penn Action that the bench never asks about"
)
"""How the stated uncertainty came about; the factor is `MARGIN` in `calibrate.py`."""
_PLACES = {"position": tuple(range(26, 66, 3)), "log_sd": tuple(range(0, 33, 4))}


def write_artefact(model: onnx.ModelProto, precision: str, made_by: str, trained_on: str, folder: Path = HERE) -> Path:
    """
    Write `occlusion.<precision>.onnx`, its `model.toml` and the manifest.

    Raises:
        ModelError: the file is too large to be kept beside the code.
    """
    content = serialise(model)
    if len(content) >= LARGEST_BYTES:
        raise ModelError(f"occlusion.{precision} has {len(content)} bytes; make the network smaller")
    path = folder / f"occlusion.{precision}.onnx"
    path.write_bytes(content)
    text = _card(content, precision, made_by, trained_on, answers(content, precision))
    path.with_suffix(".model.toml").write_text(text, encoding="utf-8")
    write_manifest(folder)
    return path


def install(folder: Path, source: Path = HERE) -> list[str]:
    """Put the networks beside the station's others and renew their manifest; the names of the files."""
    placed = place(source, folder)
    write_manifest(folder)
    return [f"{name}{ending}" for name, _, _ in placed for ending in (".model.toml", ".onnx")]


def answers(content: bytes, precision: str) -> dict[str, dict[str, Any]]:
    """What the network says to the known question, every node run as it stands in the file."""
    found = run_plainly(content, question())
    return {
        name: {
            "places": list(places),
            "tolerance": TOLERANCE[precision],
            "values": [round(float(found[name].ravel()[place]), 5) for place in places],
        }
        for name, places in _PLACES.items()
    }


def _card(content: bytes, precision: str, made_by: str, trained_on: str, known: Mapping[str, Any]) -> str:
    lines = [
        f'name = "occlusion.{precision}"',
        'summary = "Says where the joints are that the newest frame does not show, and how sure it is of each."',
        f'sha256 = "{hashlib.sha256(content).hexdigest()}"',
        f'precision = "{precision}"',
        'licence = "Apache-2.0"',
        f"made_by = {json.dumps(made_by)}",
        "\n[provenance]",
        f"trained_on = {json.dumps(trained_on)}",
        f"uncertainty = {json.dumps(CALIBRATED)}",
        "\n[preprocessing]",
        'window = "edge.occlusion.window"',
        "low = 0.0",
        "high = 1.0",
    ]
    for section, shapes in (("inputs", INPUTS), ("outputs", OUTPUTS)):
        for name, shape in shapes.items():
            lines += [f"\n[{section}.{name}]", f"shape = {json.dumps(list(shape))}", 'dtype = "float32"']
    for name, answer in known.items():
        lines.append(f"\n[known_answer.{name}]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in answer.items()]
    return "\n".join(lines) + "\n"
