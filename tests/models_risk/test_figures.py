import json

import numpy as np
import pytest

from edge.risk.layout import NAMES
from models.risk.bench import long_memory
from models.risk.calibrate import calibrated, knots, straightened, uncertainties
from models.risk.card import HERE, load
from models.risk.figures import frame_rates, lean_and_turning, sad_paths, symmetric
from models.risk.motion import Motion
from models.risk.people import Counts, everything, habit, seen_cmu, unseen_cmu
from models.risk.picture import draw
from models.risk.pose_noise import load as load_noise
from models.risk.rank import rank_correlation
from models.risk.speed import speed
from models.risk.synthetic import perform
from models.risk.trial import Trial
from tests.risk.movements import constants, counting_network


def test_rank_correlation_shares_ranks_and_ignores_size():
    assert rank_correlation([1, 2, 3, 4], [1, 10, 100, 1000]) == 1.0
    assert rank_correlation([1, 2, 3, 4], [4, 3, 2, 1]) == -1.0
    assert rank_correlation([1, 1, 2, 2], [1, 2, 3, 4]) == pytest.approx(0.894427191)


def test_a_part_that_says_too_little_is_straightened():
    meant = np.concatenate([np.zeros(300), np.random.default_rng(3).uniform(0.4, 0.95, 300)])
    slope, offset = straightened(0.5 * meant - 0.1, meant)
    assert np.abs(np.clip(slope * (0.5 * meant - 0.1) + offset, 0, 1) - meant).mean() < 0.03


def test_missing_a_fault_counts_twice_where_both_are_said_alike():
    meant = np.repeat([0.0, 0.9], 300)
    slope, offset = straightened(np.full(600, 0.1), meant)
    assert slope * 0.1 + offset == pytest.approx(0.6, abs=0.03)


def test_the_calibration_lets_the_promised_share_of_symmetric_motion_stay_usual():
    symmetric_raw = np.random.default_rng(0).gamma(2.0, 0.05, 4000)
    at, index = knots(symmetric_raw)
    assert (np.interp(symmetric_raw, at, index) > 0.5).mean() == pytest.approx(0.015, abs=0.002)
    known = calibrated(constants().scaling, symmetric_raw, symmetric_raw, symmetric_raw)
    assert known.index_of(1.0) == 1.0
    assert known.uncertainty[0] == pytest.approx(0.0, abs=1e-9)


def test_an_uncertainty_is_what_two_thirds_stay_below():
    said = np.full(100, 0.1)
    meant = said + np.linspace(0, 0.2, 100)
    assert uncertainties(said, meant)[0] == pytest.approx(0.136, abs=0.005)
    assert uncertainties(said, meant)[3] == 0.25


def test_nobody_of_cmu_is_on_both_sides():
    motions = [Motion("walk", "cmu", str(n), 30.0, np.zeros((2, 33, 3))) for n in range(11)]
    train, test = seen_cmu(motions), unseen_cmu(motions)
    assert len(train) + len(test) == 11
    assert not {one.person for one in train} & {one.person for one in test}


def test_the_bench_tests_as_many_people_as_it_promises():
    counts = Counts()
    assert counts.symmetric >= 200
    assert counts.walkers >= 50


@pytest.fixture(scope="module")
def trial():
    return Trial(counting_network(), load_noise())


@pytest.fixture(scope="module")
def walks():
    return [perform("walk", habit("severity", number)) for number in range(2)]


def test_a_network_that_knows_nothing_has_no_rank_correlation_and_flags_nobody(trial, walks):
    found = symmetric(trial, walks)
    assert found["symmetric_flagged_share"] == 0.0
    assert found["symmetric_people"] == 2
    assert frame_rates(trial, walks[:1])["frame_rate_difference_max"] <= 0.02


def test_a_network_that_always_says_one_flags_everybody(walks):
    said = Trial(counting_network(lambda counts: 0.0 * counts + 1.0), load_noise())
    assert symmetric(said, walks)["symmetric_flagged_share"] == 1.0
    assert lean_and_turning(said, [walks, walks, walks])["lean_subindex"] == 1.0


def test_sad_paths_invent_no_number(trial):
    found = sad_paths(trial)
    assert found["sad_paths_invented"] == 0
    assert "0." in found["sad_paths"]["20 % of frames lost"]
    assert "not known" in found["sad_paths"]["all joints low"]


def test_the_speed_is_that_of_one_sample_and_of_a_window(trial, walks):
    found = speed(trial, trial.take(walks[0], np.random.default_rng(0)))
    assert 0.0 < found["step_p50_ms"] <= found["step_p95_ms"] < found["window_ms"]


def test_the_gap_in_memory_is_the_mean_over_seeds(tmp_path):
    runs = [
        {"kind": kind, "length": 500, "seed": seed, "accuracy": right}
        for kind, rights in (("lstm", (0.9, 1.0)), ("rnn", (0.1, 0.2)))
        for seed, right in enumerate(rights)
    ]
    path = tmp_path / "runs.json"
    path.write_text(json.dumps(runs))
    assert long_memory(path)["lstm_minus_rnn_points"] == 80.0
    assert long_memory(None)["lstm_minus_rnn_points"] is None


def test_a_picture_shows_every_group(tmp_path):
    draw([("one", 0.2, 0.3), ("two", 0.8, 0.9)], tmp_path / "index.png")
    assert (tmp_path / "index.png").stat().st_size > 3000


@pytest.mark.parametrize("precision", ["float", "int8"])
def test_the_artefact_that_ships_answers_as_its_card_says(precision):
    from edge.engine.artefact import load_artefact
    from edge.risk.network import check_movement_answer

    network = load(HERE, precision)
    artefact = load_artefact(HERE, f"movement.{precision}")
    assert check_movement_answer(network, artefact) < 1.0
    assert len(artefact.content) < 2_000_000
    assert network.constants.scaling.low.shape == (len(NAMES),)


def test_int8_says_what_float_says():
    walk = everything("severity", 1)[1]
    trials = [Trial(load(HERE, precision), load_noise()) for precision in ("float", "int8")]
    first, second = (trial.index(walk, np.random.default_rng(3)) for trial in trials)
    assert first.index == pytest.approx(second.index, abs=0.03)
