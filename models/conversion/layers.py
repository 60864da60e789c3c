"""One function per TFLite layer: what it becomes in ONNX."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge.errors import ModelError
from models.conversion.writer import Writer
from models.tflite.graph import TRANSPOSED_CONVOLUTION, Graph, Operator

SAME = 0
TO_NCHW = (0, 3, 1, 2)


class Layers:
    """Writes the layers of one graph, folding constants and spatial padding on the way."""

    def __init__(self, graph: Graph, writer: Writer) -> None:
        self._graph = graph
        self._writer = writer
        self._constants = {i: tensor.data for i, tensor in enumerate(graph.tensors) if tensor.data is not None}
        self._padded: dict[int, tuple[int, tuple[int, int, int, int]]] = {}

    def write(self, operator: Operator) -> None:
        """Write one layer."""
        if operator.kind not in _WRITERS:
            raise ModelError(f"layer {operator.kind} is not known to this converter; pin the archive it was made for")
        for number in operator.inputs:
            if number in self._padded and "CONV_2D" not in operator.kind:
                raise ModelError(f"a padded tensor feeds {operator.kind}; only convolutions take padding here")
        _WRITERS[operator.kind](self, operator)

    def _shape(self, number: int) -> tuple[int, ...]:
        return self._graph.tensors[number].shape

    def _weights(self, operator: Operator, order: tuple[int, ...]) -> list[str]:
        """Weights, and bias if there is one, as named constants."""
        weights = self._constants[operator.inputs[1]].astype(np.float32).transpose(order)
        names = [self._writer.constant(weights, f"w{operator.output}")]
        if len(operator.inputs) > 2 and operator.inputs[2] >= 0:
            bias = self._constants[operator.inputs[2]].astype(np.float32)
            names.append(self._writer.constant(bias, f"b{operator.output}"))
        return names

    def _fold(self, operator: Operator) -> None:
        values = self._constants.get(operator.inputs[0])
        if values is None:
            raise ModelError(f"{operator.kind} of a computed tensor is not known to this converter")
        self._constants[operator.output] = values.astype(np.float32)

    def _convolution(self, operator: Operator) -> None:
        options, source = operator.options, operator.inputs[0]
        depthwise = operator.kind == "DEPTHWISE_CONV_2D"
        kernel = self._constants[operator.inputs[1]].shape[1:3]
        strides = (options["StrideH"], options["StrideW"])
        dilations = (options["DilationHFactor"], options["DilationWFactor"])
        pads = _pads(options["Padding"], self._shape(source)[1:3], kernel, strides, dilations)
        start, extra = self._padded.get(source, (source, (0, 0, 0, 0)))
        self._writer.layer(
            "Conv",
            [self._writer.name(start), *self._weights(operator, (3, 0, 1, 2) if depthwise else TO_NCHW)],
            operator.output,
            options["FusedActivationFunction"],
            kernel_shape=list(kernel),
            strides=list(strides),
            dilations=list(dilations),
            pads=[a + b for a, b in zip(pads, extra, strict=True)],
            group=self._shape(source)[3] if depthwise else 1,
        )

    def _transposed_convolution(self, operator: Operator) -> None:
        kernel = self._constants[operator.inputs[1]].shape[1:3]
        strides = (operator.options["StrideH"], operator.options["StrideW"])
        sizes = zip(
            self._shape(operator.inputs[0])[1:3], self._shape(operator.output)[1:3], kernel, strides, strict=True
        )
        total = [(small - 1) * stride + side - large for small, large, side, stride in sizes]
        self._writer.layer(
            "ConvTranspose",
            [self._writer.name(operator.inputs[0]), *self._weights(operator, (3, 0, 1, 2))],
            operator.output,
            kernel_shape=list(kernel),
            strides=list(strides),
            pads=[n // 2 for n in total] + [n - n // 2 for n in total],
        )

    def _elementwise(self, operator: Operator) -> None:
        names = [
            self._writer.constant(_picture_constant(self._constants[i]))
            if i in self._constants
            else self._writer.name(i)
            for i in operator.inputs
        ]
        kind = operator.kind.title()
        self._writer.layer(kind, names, operator.output, operator.options["FusedActivationFunction"])

    def _pad(self, operator: Operator) -> None:
        amounts = self._constants[operator.inputs[1]]
        if not amounts[[0, 3]].any():
            (top, bottom), (left, right) = amounts[1].tolist(), amounts[2].tolist()
            self._padded[operator.output] = (operator.inputs[0], (top, left, bottom, right))
            return
        ordered = amounts[list(TO_NCHW)].astype(np.int64)
        pads = self._writer.constant(np.concatenate([ordered[:, 0], ordered[:, 1]]))
        inputs = [self._writer.name(operator.inputs[0]), pads, self._writer.constant(np.array(0, np.float32))]
        self._writer.layer("Pad", inputs, operator.output, mode="constant")

    def _pool(self, operator: Operator) -> None:
        options, size = operator.options, self._shape(operator.inputs[0])[1:3]
        kernel = (options["FilterHeight"], options["FilterWidth"])
        source, activation = [self._writer.name(operator.inputs[0])], options["FusedActivationFunction"]
        average = operator.kind == "AVERAGE_POOL_2D"
        if average and kernel == size:
            self._writer.layer("GlobalAveragePool", source, operator.output, activation)
            return
        strides = (options["StrideH"], options["StrideW"])
        place = {
            "kernel_shape": list(kernel),
            "strides": list(strides),
            "pads": list(_pads(options["Padding"], size, kernel, strides, (1, 1))),
        }
        self._writer.layer("AveragePool" if average else "MaxPool", source, operator.output, activation, **place)

    def _resize(self, operator: Operator) -> None:
        if operator.options["AlignCorners"]:
            raise ModelError("a resize that aligns corners is not known to this converter")
        small, large = self._shape(operator.inputs[0]), self._shape(operator.output)
        scales = self._writer.constant(np.array([1, 1, large[1] / small[1], large[2] / small[2]], np.float32))
        self._writer.layer(
            "Resize",
            [self._writer.name(operator.inputs[0]), "", scales],
            operator.output,
            mode="linear",
            coordinate_transformation_mode="half_pixel" if operator.options["HalfPixelCenters"] else "asymmetric",
        )

    def _depth_to_space(self, operator: Operator) -> None:
        source = [self._writer.name(operator.inputs[0])]
        self._writer.layer("DepthToSpace", source, operator.output, blocksize=operator.options["BlockSize"], mode="DCR")

    def _reshape(self, operator: Operator) -> None:
        source, shape = operator.inputs[0], self._shape(operator.inputs[0])
        name, output = self._writer.name(source), self._writer.name(operator.output)
        if source in self._writer.pictures and len(shape) == 4 and shape[1:3] != (1, 1):
            self._writer.node("Transpose", [name], f"{output}_nhwc", perm=[0, 2, 3, 1])
            name = f"{output}_nhwc"
        target = self._writer.constant(np.array(self._shape(operator.output), np.int64))
        self._writer.node("Reshape", [name, target], output)

    def _concatenation(self, operator: Operator) -> None:
        axis = operator.options["Axis"] % len(self._shape(operator.output))
        names = [self._writer.name(i) for i in operator.inputs]
        if all(i in self._writer.pictures for i in operator.inputs):
            self._writer.layer("Concat", names, operator.output, axis=TO_NCHW.index(axis))
        else:
            self._writer.node("Concat", names, self._writer.name(operator.output), axis=axis)

    def _unary(self, operator: Operator) -> None:
        kind = {"LOGISTIC": "Sigmoid", "RELU": "Relu", "HARD_SWISH": "HardSwish"}[operator.kind]
        if operator.inputs[0] in self._writer.pictures:
            self._writer.pictures.add(operator.output)
        self._writer.node(kind, [self._writer.name(operator.inputs[0])], self._writer.name(operator.output))


_WRITERS: Mapping[str, Callable[[Layers, Operator], None]] = {
    "DEQUANTIZE": Layers._fold,
    "DENSIFY": Layers._fold,
    "CONV_2D": Layers._convolution,
    "DEPTHWISE_CONV_2D": Layers._convolution,
    TRANSPOSED_CONVOLUTION: Layers._transposed_convolution,
    "ADD": Layers._elementwise,
    "MUL": Layers._elementwise,
    "PAD": Layers._pad,
    "MAX_POOL_2D": Layers._pool,
    "AVERAGE_POOL_2D": Layers._pool,
    "RESIZE_BILINEAR": Layers._resize,
    "DEPTH_TO_SPACE": Layers._depth_to_space,
    "RESHAPE": Layers._reshape,
    "CONCATENATION": Layers._concatenation,
    "LOGISTIC": Layers._unary,
    "RELU": Layers._unary,
    "HARD_SWISH": Layers._unary,
}


def _pads(
    padding: int,
    size: tuple[int, ...],
    kernel: tuple[int, ...],
    strides: tuple[int, int],
    dilations: tuple[int, int],
) -> tuple[int, int, int, int]:
    """Top, left, bottom, right; TFLite's SAME puts the odd one at the end."""
    if padding != SAME:
        return (0, 0, 0, 0)
    begin, end = [], []
    for side, width, stride, dilation in zip(size, kernel, strides, dilations, strict=True):
        total = max((-(-side // stride) - 1) * stride + (width - 1) * dilation + 1 - side, 0)
        begin.append(total // 2)
        end.append(total - total // 2)
    return (begin[0], begin[1], end[0], end[1])


def _picture_constant(constant: NDArray[Any]) -> NDArray[np.float32]:
    """A constant that meets an NCHW picture."""
    values = np.asarray(constant, np.float32)
    if values.ndim == 4:
        return np.ascontiguousarray(values.transpose(TO_NCHW))
    return values.reshape(1, -1, 1, 1) if values.ndim == 1 else values
