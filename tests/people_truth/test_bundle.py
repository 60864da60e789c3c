"""The pictures that ship with the station are small, whole and of the format."""

import json

import jsonschema
import pytest

from models.people.bundle import BUNDLE, KNOWN, MOST_BYTES, shot_of
from models.people.gallery import tiles
from models.people.truth.record import SCHEMA

NAMES = [known.name for known in KNOWN]


def test_every_picture_ships_with_its_truth_and_nothing_else_does():
    shipped = {path.name for ending in ("*.jpg", "*.json") for path in BUNDLE.glob(ending)}
    assert shipped == {f"{name}{ending}" for name in NAMES for ending in (".jpg", ".json")}


def test_they_take_one_megabyte_at_most():
    assert sum(path.stat().st_size for ending in ("*.jpg", "*.json") for path in BUNDLE.glob(ending)) <= MOST_BYTES


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_truth_is_what_its_schema_says(name):
    record = json.loads((BUNDLE / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.validate(record, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert record["picture"] == f"{name}.jpg"


@pytest.mark.parametrize("known", KNOWN, ids=NAMES)
def test_a_shipped_truth_belongs_to_what_the_command_would_render(known):
    record = json.loads((BUNDLE / f"{known.name}.json").read_text(encoding="utf-8"))
    shot = shot_of(known)
    assert record["camera"]["position_m"] == pytest.approx(shot.place.position_m, abs=1e-6)
    for name, value in known.posture.items():
        assert record["posture"][name] == pytest.approx(value)


def test_everybody_who_ships_is_dressed():
    assert {shot_of(known).wardrobe["top"] for known in KNOWN} == {"t-shirt"}


def test_the_gallery_shows_every_kind_of_thing_and_no_picture_twice():
    wanted = [(tile.sheet, tile.label) for tile in tiles()]
    assert len(wanted) == len(set(wanted))
    assert {sheet for sheet, _ in wanted} == {"views", "bodies", "curves", "clothes", "rooms", "bends", "hidden"}


def test_no_female_body_of_the_gallery_is_bare():
    assert [
        tile.label for tile in tiles() if tile.shot.wardrobe["sex"] == "f" and tile.shot.wardrobe["top"] == "none"
    ] == []
