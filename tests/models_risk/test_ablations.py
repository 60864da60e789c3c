import pytest

torch = pytest.importorskip("torch")

import numpy as np  # noqa: E402

from edge.occlusion.window import FEATURES as POOLED  # noqa: E402
from edge.risk.layout import FEATURES  # noqa: E402
from models.risk.ablations import VARIANTS, Said, Variant, compare, difference, scores, tried  # noqa: E402
from models.risk.people import habit  # noqa: E402
from models.risk.pose_noise import load  # noqa: E402
from models.risk.recurrent import MovementNet, parameters  # noqa: E402
from models.risk.synthetic import perform  # noqa: E402
from models.risk.train import Motions  # noqa: E402
from models.risk.windows import Windows  # noqa: E402


def windows_told_by(columns, count=96, seed=0):
    """Windows whose severity is written in some features, all others being the same."""
    rng = np.random.default_rng(seed)
    labels = rng.uniform(0, 1, (count, 4)).astype(np.float32)
    features = rng.normal(0.5, 0.002, (count, 30, FEATURES + POOLED)).astype(np.float16)
    features[..., columns] = labels[:, None, :1] + rng.normal(0, 0.02, (count, 30, 1))
    return Windows(features, labels, ("x",) * count, every=5)


def test_more_features_widen_the_embedding_and_nothing_else():
    usual, wide = MovementNet().state_dict(), MovementNet(features=FEATURES + POOLED).state_dict()
    other = {name for name in usual if usual[name].shape != wide[name].shape}
    assert other == {"embed.weight", "centre", "spread"}
    assert MovementNet().embed.in_features == FEATURES


def test_the_variants_have_about_as_many_parameters():
    counts = {name: parameters(one.network(FEATURES + POOLED * one.occlusion)) for name, one in VARIANTS.items()}
    assert counts["lstm_without_scaling"] == counts["lstm"]
    assert counts["lstm_with_occlusion_features"] == pytest.approx(counts["lstm"], rel=0.06)
    assert counts["rnn"] == pytest.approx(counts["lstm"], rel=0.35)


def test_only_the_variant_with_the_encoders_features_sees_what_these_alone_tell():
    learned, asked = (windows_told_by(slice(FEATURES, None), seed=seed) for seed in (0, 1))
    with_them, without = (tried(Variant(occlusion=given), learned, asked, 12, 1) for given in (True, False))
    assert scores(with_them, asked.labels[:, 0])["rank_correlation"]["mean"] > 0.8
    assert abs(scores(without, asked.labels[:, 0])["rank_correlation"]["mean"]) < 0.4


def test_every_seed_is_another_start_and_the_same_seed_the_same_network():
    windows = windows_told_by(slice(0, 40))
    first, second = (tried(Variant(), windows, windows, 1, 2) for _ in range(2))
    assert np.array_equal(first.indices, second.indices)
    assert not np.array_equal(first.indices[0], first.indices[1])


def test_scores_give_the_mean_and_each_seed():
    meant = np.linspace(0, 1, 8, dtype=np.float32)
    found = scores(Said(np.stack([meant, 1 - meant]), 7, 1.0), meant)
    assert found["rank_correlation"] == {"mean": 0.0, "each": [1.0, -1.0]}
    assert found["mean_distance"]["each"][0] == 0.0
    assert found["parameters"] == 7


def test_a_difference_comes_with_bounds_that_hold_it_and_is_nothing_between_the_same():
    rng = np.random.default_rng(1)
    meant = np.repeat(rng.uniform(0, 1, 100), 2).astype(np.float32)
    close, far = (meant + rng.normal(0, size, (2, 200)).astype(np.float32) for size in (0.05, 0.5))
    found = difference(close, far, meant)["above_lstm"]
    assert 0.1 < found["low"] < found["value"] < found["high"]
    assert difference(far, far, meant)["above_lstm"] == {"value": 0.0, "low": 0.0, "high": 0.0}


def test_all_variants_are_compared_on_the_same_windows():
    walk = perform("walk", habit("train", 0))
    motions = Motions([walk], [(walk, None)], [], [], [perform("walk", habit("tune", 0))], [])
    found = compare(motions, load(), epochs=8, count=40, tested=40)
    assert (found["training_windows"], found["test_windows"]) == (40, 40)
    assert set(VARIANTS) < set(found)
    assert len(found["rnn"]["rank_correlation"]["each"]) == found["seeds"]
    assert "above_lstm" in found["lstm_with_occlusion_features"]
    assert "above_lstm" not in found["lstm"]
