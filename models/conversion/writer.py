"""The ONNX graph while it is being written."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from edge.errors import ModelError

OPSET = 17
IR_VERSION = 8
PRODUCER = "plumbline"
RELU, RELU6 = 1, 3


class Writer:
    """Collects nodes and constants; pictures are NCHW, tensors keep the number they have in the TFLite file."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}
        self.pictures: set[int] = set()
        """The tensors that lie NCHW here; every other one lies as TFLite has it."""

    def name(self, number: int) -> str:
        """The name of one TFLite tensor."""
        return f"t{number}"

    def constant(self, values: NDArray[Any], name: str | None = None) -> str:
        """Keep a constant and return its name."""
        name = name or f"c{len(self.constants)}"
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def node(self, kind: str, inputs: Sequence[str], output: str, **attributes: Any) -> None:
        """Append one node."""
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=name, **attributes))

    def layer(self, kind: str, inputs: Sequence[str], number: int, activation: int = 0, **attributes: Any) -> None:
        """Append one node that gives the NCHW tensor `number`, with TFLite's fused activation after it."""
        output = self.name(number)
        self.pictures.add(number)
        if activation == 0:
            self.node(kind, inputs, output, **attributes)
            return
        self.node(kind, inputs, f"{output}_linear", **attributes)
        if activation == RELU:
            self.node("Relu", [f"{output}_linear"], output)
        elif activation == RELU6:
            limits = [self.constant(np.array(0, np.float32)), self.constant(np.array(6, np.float32))]
            self.node("Clip", [f"{output}_linear", *limits], output)
        else:
            raise ModelError(f"activation {activation} is not known to this converter; pin the archive it was made for")

    def model(self, inputs: Mapping[str, Sequence[int]], outputs: Mapping[str, Sequence[int]]) -> onnx.ModelProto:
        """Close the graph: drop what no output needs and check the whole."""
        needed, kept = set(outputs), []
        for node in reversed(self.nodes):
            if needed & set(node.output):
                kept.append(node)
                needed |= set(node.input)
        return make_model(kept[::-1], inputs, outputs, [c for name, c in self.constants.items() if name in needed])


def make_model(
    nodes: Sequence[onnx.NodeProto],
    inputs: Mapping[str, Sequence[int]],
    outputs: Mapping[str, Sequence[int]],
    constants: Sequence[onnx.TensorProto],
) -> onnx.ModelProto:
    """
    Put a checked model together; everything that reaches the file is fixed here, so that its hash is.

    Args:
        nodes: in running order.
        inputs, outputs: name -> shape, all float32.
        constants: the initialisers.
    """
    values = [
        [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, list(shape)) for name, shape in side.items()]
        for side in (inputs, outputs)
    ]
    graph = helper.make_graph(list(nodes), PRODUCER, values[0], values[1], list(constants))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name=PRODUCER)
    model.ir_version = IR_VERSION
    onnx.checker.check_model(model, full_check=True)
    return model


def serialise(model: onnx.ModelProto) -> bytes:
    """The bytes of a model, the same on every machine."""
    return bytes(model.SerializeToString(deterministic=True))
