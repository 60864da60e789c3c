"""A TFLite file as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import tflite
from numpy.typing import NDArray

from edge.errors import ModelError
from models.tflite.sparse import Level, densify

TRANSPOSED_CONVOLUTION = "Convolution2DTransposeBias"
_DTYPES = {
    tflite.TensorType.FLOAT32: np.float32,
    tflite.TensorType.FLOAT16: np.float16,
    tflite.TensorType.INT32: np.int32,
    tflite.TensorType.INT64: np.int64,
    tflite.TensorType.INT8: np.int8,
}
_KINDS = {code: kind for kind, code in vars(tflite.BuiltinOperator).items() if not kind.startswith("_")}
_CONVOLUTION = ("Padding", "StrideH", "StrideW", "DilationHFactor", "DilationWFactor", "FusedActivationFunction")
_POOL = ("Padding", "StrideH", "StrideW", "FilterHeight", "FilterWidth", "FusedActivationFunction")
_OPTIONS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "CONV_2D": (tflite.Conv2DOptions, _CONVOLUTION),
    "DEPTHWISE_CONV_2D": (tflite.DepthwiseConv2DOptions, _CONVOLUTION),
    "MAX_POOL_2D": (tflite.Pool2DOptions, _POOL),
    "AVERAGE_POOL_2D": (tflite.Pool2DOptions, _POOL),
    "ADD": (tflite.AddOptions, ("FusedActivationFunction",)),
    "MUL": (tflite.MulOptions, ("FusedActivationFunction",)),
    "RESIZE_BILINEAR": (tflite.ResizeBilinearOptions, ("AlignCorners", "HalfPixelCenters")),
    "DEPTH_TO_SPACE": (tflite.DepthToSpaceOptions, ("BlockSize",)),
    "CONCATENATION": (tflite.ConcatenationOptions, ("Axis",)),
}


@dataclass(frozen=True, slots=True, eq=False)
class Tensor:
    """
    One tensor of the graph.

    Attributes:
        shape: as TFLite has it, pictures are NHWC.
        data: the constant's values, dense, dtype as stored; None on what is computed.
    """

    shape: tuple[int, ...]
    data: NDArray[Any] | None


@dataclass(frozen=True, slots=True)
class Operator:
    """
    One layer.

    Attributes:
        kind: TFLite's name of it, e.g. `CONV_2D`.
        inputs: tensor numbers; -1 where an optional one is left out.
        output: tensor number.
        options: the numbers in its options, by the schema's names.
    """

    kind: str
    inputs: tuple[int, ...]
    output: int
    options: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Graph:
    """A TFLite network: layers in running order."""

    tensors: tuple[Tensor, ...]
    operators: tuple[Operator, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


def read_graph(content: bytes) -> Graph:
    """
    Read the first subgraph of a TFLite file.

    Raises:
        ModelError: the bytes are no TFLite file or hold a tensor type or layer this reader does not know.
    """
    if content[4:8] != b"TFL3":
        raise ModelError("these bytes are no TFLite file; download the archive again")
    model = tflite.Model.GetRootAs(content, 0)
    subgraph = model.Subgraphs(0)
    return Graph(
        tuple(_tensor(model, subgraph.Tensors(i)) for i in range(subgraph.TensorsLength())),
        tuple(_operator(model, subgraph.Operators(i)) for i in range(subgraph.OperatorsLength())),
        tuple(int(i) for i in subgraph.InputsAsNumpy()),
        tuple(int(i) for i in subgraph.OutputsAsNumpy()),
    )


def _tensor(model: Any, tensor: Any) -> Tensor:
    shape = tuple(int(n) for n in tensor.ShapeAsNumpy()) if tensor.ShapeLength() else ()
    buffer = model.Buffers(tensor.Buffer())
    if not buffer.DataLength():
        return Tensor(shape, None)
    if tensor.Type() not in _DTYPES:
        raise ModelError(f"tensor type {tensor.Type()} is not known to this reader; pin the archive it was written for")
    values = np.frombuffer(buffer.DataAsNumpy().tobytes(), _DTYPES[tensor.Type()])
    sparsity = tensor.Sparsity()
    if sparsity is None:
        return Tensor(shape, values.reshape(shape))
    blocks = [int(n) for n in sparsity.BlockMapAsNumpy()] if sparsity.BlockMapLength() else []
    order = [int(n) for n in sparsity.TraversalOrderAsNumpy()]
    levels = [_level(sparsity.DimMetadata(i), dimension) for i, dimension in enumerate(order)]
    return Tensor(shape, densify(values, shape, levels, blocks))


def _level(metadata: Any, dimension: int) -> Level:
    if metadata.Format() == tflite.DimensionType.DENSE:
        return Level(dimension, int(metadata.DenseSize()), None, None)
    segments = _indices(metadata.ArraySegmentsType(), metadata.ArraySegments())
    return Level(dimension, 0, segments, _indices(metadata.ArrayIndicesType(), metadata.ArrayIndices()))


def _indices(kind: int, table: Any) -> NDArray[np.int64]:
    vectors = {
        tflite.SparseIndexVector.Int32Vector: tflite.Int32Vector,
        tflite.SparseIndexVector.Uint16Vector: tflite.Uint16Vector,
        tflite.SparseIndexVector.Uint8Vector: tflite.Uint8Vector,
    }
    vector = vectors[kind]()
    vector.Init(table.Bytes, table.Pos)
    return np.asarray(vector.ValuesAsNumpy(), np.int64)


def _operator(model: Any, operator: Any) -> Operator:
    code = model.OperatorCodes(operator.OpcodeIndex())
    kind = _KINDS[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
    options: dict[str, int] = {}
    if kind == "CUSTOM":
        kind = code.CustomCode().decode()
        words = np.frombuffer(operator.CustomOptionsAsNumpy().tobytes(), "<i4")
        if kind == TRANSPOSED_CONVOLUTION:
            options = {"Padding": int(words[0]), "StrideW": int(words[1]), "StrideH": int(words[2])}
    elif kind in _OPTIONS:
        table, fields = operator.BuiltinOptions(), _OPTIONS[kind]
        reader = fields[0]()
        reader.Init(table.Bytes, table.Pos)
        options = {field: int(getattr(reader, field)()) for field in fields[1]}
    inputs = tuple(int(i) for i in operator.InputsAsNumpy())
    return Operator(kind, inputs, int(operator.Outputs(0)), options)
