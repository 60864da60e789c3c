"""The occlusion network is loaded where the settings name it, and only if it is the one that was built."""

import random

import pytest
from pydantic import ValidationError

from edge.config import ModelsConfig
from edge.errors import ModelError
from edge.factory import make_recovery
from edge.occlusion.known_answer import HIDDEN, question
from edge.occlusion.none import NoRecovery
from edge.occlusion.window import INPUTS
from edge.pose.landmarks import Joint
from tests.occlusion.recovering import ARM, fed, frames
from tests.occlusion.small_occlusion import NAME, write_occlusion


def config(folder, occlusion=NAME):
    return ModelsConfig(folder=str(folder), occlusion=occlusion)


def test_without_a_name_nothing_is_loaded_and_nothing_recovered(tmp_path):
    recovery, description = make_recovery(config(tmp_path, ""))
    assert isinstance(recovery, NoRecovery)
    assert description == ""
    assert ModelsConfig().occlusion == ""


def test_the_network_in_the_folder_recovers_a_hidden_arm(tmp_path):
    write_occlusion(tmp_path)
    recovery, description = make_recovery(config(tmp_path))
    assert description.startswith("occlusion float")
    hidden = frames(3, start_s=11.0, hidden=ARM)
    recovered = fed(recovery, [*frames(30), *hidden])
    assert recovered.recovered[list(ARM)].all()


def test_a_network_with_one_flipped_bit_is_refused_before_it_is_parsed(tmp_path):
    path = write_occlusion(tmp_path)
    content, chance = path.read_bytes(), random.Random(5)
    places = [0, len(content) - 1, *(chance.randrange(len(content)) for _ in range(20))]
    for place in places:
        altered = bytearray(content)
        altered[place] ^= 1 << chance.randrange(8)
        path.write_bytes(altered)
        # A parser would say that the file cannot be loaded; the hash speaks first.
        with pytest.raises(ModelError, match="is not the file the manifest lists"):
            make_recovery(config(tmp_path))


def test_a_network_that_is_missing_is_said(tmp_path):
    with pytest.raises(ModelError, match="python -m models"):
        make_recovery(config(tmp_path))


def test_a_network_of_another_shape_is_refused(tmp_path):
    write_occlusion(tmp_path, features=32)
    with pytest.raises(ModelError, match="no occlusion network of this version"):
        make_recovery(config(tmp_path))


@pytest.mark.parametrize("name", ["pose_full.int8", "occlusion", "../occlusion.int8", "occlusion.INT8"])
def test_only_an_occlusion_network_can_be_named(name):
    with pytest.raises(ValidationError):
        ModelsConfig(occlusion=name)


def test_the_question_is_the_same_every_time_and_hides_an_arm_and_a_leg():
    first, second = question(), question()
    assert {name: array.shape for name, array in first.items()} == dict(INPUTS)
    assert all(first[name].tobytes() == second[name].tobytes() for name in INPUTS)
    hidden = first["tokens"][0, -1, :, 4].astype(bool)
    assert [Joint(k) for k in hidden.nonzero()[0]] == sorted(HIDDEN)
