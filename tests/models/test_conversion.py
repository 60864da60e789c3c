"""A TFLite file written by hand with the schema, and the numbers it must give worked out in numpy."""

import numpy as np
import pytest
import tflite

from calibration.int8.ranges import Probe
from edge.errors import ModelError
from models.conversion.convert import convert
from models.tflite.graph import read_graph
from tests.small_tflite import TfliteWriter

SIDE = 6


WEIGHTS = np.arange(2 * 3 * 3 * 2, dtype=np.float16).reshape(2, 3, 3, 2) / 16 - 1
BIAS = np.array([0.5, -0.5], np.float16)
PADS = np.array([[0, 0], [1, 1], [1, 1], [0, 0]], np.int32)


def small_tflite(*, activation: int = 3, last: int = 11) -> bytes:
    """PAD, a 3 x 3 convolution with float16 weights, stride 2 and ReLU6, then a RELU the caller may swap."""
    writer = TfliteWriter()
    codes = tflite.BuiltinOperator
    source = writer.tensor((1, SIDE, SIDE, 2))
    padded = writer.tensor((1, SIDE + 2, SIDE + 2, 2))
    writer.operator(codes.PAD, [source, writer.tensor((4, 2), PADS)], padded)
    constants = []
    for values in (WEIGHTS, BIAS):
        half, whole = writer.tensor(values.shape, values), writer.tensor(values.shape)
        constants.append(writer.operator(codes.DEQUANTIZE, [half], whole))
    options = writer.convolution_options(tflite.Padding.VALID, 2, activation, depthwise=False)
    clipped = writer.operator(codes.CONV_2D, [padded, *constants], writer.tensor((1, 3, 3, 2)), options)
    spare = writer.operator(codes.LOGISTIC, [clipped], writer.tensor((1, 3, 3, 2)))
    kept = writer.operator(last, [clipped], writer.tensor((1, 3, 3, 2)))
    return writer.finish([source], [spare, kept])


def expected(picture: np.ndarray) -> np.ndarray:
    """(1, 2, 3, 3): the same by hand; `picture` is NCHW."""
    padded = np.pad(picture, ((0, 0), (0, 0), (1, 1), (1, 1)))
    answer = np.zeros((1, 2, 3, 3))
    for channel in range(2):
        for y in range(3):
            for x in range(3):
                window = padded[0, :, 2 * y : 2 * y + 3, 2 * x : 2 * x + 3]
                answer[0, channel, y, x] = (window * WEIGHTS[channel].transpose(2, 0, 1)).sum() + BIAS[channel]
    return np.clip(answer, 0, 6)


def test_a_network_is_converted_with_its_weights_folded_and_its_spare_output_pruned() -> None:
    model = convert(read_graph(small_tflite(last=tflite.BuiltinOperator.RELU)), {"answer": 1})
    assert [node.op_type for node in model.graph.node] == ["Conv", "Clip", "Relu"]
    assert [value.name for value in model.graph.input] == ["image"]
    picture = np.random.default_rng(2).normal(size=(1, 2, SIDE, SIDE)).astype(np.float32)
    found = Probe(model, ["answer"]).run({"image": picture})["answer"]
    assert found.shape == (1, 2, 3, 3)
    assert np.abs(found - expected(picture)).max() < 1e-4
    assert 0 < found.max() < 6 or found.min() == 0


def test_an_unknown_layer_is_named() -> None:
    with pytest.raises(ModelError, match="layer ELU is not known"):
        convert(read_graph(small_tflite(last=tflite.BuiltinOperator.ELU)), {"answer": 1})


def test_an_unknown_activation_is_named() -> None:
    with pytest.raises(ModelError, match="activation 4 is not known"):
        convert(read_graph(small_tflite(activation=4, last=tflite.BuiltinOperator.RELU)), {"answer": 1})


def test_bytes_that_are_no_tflite_file_are_refused() -> None:
    with pytest.raises(ModelError, match="no TFLite file"):
        read_graph(b"PK\x03\x04 something else")
