"""What the bench counts, against values counted by hand."""

import numpy as np
import pytest

from models.spine.bench.statistics import auc, bias_sd, interval, mean_interval, median, p90, share, written


def test_the_auc_counts_the_pairs_in_order_and_half_the_ties():
    # 9 pairs: 5 in order, 1 tie.
    assert auc([5.0, 2.0, 1.0], [0.0, 2.0, 4.0]) == pytest.approx((3 + 1.5 + 1) / 9)


def test_the_auc_of_a_perfect_a_useless_and_a_mirrored_reading():
    assert auc([2.0, 3.0], [0.0, 1.0]) == 1.0
    assert auc([1.0, 1.0], [1.0]) == 0.5
    assert auc([0.0, 1.0], [2.0, 3.0]) == 0.0


def test_without_anybody_on_either_side_there_is_no_auc():
    assert auc([], [1.0]) is None
    assert auc([1.0], []) is None


def test_what_averaging_frames_leaves_is_the_spread_of_the_people_s_means():
    people = {1: [1.0, 1.2], 2: [-1.0, -1.2], 3: [0.1, -0.1]}
    assert bias_sd(people) == pytest.approx(np.std([1.1, -1.1, 0.0], ddof=1))
    assert bias_sd({1: [1.0]}) is None


def test_an_interval_draws_people_not_frames():
    # Ten frames of one person are no more than one.
    people, values = [0] * 10 + [1] * 10, np.array([0.0] * 10 + [1.0] * 10)
    limits = interval(people, lambda places: float(values[places].mean()))
    assert limits == (0.0, 1.0)


def test_a_statistic_that_mostly_has_no_value_has_no_interval():
    assert interval([1, 2, 3], lambda _: None) is None
    assert interval([], lambda _: 1.0) is None


def test_the_interval_of_a_mean_is_about_as_wide_as_theory_says():
    values = np.random.default_rng(0).normal(1.0, 2.0, 400)
    low, high = mean_interval(list(values))
    assert high - low == pytest.approx(2 * 1.96 * 2.0 / np.sqrt(400), rel=0.1)
    assert low < 1.0 < high
    assert mean_interval([1.0]) is None


def test_nothing_has_no_median_share_or_percentile():
    assert median([]) is p90([]) is share([]) is None
    assert written(None) == "too few for an interval"
