"""The trained network as one ONNX step: five windows at once, state in and state out."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from edge.risk.layout import FEATURES
from edge.risk.window import CHAINS

OPSET, IR_VERSION = 17, 8
SLOPE = 0.01
LARGEST = 127.0
Weights = Mapping[str, NDArray[np.float32]]
"""By the names torch gives them, e.g. `recurrent.weight_ih_l0`."""


class _Graph:
    """Nodes and constants being collected; with `int8`, matrices are kept as symmetric int8, one scale a column."""

    def __init__(self, *, int8: bool) -> None:
        self.int8 = int8
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def matrix(self, name: str, values: NDArray[np.float32]) -> str:
        if not self.int8:
            return self.constant(name, values.astype(np.float32))
        scale = np.maximum(np.abs(values).max(axis=0), 1e-8) / LARGEST
        levels = np.clip(np.round(values / scale), -LARGEST, LARGEST).astype(np.int8)
        inputs = [self.constant(f"{name}_int8", levels), self.constant(f"{name}_scale", scale.astype(np.float32))]
        inputs.append(self.constant(f"{name}_zero", np.zeros(len(scale), np.int8)))
        return self.node("DequantizeLinear", inputs, name, axis=1)

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=f"{kind}_{output}", **attributes))
        return output

    def dense(
        self, name: str, given: str, weight: NDArray[np.float32], bias: NDArray[np.float32], *, leaky: bool
    ) -> str:
        self.node("MatMul", [given, self.matrix(f"{name}_weight", weight.T)], f"{name}_product")
        output = f"{name}_sum" if leaky else name
        self.node("Add", [f"{name}_product", self.constant(f"{name}_bias", bias)], output)
        return self.node("LeakyRelu", [output], name, alpha=SLOPE) if leaky else output


def step_network(weights: Weights, *, int8: bool = False) -> onnx.ModelProto:
    """
    The network's step.

    Args:
        weights: of `MovementNet`, kind lstm.
        int8: keep matrices as int8.
    """
    hidden = weights["recurrent.weight_hh_l0"].shape[1]
    graph = _Graph(int8=int8)
    embedded = graph.dense("embed", "features", weights["embed.weight"], weights["embed.bias"], leaky=True)
    bias = weights["recurrent.bias_ih_l0"] + weights["recurrent.bias_hh_l0"]
    given = graph.dense("given", embedded, weights["recurrent.weight_ih_l0"], bias, leaky=False)
    graph.node("MatMul", ["hidden", graph.matrix("recalled_weight", weights["recurrent.weight_hh_l0"].T)], "recalled")
    graph.node("Add", [given, "recalled"], "gates")
    _cell(graph, hidden)
    dense = graph.dense("dense", "next_hidden", weights["dense.weight"], weights["dense.bias"], leaky=True)
    out = graph.dense("out", dense, weights["out.weight"], weights["out.bias"], leaky=True)
    limits = [graph.constant("least", np.array(0, np.float32)), graph.constant("most", np.array(1, np.float32))]
    graph.node("Clip", [out, *limits], "indices")
    state = [CHAINS, hidden]
    inputs = {"features": [1, FEATURES], "hidden": state, "cell": state}
    outputs = {"indices": [CHAINS, weights["out.bias"].shape[0]], "next_hidden": state, "next_cell": state}
    made = helper.make_graph(graph.nodes, "movement", _values(inputs), _values(outputs), graph.constants)
    model = helper.make_model(
        made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION, producer_name="plumbline"
    )
    onnx.checker.check_model(model)
    return model


def _cell(graph: _Graph, hidden: int) -> None:
    """One step of an LSTM; torch's order of gates: input, forget, cell, output."""
    sizes = graph.constant("sizes", np.full(4, hidden, np.int64))
    graph.nodes.append(helper.make_node("Split", ["gates", sizes], ["i", "f", "g", "o"], name="Split_gates", axis=1))
    for gate in "ifo":
        graph.node("Sigmoid", [gate], f"{gate}_open")
    graph.node("Tanh", ["g"], "new")
    graph.node("Mul", ["f_open", "cell"], "kept")
    graph.node("Mul", ["i_open", "new"], "added")
    graph.node("Add", ["kept", "added"], "next_cell")
    graph.node("Tanh", ["next_cell"], "shown")
    graph.node("Mul", ["o_open", "shown"], "next_hidden")


def _values(shapes: Mapping[str, list[int]]) -> list[onnx.ValueInfoProto]:
    return [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape) for name, shape in shapes.items()]
