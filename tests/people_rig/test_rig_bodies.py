import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import pytest

from edge.errors import ModelError
from edge.pose.landmarks import Joint
from models.people.asset import BODY, SHIPPED, SLOTS, load_bodies
from models.people.person import Person
from models.people.posture import LEVELS, Posture
from tests.people_rig.rig import bodies, person, stand

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

BLAZEPOSE = [joint.name.lower() for joint in Joint]
PAIRED = ("axilla", "waist", "psis", "scapula_inferior", "acromion")


def altered(tmp_path: Path, **changes: object) -> Path:
    with np.load(SHIPPED) as file:
        arrays = {name: file[name] for name in file.files} | changes
    path = tmp_path / "bodies.npz"
    np.savez(path, **arrays)
    return path


def test_the_shipped_bodies_stay_below_three_megabytes():
    assert SHIPPED.stat().st_size <= 3_000_000


def test_the_card_names_this_very_file_and_its_licence():
    card = tomllib.loads(SHIPPED.with_name("bodies.model.toml").read_text())
    assert card["sha256"] == hashlib.sha256(SHIPPED.read_bytes()).hexdigest()
    assert card["licence"] == "CC0-1.0"


def test_twelve_people_from_eight_to_seventy_of_both_sexes_and_every_build_ship():
    people = bodies().descriptions
    assert bodies().count == len(people) == 12
    assert min(p.age_years_about for p in people) == 8
    assert max(p.age_years_about for p in people) >= 70
    assert {p.sex for p in people} == {"f", "m"}
    assert {p.build for p in people} == {"thin", "average", "heavy"}


def test_every_vertex_hangs_on_something():
    assert np.allclose(bodies().weights.sum(axis=1), 1.0, atol=1e-6)
    assert bodies().slots == SLOTS


@pytest.mark.parametrize("index", range(12))
def test_rest_bodies_are_their_own_mirror_image(index):
    rest, mirror = bodies().rest_m[index], bodies().mirror
    assert np.abs(rest[mirror] * (-1, 1, 1) - rest).max() < 2e-4


@pytest.mark.parametrize("index", range(12))
def test_neutral_standing_is_mirror_symmetric(index):
    vertices, mirror = stand(index).vertices_m[:BODY], bodies().mirror[:BODY]
    assert np.abs(vertices[mirror] * (-1, 1, 1) - vertices).max() < 0.002


@pytest.mark.parametrize("index", range(12))
def test_everybody_has_every_joint_vertebra_and_landmark(index):
    body, height = stand(index), person(index).height_m
    places = [body.joint(name) for name in BLAZEPOSE]
    places += [body.vertebra(level) for level in LEVELS] + [body.skin_midline(level) for level in LEVELS]
    places += [body.landmark(f"{name}_{side}") for name in PAIRED for side in ("left", "right")]
    places += [body.landmark(name) for name in ("head_top", "occiput", "sacrum")]
    assert np.isfinite(places).all()
    assert np.abs(np.array(places)[:, :2]).max() < 0.3 * height
    assert np.array(places)[:, 2].min() > 0.0
    assert body.landmark("head_top")[2] == pytest.approx(height, abs=0.02)


@pytest.mark.parametrize("index", range(12))
def test_the_skin_of_the_back_lies_behind_the_vertebrae(index):
    body = stand(index)
    depths = [body.vertebra(level)[1] - body.skin_midline(level)[1] for level in LEVELS]
    assert min(depths) > 0.02 * person(index).height_m
    assert max(depths) < 0.06 * person(index).height_m


def test_left_is_where_x_is_negative():
    body = stand()
    for name in ("left_shoulder", "left_hip", "left_ear", "left_pinky", "mouth_left"):
        assert body.joint(name)[0] < 0 < body.joint(name.replace("left", "right"))[0]
    for name in PAIRED:
        assert body.landmark(f"{name}_left")[0] < 0 < body.landmark(f"{name}_right")[0]


def test_landmarks_stand_in_the_order_anatomy_has_them():
    body = stand(1)
    acromion, axilla, blade, waist, dimple = (
        body.landmark(f"{name}_right") for name in ("acromion", "axilla", "scapula_inferior", "waist", "psis")
    )
    assert acromion[2] > axilla[2] > blade[2] - 0.03 > waist[2] > dimple[2]
    assert dimple[0] < blade[0] < waist[0] < acromion[0]


def test_an_unknown_name_is_named_in_the_error():
    body = stand()
    for ask, name in ((body.joint, "left_tail"), (body.landmark, "midline/T8"), (body.vertebra, "T13")):
        with pytest.raises(ValueError, match=name):
            ask(name)


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 cut off"])
def test_a_file_that_holds_no_bodies_gives_one_sentence(tmp_path, content):
    path = tmp_path / "bodies.npz"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="not a file of rest bodies, build it with") as caught:
        load_bodies(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_called_missing(tmp_path):
    with pytest.raises(ModelError, match="no such file, build it with"):
        load_bodies(tmp_path / "none.npz")


@pytest.mark.parametrize("field", ["rest", "weight_slots", "joints"])
def test_a_file_with_a_part_of_the_wrong_shape_is_refused(tmp_path, field):
    with np.load(SHIPPED) as file:
        short = file[field][:1, :10]
    with pytest.raises(ModelError, match="not a file of rest bodies"):
        load_bodies(altered(tmp_path, **{field: short}))


def test_a_file_of_another_format_is_refused(tmp_path):
    with np.load(SHIPPED) as file:
        about = json.loads(str(file["about"])) | {"format": "bodies/0"}
    with pytest.raises(ModelError, match="not a file of rest bodies"):
        load_bodies(altered(tmp_path, about=json.dumps(about)))


def test_the_same_posture_gives_the_same_vertices_bit_for_bit():
    posture = Posture(shoulder_tilt_deg=3.0, head_shift_m=0.01, breath_m=0.002)
    first, second = person(3).pose(posture), Person(load_bodies(), 3).pose(posture)
    assert np.array_equal(first.vertices_m, second.vertices_m)
