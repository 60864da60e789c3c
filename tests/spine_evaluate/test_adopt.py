"""A site's own network is checked against its card, described, listed and loaded like every other."""

import json

import numpy as np
import onnx
import pytest
import typer
from typer.testing import CliRunner

from edge.engine.artefact import load_artefact
from edge.engine.onnx import OnnxEngine
from edge.engine.self_test import check_known_answer
from edge.errors import ModelError
from edge.pose.fit import Box, whole
from models.conversion.writer import serialise
from models.spine.evaluate import look as looking
from models.spine.evaluate.adopt import adopt, load_adopted, main
from tests.pose.site_networks import dots, heat_map_network, simcc_network

SPINE = """
name = "site_spine"
summary = "The site's own"
licence = "CC-BY-NC-4.0, research only"
[preprocessing]
colour = "RGB"
low = 0.0
high = 255.0
mean = [123.675, 116.28, 103.53]
std = [58.395, 57.12, 57.375]
[decoding]
kind = "simcc"
layout = "spinetrack37"
"""
JOINTS = """
name = "site_joints"
licence = "MIT"
[preprocessing]
colour = "BGR"
low = 0.0
high = 1.0
[decoding]
kind = "heat_map"
layout = "mpii16"
flip = false
"""


def files(folder, model, card):
    content = model if isinstance(model, bytes) else serialise(model)
    (folder / "network.onnx").write_bytes(content)
    (folder / "card.toml").write_text(card)
    return folder / "network.onnx", folder / "card.toml", folder / "networks"


def open_batch(model):
    """The same network as mmdeploy exports it: the number of pictures is open."""
    for value in (*model.graph.input, *model.graph.output):
        value.type.tensor_type.shape.dim[0].dim_param = "batch"
    return model


def test_a_spine_network_with_an_open_batch_is_adopted_and_reads(tmp_path):
    adopted = adopt(*files(tmp_path, open_batch(simcc_network(37)), SPINE))
    assert adopted.artefact.inputs == {"image": (1, 3, 256, 192)}
    assert adopted.artefact.outputs == {"simcc_x": (1, 37, 384), "simcc_y": (1, 37, 512)}
    image = dots((300, 400), {2: (140.0, 120.0), 1: (100.0, 200.0), 0: (180.0, 260.0)}, 6.0)
    points = adopted.pose.read(image, Box(50, 50, 200, 300))
    assert points.at("nose") == pytest.approx((140.0, 120.0), abs=1.5)
    assert points.at("left_eye") == pytest.approx((100.0, 200.0), abs=1.5)


def test_what_was_adopted_loads_again_as_the_station_loads_its_own(tmp_path):
    network, card, folder = files(tmp_path, heat_map_network(16), JOINTS)
    adopt(network, card, folder)
    artefact = load_artefact(folder, "site_joints")
    assert artefact.content == network.read_bytes()
    assert check_known_answer(OnnxEngine(artefact), artefact) <= 1.0
    assert load_adopted(folder, "site_joints").pose.layout.name == "mpii16"


def test_adopting_a_second_network_leaves_the_first_one_listed(tmp_path):
    folder = adopt_two(tmp_path)
    assert set(json.loads((folder / "manifest.json").read_text())["sha256"]) == {
        *("site_spine.onnx", "site_spine.model.toml", "site_joints.onnx", "site_joints.model.toml")
    }
    assert load_adopted(folder, "site_spine").pose.layout.name == "spinetrack37"


def adopt_two(tmp_path):
    adopt(*files(tmp_path, simcc_network(37), SPINE))
    return adopt(*files(tmp_path, heat_map_network(16), JOINTS)).artefact.path.parent


def test_a_network_that_was_exchanged_afterwards_is_refused(tmp_path):
    folder = adopt_two(tmp_path)
    (folder / "site_spine.onnx").write_bytes(serialise(simcc_network(26)))
    with pytest.raises(ModelError, match="not the file the manifest lists"):
        load_adopted(folder, "site_spine")


def broken_input(**changes):
    model = simcc_network(37)
    for index, value in changes.items():
        model.graph.input[0].type.tensor_type.shape.dim[int(index[1:])].dim_param = value
    return model


def two_inputs():
    model = simcc_network(37)
    model.graph.input.append(onnx.helper.make_tensor_value_info("more", onnx.TensorProto.FLOAT, [1]))
    return model


@pytest.mark.parametrize(
    ("model", "card", "says"),
    [
        (b"not a network", SPINE, "no ONNX file"),
        (broken_input(d2="height"), SPINE, "fixed size"),
        (two_inputs(), SPINE, "not one picture"),
        (simcc_network(37, size_px=(256, 192)), SPINE, "wider than high"),
        (simcc_network(37, outputs=("x", "y")), SPINE, "gives simcc_x as None"),
        (simcc_network(17), SPINE, r"need \(1, 37, 384\)"),
        (heat_map_network(14), JOINTS, r"16 points need \(1, 16, rows, columns\)"),
        (simcc_network(37), SPINE.replace("spinetrack37", "spine37"), "name one of body17"),
        (simcc_network(37), SPINE.replace("[decoding]", "[more]"), r"no \[decoding\]"),
        (simcc_network(37), SPINE.replace('licence = "CC', 'note = "CC'), "no licence"),
        (simcc_network(37), SPINE.replace("site_spine", "../spine"), "letters, digits"),
        (simcc_network(37), SPINE.replace("site_spine", "silhouette"), "none of our networks"),
        (simcc_network(37), SPINE.replace("low = 0.0", ""), "low and high"),
        (simcc_network(37), SPINE.replace("58.395", "0"), "std above 0"),
        (simcc_network(37), SPINE + "speed = 3\n", "speed"),
        (simcc_network(37), SPINE + "[", "no TOML"),
    ],
)
def test_a_network_that_is_not_what_its_card_says_leaves_nothing_behind(tmp_path, model, card, says):
    network, described, folder = files(tmp_path, model, card)
    with pytest.raises(ModelError, match=says):
        adopt(network, described, folder)
    assert not folder.exists()


def test_weights_that_are_no_numbers_are_refused(tmp_path):
    model = heat_map_network(16)
    model.graph.initializer.append(onnx.numpy_helper.from_array(np.float32(np.nan), "nothing"))
    model.graph.node.append(onnx.helper.make_node("Add", ["small", "nothing"], ["spoilt"]))
    model.graph.node.append(onnx.helper.make_node("Gather", ["spoilt", "channels"], ["more"], axis=1))
    model.graph.output.append(onnx.helper.make_tensor_value_info("more", onnx.TensorProto.FLOAT, [1, 16, 64, 64]))
    with pytest.raises(ModelError, match="not finite"):
        adopt(*files(tmp_path, model, JOINTS))


def test_missing_files_are_named(tmp_path):
    network, card, folder = files(tmp_path, simcc_network(37), SPINE)
    with pytest.raises(ModelError, match=r"none\.onnx cannot be read"):
        adopt(tmp_path / "none.onnx", card, folder)
    with pytest.raises(ModelError, match=r"none\.toml cannot be read"):
        adopt(network, tmp_path / "none.toml", folder)
    folder.mkdir()
    (folder / "manifest.json").write_text("[]")
    with pytest.raises(ModelError, match="not a list of hashes"):
        adopt(network, card, folder)


def run(command, *arguments):
    app = typer.Typer()
    app.command()(command)
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_the_command_says_what_it_took_in_or_why_not(tmp_path):
    network, card, folder = files(tmp_path, simcc_network(37), SPINE)
    done = run(main, network, "--card", card, "--folder", folder)
    assert done.exit_code == 0, done.output
    assert "37 points, spinetrack37" in done.output
    refused = run(main, tmp_path / "none.onnx", "--card", card, "--folder", folder)
    assert refused.exit_code == 1
    assert "cannot be read" in refused.output


def test_a_picture_is_drawn_and_written_down_with_the_heads_angle_and_its_resolution(tmp_path):
    # Point k is the dot of colour k mod 3: the neck (8) stands where the red dot does, the head's top (9) at the blue.
    folder = adopt_two(tmp_path)
    neck, top = (130.0, 200.0), (120.0, 120.0)
    image = dots((256, 256), {2: neck, 0: top, 1: (60.0, 60.0)}, 8.0)
    picture = tmp_path / "person.png"
    looking.cv2.imwrite(str(picture), image)
    done = run(looking.main, picture, "--network", "site_joints", "--folder", folder, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    found = json.loads((tmp_path / "out" / "person.points.json").read_text())
    assert found["cell_px"] == [4.0, 4.0]
    assert found["points"]["neck"]["px"] == pytest.approx(neck, abs=0.5)
    assert found["head"]["lean_deg"] == pytest.approx(np.degrees(np.arctan2(-10, 80)), abs=0.4)
    assert found["head"]["legacy_arccos_deg"] == pytest.approx(90 + np.degrees(np.arctan2(-10, 80)), abs=0.4)
    assert found["head"]["one_cell_deg"] == pytest.approx(np.degrees(np.arctan2(4, 80)), abs=0.05)
    assert "one step of the network's output is worth 2.9 degrees" in done.output.replace("\n", " ")
    drawn = looking.cv2.imread(str(tmp_path / "out" / "person.points.png"))
    assert (drawn != image).any(axis=2).sum() > 50
    missing = run(looking.main, tmp_path / "no.png", "--network", "site_joints", "--folder", folder)
    assert missing.exit_code == 1


def test_a_head_that_is_not_seen_has_no_angle(tmp_path):
    adopted = adopt(*files(tmp_path, heat_map_network(16), JOINTS))
    image = np.zeros((256, 256, 3), np.uint8)
    found = looking.record(adopted.pose.read(image, whole(image)), "site_joints")
    assert found["head"] is None
    assert all(point["px"] is None for point in found["points"].values())
