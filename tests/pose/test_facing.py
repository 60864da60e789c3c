"""Back or front is said only where the whole trunk says it with certainty."""

import numpy as np
import pytest

from edge.pose.facing import CERTAIN, PAIRS, facing_of
from edge.pose.spine_answer import SpineAnswer
from edge.pose.spine_crop import Box
from edge.pose.spine_reading import Trend


def answer(across=60.0, sd=2.0, score=0.9):
    """Every right point of the trunk stands so many crop pixels to the right of its left one."""
    xy = np.full((74, 2), 96.0)
    for left, right in PAIRS:
        xy[left, 0], xy[right, 0] = 96.0 - across / 2, 96.0 + across / 2
    return SpineAnswer(xy, np.full((74, 2), sd), np.full(74, score), Trend(0.0, np.zeros(7)), Box(0.0, 0.0, 2.0))


@pytest.mark.parametrize(("across", "facing"), [(60.0, 1), (-60.0, -1), (0.0, 0)])
def test_right_of_the_left_is_a_back_and_left_of_it_a_front(across, facing):
    assert facing_of(answer(across)) == facing


def test_what_lies_within_its_own_uncertainty_is_neither():
    apart = CERTAIN * np.hypot(2.0, 2.0)
    assert facing_of(answer(1.01 * apart)) == 1
    assert facing_of(answer(0.99 * apart)) == facing_of(answer(-0.99 * apart)) == 0


@pytest.mark.parametrize("pair", PAIRS)
def test_one_pair_that_is_uncertain_cut_off_or_says_the_opposite_is_enough_to_say_nothing(pair):
    left, right = pair
    uncertain, cut_off, opposite = answer(), answer(), answer()
    uncertain.sd[right, 0] = 30.0
    cut_off.score[left] = 0.0
    opposite.xy[[left, right]] = opposite.xy[[right, left]]
    assert [facing_of(one) for one in (uncertain, cut_off, opposite)] == [0, 0, 0]


def test_what_is_covered_tells_as_much_as_it_is_certain():
    assert facing_of(answer(score=0.2)) == 1
