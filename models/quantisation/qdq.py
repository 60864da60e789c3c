"""Explicit INT8: QuantizeLinear and DequantizeLinear nodes as TensorRT wants them."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from edge.errors import ModelError
from models.conversion.writer import make_model
from models.quantisation.equalise import shapes
from models.quantisation.topology import CONVOLUTION, Topology

LEVELS = 127
"""Symmetric: -127..127; -128 is never used."""


@dataclass(frozen=True, slots=True)
class Spared:
    """
    What stays in float, because INT8 costs more accuracy there than it saves time.

    Attributes:
        first: so many convolutions at the start: few channels, many pixels, all that follows inherits their error.
        last: convolutions no further than so many from an output: their error is the output's.
        trunk: the output the quantised trunk leads to; branches beside it stay in float. None where there are none.
    """

    first: int
    last: int
    trunk: str | None = None

    def convolutions(self, topology: Topology) -> set[str]:
        """The names of the convolutions that stay in float."""
        kept = topology.last_convolutions(self.last)
        kept |= {node.name for node in topology.convolutions()[: self.first]}
        if self.trunk is not None:
            beside = topology.ancestors(topology.outputs) - topology.ancestors([self.trunk])
            kept |= {node.name for node in topology.convolutions() if node.name in beside}
        return kept


def quantise(model: onnx.ModelProto, maximum: Mapping[str, float], in_float: Set[str]) -> onnx.ModelProto:
    """
    Give back the network with signed, symmetric INT8: one scale a tensor, one a channel of each weight, float bias.

    Args:
        model: float network.
        maximum: tensor -> the magnitude its range ends at.
        in_float: names of the convolutions that are left alone.
    """
    return _Quantiser(model, maximum, in_float).model()


class _Quantiser:
    def __init__(self, model: onnx.ModelProto, maximum: Mapping[str, float], in_float: Set[str]) -> None:
        self._topology = Topology(model)
        self._maximum = maximum
        self._in_float = in_float
        self._constants = {constant.name: constant for constant in model.graph.initializer}
        self._nodes: list[onnx.NodeProto] = []

    def model(self) -> onnx.ModelProto:
        """Write the whole network."""
        graph, chosen = self._topology.model.graph, self._chosen()
        if graph.input[0].name in chosen:
            self._activation(graph.input[0].name)
        for original in graph.node:
            node = onnx.NodeProto()
            node.CopyFrom(original)
            for place, name in enumerate(node.input):
                if name in chosen:
                    node.input[place] = f"{name}_dq"
            if self._quantised(original):
                node.input[1] = self._weight(str(original.input[1]))
            self._nodes.append(node)
            for name in node.output:
                if name in chosen:
                    self._activation(name)
        used = {name for node in self._nodes for name in node.input}
        constants = [constant for name, constant in self._constants.items() if name in used]
        return make_model(self._nodes, shapes(graph.input), shapes(graph.output), constants)

    def _quantised(self, node: onnx.NodeProto) -> bool:
        return node.op_type == CONVOLUTION and node.name not in self._in_float

    def _chosen(self) -> set[str]:
        """The tensors that travel as INT8."""
        topology, chosen = self._topology, set[str]()
        for node in topology.model.graph.node:
            if self._quantised(node):
                chosen |= {str(node.input[0]), topology.activated(node)}
            # A sum that a float layer takes part in would only be rounded: nobody multiplies it in INT8.
            elif node.op_type == "Add" and all(topology.range_source(name) in chosen for name in node.input):
                chosen.add(topology.activated(node))
        return chosen - set(topology.outputs)

    def _activation(self, tensor: str) -> None:
        source = self._topology.range_source(tensor)
        if source not in self._maximum:
            raise ModelError(f"the calibration table has no range for {source}; run python -m calibration.int8.collect")
        self._pair(tensor, np.float32(self._maximum[source] / LEVELS))

    def _pair(self, tensor: str, scale: np.float32) -> None:
        names = [
            self._keep(f"{tensor}_scale", np.asarray(scale, np.float32)),
            self._keep(f"{tensor}_zero", np.zeros((), np.int8)),
        ]
        quantise_node = helper.make_node("QuantizeLinear", [tensor, *names], [f"{tensor}_q"], name=f"{tensor}_Q")
        back = helper.make_node("DequantizeLinear", [f"{tensor}_q", *names], [f"{tensor}_dq"], name=f"{tensor}_DQ")
        self._nodes += [quantise_node, back]

    def _weight(self, name: str) -> str:
        values = self._topology.constants[name].astype(np.float64)
        largest = np.maximum(np.abs(values).max(axis=(1, 2, 3)), 1e-6)
        scale = (largest / LEVELS).astype(np.float32)
        steps = np.round(values / scale.astype(np.float64).reshape(-1, 1, 1, 1))
        names = [
            self._keep(f"{name}_int8", np.clip(steps, -LEVELS, LEVELS).astype(np.int8)),
            self._keep(f"{name}_scale", scale),
            self._keep(f"{name}_zero", np.zeros(len(scale), np.int8)),
        ]
        self._nodes.append(helper.make_node("DequantizeLinear", names, [f"{name}_dq"], name=f"{name}_DQ", axis=0))
        return f"{name}_dq"

    def _keep(self, name: str, values: NDArray[Any]) -> str:
        self._constants[name] = numpy_helper.from_array(values, name)
        return name
