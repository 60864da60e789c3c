import numpy as np

from edge.occlusion.replay import follow, smooth_gaps


def circle(samples: int = 40) -> np.ndarray:
    """(samples, 1, 2) pixels, a slow turn."""
    angle = np.linspace(0.0, np.pi, samples)
    return 100.0 * np.stack([np.cos(angle), np.sin(angle)], axis=-1)[:, None]


def gap() -> np.ndarray:
    seen = np.ones((40, 1), bool)
    seen[15:25] = False
    return seen


def test_a_gap_on_a_bend_is_bridged_better_than_by_a_straight_line():
    truth, seen = circle(), gap()
    found, _ = smooth_gaps(truth, seen)
    line = np.stack([np.interp(np.arange(40), np.flatnonzero(seen[:, 0]), truth[seen[:, 0], 0, c]) for c in (0, 1)], -1)
    ours = np.linalg.norm(found[15:25, 0] - truth[15:25, 0], axis=-1).mean()
    theirs = np.linalg.norm(line[15:25] - truth[15:25, 0], axis=-1).mean()
    assert ours < 0.5 * theirs


def test_seen_joints_stay_exactly_where_they_were():
    truth, seen = circle() + np.random.default_rng(1).normal(size=(40, 1, 2)), gap()
    found, sd = smooth_gaps(truth, seen)
    np.testing.assert_array_equal(found[seen], truth[seen])
    assert (sd[seen] == 0.0).all()


def test_the_middle_of_a_gap_is_least_sure():
    _, sd = smooth_gaps(circle(), gap())
    assert sd[19:21].min() > sd[[15, 24]].max() > 0.0


def test_a_joint_never_seen_is_not_made_up():
    seen = gap()
    seen[:] = False
    found, sd = smooth_gaps(circle(), seen)
    assert np.isnan(found).all()
    assert np.isnan(sd).all()


def test_not_a_number_where_nothing_was_seen_does_no_harm():
    truth, seen = circle(), gap()
    spoilt = np.where(seen[..., None], truth, np.nan)
    np.testing.assert_array_equal(smooth_gaps(spoilt, seen)[0], smooth_gaps(truth, seen)[0])


def test_following_looks_at_nothing_later():
    truth, seen = circle(), gap()
    whole = follow(truth, seen)
    np.testing.assert_array_equal(follow(truth[:20], seen[:20]), whole[:20])
