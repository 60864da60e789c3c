"""The whole build, from the archives when they lie in the cache; nothing is downloaded here."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import typer

from edge.engine.artefact import load_artefact
from edge.errors import ModelError
from models.artefacts import card, expected_sha256, known_answers
from models.build import NEEDED, build, main
from models.float_network import float_network
from models.known_answers import FLOAT_SHARE, SURE
from models.recipes import DETECTOR, FULL, LANDMARKS, MASK_HEAD, RECIPES, SILHOUETTE
from models.sources import WHEEL
from models.verify import answers_of

CACHE = Path("models/cache")
STATION = [recipe for recipe in RECIPES if recipe.artefact in ("pose_detector.int8", "pose_full.int8", "silhouette")]

needs_archive = pytest.mark.skipif(not (CACHE / WHEEL.file).exists(), reason="the wheel is not in models/cache")


def test_every_recipe_has_an_expected_hash_and_a_known_answer() -> None:
    names = {recipe.artefact for recipe in RECIPES}
    assert set(expected_sha256()) == names
    assert set(known_answers()) == names


@pytest.mark.networks
@needs_archive
def test_two_builds_give_the_same_bytes_and_those_that_were_expected(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        build(STATION, tmp_path / folder, CACHE)
    first, second = (
        {file.name: file.read_bytes() for file in (tmp_path / folder).iterdir()} for folder in ("one", "two")
    )
    assert first == second
    hashes = json.loads(first["manifest.json"])["sha256"]
    for recipe in STATION:
        assert hashes[f"{recipe.artefact}.onnx"] == expected_sha256()[recipe.artefact]
        artefact = load_artefact(tmp_path / "one", recipe.artefact)
        assert artefact.sha256 == expected_sha256()[recipe.artefact]
        assert artefact.precision == recipe.precision
        assert artefact.known_answers


@pytest.mark.networks
@needs_archive
def test_the_mask_head_is_gone_and_the_outputs_have_their_names() -> None:
    model = float_network(FULL, CACHE).model
    assert [value.name for value in model.graph.output] == ["landmarks", "presence", "heatmap", "world"]
    assert not any(node.op_type == "Transpose" for node in model.graph.node)
    assert sum(node.op_type == "Conv" for node in model.graph.node) == 83


@pytest.mark.networks
@needs_archive
def test_the_silhouette_is_the_landmark_networks_own_mask_and_nothing_else() -> None:
    whole = float_network(replace(FULL, outputs={**LANDMARKS, **MASK_HEAD}), CACHE).model
    alone = float_network(SILHOUETTE, CACHE).model
    assert [value.name for value in alone.graph.output] == ["mask"]
    assert len(alone.graph.node) < len(whole.graph.node)
    answers = [answers_of(model, SILHOUETTE.preprocessing)["mask"] for model in (whole, alone)]
    assert np.array_equal(*answers)


def test_a_mask_is_asked_where_an_error_would_move_the_outline() -> None:
    answer = known_answers()["silhouette"]["mask"]
    assert max(map(abs, answer["values"])) <= SURE
    assert answer["tolerance"] <= FLOAT_SHARE * SURE


def test_what_no_station_starts_without_needs_no_npm() -> None:
    needed = [recipe for recipe in RECIPES if recipe.artefact in NEEDED]
    assert {recipe.artefact for recipe in needed} == NEEDED
    for recipe in needed:
        assert recipe.station
        assert WHEEL in [origin.archive for origin in recipe.network.origins]


def test_the_other_candidate_for_the_outline_stays_in_the_workshop() -> None:
    (selfie,) = [recipe for recipe in RECIPES if recipe.artefact == "selfie.float"]
    assert not selfie.station
    assert "selfie" not in {recipe.network.name for recipe in RECIPES if recipe.station}


@pytest.mark.networks
@needs_archive
def test_the_card_says_where_a_network_comes_from(tmp_path: Path) -> None:
    (outcome,) = build([recipe for recipe in RECIPES if recipe.artefact == "pose_detector.int8"], tmp_path, CACHE)
    assert outcome.built is not None
    text = card(outcome.built, {})
    for fact in (WHEEL.sha256, DETECTOR.origins[0].member, DETECTOR.origins[0].sha256, 'licence = "Apache-2.0"'):
        assert fact in text


def test_without_a_good_archive_nothing_is_written(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / WHEEL.file).write_bytes(b"half a download")
    outcomes = build([STATION[0]], tmp_path / "built", cache)
    assert outcomes[0].built is None
    assert "it was removed" in outcomes[0].note
    assert not (tmp_path / "built").exists()


def test_a_name_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        main(["pose_fool.int8"])
    assert "there is no network pose_fool.int8" in capsys.readouterr().out


def test_an_archive_that_is_not_the_pinned_one_is_no_source(tmp_path: Path) -> None:
    (tmp_path / WHEEL.file).write_bytes(b"")
    with pytest.raises(ModelError, match="was pinned as"):
        float_network(DETECTOR, tmp_path)
