import numpy as np
import pytest

from edge.risk.confidence import kept, removed_share
from edge.risk.scaling import Scaling, fit_scaling


def test_exactly_sixty_per_cent_is_kept_and_a_little_less_is_not():
    scores = np.full(33, 0.60)
    assert kept(scores).all()
    assert kept(scores.astype(np.float32).astype(float)).all()
    assert not kept(np.full(33, 0.5999)).any()


def test_the_share_removed_counts_the_body_and_not_the_face():
    scores = np.ones(33)
    scores[:11] = 0.0
    assert removed_share(scores) == 0.0
    scores[11:22] = 0.1
    assert removed_share(scores) == pytest.approx(0.5)


def test_scaling_puts_the_bounds_at_zero_and_one_and_cuts_what_lies_beyond():
    scaling = Scaling(np.array([0.0, -10.0]), np.array([2.0, 10.0]), np.array([0.5, 0.5]))
    assert scaling.scale(np.array([1.0, -20.0])).tolist() == [0.5, 0.0]
    assert scaling.scale(np.array([9.0, 10.0])).tolist() == [1.0, 1.0]


def test_a_constant_feature_and_an_unknown_one_become_neutral():
    scaling = fit_scaling(np.column_stack([np.full(500, 7.0), np.linspace(0, 1, 500), np.full(500, np.nan)]))
    scaled = scaling.scale(np.array([[7.0, np.nan, 3.0], [9.0, 0.5, np.nan]]))
    assert np.isfinite(scaled).all()
    assert scaled[:, 0].tolist() == [0.5, 0.5]
    assert scaled[0, 1] == pytest.approx(0.5, abs=0.01)
    assert scaled[:, 2].tolist() == [0.5, 0.5]


def test_one_wild_sample_does_not_squeeze_all_others():
    values = np.append(np.linspace(0, 1, 5000), 1e6)[:, None]
    assert fit_scaling(values).scale(np.array([0.9]))[0] == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize(
    ("low", "high", "neutral"), [([1.0], [0.0], [0.5]), ([0.0], [np.inf], [0.5]), ([0.0], [1.0], [1.5])]
)
def test_constants_that_make_no_sense_are_refused(low, high, neutral):
    with pytest.raises(ValueError, match=r"scaling|neutral"):
        Scaling(np.array(low), np.array(high), np.array(neutral))
