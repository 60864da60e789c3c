"""The bench as a whole: from folders of renders to rows, with networks that know or do not know the truth."""

import time

import numpy as np
import pytest
from rich.console import Console
from typer.testing import CliRunner

from edge.config import ModelsConfig
from edge.errors import ConfigError, ModelError
from models.spine.bench.__main__ import app
from models.spine.bench.bench import CURVED, SIDES, STANDING, UNEVEN, first_frames, prepare, see, seen_rows
from models.spine.bench.fitting import fit_points
from models.spine.bench.networks import load
from models.spine.bench.pictures import write_sheets
from models.spine.bench.speed import time_rows, timed_ms
from tests.spine_bench.backs import look
from tests.spine_bench.test_bench_case import rendered

ISSUE = {
    "shoulder_tilt_back_median_deg", "shoulder_tilt_back_p90_deg", "pelvis_tilt_back_median_deg",
    "trunk_lean_back_median_deg", "surface_curve_slope", "surface_curve_residual_sd_deg", "not_measurable_share",
    "midline_points_median_pct_trunk", "curve_auc", "curve_side_right_share", "curve_auc_worst_clothing", "points_auc",
}  # fmt: skip


class Knowing:
    """Networks that give the truth, moved by some pixels."""

    sha256 = "abc"

    def __init__(self, people, precision: str, off_px: float = 0.0):
        most = 2 if precision == "float" else None
        self.precision = precision
        self._off_px = off_px
        self._cases = [case for takes in people.values() for take in takes for case in take[:most]]
        self._turn = iter(self._cases)

    def find(self, frame):
        self._now = look(next(self._turn), by_px=(self._off_px, 0.0), sd_px=1.0)
        return self._now.coarse

    def outline(self, frame, landmarks):
        return None

    def read(self, frame, landmarks, silhouette):
        return self._now.reading


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    folder = tmp_path_factory.mktemp("renders")
    for seed in (5, 6):
        for name in (CURVED, UNEVEN):
            rendered(folder, seed, name)
        rendered(folder, seed, STANDING, frames=8)
        for name in SIDES:
            rendered(folder, seed, name, frames=4)
    return prepare(range(5, 7), folder)


def test_what_lies_in_the_folder_is_read_and_not_rendered_again(people):
    assert {name: [len(take) for take in takes] for name, takes in people.items()} == {
        STANDING: [8, 8], CURVED: [2, 2], UNEVEN: [2, 2], SIDES[0]: [4, 4], SIDES[1]: [4, 4],
    }  # fmt: skip


def test_every_row_the_issue_names_is_there_once_and_a_perfect_network_meets_what_can_be_measured(people):
    seen = see(Knowing(people, "int8"), people, Console(quiet=True))
    rows = seen_rows(seen, None)
    ids = [row.id for row in rows]
    assert set(ids) >= ISSUE
    assert len(ids) == len(set(ids))
    assert [row.id for row in rows if row.target and not row.ok and row.value is not None] == []


def test_a_wrong_network_fails_the_table(people):
    rows = seen_rows(see(Knowing(people, "int8", off_px=12.0), people, Console(quiet=True)), None)
    failed = {row.id for row in rows if row.target and not row.ok and row.value is not None}
    assert {"midline_points_median_pct_trunk", "waist_points_median_pct_trunk"} <= failed


def test_the_float_networks_see_two_frames_and_their_rows_say_so(people):
    seen = see(Knowing(people, "float"), people, Console(quiet=True))
    assert len(seen.looks[STANDING]) == 4
    assert all(row.id.endswith("_float") for row in seen_rows(seen, None))
    assert [one.case.shot.seed for one in first_frames(seen.looks[STANDING])] == [5, 6]


def test_sheets_show_int8_beside_float(people, tmp_path):
    both = {name: see(Knowing(people, name), people, Console(quiet=True)) for name in ("int8", "float")}
    (path,) = write_sheets(tmp_path, {"backs": {name: first_frames(one.looks[CURVED]) for name, one in both.items()}})
    assert path.stat().st_size > 10_000
    assert write_sheets(tmp_path, {"nobody": {"int8": [], "float": []}}) == []


def test_without_a_built_network_the_bench_says_how_to_make_one(tmp_path):
    with pytest.raises(ModelError, match=r"python -m models\.build"):
        load(ModelsConfig(folder=str(tmp_path), spine="spine_small"), "int8")
    answer = CliRunner().invoke(app, ["--models", str(tmp_path), "--renders", str(tmp_path / "renders")])
    assert answer.exit_code == 1
    assert "models.spine train" in answer.output
    assert not (tmp_path / "renders").exists()


def test_seeds_nobody_may_use_are_refused():
    assert CliRunner().invoke(app, ["--seeds", "900000:900001"]).exit_code == 1
    answer = CliRunner().invoke(app, ["--network", "spine_huge"])
    assert answer.exit_code == 1
    assert "spine_small" in answer.output


def test_nobody_of_the_hold_out_may_be_fitted_on(tmp_path):
    with pytest.raises(ConfigError, match="kept for the accuracy bench"):
        fit_points(range(800_050, 800_061), tmp_path, ModelsConfig(), Console(quiet=True))


def test_times_are_medians_taken_in_turn():
    order = []
    taken = timed_ms({"one": lambda: order.append(1), "two": lambda: (order.append(2), time.sleep(0.004))}, 3)
    assert order == [1, 2] * (len(order) // 2)
    assert taken["two"] > 3.9 > taken["one"]


def test_a_network_slower_than_blazepose_fails():
    rows = {row.id: row for row in time_rows({"spine": 20.0, "pose": 10.0, "spine_network": 9.0, "pose_network": 10.0})}
    assert rows["spine_speed_of_pose"].value == 2.0
    assert not rows["spine_speed_of_pose"].ok
    assert rows["spine_network_speed_of_pose"].ok
    assert time_rows({"spine": 20.0})[0].value is None
    assert np.isfinite(rows["spine_ms"].value)
