"""Pose networks as a site might bring them, written by hand: they answer with where coloured dots are."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from edge.pose.network_card import Decoding, NetworkCard
from models.conversion.writer import make_model, serialise

MEAN, STD = (123.675, 116.28, 103.53), (58.395, 57.12, 57.375)
"""mmpose's."""


def dots(size_px: tuple[int, int], places: Mapping[int, tuple[float, float]], width_px: float) -> NDArray[np.uint8]:
    """(H, W, 3) uint8, BGR, black but for one soft dot a channel: channel -> place, pixels."""
    rows, columns = np.mgrid[0 : size_px[1], 0 : size_px[0]]
    image = np.zeros((size_px[1], size_px[0], 3))
    for channel, (x, y) in places.items():
        image[:, :, channel] = 255 * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * width_px**2))
    return image.round().astype(np.uint8)


def simcc_network(count: int, size_px: tuple[int, int] = (192, 256), outputs: tuple[str, str] = ("simcc_x", "simcc_y")):
    """Point k is where channel k mod 3 is brightest; two steps a pixel, both of the same height."""
    width, height = size_px
    constants: list[onnx.TensorProto] = []

    def keep(name, values):
        constants.append(numpy_helper.from_array(values, name))
        return name

    channels = keep("channels", np.arange(count, dtype=np.int64) % 3)
    nodes = []
    for output, axis, side in ((outputs[0], 2, width), (outputs[1], 3, height)):
        last, twice = keep(f"last_{axis}", np.array([3], np.int64)), keep(f"twice_{axis}", np.array([1, 1, 1, 2]))
        shape, lift = keep(f"shape_{axis}", np.array([1, count, side * 2])), keep(f"lift_{axis}", np.float32(3))
        nodes += [
            helper.make_node("ReduceMean", ["image"], [f"mean_{axis}"], axes=[axis], keepdims=0),
            helper.make_node("Gather", [f"mean_{axis}", channels], [f"chosen_{axis}"], axis=1),
            helper.make_node("Unsqueeze", [f"chosen_{axis}", last], [f"column_{axis}"]),
            helper.make_node("Tile", [f"column_{axis}", twice], [f"tiled_{axis}"]),
            helper.make_node("Reshape", [f"tiled_{axis}", shape], [f"flat_{axis}"]),
            helper.make_node("Add", [f"flat_{axis}", lift], [output]),
        ]
    given = {outputs[0]: (1, count, width * 2), outputs[1]: (1, count, height * 2)}
    return make_model(nodes, {"image": (1, 3, height, width)}, given, constants)


def heat_map_network(count: int, side: int = 256, stacks: int = 2):
    """Heat map k is channel k mod 3 at a quarter of the size; every stack but the last gives it upside down."""
    channels = numpy_helper.from_array(np.arange(count, dtype=np.int64) % 3, "channels")
    last = f"stack_{stacks}"
    nodes = [
        helper.make_node("AveragePool", ["image"], ["small"], kernel_shape=[4, 4], strides=[4, 4]),
        helper.make_node("Gather", ["small", "channels"], [last], axis=1),
        *(helper.make_node("Neg", [last], [f"stack_{number}"]) for number in range(1, stacks)),
    ]
    given = {f"stack_{number}": (1, count, side // 4, side // 4) for number in range(1, stacks + 1)}
    return make_model(nodes, {"image": (1, 3, side, side)}, given, [channels])


def simcc_card(count: int = 37, layout: str = "spinetrack37", **changes) -> NetworkCard:
    outputs = {"simcc_x": (1, count, 384), "simcc_y": (1, count, 512)}
    known = {"name": "site", "inputs": {"image": (1, 3, 256, 192)}, "outputs": outputs, "mean": MEAN, "std": STD}
    return NetworkCard(**(known | {"decoding": Decoding("simcc", layout)} | changes))


def heat_map_card(count: int = 16, layout: str = "mpii16", **changes) -> NetworkCard:
    known = {
        "name": "site",
        "inputs": {"image": (1, 3, 256, 256)},
        "outputs": {f"stack_{number}": (1, count, 64, 64) for number in (1, 2)},
        "decoding": Decoding("heat_map", layout),
        "high": 1.0,
    }
    return NetworkCard(**(known | changes))


def write_site_folder(folder: Path, model: onnx.ModelProto, picture: str, decoding: str) -> Path:
    """What a folder of networks holds after a site's own was adopted."""
    content = serialise(model)
    lines = [
        'name = "site"',
        f'sha256 = "{hashlib.sha256(content).hexdigest()}"',
        'precision = "float"',
        "[preprocessing]",
        picture,
        "[decoding]",
        decoding,
    ]
    for section, values in (("inputs", model.graph.input), ("outputs", model.graph.output)):
        for value in values:
            shape = [dimension.dim_value for dimension in value.type.tensor_type.shape.dim]
            lines += [f"[{section}.{value.name}]", f"shape = {shape}"]
    lines += [f"[known_answer.{model.graph.output[0].name}]", "places = [0]", "values = [0.0]", "tolerance = 1e6"]
    files = {"site.onnx": content, "site.model.toml": "\n".join(lines).encode()}
    for name, body in files.items():
        (folder / name).write_bytes(body)
    hashes = {name: hashlib.sha256(body).hexdigest() for name, body in files.items()}
    (folder / "manifest.json").write_text(json.dumps({"sha256": hashes}))
    return folder
