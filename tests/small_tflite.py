"""A TFLite file written by hand with the schema."""

from collections.abc import Sequence

import flatbuffers
import numpy as np
import tflite


class TfliteWriter:
    """Just enough of a TFLite writer: float tensors, constants in float16 behind DEQUANTIZE."""

    def __init__(self) -> None:
        self._builder = flatbuffers.Builder(1024)
        self._buffers: list[bytes] = [b""]
        self._tensors: list[tuple[tuple[int, ...], int, int]] = []
        self._operators: list[tuple[int, list[int], int, tuple[int, int] | None]] = []

    def tensor(self, shape: Sequence[int], values: np.ndarray | None = None) -> int:
        kinds = {"float32": 0, "float16": 1, "int32": 2}
        kind = kinds[str(values.dtype)] if values is not None else 0
        self._buffers.append(values.tobytes() if values is not None else b"")
        self._tensors.append((tuple(shape), kind, len(self._buffers) - 1))
        return len(self._tensors) - 1

    def operator(self, code: int, inputs: list[int], output: int, options: tuple[int, int] | None = None) -> int:
        self._operators.append((code, inputs, output, options))
        return output

    def convolution_options(self, padding: int, stride: int, activation: int, *, depthwise: bool) -> tuple[int, int]:
        name = "DepthwiseConv2DOptions" if depthwise else "Conv2DOptions"
        builder, add = self._builder, lambda field: getattr(tflite, f"{name}Add{field}")
        getattr(tflite, f"{name}Start")(builder)
        add("Padding")(builder, padding)
        for field in ("StrideH", "StrideW"):
            add(field)(builder, stride)
        for field in ("DilationHFactor", "DilationWFactor"):
            add(field)(builder, 1)
        if depthwise:
            add("DepthMultiplier")(builder, 1)
        add("FusedActivationFunction")(builder, activation)
        union = tflite.BuiltinOptions.DepthwiseConv2DOptions if depthwise else tflite.BuiltinOptions.Conv2DOptions
        return union, getattr(tflite, f"{name}End")(builder)

    def _ints(self, values: Sequence[int]) -> int:
        return int(self._builder.CreateNumpyVector(np.array(values, np.int32)))

    def _vector(self, start, offsets: list[int]) -> int:
        start(self._builder, len(offsets))
        for offset in reversed(offsets):
            self._builder.PrependUOffsetTRelative(offset)
        return int(self._builder.EndVector())

    def finish(self, inputs: list[int], outputs: list[int]) -> bytes:
        builder = self._builder
        buffers = [self._buffer(content) for content in self._buffers]
        tensors = [self._tensor(*tensor) for tensor in self._tensors]
        codes = sorted({code for code, *_ in self._operators})
        operators = [self._operator(codes.index(code), *rest) for code, *rest in self._operators]
        subgraphs = self._vector(
            tflite.ModelStartSubgraphsVector, [self._subgraph(tensors, operators, inputs, outputs)]
        )
        code_vector = self._vector(tflite.ModelStartOperatorCodesVector, [self._code(code) for code in codes])
        buffer_vector = self._vector(tflite.ModelStartBuffersVector, buffers)
        tflite.ModelStart(builder)
        tflite.ModelAddVersion(builder, 3)
        tflite.ModelAddOperatorCodes(builder, code_vector)
        tflite.ModelAddSubgraphs(builder, subgraphs)
        tflite.ModelAddBuffers(builder, buffer_vector)
        builder.Finish(tflite.ModelEnd(builder), file_identifier=b"TFL3")
        return bytes(builder.Output())

    def _buffer(self, content: bytes) -> int:
        data = self._builder.CreateByteVector(content) if content else None
        tflite.BufferStart(self._builder)
        if data is not None:
            tflite.BufferAddData(self._builder, data)
        return tflite.BufferEnd(self._builder)

    def _tensor(self, shape: tuple[int, ...], kind: int, buffer: int) -> int:
        shape_vector = self._ints(shape)
        tflite.TensorStart(self._builder)
        tflite.TensorAddShape(self._builder, shape_vector)
        tflite.TensorAddType(self._builder, kind)
        tflite.TensorAddBuffer(self._builder, buffer)
        return tflite.TensorEnd(self._builder)

    def _operator(self, code: int, taken: list[int], given: int, options: tuple[int, int] | None) -> int:
        taken_vector, given_vector = self._ints(taken), self._ints([given])
        tflite.OperatorStart(self._builder)
        tflite.OperatorAddOpcodeIndex(self._builder, code)
        tflite.OperatorAddInputs(self._builder, taken_vector)
        tflite.OperatorAddOutputs(self._builder, given_vector)
        if options is not None:
            tflite.OperatorAddBuiltinOptionsType(self._builder, options[0])
            tflite.OperatorAddBuiltinOptions(self._builder, options[1])
        return tflite.OperatorEnd(self._builder)

    def _code(self, code: int) -> int:
        tflite.OperatorCodeStart(self._builder)
        tflite.OperatorCodeAddDeprecatedBuiltinCode(self._builder, min(code, 127))
        tflite.OperatorCodeAddBuiltinCode(self._builder, code)
        return tflite.OperatorCodeEnd(self._builder)

    def _subgraph(self, tensors: list[int], operators: list[int], inputs: list[int], outputs: list[int]) -> int:
        vectors = (
            self._vector(tflite.SubGraphStartTensorsVector, tensors),
            self._ints(inputs),
            self._ints(outputs),
            self._vector(tflite.SubGraphStartOperatorsVector, operators),
        )
        tflite.SubGraphStart(self._builder)
        tflite.SubGraphAddTensors(self._builder, vectors[0])
        tflite.SubGraphAddInputs(self._builder, vectors[1])
        tflite.SubGraphAddOutputs(self._builder, vectors[2])
        tflite.SubGraphAddOperators(self._builder, vectors[3])
        return tflite.SubGraphEnd(self._builder)
