import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from edge.engine.artefact import load_artefact
from edge.errors import ModelError
from models.artefacts import toml, write_manifest
from models.conversion.writer import Writer
from models.halves import read_halves, write_halves
from models.trained import FINISHED, TRAINED, Trained, answers_of, install, place

NAME = "small"


def network() -> onnx.ModelProto:
    """Two convolutions from a (1, 3, 32, 24) picture to `points`."""
    rng, write = np.random.default_rng(0), Writer()
    first = [write.constant(rng.normal(0, 0.3, shape).astype(np.float32)) for shape in ((8, 3, 3, 3), (8,))]
    write.node("Conv", ["image", *first], "t0", kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4)
    limits = [write.constant(np.array(edge, np.float32)) for edge in (0, 6)]
    write.node("Clip", ["t0", *limits], "t1")
    second = [write.constant(rng.normal(0, 0.3, shape).astype(np.float32)) for shape in ((2, 8, 1, 1), (2,))]
    write.node("Conv", ["t1", *second], "points", kernel_shape=[1, 1], strides=[1, 1], pads=[0] * 4)
    return write.model({"image": (1, 3, 32, 24)}, {"points": (1, 2, 16, 12)})


@pytest.fixture
def kept(tmp_path: Path) -> Trained:
    folder = tmp_path / "kept"
    folder.mkdir()
    write_halves(network(), folder / f"{NAME}.half.onnx")
    model = read_halves(folder / f"{NAME}.half.onnx")
    table = {"in_float": [], "tensors": {"image": 1.0, "t1": 4.0}}
    (folder / f"{NAME}.ranges.json").write_text(json.dumps(table))
    values = answers_of(model)["points"].reshape(-1)[[0, 40, 200]]
    lines = [
        'summary = "A test."', 'licence = "Apache-2.0"', 'made_by = "drawn"', "[provenance]", 'learnt_from = "nothing"',
        "[preprocessing]", 'colour = "RGB"', "low = 0.0", "high = 1.0", 'border = "replicate"',
        "[known_answer.points]", "places = [0, 40, 200]", "tolerance = 0.1", f"values = {toml(values.tolist())}",
    ]  # fmt: skip
    (folder / f"{NAME}.card.toml").write_text("\n".join(lines))
    return Trained(NAME, folder)


def test_halves_come_back_as_single_precision_within_its_rounding(tmp_path: Path):
    path = tmp_path / "x.half.onnx"
    write_halves(network(), path)
    before = {one.name: numpy_helper.to_array(one) for one in network().graph.initializer}
    after = {one.name: numpy_helper.to_array(one) for one in read_halves(path).graph.initializer}
    assert before.keys() == after.keys()
    for name, values in after.items():
        assert values.dtype == before[name].dtype
        assert np.allclose(values, before[name], rtol=1e-3, atol=1e-6)
    large = max(before.values(), key=lambda values: values.size)
    assert path.stat().st_size < 4 * large.size + 2000


def test_both_precisions_are_built_and_load_like_every_other_network(kept: Trained, tmp_path: Path):
    built = tmp_path / "built"
    assert [name for name, _, _ in install(kept, built)] == ["small.int8", "small.float"]
    write_manifest(built)
    quick, exact = (load_artefact(built, name) for name in kept.artefacts)
    assert (quick.precision, exact.precision) == ("int8", "float")
    assert quick.inputs == {"image": (1, 3, 32, 24)}
    kinds = {node.op_type for node in onnx.load_from_string(quick.content).graph.node}
    assert "QuantizeLinear" in kinds
    assert b"Apache-2.0" in (built / "small.int8.model.toml").read_bytes()


def test_building_twice_gives_the_same_bytes(kept: Trained, tmp_path: Path):
    assert install(kept, tmp_path / "one") == install(kept, tmp_path / "two")


def test_a_network_that_forgot_its_answer_is_not_built(kept: Trained, tmp_path: Path):
    card = kept.folder / f"{NAME}.card.toml"
    text = card.read_text().replace("values = [", "values = [9.0, ")
    card.write_text(text.replace("[0, 40, 200]", "[0, 0, 40, 200]"))
    with pytest.raises(ModelError, match="misses its known answer"):
        install(kept, tmp_path / "built")
    assert not (tmp_path / "built" / "small.int8.onnx").exists()


@pytest.mark.parametrize("ending", ["half.onnx", "ranges.json", "card.toml"])
@pytest.mark.parametrize("damage", [None, b"\xff\xfe not this"])
def test_a_missing_or_damaged_file_says_what_to_do(kept: Trained, tmp_path: Path, ending: str, damage: bytes | None):
    path = kept.folder / f"{NAME}.{ending}"
    path.unlink() if damage is None else path.write_bytes(damage)
    with pytest.raises(ModelError, match="check it out again"):
        install(kept, tmp_path / "built")


def test_every_network_of_ours_can_be_built_from_what_is_kept(tmp_path: Path):
    for one in TRAINED:
        assert install(one, tmp_path)


def test_finished_networks_are_put_beside_the_others_and_load(tmp_path: Path):
    names = [name for source in FINISHED for name, _, _ in place(source, tmp_path)]
    write_manifest(tmp_path)
    assert {"occlusion.float", "movement.float"} <= set(names)
    for name in names:
        assert load_artefact(tmp_path, name).known_answers


def test_a_finished_network_with_one_flipped_byte_is_not_placed(tmp_path: Path):
    source = tmp_path / "source"
    source.mkdir()
    for file in (*FINISHED[0].glob("*.onnx"), *FINISHED[0].glob("*.toml")):
        content = bytearray(file.read_bytes())
        if file.name == "occlusion.float.onnx":
            content[len(content) // 2] ^= 1
        (source / file.name).write_bytes(bytes(content))
    with pytest.raises(ModelError, match="not the network its"):
        place(source, tmp_path / "built")
    (source / "occlusion.float.model.toml").unlink()
    with pytest.raises(ModelError, match="does not describe"):
        place(source, tmp_path / "built")
