"""Explicit INT8 for matrix products: signed, symmetric, one scale a tensor, one a column of each weight."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from edge.errors import ModelError
from edge.occlusion.window import INPUTS, OUTPUTS
from models.conversion.writer import make_model
from models.quantisation.qdq import LEVELS

PLACES = ("completion.", "own.", "code.", "here.", "head.")
"""Layers that are told, or say, where something is: eight bits over two body lengths are two centimetres."""
ATTENTION = (".query.", ".key.", ".value.", ".out.")
FORMS = ("everywhere", "attention in float", "attention and places in float")


def products(model: onnx.ModelProto, form: str) -> list[str]:
    """Names of the matrix products that become INT8 in one of `FORMS`; what only picks or averages never does."""
    chosen = []
    for node in model.graph.node:
        if node.op_type != "MatMul" or "held_from_both" in node.input:
            continue
        weight = _weight(model, node)
        between = weight is None
        if weight is not None and not weight.name.endswith(".weight"):
            continue
        spared: tuple[str, ...] = () if form == "everywhere" else ATTENTION
        spared += PLACES if form == FORMS[2] else ()
        if form != "everywhere" and between:
            continue
        if weight is None or not any(part in weight.name for part in spared):
            chosen.append(node.name)
    return chosen


def ranges(model: onnx.ModelProto, windows: Iterable[Mapping[str, NDArray[np.float32]]]) -> dict[str, float]:
    """Tensor -> the magnitude that all but one in ten thousand of its values keep below; of every product's inputs."""
    constants = {one.name for one in model.graph.initializer}
    names = sorted({n for node in model.graph.node if node.op_type == "MatMul" for n in node.input} - constants)
    inner = [name for name in names if name not in INPUTS]
    open_model = onnx.ModelProto()
    open_model.CopyFrom(model)
    open_model.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in inner)
    session = onnxruntime.InferenceSession(open_model.SerializeToString(), providers=["CPUExecutionProvider"])
    largest: dict[str, list[float]] = {name: [] for name in inner}
    for inputs in windows:
        for name, values in zip(inner, session.run(inner, dict(inputs)), strict=True):
            largest[name].append(float(np.abs(values).max()))
    return {name: float(np.percentile(found, 99.0)) for name, found in largest.items()}


def quantised(model: onnx.ModelProto, maximum: Mapping[str, float], names: Iterable[str]) -> onnx.ModelProto:
    """
    Give back the network with these products in INT8, bias and everything between in float.

    Args:
        model: float network.
        maximum: tensor -> the magnitude its range ends at.
        names: of the products.

    Raises:
        ModelError: the range of a tensor was never measured.
    """
    chosen, nodes, made = set(names), [], set[str]()
    constants = {one.name: one for one in model.graph.initializer}
    for original in model.graph.node:
        node = onnx.NodeProto()
        node.CopyFrom(original)
        if original.name in chosen:
            for place, name in enumerate(original.input):
                if f"{name}_dq" not in made:
                    made.add(f"{name}_dq")
                    nodes += _weights(name, constants) if name in constants else _activation(name, maximum, constants)
                node.input[place] = f"{name}_dq"
        nodes.append(node)
    used = {name for node in nodes for name in node.input}
    return make_model(nodes, INPUTS, OUTPUTS, [one for name, one in constants.items() if name in used])


def _weight(model: onnx.ModelProto, node: onnx.NodeProto) -> onnx.TensorProto | None:
    names = set(node.input)
    return next((one for one in model.graph.initializer if one.name in names), None)


def _activation(
    name: str, maximum: Mapping[str, float], constants: dict[str, onnx.TensorProto]
) -> list[onnx.NodeProto]:
    if name not in maximum:
        raise ModelError(f"the range of {name} was not measured; calibrate again")
    scale = np.asarray(max(maximum[name], 1e-6) / LEVELS, np.float32)
    names = [_keep(constants, f"{name}_scale", scale), _keep(constants, f"{name}_zero", np.zeros((), np.int8))]
    return [
        helper.make_node("QuantizeLinear", [name, *names], [f"{name}_q"], name=f"{name}_Q"),
        helper.make_node("DequantizeLinear", [f"{name}_q", *names], [f"{name}_dq"], name=f"{name}_DQ"),
    ]


def _weights(name: str, constants: dict[str, onnx.TensorProto]) -> list[onnx.NodeProto]:
    values = numpy_helper.to_array(constants[name]).astype(np.float64)
    scale = (np.maximum(np.abs(values).max(axis=0), 1e-6) / LEVELS).astype(np.float32)
    steps = np.clip(np.round(values / scale.astype(np.float64)), -LEVELS, LEVELS).astype(np.int8)
    names = [
        _keep(constants, f"{name}_int8", steps),
        _keep(constants, f"{name}_scale", scale),
        _keep(constants, f"{name}_zero", np.zeros(len(scale), np.int8)),
    ]
    return [helper.make_node("DequantizeLinear", names, [f"{name}_dq"], name=f"{name}_DQ", axis=1)]


def _keep(constants: dict[str, onnx.TensorProto], name: str, values: NDArray[Any]) -> str:
    constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
    return name
