import numpy as np
import pytest

from edge.risk.layout import FEATURES
from edge.risk.window import SAMPLES
from models.risk.faults import Faults
from models.risk.people import habit
from models.risk.pose_noise import load
from models.risk.synthetic import perform
from models.risk.windows import draw_pairs, draw_windows, joined, weighted


@pytest.fixture(scope="module")
def motions():
    leaning = Faults(lean=0.5)
    walks = [perform("walk", habit("train", number), faults) for number, faults in ((0, None), (1, leaning))]
    return [(walks[0], None), (walks[1], leaning)]


def test_two_windows_come_from_each_take_with_the_label_of_what_was_inserted(motions):
    windows = draw_windows(motions, 12, load(), np.random.default_rng(3))
    assert windows.features.shape == (12, SAMPLES, FEATURES)
    assert np.array_equal(windows.labels[::2], windows.labels[1::2])
    built_in = windows.labels[:, 1] == 0.5
    assert built_in.any()
    assert windows.labels[built_in] == pytest.approx(np.tile([[0.45, 0.5, 0.0, 0.0]], (built_in.sum(), 1)))
    assert np.isfinite(windows.features[:, -1, :99]).any(axis=1).all()


def test_the_same_seed_draws_the_same_windows(motions):
    first, second = (draw_windows(motions, 4, load(), np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(first.features, second.features, equal_nan=True)
    assert np.array_equal(first.labels, second.labels)


def test_pairs_are_the_same_seconds_seen_by_two_cameras(motions):
    pairs = draw_pairs(motions, 12, load(), np.random.default_rng(3))
    assert pairs.paired
    assert pairs.features.shape == (12, SAMPLES, FEATURES)
    assert np.array_equal(pairs.labels[::2], pairs.labels[1::2])
    coordinates = pairs.features[:, 60:, :99]
    one, other, another = coordinates[::2], coordinates[1::2], np.roll(coordinates[1::2], 1, axis=0)
    apart, strangers = np.nanmean(np.abs(one - other)), np.nanmean(np.abs(one - another))
    assert 0.0 < apart < 0.5 * strangers


def test_draws_are_joined_with_their_labels_and_grades(motions):
    draws = [draw_windows(motions, 4, load(), np.random.default_rng(seed)) for seed in (1, 2)]
    whole = joined(draws)
    assert whole.features.dtype == np.float16
    assert np.array_equal(whole.grades, np.concatenate([draw.grades for draw in draws]))
    np.testing.assert_allclose(whole.features[4:], draws[1].features, rtol=2e-3, atol=2e-3)
    assert len(whole.sources) == 8


def test_thinned_windows_keep_their_last_sample_and_say_how_far_apart_the_others_are(motions):
    windows = draw_pairs(motions, 4, load(), np.random.default_rng(1))
    thin = windows.thinned(5)
    assert thin.features.shape == (4, SAMPLES // 5, FEATURES)
    assert thin.features.dtype == np.float16
    np.testing.assert_array_equal(thin.features[:, -1], windows.features[:, -1].astype(np.float16))
    np.testing.assert_array_equal(thin.features[:, 0], windows.features[:, 4].astype(np.float16))
    assert (thin.every, thin.paired, joined([thin, thin]).every, joined([thin, thin]).paired) == (5, True, 5, True)
    assert thin.part(np.arange(2)).every == 5
    assert thin.thinned(2).every == 10


def test_groups_are_drawn_about_as_often_as_they_weigh(motions):
    drawn = weighted([(motions[:1] * 10, 0.5), (motions[1:], 0.5)])
    share = sum(faults is None for _, faults in drawn) / len(drawn)
    assert share == pytest.approx(0.5, abs=0.02)
