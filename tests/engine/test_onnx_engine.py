from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from edge.engine.artefact import Artefact, load_artefact
from edge.engine.onnx import OnnxEngine
from edge.engine.openvino import OpenVinoEngine
from edge.errors import ModelError
from tests.small_network import image, small_int8, small_network, write_folder

ENGINES = (OnnxEngine, OpenVinoEngine)


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.__name__)
def engine_type(request: pytest.FixtureRequest) -> type[OnnxEngine | OpenVinoEngine]:
    if request.param is OpenVinoEngine:
        pytest.importorskip("openvino", reason="OpenVINO is an extra")
    return request.param


@pytest.fixture
def artefact(tmp_path: Path) -> Artefact:
    write_folder(tmp_path, small_network(), name="small.float", precision="float")
    return load_artefact(tmp_path, "small.float")


@pytest.fixture
def int8_artefact(tmp_path: Path) -> Artefact:
    write_folder(tmp_path, small_int8(), name="small.int8", precision="int8")
    return load_artefact(tmp_path, "small.int8")


def test_int8_stays_near_float(engine_type, artefact: Artefact, int8_artefact: Artefact) -> None:
    exact = OnnxEngine(artefact).run({"image": image()})["answer"]
    found = engine_type(int8_artefact).run({"image": image()})["answer"]
    assert 0 < np.abs(found - exact).mean() < 0.15 * exact.std()


def test_the_description_says_what_runs_where_and_in_which_precision(engine_type, int8_artefact: Artefact) -> None:
    description = engine_type(int8_artefact, threads=2).description
    assert description.startswith("small int8, ")
    assert description.endswith("CPU, 2 threads")
    assert ("ONNX Runtime" if engine_type is OnnxEngine else "OpenVINO") in description


def test_outputs_are_the_callers_own(engine_type, artefact: Artefact) -> None:
    engine = engine_type(artefact)
    first = engine.run({"image": image(0)})["answer"]
    before = first.copy()
    engine.run({"image": image(1)})
    assert np.array_equal(first, before)


@pytest.mark.parametrize(
    "inputs",
    [
        {},
        {"picture": image()},
        {"image": image()[:, :, 1:]},
        {"image": image().astype(np.float64)},
        {"image": image(), "extra": image()},
    ],
    ids=["nothing", "wrong name", "wrong shape", "wrong dtype", "one too many"],
)
def test_what_the_network_does_not_take_is_refused(engine_type, artefact: Artefact, inputs) -> None:
    with pytest.raises(ModelError, match="takes image"):
        engine_type(artefact).run(inputs)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_outputs_that_are_no_numbers_are_refused(engine_type, tmp_path: Path, value: float) -> None:
    write_folder(tmp_path, small_network(last_bias=value), name="small.float", precision="float")
    with pytest.raises(ModelError, match="answer that is not finite"):
        engine_type(load_artefact(tmp_path, "small.float")).run({"image": image()})


def test_closing_twice_is_fine_and_running_after_that_is_not(engine_type, artefact: Artefact) -> None:
    engine = engine_type(artefact)
    engine.close()
    engine.close()
    with pytest.raises(ModelError, match="was closed"):
        engine.run({"image": image()})


@pytest.mark.parametrize("content", [b"", b"not a network", b"\x08\x08"], ids=["empty", "text", "no graph"])
@pytest.mark.parametrize("precision", ["float", "int8"])
def test_bytes_that_are_no_network_end_in_a_sentence(engine_type, artefact, content: bytes, precision: str) -> None:
    with pytest.raises(ModelError):
        engine_type(replace(artefact, content=content, precision=precision))
