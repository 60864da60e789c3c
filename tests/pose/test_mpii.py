"""Rows 1.1 and 1.2: any MPII heat-map network gives joints in pixels of the picture."""

import hashlib
import json
from dataclasses import replace

import numpy as np
import pytest

from edge.engine.artefact import load_artefact
from edge.engine.onnx import OnnxEngine
from edge.engine.simulated import SimulatedEngine
from edge.errors import ModelError
from edge.pose.fit import fit_contain, whole
from edge.pose.mpii import LAYOUTS, MPII16, HeatMapPose
from edge.pose.network_card import Decoding, read_card
from tests.pose.site_networks import dots, heat_map_card, heat_map_network, write_site_folder
from tests.pose.test_heat_map import bells
from tests.spine.test_legacy import JOINTS

IMAGE = np.zeros((540, 546, 3), np.uint8)
PICTURE = 'colour = "BGR"\nlow = 0.0\nhigh = 255.0\nborder = "replicate"'


def heat(xy_px, image=IMAGE, sigma=1.5):
    """(1, 16, 64, 64): what a perfect network gives for joints of this picture."""
    fit = fit_contain(whole(image), (256, 256))
    return bells((fit.to_input(np.asarray(xy_px)) - 1.5) / 4, (sigma, sigma))[None].astype(np.float32)


def perfect(xy_px, image=IMAGE):
    """An engine that sees the joints in the picture, and their twins in its mirror image."""
    # The input is mirrored, not the picture: the band beside the picture moves along.
    fit = fit_contain(whole(image), (256, 256))
    mirrored = fit.to_picture(np.array([255.0, 0.0]) + fit.to_input(np.asarray(xy_px)[MPII16.twins]) * [-1, 1])
    return SimulatedEngine([{"stack_1": -heat(xy_px), "stack_2": heat(seen)} for seen in (xy_px, mirrored)])


def test_the_layouts_have_the_published_joints():
    assert MPII16.points == tuple(JOINTS)
    assert {len(layout.points) for layout in LAYOUTS.values()} == {14, 16}
    for layout in LAYOUTS.values():
        assert set(layout.points) <= set(MPII16.points)
        assert (layout.twins[layout.twins] == np.arange(len(layout.points))).all()


def test_the_sixteen_joints_come_back_in_picture_pixels():
    joints = np.array(list(JOINTS.values()))
    engine = perfect(joints)
    points = HeatMapPose(engine, heat_map_card()).read(IMAGE, whole(IMAGE))
    assert np.abs(points.xy_px - joints).max() <= 0.5
    assert len(engine.inputs) == 2
    assert points.cell_px == pytest.approx((546 / 64, 546 / 64))
    assert points.at("head_top") == pytest.approx(JOINTS["head_top"], abs=0.5)


def test_without_the_mirror_image_the_network_runs_once():
    engine = perfect(np.array(list(JOINTS.values())))
    card = heat_map_card(decoding=Decoding("heat_map", "mpii16", flip=False, fine=False))
    points = HeatMapPose(engine, card).read(IMAGE, whole(IMAGE))
    assert len(engine.inputs) == 1
    off = np.abs(points.xy_px - list(JOINTS.values()))
    assert 0.5 < off.max() <= 546 / 64 / 2 + 1e-6


def test_the_second_run_sees_the_mirror_image():
    image = dots((256, 256), {0: (40.0, 60.0)}, 5.0)
    engine = perfect(np.array(list(JOINTS.values())), image)
    HeatMapPose(engine, heat_map_card()).read(image, whole(image))
    first, second = (inputs["image"] for inputs in engine.inputs)
    assert (first[..., ::-1] == second).all()
    assert not (first == second).all()


def test_a_network_from_a_folder_finds_what_the_picture_shows(tmp_path):
    places = {0: (150.0, 100.0), 1: (210.0, 190.0), 2: (120.0, 320.0)}
    decoding = 'kind = "heat_map"\nlayout = "lsp14"\nblur_cells = 0.0'
    artefact = load_artefact(write_site_folder(tmp_path, heat_map_network(14), PICTURE, decoding), "site")
    engine = OnnxEngine(artefact)
    image = dots((360, 400), places, 9.0)
    points = HeatMapPose(engine, read_card(artefact)).read(image, whole(image))
    # This network's left and right are no mirror images, so only points on the midline bear the averaging.
    assert points.at("neck") == pytest.approx(places[0], abs=0.5)
    card = replace(read_card(artefact), decoding=Decoding("heat_map", "lsp14", flip=False))
    for row, (x, y) in enumerate(HeatMapPose(engine, card).read(image, whole(image)).xy_px):
        assert (x, y) == pytest.approx(places[row % 3], abs=0.5)
    engine.close()


def test_the_output_to_read_may_be_named():
    joints = np.array(list(JOINTS.values()))
    engine = SimulatedEngine([{"stack_1": heat(joints), "stack_2": -heat(joints)}])
    card = heat_map_card(decoding=Decoding("heat_map", "mpii16", output="stack_1", flip=False))
    assert np.abs(HeatMapPose(engine, card).read(IMAGE, whole(IMAGE)).xy_px - joints).max() <= 0.5


def test_a_joint_without_heat_is_unknown():
    maps = heat(np.array(list(JOINTS.values())))
    maps[0, 9] = 0.0
    card = heat_map_card(decoding=Decoding("heat_map", "mpii16", flip=False))
    points = HeatMapPose(SimulatedEngine([{"stack_1": maps, "stack_2": maps}]), card).read(IMAGE, whole(IMAGE))
    assert points.at("head_top") is None
    assert points.score[9] == 0.0
    assert np.isfinite(np.delete(points.xy_px, 9, axis=0)).all()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"decoding": Decoding("heat_map", "mpii15")}, "name one of mpii16, lsp14, head_first14"),
        ({"decoding": Decoding("simcc", "mpii16")}, "not heat_map"),
        ({"decoding": Decoding("heat_map", "lsp14")}, r"14 points need \(1, 14, rows, columns\)"),
        ({"decoding": Decoding("heat_map", "mpii16", output="stack_3")}, "gives stack_3 as None"),
        ({"outputs": {}}, "gives nothing"),
        ({"outputs": {"points": (1, 32)}}, r"as \(1, 32\)"),
        ({"inputs": {"image": (1, 256, 256, 3)}}, "not one colour picture"),
    ],
)
def test_a_network_that_cannot_be_read_is_refused_before_it_sees_a_person(changes, says):
    with pytest.raises(ModelError, match=says) as caught:
        HeatMapPose(SimulatedEngine([{}]), heat_map_card(**changes))
    assert "adopt the network again" in str(caught.value)


@pytest.mark.parametrize(
    ("maps", "says"),
    [
        (np.zeros((1, 16, 32, 32), np.float32), "its card says"),
        (np.full((1, 16, 64, 64), np.nan, np.float32), "not finite"),
    ],
)
def test_a_network_that_answers_otherwise_than_its_card_is_refused(maps, says):
    engine = SimulatedEngine([{"stack_1": maps, "stack_2": maps}])
    with pytest.raises(ModelError, match=says):
        HeatMapPose(engine, heat_map_card()).read(IMAGE, whole(IMAGE))


@pytest.mark.parametrize(
    ("picture", "decoding", "says"),
    [
        (PICTURE, 'kind = "heat_map"', "layout"),
        (PICTURE, 'kind = "magic"\nlayout = "lsp14"', "decoding must be"),
        (PICTURE, 'kind = "heat_map"\nlayout = "lsp14"\nspeed = 3', "speed"),
        (PICTURE + "\nstd = [1.0, 0.0, 1.0]", 'kind = "heat_map"\nlayout = "lsp14"', "std above 0"),
        (PICTURE + "\nmean = [1.0]", 'kind = "heat_map"\nlayout = "lsp14"', "three values"),
        (PICTURE.replace("BGR", "HSV"), 'kind = "heat_map"\nlayout = "lsp14"', "RGB or BGR"),
    ],
)
def test_a_card_that_makes_no_sense_is_refused(tmp_path, picture, decoding, says):
    artefact = load_artefact(write_site_folder(tmp_path, heat_map_network(14), picture, decoding), "site")
    with pytest.raises(ModelError, match=says):
        read_card(artefact)


def test_a_card_that_changed_since_it_was_checked_is_refused(tmp_path):
    decoding = 'kind = "heat_map"\nlayout = "lsp14"'
    artefact = load_artefact(write_site_folder(tmp_path, heat_map_network(14), PICTURE, decoding), "site")
    card = tmp_path / "site.model.toml"
    card.write_text(card.read_text().replace("lsp14", "head_first14"))
    with pytest.raises(ModelError, match="not the file the manifest lists"):
        read_card(artefact)
    card.unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        read_card(artefact)


def test_a_card_of_a_network_that_is_no_pose_network_is_refused(tmp_path):
    folder = write_site_folder(tmp_path, heat_map_network(14), PICTURE, 'kind = "heat_map"\nlayout = "lsp14"')
    card = folder / "site.model.toml"
    content = card.read_text().replace("[decoding]", "[something]").encode()
    card.write_bytes(content)
    hashes = json.loads((folder / "manifest.json").read_text())
    hashes["sha256"]["site.model.toml"] = hashlib.sha256(content).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(hashes))
    with pytest.raises(ModelError, match="does not describe a pose network"):
        read_card(load_artefact(folder, "site"))
