"""Every engine on the networks the station runs. Bounds, never equal bits: engines round differently."""

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from edge.engine.artefact import Artefact, load_artefact
from edge.engine.onnx import OnnxEngine
from edge.engine.openvino import OpenVinoEngine
from edge.engine.self_test import check_known_answer, question
from edge.errors import ModelError

BUILT = Path("models/built")
ENGINES = {"onnx": OnnxEngine, "openvino": OpenVinoEngine}
NAMES = ("pose_detector.int8", "pose_full.int8", "pose_lite.int8", "silhouette", "pose_full.float")

pytestmark = pytest.mark.networks


@pytest.fixture(params=NAMES)
def artefact(request: pytest.FixtureRequest) -> Artefact:
    if not (BUILT / f"{request.param}.onnx").exists():
        pytest.skip(f"{request.param} is not built; run python -m models.build")
    return load_artefact(BUILT, request.param)


@pytest.fixture(params=ENGINES)
def engine_type(request: pytest.FixtureRequest):
    if request.param == "openvino":
        pytest.importorskip("openvino", reason="OpenVINO is an extra")
    return ENGINES[request.param]


def test_every_engine_gives_the_known_answer(artefact: Artefact, engine_type) -> None:
    assert check_known_answer(engine_type(artefact), artefact) < 0.8


def test_the_outputs_are_those_the_artefact_lists(artefact: Artefact, engine_type) -> None:
    outputs = engine_type(artefact).run(question(artefact))
    assert {name: tensor.shape for name, tensor in outputs.items()} == dict(artefact.outputs)
    assert all(tensor.dtype == np.float32 for tensor in outputs.values())


def test_a_network_with_one_wrong_scale_does_not_pass_its_self_test() -> None:
    if not (BUILT / "pose_full.int8.onnx").exists():
        pytest.skip("pose_full.int8 is not built; run python -m models.build")
    import onnx
    from onnx import numpy_helper

    artefact = load_artefact(BUILT, "pose_full.int8")
    model = onnx.load_model_from_string(artefact.content)
    scales = [c for c in model.graph.initializer if c.name.startswith("t") and c.name.endswith("_scale")]
    for constant in scales[len(scales) // 2 : len(scales) // 2 + 1]:
        doubled = numpy_helper.to_array(constant) / np.float32(4)
        constant.CopyFrom(numpy_helper.from_array(doubled, constant.name))
    with pytest.raises(ModelError, match="wrong by"):
        check_known_answer(OnnxEngine(replace(artefact, content=model.SerializeToString())), artefact)


def test_the_unsigned_view_is_what_makes_int8_fast_here() -> None:
    if not (BUILT / "pose_full.int8.onnx").exists():
        pytest.skip("pose_full.int8 is not built; run python -m models.build")
    import platform

    if platform.machine().lower() not in ("x86_64", "amd64"):
        pytest.skip("the view matters on x86 only")
    artefact = load_artefact(BUILT, "pose_full.int8")
    inputs = question(artefact)
    viewed, as_it_is = OnnxEngine(artefact), OnnxEngine(replace(artefact, precision="int8 as it is"))

    def fastest_s(engine: OnnxEngine) -> float:
        times = []
        for _ in range(12):
            started_s = time.perf_counter()
            engine.run(inputs)
            times.append(time.perf_counter() - started_s)
        return min(times)

    assert fastest_s(as_it_is) > 1.3 * fastest_s(viewed)
