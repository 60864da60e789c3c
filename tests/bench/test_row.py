import json

import pytest

from edge.bench.row import Row, at_least, at_most, printed, read_json, write_json
from edge.errors import PictureError


def test_a_figure_on_its_limit_is_met_and_beyond_it_is_not():
    assert at_most("a", 20.0, 20.0, "ms").ok
    assert not at_most("a", 20.1, 20.0, "ms").ok
    assert at_least("a", 2.0, 2.0, "x").ok
    assert not at_least("a", 1.99, 2.0, "x").ok


def test_a_figure_that_could_not_be_measured_is_not_met():
    assert not at_most("a", None, 20.0, "ms").ok
    assert not printed("a", None, "ms").ok


def test_the_json_has_the_five_fields_and_no_more(tmp_path):
    path = tmp_path / "figures.json"
    write_json([at_most("a", 1.5, 2.0, "ms", "conditions")], path)
    assert json.loads(path.read_text()) == [{"id": "a", "value": 1.5, "unit": "ms", "target": "<= 2", "ok": True}]
    assert read_json(path) == [Row("a", 1.5, "ms", "<= 2", ok=True)]


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(PictureError, match="--json"):
        write_json([], tmp_path / "nowhere" / "figures.json")
