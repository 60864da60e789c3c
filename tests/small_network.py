"""A network small enough for a test: conv, ReLU6, depthwise conv, ReLU6, conv, sum, pooling, conv."""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from calibration.int8.ranges import tensor_ranges
from models.conversion.writer import make_model, serialise
from models.quantisation.qdq import LEVELS, Spared, quantise
from models.quantisation.topology import Topology

SIDE = 16
CHANNELS = 8


def image(seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).random((1, 3, SIDE, SIDE), dtype=np.float32)


def small_network(seed: int = 1, last_bias: float = 0.1) -> onnx.ModelProto:
    chance = np.random.default_rng(seed)
    constants: list[onnx.TensorProto] = []

    def keep(name: str, values: NDArray[np.float32]) -> str:
        constants.append(numpy_helper.from_array(values.astype(np.float32), name))
        return name

    limits = [keep("low", np.float32(0)), keep("high", np.float32(6))]

    def convolution(name: str, source: str, shape: tuple[int, ...], group: int = 1) -> onnx.NodeProto:
        # Channels of very different size, so that evening them out has something to do.
        spread = np.logspace(-0.8, 0.3, shape[0]).reshape(-1, 1, 1, 1)
        weights = keep(f"w_{name}", chance.normal(0, 0.6, shape) * spread)
        bias = keep(f"b_{name}", chance.normal(0.1, 0.1, shape[0]))
        pad = shape[2] // 2
        return helper.make_node(
            "Conv",
            [source, weights, bias],
            [name],
            name=f"conv_{name}",
            group=group,
            pads=[pad] * 4,
            kernel_shape=shape[2:],
        )

    nodes = [
        convolution("a_linear", "image", (CHANNELS, 3, 3, 3)),
        helper.make_node("Clip", ["a_linear", *limits], ["a"], name="clip_a"),
        convolution("b_linear", "a", (CHANNELS, 1, 3, 3), CHANNELS),
        helper.make_node("Clip", ["b_linear", *limits], ["b"], name="clip_b"),
        convolution("c", "b", (CHANNELS, CHANNELS, 1, 1)),
        convolution("d", "c", (CHANNELS, CHANNELS, 1, 1)),
        helper.make_node("Add", ["c", "d"], ["sum"], name="add"),
        helper.make_node("MaxPool", ["sum"], ["pooled"], name="pool", kernel_shape=[2, 2], strides=[2, 2]),
        convolution("e", "pooled", (CHANNELS, CHANNELS, 1, 1)),
        convolution("answer", "e", (2, CHANNELS, 1, 1)),
    ]
    constants[-1].CopyFrom(numpy_helper.from_array(np.full(2, last_bias, np.float32), "b_answer"))
    return make_model(nodes, {"image": (1, 3, SIDE, SIDE)}, {"answer": (1, 2, SIDE // 2, SIDE // 2)}, constants)


def ranges(model: onnx.ModelProto) -> dict[str, float]:
    names = [name for node in model.graph.node for name in node.output]
    return {"image": 1.0, **tensor_ranges(model, names, [image(seed) for seed in range(8)], LEVELS)}


def small_int8() -> onnx.ModelProto:
    model = small_network()
    return quantise(model, ranges(model), Spared(first=0, last=1).convolutions(Topology(model)))


def write_folder(folder: Path, model: onnx.ModelProto, *, name: str, precision: str) -> bytes:
    """Write an artefact folder as the build does; return the network's bytes."""
    content = serialise(model)
    card = "\n".join(
        [
            f'name = "{name}"',
            f'sha256 = "{hashlib.sha256(content).hexdigest()}"',
            f'precision = "{precision}"',
            "[preprocessing]",
            "low = 0.0",
            "high = 1.0",
            "[inputs.image]",
            f"shape = [1, 3, {SIDE}, {SIDE}]",
            "[outputs.answer]",
            f"shape = [1, 2, {SIDE // 2}, {SIDE // 2}]",
            "[known_answer.answer]",
            "places = [0]",
            "values = [0.0]",
            "tolerance = 1e6",
        ]
    )
    files = {f"{name}.onnx": content, f"{name}.model.toml": card.encode()}
    for file, body in files.items():
        (folder / file).write_bytes(body)
    hashes = {file: hashlib.sha256(body).hexdigest() for file, body in files.items()}
    (folder / "manifest.json").write_text(json.dumps({"sha256": hashes}))
    return content
