"""What the files may and may not say."""

import json

import jsonschema
import numpy as np
import pytest
from pydantic import ValidationError

from models.spine.label.editor import Editor, Stamp, as_predicted
from models.spine.label.points import GROUPS, group_of, spoken
from models.spine.label.prediction import Prediction, nobody
from models.spine.label.record import SCHEMA, Manifest, Network, PictureLabels, PointLabel, schema
from models.spine.label.simulated import SimulatedPredictor
from models.spine.layout import COUNT, POINTS
from tests.spine_label.hand import C7, OPERATOR, T8, agree, kept, site, sitting, write_picture

STAMP = Stamp(OPERATOR, "2026-11-20T12:40:30Z")
IMAGE = np.full((320, 180, 3), 120, np.uint8)


def labels(**changes):
    editor = Editor(as_predicted(SimulatedPredictor().predict(IMAGE)))
    editor.move(C7, (90.25, 60.5), STAMP)
    what = {
        "sha256": "a" * 64, "width_px": 180, "height_px": 320, "network": Network(name="n", sha256="b" * 64),
        "points": editor.points, "operator": OPERATOR, "utc": STAMP.utc, "tool": "0.1.0",
    }  # fmt: skip
    return PictureLabels(**(what | changes))


def point(**changes):
    what = {"name": "C7", "predicted_px": (1.0, 2.0), "sd_px": 1.0, "visible": 0.9, "xy_px": (1.0, 2.0)}
    return PointLabel(**(what | changes))


def test_the_published_schema_is_the_one_in_force():
    """When it is not, write `schema()` as below into the file, and give the format a new number."""
    assert SCHEMA.read_text(encoding="utf-8") == json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def test_what_the_tool_writes_obeys_the_published_schema(tmp_path):
    with sitting(site(tmp_path)) as hand:
        hand.drag(C7, (20, 5))
        written = kept(tmp_path, hand.open)
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validate(written, published)
    jsonschema.validate(json.loads((tmp_path / "labels" / "manifest.json").read_text()), published)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(written | {"person": "somebody"}, published)


def test_labels_come_back_as_they_were_written():
    assert PictureLabels.model_validate_json(labels().model_dump_json()) == labels()


@pytest.mark.parametrize("operator", ["Jane", "nurse Jane", "nurse", "nurse-2-jane", "NURSE-2", "nurse-1234", ""])
def test_an_operator_is_a_role_and_a_number_never_a_name(operator):
    with pytest.raises(ValidationError):
        labels(operator=operator)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "corrected", "xy_px": None, "hidden": False, "operator": OPERATOR, "utc": STAMP.utc},
        {"state": "corrected", "operator": OPERATOR, "utc": STAMP.utc},
        {"state": "confirmed", "xy_px": (5.0, 2.0), "hidden": False, "operator": OPERATOR, "utc": STAMP.utc},
        {"state": "confirmed", "hidden": False},
        {"xy_px": (5.0, 2.0)},
        {"operator": OPERATOR, "utc": STAMP.utc},
        {"hidden": True},
        {"visible": 1.5},
        {"sd_px": -1.0},
        {"xy_px": (float("nan"), 2.0)},
        {"name_of_the_person": "x"},
    ],
)
def test_a_point_that_contradicts_itself_is_refused(changes):
    with pytest.raises(ValidationError):
        point(**changes)


def test_a_touched_point_knows_who_and_when():
    assert point(state="confirmed", hidden=False, operator=OPERATOR, utc=STAMP.utc).true
    assert not point(hidden=True, operator=OPERATOR, utc=STAMP.utc).true


def test_points_in_another_order_are_refused():
    points = labels().points
    with pytest.raises(ValidationError, match="in its order"):
        labels(points=(points[1], points[0], *points[2:]))


def test_consent_has_a_date_and_a_refusal_none(tmp_path):
    write_picture(tmp_path / "0.png")
    agree(tmp_path)
    manifest = json.loads((tmp_path / "labels" / "manifest.json").read_text())
    manifest["consents"][0]["date"] = None
    with pytest.raises(ValidationError, match="consent has a date"):
        Manifest.model_validate_json(json.dumps(manifest))


def test_a_point_the_network_gives_no_place_for_stays_unknown_until_it_is_put():
    editor = Editor(as_predicted(nobody()))
    assert all(one.xy_px is None and one.sd_px is None and one.visible == 0.0 for one in editor.points)
    assert editor.confirm(range(COUNT), STAMP) == 0
    editor.move(T8, (3.0, 4.0), STAMP)
    assert (editor.points[T8].state, editor.points[T8].hidden) == ("corrected", False)


def test_a_point_predicted_as_hidden_stays_so_when_it_is_moved():
    predicted = SimulatedPredictor().predict(IMAGE)
    editor = Editor(as_predicted(Prediction(predicted.xy_px, predicted.sd_px, np.zeros(COUNT, np.float32))))
    editor.move(T8, (3.0, 4.0), STAMP)
    assert editor.points[T8].hidden is True


def test_predictions_of_a_wrong_shape_are_refused():
    with pytest.raises(ValueError, match="xy_px must be"):
        Prediction(np.zeros((73, 2), np.float32), np.zeros(COUNT, np.float32), np.zeros(COUNT, np.float32))


def test_every_point_belongs_to_one_group_and_has_a_name_of_its_own():
    assert sorted(number for group in GROUPS for number in group.members) == list(range(COUNT))
    assert len({spoken(number) for number in range(COUNT)}) == COUNT
    assert GROUPS[group_of(POINTS.index("PSIS_LEFT"))].words == "Back"
    assert GROUPS[group_of(POINTS.index("hip"))].words == "Centres"
