import numpy as np
import pytest

from edge.pose.one_euro import OneEuroFilter


def values(*numbers):
    return np.array(numbers, np.float64)


def test_the_first_value_passes_unchanged():
    assert OneEuroFilter(min_cutoff_hz=0.05, beta=80).update(values(3, 4), 10.0).tolist() == [3, 4]


def test_a_still_body_stays_where_it_is():
    smooth = OneEuroFilter(min_cutoff_hz=0.05, beta=80)
    for k in range(10):
        assert smooth.update(values(7.0), k / 30)[0] == pytest.approx(7.0)


def test_the_second_value_is_weighted_as_computed_by_hand():
    smooth = OneEuroFilter(min_cutoff_hz=1.0, beta=0.0)
    smooth.update(values(0.0), 0.0)
    # tau = 1 / (2 pi), alpha = 1 / (1 + tau / 0.1)
    assert smooth.update(values(1.0), 0.1)[0] == pytest.approx(1 / (1 + 1 / (2 * np.pi * 0.1)))


def test_speed_opens_the_filter_as_computed_by_hand():
    smooth = OneEuroFilter(min_cutoff_hz=0.5, beta=2.0)
    smooth.update(values(0.0), 0.0)
    turn = 2 * np.pi * 0.1
    speed = (turn / (1 + turn)) * (1.0 / 0.1) * 0.25  # low-passed at 1 Hz, scaled by 0.25
    cutoff = 0.5 + 2.0 * speed
    alpha = 1 / (1 + 1 / (2 * np.pi * cutoff * 0.1))
    assert smooth.update(values(1.0), 0.1, scale=0.25)[0] == pytest.approx(alpha)


def test_it_goes_by_capture_time_not_by_the_number_of_frames():
    often, seldom = (OneEuroFilter(min_cutoff_hz=0.5, beta=0.0) for _ in range(2))
    for k in range(61):
        last_often = often.update(values(0.0 if k == 0 else 1.0), k / 60)
    for k in range(16):
        last_seldom = seldom.update(values(0.0 if k == 0 else 1.0), k / 15)
    # after the same second both have come equally near, whatever the frame rate
    assert last_often[0] == pytest.approx(last_seldom[0], abs=0.015)
    assert last_often[0] == pytest.approx(1 - np.exp(-2 * np.pi * 0.5), abs=0.015)


@pytest.mark.parametrize("time_s", [5.0, 4.0])
def test_a_time_that_does_not_advance_changes_nothing(time_s):
    smooth = OneEuroFilter(min_cutoff_hz=0.5, beta=1.0)
    smooth.update(values(0.0), 4.9)
    before = smooth.update(values(1.0), 5.0)
    assert smooth.update(values(100.0), time_s) == pytest.approx(before)
    assert smooth.update(values(1.0), 5.1)[0] <= 1.0


def test_jitter_of_a_standing_person_shrinks():
    noise = np.random.default_rng(1).normal(0, 1.0, (300, 33))
    smooth = OneEuroFilter(min_cutoff_hz=0.05, beta=80)
    out = np.array([smooth.update(500 + row, k / 30, scale=1 / 1000) for k, row in enumerate(noise)])
    assert out[30:].std(axis=0).mean() < 0.7 * noise[30:].std(axis=0).mean()


def test_it_forgets_when_told_and_leaves_its_input_alone():
    smooth = OneEuroFilter(min_cutoff_hz=0.5, beta=1.0)
    first = values(1.0)
    smooth.update(first, 0.0)
    smooth.update(values(9.0), 0.1)
    assert first[0] == 1.0
    smooth.reset()
    assert smooth.update(values(50.0), 0.2)[0] == 50.0
