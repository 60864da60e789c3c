import math

import numpy as np
import pytest

from edge.accuracy.statistics import agreement, detection, mdc95, residual, sign_right_share, slope, standard_error


def _people(noise: float, people: int = 400, takes: int = 8) -> list[list[float]]:
    rng = np.random.default_rng(1)
    bodies = rng.normal(0, 5, (people, 1))
    return (bodies + rng.normal(0, noise, (people, takes))).tolist()


def test_a_constant_offset_is_bias_and_nothing_else():
    found = agreement([1.5, 3.5, -4.5], [1.0, 3.0, -5.0])
    assert (found.bias, found.sd, found.slope) == (0.5, 0.0, pytest.approx(1.0))
    assert (found.low, found.high, found.median_error, found.p90_error) == (0.5, 0.5, 0.5, 0.5)


def test_nine_tenths_of_the_absolute_errors_lie_within_p90():
    errors = np.arange(-50, 51) / 10
    found = agreement(errors, np.zeros(101))
    assert np.mean(np.abs(errors) <= found.p90_error) == pytest.approx(0.9, abs=0.01)
    assert found.median_error == pytest.approx(2.5, abs=0.05)


def test_the_limits_of_agreement_hold_ninety_five_per_cent_of_normal_errors():
    errors = np.random.default_rng(0).normal(1.0, 2.0, 20_000)
    found = agreement(errors, np.zeros(20_000))
    assert (found.low, found.high) == (pytest.approx(-2.92, abs=0.1), pytest.approx(4.92, abs=0.1))
    assert np.mean((errors > found.low) & (errors < found.high)) == pytest.approx(0.95, abs=0.005)


def test_a_measure_that_shrinks_everything_has_its_slope_below_one():
    truth = np.linspace(-10, 10, 50)
    assert agreement(0.6 * truth, truth).slope == pytest.approx(0.6)
    assert slope(np.ones(5), truth[:5]) is None


def test_nothing_measured_gives_no_figure_and_one_pair_no_spread():
    assert agreement([], []) is None
    assert agreement([1.0], [0.5]).sd is None
    with pytest.raises(ValueError, match="cannot be compared"):
        agreement([1.0], [])


def test_the_residual_leaves_out_what_the_line_explains():
    rng = np.random.default_rng(2)
    x = rng.normal(0, 5, 5000)
    assert residual(x, 0.4 * x + 3 + rng.normal(0, 1.5, 5000)) == pytest.approx(1.5, rel=0.03)
    assert residual(np.arange(2.0), np.arange(2.0)) is None


def test_sensitivity_and_specificity_count_as_the_textbook_does():
    truth = [4.0, 4.0, 4.0, 4.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    found = detection([5.0, 5.0, 5.0, 1.0, 5.0, 0.0, 0.0, 0.0, 0.0], truth, 3.0)
    assert (found.positives, found.negatives, found.sensitivity, found.specificity) == (4, 5, 0.75, 0.8)


def test_a_flag_to_the_wrong_side_finds_nothing():
    assert detection([-5.0], [5.0], 3.0).sensitivity == 0.0
    assert detection([1.0], [1.0], 3.0).sensitivity is None


def test_the_sign_counts_only_where_the_truth_is_large_enough():
    assert sign_right_share([1.0, -1.0, -7.0], [6.0, 4.9, -5.1], beyond=5.0) == 1.0
    assert sign_right_share([1.0], [4.0], beyond=5.0) is None


def test_the_change_that_is_not_noise_is_2_77_standard_errors():
    people = _people(noise=1.3)
    assert standard_error(people) == pytest.approx(1.3, rel=0.03)
    assert mdc95(people) == pytest.approx(1.96 * math.sqrt(2) * 1.3, rel=0.03)


def test_the_median_of_three_takes_halves_no_more_than_it_can():
    # Of normal noise the median of three keeps 0.67 of the spread; the mean would keep 0.58.
    people = _people(noise=1.3)
    assert mdc95(people, takes=3) / mdc95(people) == pytest.approx(0.67, abs=0.02)


def test_how_people_differ_is_not_noise():
    still = [[body] * 4 for body in (-8.0, 0.0, 3.0)]
    assert (standard_error(still), mdc95(still)) == (0.0, 0.0)


def test_without_a_repetition_nothing_is_said_about_noise():
    assert standard_error([[1.0], [2.0]]) is None
    assert mdc95([], takes=3) is None
