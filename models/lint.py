"""
What TensorRT would refuse, or silently get wrong, in a file with explicit INT8 nodes.

A static check of the rules in TensorRT's ONNX importer. It is not a TensorRT parse: no TensorRT runs here.
"""

import numpy as np
import onnx
from numpy.typing import NDArray

from models.quantisation.topology import Topology

LAYERS = frozenset(
    {
        *("Add", "Clip", "Concat", "Conv", "ConvTranspose", "DepthToSpace", "DequantizeLinear", "GlobalAveragePool"),
        *("HardSigmoid", "HardSwish", "MaxPool", "Mul", "Pad", "QuantizeLinear", "Relu", "Reshape", "Resize"),
        *("Gemm", "MatMul", "Sigmoid", "Slice", "Softmax", "Sub", "Transpose"),
    }
)
QUANTISERS = ("QuantizeLinear", "DequantizeLinear")
RESIZES = (b"linear", b"nearest")


def lint(model: onnx.ModelProto) -> list[str]:
    """Every breach, one sentence each; empty when the file is legal."""
    topology = Topology(model)
    found = []
    for node in model.graph.node:
        if node.op_type not in LAYERS:
            found.append(f"{node.name}: layer {node.op_type} is not on the list TensorRT is known to take")
        if node.op_type in QUANTISERS:
            found += [f"{node.name}: {breach}" for breach in _quantiser_breaches(node, topology)]
        if node.op_type == "Resize":
            modes = [attribute.s for attribute in node.attribute if attribute.name == "mode"]
            if any(mode not in RESIZES for mode in modes):
                found.append(f"{node.name}: resize mode {modes[0].decode()} is neither linear nor nearest")
    return found


def _quantiser_breaches(node: onnx.NodeProto, topology: Topology) -> list[str]:
    scale = topology.constants.get(node.input[1])
    if scale is None:
        return ["the scale is not a constant"]
    if len(node.input) < 3 or node.input[2] not in topology.constants:
        return ["there is no constant zero point, so it would be uint8"]
    source = topology.constants.get(node.input[0])
    breaches = _zero_breaches(topology.constants[node.input[2]], scale)
    if not (np.isfinite(scale) & (scale > 0)).all():
        breaches.append("a scale is not positive")
    if scale.size > 1 and source is None:
        breaches.append("an activation has one scale a channel; only weights may")
    if node.op_type == "DequantizeLinear" and source is not None and source.dtype != np.int8:
        breaches.append(f"a constant of {source.dtype} is dequantised; only int8 weights may be")
    return breaches


def _zero_breaches(zero: NDArray[np.generic], scale: NDArray[np.generic]) -> list[str]:
    breaches = []
    if zero.dtype != np.int8:
        breaches.append(f"the zero point is {zero.dtype}, which would be treated as int8")
    if zero.any():
        breaches.append("the zero point is not 0")
    if zero.size != scale.size:
        breaches.append("scale and zero point differ in size")
    return breaches
