from dataclasses import replace

import numpy as np
import pytest

from edge.occlusion.window import FEATURES as POOLED
from edge.occlusion.window import RATE_HZ, SAMPLES
from edge.pose.landmarks import Joint
from edge.risk.layout import FEATURES
from models.risk.lens import Seen
from models.risk.occlusion_features import REACH, drawing, pooled, shipped
from models.risk.people import habit
from models.risk.pose_noise import load
from models.risk.synthetic import perform
from models.risk.take import Take, film, frame_times, samples_in
from models.risk.windows import draw_cuts, draw_windows

HIDDEN_TOKEN, SCORE_TOKEN = 4, 7


class Listening:
    """Stands in for the network: keeps what it is asked and answers with where the joints are."""

    def __init__(self):
        self.asked = []

    def run(self, inputs):
        self.asked.append(inputs)
        return {"features": np.resize(inputs["tokens"][:, -1].reshape(1, -1), (1, POOLED))}


@pytest.fixture(scope="module")
def walk():
    return perform("walk", habit("train", 0))


@pytest.fixture(scope="module")
def take(walk):
    times_s = frame_times(6.4, np.random.default_rng(1))
    return film(walk, times_s, load()["walk"], np.random.default_rng(2))


def scored(take, score):
    return replace(take, score=np.broadcast_to(score, take.score.shape).copy())


def later_altered(take, time_s):
    """The same take in which everything after a time is somewhere else and hardly seen."""
    later = take.times_s > time_s
    plane = take.read.plane_px + np.where(later, 500.0, 0.0)[:, None, None]
    return Take(take.times_s, Seen(take.read.world_m, plane), np.where(later[:, None], 0.1, take.score))


def test_each_sample_gets_the_encoders_features_of_the_second_before_it(take):
    features = pooled(take, np.array([40, 95, 150]), shipped())
    assert features.shape == (3, POOLED)
    assert np.isfinite(features).all()
    assert np.abs(features[0] - features[2]).max() > 1e-3


def test_the_network_is_asked_once_a_sample_with_a_second_that_ends_there(take):
    network = Listening()
    seen = scored(take, 0.9)
    features = pooled(seen, np.array([60, 61]), network.run)
    assert len(network.asked) == 2
    assert pytest.approx(REACH / 30) == (SAMPLES - 1) / RATE_HZ
    tokens = network.asked[0]["tokens"][0]
    assert not tokens[:, :, HIDDEN_TOKEN].any()
    # The camera has the station's rate, so a sample is a frame, and every second one is asked about.
    wrist = seen.read.plane_px[60 - REACH : 61 : 2, Joint.LEFT_WRIST]
    told = tokens[:, Joint.LEFT_WRIST, :2]
    assert np.corrcoef(wrist[:, 0], told[:, 0])[0, 1] == pytest.approx(1.0, abs=1e-6)
    assert not np.array_equal(features[0], features[1])


def test_what_comes_later_changes_no_earlier_features(take):
    samples, run = np.array([10, 60, 90]), shipped()
    before = pooled(take, samples, run)
    after = pooled(later_altered(take, take.times_s[61]), samples, run)
    assert np.array_equal(before[:2], after[:2], equal_nan=True)
    assert not np.array_equal(before[2], after[2])


def test_a_hidden_landmark_is_told_as_unseen_and_a_sure_one_is_not(take):
    network, score = Listening(), np.full((1, 33), 0.9)
    score[0, Joint.LEFT_ELBOW] = 0.59
    pooled(scored(take, score), np.array([60]), network.run)
    tokens = network.asked[0]["tokens"][0]
    assert tokens[:, Joint.LEFT_ELBOW, HIDDEN_TOKEN].all()
    assert not tokens[:, Joint.LEFT_ELBOW, SCORE_TOKEN].any()
    assert not tokens[:, Joint.RIGHT_ELBOW, HIDDEN_TOKEN].any()


def test_before_the_take_began_nothing_was_seen(take):
    network = Listening()
    pooled(scored(take, 0.9), np.array([10]), network.run)
    hidden = network.asked[0]["tokens"][0, :, Joint.NOSE, HIDDEN_TOKEN]
    assert hidden.tolist() == [1.0] * 10 + [0.0] * 6


def test_of_somebody_who_is_not_seen_the_features_are_unknown_and_nobody_asks_the_network(take):
    network = Listening()
    features = pooled(scored(take, 0.3), np.array([0, 80]), network.run)
    assert np.isnan(features).all()
    assert features.shape == (2, POOLED)
    assert network.asked == []


def test_the_windows_are_those_of_training_with_the_encoders_features_behind(walk):
    motions, noises = [(walk, None)], load()
    network = Listening()
    windows = drawing(network.run, 5)(motions, 6, noises, np.random.default_rng(4))
    plain = draw_windows(motions, 6, noises, np.random.default_rng(4)).thinned(5)
    assert windows.features.shape == (6, 30, FEATURES + POOLED)
    assert windows.features.dtype == np.float16
    assert windows.every == 5
    assert np.array_equal(windows.features[..., :FEATURES], plain.features, equal_nan=True)
    assert np.array_equal(windows.labels, plain.labels)


def test_every_sample_of_a_window_has_the_features_read_at_its_own_place_in_the_take(walk):
    motions, noises = [(walk, None)], load()
    cuts = draw_cuts(motions, 4, noises, np.random.default_rng(4))
    windows = drawing(Listening().run, 5)(motions, 4, noises, np.random.default_rng(4))
    for number, cut in enumerate(cuts):
        for place, begin in enumerate(cut.begun):
            samples = np.arange(begin + 4, begin + 150, 5)
            assert samples[-1] < samples_in(cut.takes[0])
            alone = pooled(cut.takes[0], samples, Listening().run).astype(np.float16)
            assert np.array_equal(windows.features[2 * number + place, :, FEATURES:], alone, equal_nan=True)
