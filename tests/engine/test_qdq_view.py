import random

import numpy as np
import onnx
import onnxruntime
import pytest

from edge.engine.qdq_view import unsigned_view
from edge.errors import ModelError
from models.conversion.writer import serialise
from models.quantisation.topology import Topology
from tests.small_network import image, small_int8, small_network


def run(content: bytes) -> np.ndarray:
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    return np.concatenate([session.run(None, {"image": image(seed)})[0] for seed in range(4)])


def test_the_unsigned_view_says_what_the_signed_file_says() -> None:
    signed, exact = run(serialise(small_int8())), run(serialise(small_network()))
    unsigned = run(unsigned_view(serialise(small_int8())))
    rounding = np.abs(signed - exact).mean()
    assert 0 < rounding < 0.15 * exact.std()
    assert np.abs(unsigned - exact).mean() < 1.2 * rounding
    assert np.abs(unsigned - signed).mean() < 1.5 * rounding


def test_the_view_moves_no_byte_and_only_activations_become_unsigned() -> None:
    content = serialise(small_int8())
    view = unsigned_view(content)
    assert len(view) == len(content)
    topology = Topology(onnx.load_model_from_string(view))
    for node in topology.model.graph.node:
        if node.op_type == "DequantizeLinear":
            zero = topology.constants[node.input[2]]
            weight = node.input[0] in topology.constants
            assert zero.dtype == (np.int8 if weight else np.uint8)
    assert topology.constants["a_zero"] == 0
    assert topology.constants["c_zero"] == 128
    signed = Topology(small_int8()).constants
    assert topology.constants["a_scale"] == pytest.approx(signed["a_scale"] * 127 / 255)
    assert topology.constants["c_scale"] == signed["c_scale"]


def test_a_float_network_comes_back_as_it_is() -> None:
    content = serialise(small_network())
    assert unsigned_view(content) == content


def test_a_file_that_is_already_unsigned_is_refused() -> None:
    with pytest.raises(ModelError, match="is not symmetric int8"):
        unsigned_view(unsigned_view(serialise(small_int8())))


def test_garbage_ends_in_a_sentence_never_in_anything_else() -> None:
    chance, content = random.Random(3), serialise(small_int8())
    refused = 0
    for _ in range(150):
        altered = bytearray(content)
        for _ in range(chance.randrange(1, 20)):
            altered[chance.randrange(len(altered))] = chance.randrange(256)
        try:
            unsigned_view(bytes(altered[: chance.randrange(len(altered))]))
        except ModelError:
            refused += 1
    assert refused > 100
