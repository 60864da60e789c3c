from dataclasses import replace

import numpy as np
import pytest

from edge.occlusion.window import BODY, SAMPLES
from models.occlusion.answers import Errors, coverage, errors, reduction
from models.occlusion.library import joined
from models.occlusion.puppet import puppet_clips
from models.occlusion.scenes import KINDS, Kind, scene, torsos

ARM = Kind("arm", "arm", 8)


@pytest.fixture(scope="module")
def clips():
    return joined(list(puppet_clips(10, 3)))


@pytest.fixture
def asked(clips):
    return scene(clips, ARM, 2, np.random.default_rng(0))


def test_only_hidden_joints_of_the_newest_sample_are_asked_for(asked):
    assert not asked.scored[:, :-1].any()
    assert (asked.scored[:, -1].sum(axis=1) == 3).all()
    assert not (asked.scored & asked.shown).any()


def test_offline_a_joint_is_seen_on_both_sides(clips):
    asked = scene(clips, ARM, 2, np.random.default_rng(0), offline=True)
    assert asked.shown[:, [0, -1]].all()
    assert (asked.scored.sum(axis=(1, 2)) == 24).all()


def test_what_nobody_saw_is_never_asked_for(clips):
    blind = replace(clips, seen=clips.seen & (np.arange(33) != 15))
    asked = scene(blind, ARM, 4, np.random.default_rng(0))
    assert not asked.scored[:, :, BODY.index(15)].any()


def test_borrowed_patterns_are_those_of_others(clips):
    seen = clips.seen.copy()
    seen[:, 15] = False
    lender = replace(clips, seen=seen)
    asked = scene(clips, Kind("real", "real", None), 2, np.random.default_rng(0), lender)
    assert asked.scored[:, -1].sum(axis=1).tolist() == [1] * len(asked.scored)
    assert asked.scored[:, -1, BODY.index(15)].all()


def test_every_kind_can_be_asked_for(clips):
    for kind in KINDS:
        if kind.steps is not None:
            assert len(scene(clips, kind, 1, np.random.default_rng(0)).scored) == 10


def test_errors_are_in_percent_of_the_torso(asked):
    found = asked.truth[:, -1] + np.array([3.0, 4.0])
    each = errors(found, replace(asked, torso_px=np.full(len(found), 50.0)))
    np.testing.assert_allclose(each.percent, 10.0)


def test_a_torso_is_as_long_as_it_ever_looks(clips):
    lengths = torsos(clips)
    assert ((lengths > 60) & (lengths < 200)).all()


def test_half_the_error_is_a_reduction_by_half_with_an_interval_around_it():
    rng = np.random.default_rng(0)
    theirs = Errors(10.0 + rng.random(400), np.repeat(np.arange(40), 10))
    ours = Errors(0.5 * theirs.percent + rng.normal(0.0, 1.0, 400), theirs.clip)
    value, low, high = reduction(ours, theirs)
    assert low < value < high
    assert value == pytest.approx(50.0, abs=2.0)
    assert reduction(ours, theirs, median=True)[0] == pytest.approx(50.0, abs=4.0)


def test_few_clips_make_a_wide_interval():
    rng = np.random.default_rng(0)
    theirs = Errors(10.0 * rng.random(400) + 1.0, np.repeat(np.arange(40), 10))
    ours = Errors(rng.permutation(theirs.percent), theirs.clip)
    few = Errors(theirs.percent[:30], theirs.clip[:30]), Errors(ours.percent[:30], theirs.clip[:30])
    wide, narrow = reduction(few[1], few[0]), reduction(ours, theirs)
    assert wide[2] - wide[1] > narrow[2] - narrow[1]


def test_coverage_counts_coordinates_within_one_standard_deviation(asked):
    sd = np.full(asked.truth[:, -1].shape[:2], 10.0)
    noise = np.random.default_rng(0).normal(0.0, 10.0, asked.truth[:, -1].shape)
    many = coverage(asked.truth[:, -1] + noise, sd, asked)
    assert 50.0 < many < 85.0
    assert coverage(asked.truth[:, -1] + 20.0, sd, asked) == 0.0
    assert asked.shots.xy_px.shape[1] == SAMPLES
