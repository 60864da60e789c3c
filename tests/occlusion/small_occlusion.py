"""An occlusion network small enough for a test: every joint is where it was last, a tenth of the spread uncertain."""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

from edge.engine.artefact import MANIFEST
from edge.occlusion.window import FEATURES, INPUTS, OUTPUTS, SAMPLES
from edge.pose.landmarks import COUNT
from models.conversion.writer import make_model, serialise

NAME = "occlusion.float"


def small_occlusion() -> onnx.ModelProto:
    values = {
        "starts": np.array([SAMPLES - 1, 0], np.int64),
        "ends": np.array([SAMPLES, 2], np.int64),
        "axes": np.array([1, 3], np.int64),
        "newest": np.array([1], np.int64),
        "zero": np.float32(0.0),
        "sd": np.full((1, COUNT), np.log(0.1), np.float32),
        "one_of_33": np.zeros((COUNT, FEATURES), np.float32),
    }
    nodes = [
        helper.make_node("Slice", ["tokens", "starts", "ends", "axes"], ["last"], name="last"),
        helper.make_node("Squeeze", ["last", "newest"], ["held"], name="squeeze"),
        # Every input has to lead somewhere: what is of no use is taken times nothing.
        *(
            helper.make_node("ReduceSum", [name], [f"sum_{name}"], name=f"sum_{name}", keepdims=0)
            for name in ("held_from", "poses", "pose_frames")
        ),
        helper.make_node("Sum", [f"sum_{name}" for name in ("held_from", "poses", "pose_frames")], ["all"], name="all"),
        helper.make_node("Mul", ["all", "zero"], ["nothing"], name="nothing"),
        helper.make_node("Add", ["held", "nothing"], ["position"], name="position"),
        helper.make_node("Add", ["sd", "nothing"], ["log_sd"], name="log_sd"),
        helper.make_node("MatMul", ["log_sd", "one_of_33"], ["features"], name="features"),
    ]
    return make_model(nodes, INPUTS, OUTPUTS, [numpy_helper.from_array(np.asarray(v), k) for k, v in values.items()])


def write_occlusion(folder: Path, *, features: int = FEATURES) -> Path:
    """Write it as the build does; the path of the network."""
    content = serialise(small_occlusion())
    shapes = {"inputs": dict(INPUTS), "outputs": dict(OUTPUTS) | {"features": (1, features)}}
    lines = [
        f'name = "{NAME}"',
        f'sha256 = "{hashlib.sha256(content).hexdigest()}"',
        'precision = "float"',
        "[preprocessing]",
        "low = 0.0",
        "high = 1.0",
    ]
    for kind, each in shapes.items():
        lines += [f"[{kind}.{name}]\nshape = {list(shape)}" for name, shape in each.items()]
    lines += ["[known_answer.log_sd]", "places = [0, 32]", "values = [-2.302585, -2.302585]", "tolerance = 0.001"]
    files = {f"{NAME}.onnx": content, f"{NAME}.model.toml": "\n".join(lines).encode()}
    for file, body in files.items():
        (folder / file).write_bytes(body)
    hashes = {file: hashlib.sha256(body).hexdigest() for file, body in files.items()}
    (folder / MANIFEST).write_text(json.dumps({"sha256": hashes}))
    return folder / f"{NAME}.onnx"
