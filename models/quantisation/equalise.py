"""Spread the range of every channel before one scale has to serve them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from models.conversion.writer import make_model
from models.quantisation.topology import CONVOLUTION, Topology, groups

CEILING = 6.0
"""Where ReLU6 cuts; a channel is stretched towards it and never past it."""
MOST = 100.0
"""A channel that hardly ever speaks is stretched a hundredfold at most."""


@dataclass(frozen=True, slots=True)
class Edge:
    """
    A convolution, the tensor it gives and the convolutions, all of them, that take it.

    Attributes:
        clipped: whether a ReLU6 lies between; without one nothing is cut, however far a channel is stretched.
    """

    source: onnx.NodeProto
    tensor: str
    takers: Sequence[onnx.NodeProto]
    clipped: bool

    @property
    def only_depthwise(self) -> bool:
        """True where every taker keeps the channels apart, so that its weight scales absorb any stretch."""
        return all(groups(taker) > 1 for taker in self.takers)


def edges(topology: Topology) -> list[Edge]:
    """The edges conv -> conv, with a ReLU6 between or nothing, on which channels may be stretched."""
    found = []
    for node in topology.convolutions():
        tensor = topology.activated(node)
        takers = topology.consumers.get(tensor, [])
        between = topology.producers[tensor].op_type
        if between in ("Clip", CONVOLUTION) and takers and all(taker.op_type == CONVOLUTION for taker in takers):
            found.append(Edge(node, tensor, takers, clipped=between == "Clip"))
    return found


def equalise(model: onnx.ModelProto, channel_maximum: Mapping[str, Sequence[float]]) -> onnx.ModelProto:
    """
    Give back the same network with its channels evened out.

    Only multiplication, division, square root and rounding touch a weight: they are exact to the last bit on every
    machine, so the artefact's hash is too.

    Args:
        model: float network.
        channel_maximum: tensor -> the largest value each of its channels took on the calibration pictures.
    """
    topology = Topology(model)
    weights = {name: values.astype(np.float64) for name, values in topology.constants.items() if values.ndim}
    for edge in edges(topology):
        stretch = _stretch(edge, np.asarray(channel_maximum[edge.tensor], np.float64))
        weights[edge.source.input[1]] *= stretch.reshape(-1, 1, 1, 1)
        weights[edge.source.input[2]] *= stretch
        for taker in edge.takers:
            shape = (-1, 1, 1, 1) if groups(taker) > 1 else (1, -1, 1, 1)
            weights[taker.input[1]] /= stretch.reshape(shape)
    constants = [
        numpy_helper.from_array(weights[c.name].astype(np.float32), c.name)
        if topology.constants[c.name].dtype == np.float32 and c.name in weights
        else c
        for c in model.graph.initializer
    ]
    return make_model(model.graph.node, shapes(model.graph.input), shapes(model.graph.output), constants)


def shapes(values: Sequence[onnx.ValueInfoProto]) -> dict[str, tuple[int, ...]]:
    """Name -> shape of a graph's inputs or outputs."""
    return {value.name: tuple(d.dim_value for d in value.type.tensor_type.shape.dim) for value in values}


def _stretch(edge: Edge, maximum: NDArray[np.float64]) -> NDArray[np.float64]:
    ceiling = CEILING if edge.clipped else max(float(maximum.max()), 1e-6)
    full = ceiling / np.clip(maximum, ceiling / MOST, ceiling)
    # A pointwise taker mixes the channels under one scale: meet half way between its weights and the activation.
    return full if edge.only_depthwise else np.sqrt(full)
