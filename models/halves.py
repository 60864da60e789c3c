"""The trained network as the repository keeps it: weights of half precision, one file, no torch needed to build it."""

from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from edge.errors import ModelError
from models.conversion.writer import make_model, serialise
from models.people.whole_file import write_whole
from models.quantisation.equalise import shapes

SMALLEST = 64
"""A constant of fewer numbers stays as it is: limits, places, biases."""


def write_halves(model: onnx.ModelProto, path: Path) -> None:
    """Keep a float network; its large constants lose what half precision cannot hold."""
    kept = onnx.ModelProto()
    kept.CopyFrom(model)
    for constant in kept.graph.initializer:
        values = numpy_helper.to_array(constant)
        if values.dtype == np.float32 and values.ndim > 1 and values.size >= SMALLEST:
            constant.CopyFrom(numpy_helper.from_array(values.astype(np.float16), constant.name))
    write_whole(path, serialise(kept))


def read_halves(path: Path) -> onnx.ModelProto:
    """
    The float32 network of a kept file, the same on every machine.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        model = onnx.load_from_string(path.read_bytes())
    except FileNotFoundError:
        raise ModelError(f"{path}: missing, train it (python -m models.spine train) or check it out again") from None
    except Exception as error:  # noqa: BLE001 - protobuf has no error of its own that can be named
        raise ModelError(f"{path}: no network ({error}), check it out again") from None
    constants = [_single(constant) for constant in model.graph.initializer]
    return make_model(list(model.graph.node), shapes(model.graph.input), shapes(model.graph.output), constants)


def _single(constant: onnx.TensorProto) -> onnx.TensorProto:
    values = numpy_helper.to_array(constant)
    return numpy_helper.from_array(values.astype(np.float32), constant.name) if values.dtype == np.float16 else constant
