import numpy as np
import pytest

from edge.risk.features import FeatureStream
from edge.risk.resampling import Resampler
from edge.risk.sample import sample_of
from edge.risk.window import SAMPLES
from models.risk.lens import Seen, draw_camera, seen
from models.risk.people import habit
from models.risk.pose_noise import Clip, fit, load, read_as, save
from models.risk.synthetic import perform
from models.risk.take import drawn_take, features_of, film, frame_times, samples_in, windows_in, without


@pytest.fixture(scope="module")
def walk():
    return perform("walk", habit("train", 0))


@pytest.fixture(scope="module")
def noises():
    return load()


def test_training_cuts_windows_as_the_station_does(walk, noises):
    take = film(walk, frame_times(5.2, np.random.default_rng(1), 24.0, 0.004), noises["walk"], np.random.default_rng(2))
    resampler, stream, rows = Resampler(), FeatureStream(), []
    for observation in take.observations():
        for sample in resampler.add(sample_of(observation.landmarks)):
            rows.append(stream.add(sample.world_m, sample.plane_px, sample.score))
    # The station gets float32 landmarks, training float64 ones.
    np.testing.assert_allclose(features_of([take])[0], np.array(rows), rtol=1e-3, atol=2e-2)


def test_lost_frames_leave_no_gap_that_ends_a_window_unless_asked_for():
    times = frame_times(5.0, np.random.default_rng(1))
    left = without(times, 0.6, np.random.default_rng(2))
    assert len(left) < 0.7 * len(times)
    assert np.diff(left).max() <= 0.2
    assert np.diff(without(times, 0.9, np.random.default_rng(2), None)).max() > 0.2


def test_takes_for_training_are_whole_and_the_same_for_the_same_seed(walk, noises):
    first, second = (drawn_take(walk, noises["walk"], np.random.default_rng(4)) for _ in range(2))
    rows = features_of([first])[0]
    assert rows.shape == (samples_in(first), 193)
    assert np.array_equal(rows, features_of([second])[0], equal_nan=True)


def test_takes_of_different_length_give_together_what_they_give_alone(walk, noises):
    takes = [
        film(walk, frame_times(s, np.random.default_rng(1)), noises["walk"], np.random.default_rng(2)) for s in (6, 7)
    ]
    for alone, together in zip([features_of([take])[0] for take in takes], features_of(takes), strict=True):
        np.testing.assert_allclose(together, alone, rtol=1e-9, atol=1e-9)


def test_windows_begin_every_second_and_those_of_somebody_who_stands_are_less_active(walk, noises):
    times = frame_times(walk.seconds + 7.0, np.random.default_rng(1))
    firsts, active = windows_in(film(walk, times, noises["walk"], np.random.default_rng(2), -0.5))
    assert firsts.tolist() == list(range(0, len(times) - SAMPLES + 1, 30))
    assert active[-1] < 0.3 * active.max()


def test_errors_are_as_large_as_measured_whatever_the_cameras_rate(walk, noises):
    spread = []
    for rate in (15.0, 60.0):
        times = np.arange(0, 4.0, 1 / rate)
        true = seen(walk.at(times), draw_camera(walk, np.random.default_rng(0)))
        off = [
            read_as(true, times, noises["walk"], np.random.default_rng(n))[0].plane_px[:, 11:] - true.plane_px[:, 11:]
            for n in range(60)
        ]
        spread.append(np.array(off).std())
    assert spread[0] == pytest.approx(spread[1], rel=0.2)


def test_no_error_at_all_gives_the_truth(walk, noises):
    times = np.arange(0, 2.0, 1 / 30)
    true = seen(walk.at(times), draw_camera(walk, np.random.default_rng(0)))
    read, _ = read_as(true, times, noises["walk"], np.random.default_rng(1), size=0.0)
    assert read.plane_px == pytest.approx(true.plane_px)


def clip(seed, bias_m=0.02):
    rng = np.random.default_rng(seed)
    times = np.arange(150) / 30
    world = rng.normal(0, 0.3, (33, 3)) + 0.2 * np.sin(3 * times)[:, None, None]
    plane = 400.0 + 300.0 * world[..., :2]
    true = Seen(world, plane)
    read = Seen(world + bias_m + rng.normal(0, 0.01, world.shape), plane + rng.normal(0, 3.0, plane.shape))
    return Clip(true, read, np.full((150, 33), 0.9))


def test_the_errors_of_clips_are_found_again():
    noise = fit([clip(1), clip(2), clip(3)])
    assert noise.gain[33:99] == pytest.approx(np.ones(66), abs=0.1)
    residual = np.sqrt((noise.components**2).sum(axis=0))
    assert 0.2 < residual[:99].mean() / 0.01 < 1.1
    assert noise.scores.mean() == pytest.approx(0.9)


def test_errors_are_alike_on_both_sides_because_each_clip_counts_in_a_mirror_too():
    noise = fit([clip(1), clip(2)])
    bias = noise.biases.mean(axis=0)[:99].reshape(33, 3)
    assert bias[11, 0] == pytest.approx(-bias[12, 0], abs=1e-9)
    assert bias[11, 2] == pytest.approx(bias[12, 2], abs=1e-9)


def test_measured_errors_survive_their_file(tmp_path, noises):
    save(tmp_path / "noise.npz", {"walk": noises["walk"]})
    again = load(tmp_path / "noise.npz")["walk"]
    assert again.gain == pytest.approx(noises["walk"].gain, abs=1e-6)
    assert set(noises) == {"walk", "toe_touch", "jump", "bend"}
