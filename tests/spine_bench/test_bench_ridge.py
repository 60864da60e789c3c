"""The curve read from the points alone."""

import json

import numpy as np
import pytest

from edge.errors import ModelError
from models.spine.bench import ridge
from models.spine.bench.fitting import fit_looks
from models.spine.bench.point_rows import points_rows
from models.spine.bench.ridge import FEATURES, Ridge, features
from tests.spine_bench.backs import case, crowd, look, refused

ANGLES = [float(angle) for angle in np.linspace(-50, 50, 20)]


def test_a_person_without_a_curve_has_no_feature_and_a_mirrored_one_the_opposite_ones():
    plain, right, left = (features(one.spine_px, one.joints_px) for one in (case(0.0), case(30.0), case(-30.0)))
    assert plain == pytest.approx(np.zeros(len(FEATURES)), abs=1e-12)
    assert right == pytest.approx(-left, abs=1e-12)
    assert right[FEATURES.index("T8")] > 0.05


def test_features_do_not_change_with_place_size_or_turn():
    one = case(25.0)
    turn = np.radians(7.0)
    linear = 1.7 * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    moved = features(one.spine_px @ linear.T + (50, -20), one.joints_px @ linear.T + (50, -20))
    assert moved == pytest.approx(features(one.spine_px, one.joints_px), abs=1e-9)


def test_a_fitted_reading_finds_the_curve_again(tmp_path):
    found = fit_looks([look(one) for one in crowd(ANGLES)], {"sha256": "abc", "seeds": "1:21"})
    assert found.read(features(case(33.0).spine_px, case(33.0).joints_px)) == pytest.approx(33.0, abs=1.0)
    assert found.read(features(case(0.0).spine_px, case(0.0).joints_px)) == pytest.approx(0.0, abs=1e-9)
    ridge.write(found, tmp_path / "ridge.json")
    again = ridge.read(tmp_path / "ridge.json")
    assert again.weights == pytest.approx(found.weights, rel=1e-4)
    assert again.about == found.about
    assert again.about["people"] == 20


def test_points_that_follow_the_curve_pass_and_points_that_do_not_fail():
    found = fit_looks([look(one) for one in crowd(ANGLES)], {"sha256": "abc"})
    people = crowd([0.0, 3.0, -5.0, 30.0, -40.0])
    good = {row.id: row for row in points_rows([look(one) for one in people], found, "abc")}
    assert good["points_auc"].ok
    assert good["points_side_right_share"].value == 1.0
    # A network whose points never leave the middle.
    bad = [look(one, by_px=case(0.0).spine_px - one.spine_px) for one in people]
    assert not next(row for row in points_rows(bad, found, "abc") if row.id == "points_auc").ok


def test_a_reading_fitted_on_another_network_says_so():
    found = Ridge(np.ones((len(FEATURES), 2)), {"sha256": "abc", "seeds": "1:3", "distribution": "S1"})
    rows = points_rows([look(one) for one in crowd([0.0, 30.0])], found, "def")
    assert "ANOTHER NETWORK" in rows[0].note
    assert "ANOTHER NETWORK" not in points_rows([look(case())], found, "abc")[0].note


def test_without_a_fitted_reading_the_row_is_not_met_and_says_what_to_do():
    (row,) = points_rows([look(case())], None, "abc")
    assert not row.ok
    assert row.value is None
    assert "models.spine.bench fit" in row.note


def test_a_missing_or_damaged_reading_says_what_to_do(tmp_path):
    path = tmp_path / "ridge.json"
    with pytest.raises(ModelError, match="bench fit"):
        ridge.read(path)
    for content in ("{", "[]", json.dumps({"format": "other"}), json.dumps({"format": ridge.FORMAT, "weights": {}})):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(ModelError, match="bench fit"):
            ridge.read(path)


def test_nobody_and_too_few_cannot_be_fitted():
    with pytest.raises(ModelError, match="reads nobody"):
        fit_looks([refused(case())], {})
    with pytest.raises(ModelError, match="too few"):
        fit_looks([look(one) for one in crowd([0.0, 20.0])], {})


def test_the_shipped_reading_was_fitted_on_people_of_no_hold_out():
    about = ridge.read().about
    first, end = (int(seed) for seed in about["seeds"].split(":"))
    assert end <= 800_000
    assert about["people"] == end - first
    assert len(about["sha256"]) == 64
