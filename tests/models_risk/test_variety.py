import numpy as np
import pytest

from models.risk.faults import Faults, insert
from models.risk.motion import HIPS, SHOULDERS, middle
from models.risk.people import habit
from models.risk.synthetic import perform
from models.risk.variety import varied


@pytest.fixture(scope="module")
def walk():
    return perform("walk", habit("train", 0))


def lean_deg(motion):
    trunk = middle(motion.points_m, SHOULDERS) - middle(motion.points_m, HIPS)
    return np.degrees(np.arctan2(trunk[:, 0], trunk[:, 2])).mean()


def width_m(motion, pair):
    return float(np.linalg.norm(motion.points_m[:, pair[0]] - motion.points_m[:, pair[1]], axis=-1).mean())


def trembles(motion):
    wide = np.linalg.norm(motion.points_m[:, HIPS[0]] - motion.points_m[:, HIPS[1]], axis=-1)
    return wide.std() > 1e-3


def test_a_quarter_trembles_by_millimetres(walk):
    others = [varied(walk, np.random.default_rng(seed)) for seed in range(60)]
    found = [one for one in others if trembles(one)]
    assert 0.1 < len(found) / len(others) < 0.4
    assert not trembles(walk)
    for one in found:
        wide = np.linalg.norm(one.points_m[:, HIPS[0]] - one.points_m[:, HIPS[1]], axis=-1)
        assert 0.002 < wide.std() < 0.025


def test_half_of_the_others_are_mirrored_and_lean_as_far_to_the_other_side(walk):
    leaning = insert(walk, Faults(lean=0.8), np.random.default_rng(0))
    leans = np.array([lean_deg(varied(leaning, np.random.default_rng(seed))) for seed in range(40)])
    assert np.abs(np.abs(leans) - abs(lean_deg(leaning))).max() < 1.0
    assert 0.25 < (leans > 0).mean() < 0.75


def test_others_are_built_differently_and_every_bone_stays_as_long_as_it_is(walk):
    others = [one for one in (varied(walk, np.random.default_rng(seed)) for seed in range(40)) if not trembles(one)]
    shares = np.array([width_m(one, SHOULDERS) / width_m(one, HIPS) for one in others])
    assert 0.04 < shares.std() / shares.mean() < 0.15
    for pair in (SHOULDERS, HIPS):
        for one in (walk, others[0]):
            wide = np.linalg.norm(one.points_m[:, pair[0]] - one.points_m[:, pair[1]], axis=-1)
            assert wide.std() < 0.001


def test_the_floor_stays_where_it_was(walk):
    for seed in range(5):
        lowest_m = varied(walk, np.random.default_rng(seed)).points_m[..., 2].min()
        assert lowest_m == pytest.approx(walk.points_m[..., 2].min(), abs=0.05)
