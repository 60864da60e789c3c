from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from models.lint import lint
from tests.small_network import small_int8, small_network


def with_constant(name: str, values: np.ndarray) -> onnx.ModelProto:
    model = small_int8()
    for constant in model.graph.initializer:
        if constant.name == name:
            constant.CopyFrom(numpy_helper.from_array(values, name))
            return model
    raise AssertionError(name)


def test_what_the_quantiser_writes_is_legal() -> None:
    assert lint(small_int8()) == []
    assert lint(small_network()) == []


@pytest.mark.parametrize(
    ("name", "values", "breach"),
    [
        ("a_zero", np.array(0, np.uint8), "the zero point is uint8"),
        ("c_zero", np.array(3, np.int8), "the zero point is not 0"),
        ("c_scale", np.array(0.0, np.float32), "a scale is not positive"),
        ("c_scale", np.array(np.nan, np.float32), "a scale is not positive"),
        ("c_scale", np.full(8, 0.1, np.float32), "scale and zero point differ in size"),
        ("w_c_zero", np.zeros(3, np.int8), "scale and zero point differ in size"),
    ],
)
def test_a_breach_is_named(name: str, values: np.ndarray, breach: str) -> None:
    found = lint(with_constant(name, values))
    assert any(breach in sentence for sentence in found)


def test_one_scale_a_channel_is_for_weights_only() -> None:
    model = with_constant("c_scale", np.full(8, 0.1, np.float32))
    assert any("only weights may" in sentence for sentence in lint(model))


def test_a_bias_in_int32_is_a_breach() -> None:
    model = small_int8()
    names = ["bias_int32", "bias_scale", "bias_zero"]
    values = [np.arange(8, dtype=np.int32), np.full(8, 0.1, np.float32), np.zeros(8, np.int32)]
    model.graph.initializer.extend(numpy_helper.from_array(v, n) for v, n in zip(values, names, strict=True))
    model.graph.node.append(helper.make_node("DequantizeLinear", names, ["bias_dq"], name="bias_DQ"))
    assert any("a constant of int32 is dequantised" in sentence for sentence in lint(model))


def test_a_missing_zero_point_and_an_unknown_layer_are_breaches() -> None:
    model = small_int8()
    next(node for node in model.graph.node if node.op_type == "QuantizeLinear").input.pop()
    model.graph.node.append(helper.make_node("Erf", ["answer"], ["odd"], name="erf"))
    found = " ".join(lint(model))
    assert "no constant zero point" in found
    assert "layer Erf" in found


@pytest.mark.networks
@pytest.mark.parametrize("name", ["pose_detector", "pose_full", "pose_lite"])
def test_every_int8_artefact_is_legal(name: str) -> None:
    path = Path(f"models/built/{name}.int8.onnx")
    if not path.exists():
        pytest.skip(f"{name}.int8 is not built; run python -m models.build")
    model = onnx.load(str(path))
    assert any(node.op_type == "QuantizeLinear" for node in model.graph.node)
    assert lint(model) == []
