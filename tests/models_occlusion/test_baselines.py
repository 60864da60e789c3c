import numpy as np
import pytest

from edge.occlusion.window import SAMPLES
from models.occlusion.baselines import Ridge, causal, offline


@pytest.fixture(scope="module")
def poses():
    """Bodies with two ways to vary."""
    rng = np.random.default_rng(0)
    base, one, two = rng.normal(size=(3, 13, 2)) * 50
    return base + rng.normal(size=(500, 1, 1)) * 0.4 * one + rng.normal(size=(500, 1, 1)) * 0.4 * two


@pytest.fixture(scope="module")
def walk(poses):
    """(40, 16, 13, 2): bodies that drift to the right, their pose unchanged."""
    drift = np.stack([4.0 * np.arange(SAMPLES), np.zeros(SAMPLES)], axis=-1)
    return poses[:40, None] + drift[None, :, None]


def hidden(walk, joint=5, steps=6):
    seen = np.ones(walk.shape[:3], bool)
    seen[:, SAMPLES - steps :, joint] = False
    return seen


def off(found, walk, joint=5):
    return np.linalg.norm(found[:, joint] - walk[:, -1, joint], axis=-1).mean()


def test_a_ridge_finds_a_joint_from_the_others(poses):
    seen = np.ones((100, 13), bool)
    seen[:, 4] = False
    found = Ridge(poses[100:])(poses[:100], seen)
    assert np.linalg.norm(found[:, 4] - poses[:100, 4], axis=-1).mean() < 0.3 * poses[:, 4].std()


def test_a_ridge_never_looks_at_hidden_joints(poses):
    seen = np.ones((10, 13), bool)
    seen[:, 4] = False
    moved = poses[:10].copy()
    moved[:, 4] += 1000.0
    ridge = Ridge(poses)
    np.testing.assert_array_equal(ridge(poses[:10], seen), ridge(moved, seen))


def test_a_ridge_knows_nothing_from_two_joints(poses):
    seen = np.zeros((5, 13), bool)
    seen[:, :2] = True
    assert np.isnan(Ridge(poses)(poses[:5], seen)).all()


def test_the_held_residual_goes_along_with_a_body_that_walks(poses, walk):
    found = causal(Ridge(poses), walk, hidden(walk), np.full(len(walk), 100.0))
    assert off(found["hold"], walk) == pytest.approx(24.0)
    assert off(found["ridge + held residual"], walk) < 1e-6
    assert off(found["Kalman 3"], walk) < 2.0


def test_what_was_never_seen_is_left_to_the_ridge(poses, walk):
    found = causal(Ridge(poses), walk, hidden(walk, steps=SAMPLES), np.full(len(walk), 100.0))
    for name in ("hold", "ridge + held residual", "Kalman 3"):
        np.testing.assert_array_equal(found[name][:, 5], found["ridge"][:, 5])


def test_no_causal_method_looks_at_hidden_places(poses, walk):
    seen = hidden(walk)
    spoilt = np.where(seen[..., None], walk, 1e4)
    torso = np.full(len(walk), 100.0)
    clean, dirty = causal(Ridge(poses), walk, seen, torso), causal(Ridge(poses), spoilt, seen, torso)
    for name in clean:
        np.testing.assert_allclose(clean[name][:, 5], dirty[name][:, 5])


def test_offline_a_gap_in_a_straight_walk_is_bridged_exactly(walk):
    seen = np.ones(walk.shape[:3], bool)
    seen[:, 5:9, 3] = False
    found = offline(walk, seen, np.full(len(walk), 100.0))
    for name in ("interpolation", "RTS 3"):
        np.testing.assert_allclose(found[name][:, 5:9, 3], walk[:, 5:9, 3], atol=0.05)
