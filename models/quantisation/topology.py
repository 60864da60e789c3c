"""Who makes and who takes each tensor of an ONNX graph."""

from collections.abc import Iterable
from typing import Any

import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

CONVOLUTION = "Conv"
ACTIVATIONS = ("Clip", "Relu")
SAME_RANGE = ("MaxPool", "Resize")
"""Layers whose output never leaves the range of their input."""


class Topology:
    """A read-only view of one model's graph."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self.model = model
        self.input = model.graph.input[0].name
        self.outputs = [value.name for value in model.graph.output]
        self.constants: dict[str, NDArray[Any]] = {
            constant.name: numpy_helper.to_array(constant) for constant in model.graph.initializer
        }
        self.producers = {name: node for node in model.graph.node for name in node.output}
        self.consumers: dict[str, list[onnx.NodeProto]] = {}
        for node in model.graph.node:
            for name in node.input:
                self.consumers.setdefault(name, []).append(node)

    def convolutions(self) -> list[onnx.NodeProto]:
        """The convolutions in running order."""
        return [node for node in self.model.graph.node if node.op_type == CONVOLUTION]

    def activated(self, node: onnx.NodeProto) -> str:
        """The tensor a layer gives once the activation fused with it has been applied."""
        output = str(node.output[0])
        takers = self.consumers.get(output, [])
        if len(takers) == 1 and takers[0].op_type in ACTIVATIONS:
            return str(takers[0].output[0])
        return output

    def range_source(self, tensor: str) -> str:
        """The tensor whose range this one shares: pooling and resizing widen nothing."""
        while tensor in self.producers and self.producers[tensor].op_type in SAME_RANGE:
            tensor = str(self.producers[tensor].input[0])
        return tensor

    def ancestors(self, outputs: Iterable[str]) -> set[str]:
        """The names of the nodes some outputs depend on."""
        found: set[str] = set()
        waiting = list(outputs)
        while waiting:
            node = self.producers.get(waiting.pop())
            if node is not None and node.name not in found:
                found.add(node.name)
                waiting.extend(node.input)
        return found

    def last_convolutions(self, depth: int) -> set[str]:
        """The names of the convolutions that are the last, second last, ... down to `depth` before some output."""
        found: set[str] = set()
        waiting = list(self.outputs)
        for _ in range(depth):
            waiting = [name for node in self._nearest(waiting, found) for name in node.input]
        return found

    def _nearest(self, tensors: Iterable[str], found: set[str]) -> list[onnx.NodeProto]:
        """The first convolutions on the way up from some tensors, noted in `found`."""
        nearest, waiting = [], list(tensors)
        while waiting:
            node = self.producers.get(waiting.pop())
            if node is None:
                continue
            if node.op_type == CONVOLUTION:
                found.add(node.name)
                nearest.append(node)
            else:
                waiting.extend(node.input)
        return nearest


def groups(convolution: onnx.NodeProto) -> int:
    """How many groups a convolution has; more than one means depthwise here."""
    return next((attribute.i for attribute in convolution.attribute if attribute.name == "group"), 1)
