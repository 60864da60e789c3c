"""A whole network, from TFLite to ONNX."""

from collections.abc import Mapping

import onnx

from models.conversion.layers import Layers
from models.conversion.writer import Writer
from models.tflite.graph import Graph

INPUT = "image"


def convert(graph: Graph, outputs: Mapping[str, int]) -> onnx.ModelProto:
    """
    Write the network as float32 ONNX, NCHW, with one input named `image`.

    Args:
        graph: what the TFLite file holds.
        outputs: the name each kept output gets -> its place among the TFLite outputs; the rest is pruned.
    """
    writer = Writer()
    layers = Layers(graph, writer)
    writer.pictures.add(graph.inputs[0])
    for operator in graph.operators:
        layers.write(operator)
    names = {writer.name(graph.inputs[0]): INPUT}
    names |= {writer.name(graph.outputs[place]): name for name, place in outputs.items()}
    for node in writer.nodes:
        _rename(node.input, names)
        _rename(node.output, names)
    shapes = {name: _shape(graph, writer, graph.outputs[place]) for name, place in outputs.items()}
    return writer.model({INPUT: _shape(graph, writer, graph.inputs[0])}, shapes)


def _shape(graph: Graph, writer: Writer, number: int) -> tuple[int, ...]:
    shape = graph.tensors[number].shape
    if number in writer.pictures and len(shape) == 4:
        return (shape[0], shape[3], shape[1], shape[2])
    return shape


def _rename(values: list[str], names: Mapping[str, str]) -> None:
    for place, value in enumerate(values):
        values[place] = names.get(value, value)
