import numpy as np
import onnx
import onnxruntime
import pytest

from edge.engine.artefact import load_artefact
from edge.engine.onnx import OnnxEngine
from edge.engine.self_test import check_known_answer
from edge.errors import ModelError
from edge.occlusion.known_answer import question
from edge.occlusion.window import INPUTS, OUTPUTS
from models.occlusion.artefact import HERE, LARGEST_BYTES, install
from models.occlusion.gate import Verdict, chosen
from models.occlusion.int8 import FORMS, products, quantised, ranges

FORM_NAMES = ("occlusion.float", "occlusion.int8")


@pytest.fixture(scope="module")
def plain():
    return onnx.load(HERE / "occlusion.float.onnx")


def place(model: onnx.ModelProto) -> np.ndarray:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(["position"], question())[0]


@pytest.mark.parametrize("name", FORM_NAMES)
def test_a_shipped_network_is_small_and_takes_what_the_window_writes(name):
    artefact = load_artefact(HERE, name)
    assert len(artefact.content) < LARGEST_BYTES
    assert dict(artefact.inputs) == dict(INPUTS)
    assert dict(artefact.outputs) == dict(OUTPUTS)


@pytest.mark.parametrize("name", FORM_NAMES)
def test_a_shipped_network_gives_its_known_answer_as_the_station_runs_it(name):
    artefact = load_artefact(HERE, name)
    engine = OnnxEngine(artefact)
    assert check_known_answer(engine, artefact, question()) <= 1.0
    other = {key: value.copy() for key, value in question().items()}
    other["tokens"][..., :2] *= 0.5
    with pytest.raises(ModelError, match="wrong by"):
        check_known_answer(engine, artefact, other)


def test_one_flipped_byte_is_refused_before_anything_is_parsed(tmp_path):
    install(tmp_path)
    path = tmp_path / "occlusion.float.onnx"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelError, match="is not the file the manifest lists"):
        load_artefact(tmp_path, "occlusion.float")


def test_installed_networks_lie_beside_those_already_there(tmp_path):
    (tmp_path / "pose.onnx").write_bytes(b"x")
    install(tmp_path)
    assert "pose.onnx" in (tmp_path / "manifest.json").read_text()
    assert load_artefact(tmp_path, "occlusion.int8").sha256 == load_artefact(HERE, "occlusion.int8").sha256


def test_the_forms_of_int8_spare_more_and_more(plain):
    counts = [len(products(plain, form)) for form in FORMS]
    assert counts[0] > counts[1] > counts[2] > 0


def test_what_only_picks_or_averages_stays_in_float(plain):
    whole = set(products(plain, "everywhere"))
    for node in plain.graph.node:
        if node.op_type == "MatMul" and "held_from" in node.input:
            assert node.name not in whole


def test_an_int8_form_says_nearly_what_float_says(plain):
    maximum = ranges(plain, [question()])
    for form in FORMS:
        model = quantised(plain, maximum, products(plain, form))
        apart = np.abs(place(model) - place(plain)).max()
        assert 0.0 < apart < 0.15


def test_a_range_never_measured_is_refused(plain):
    with pytest.raises(ModelError, match="calibrate again"):
        quantised(plain, {}, products(plain, "everywhere"))


def verdict(form: str, increase: float, cpu_ms: float) -> Verdict:
    return Verdict(form, 20.0, increase, cpu_ms, 1, increase <= 3.0 and (form == "float" or cpu_ms < 0.5))


def test_the_gate_ships_the_fastest_form_that_is_accurate_enough():
    base = verdict("float", 0.0, 0.5)
    assert chosen([base, verdict("everywhere", 9.0, 0.2), verdict("mixed", 1.0, 0.3)]).form == "mixed"
    assert chosen([base, verdict("everywhere", 9.0, 0.2), verdict("mixed", 1.0, 0.7)]).form == "float"
