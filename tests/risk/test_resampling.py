import numpy as np
import pytest

from edge.risk.resampling import Resampler
from edge.risk.sample import Sample, between


def sample(time_s, value=None, score=1.0):
    value = time_s if value is None else value
    return Sample(time_s, np.full((33, 3), value), np.full((33, 2), value), np.full(33, score))


@pytest.mark.parametrize("fps", [15, 24, 25, 30, 60, 120])
def test_five_seconds_at_any_rate_become_150_samples_and_one(fps):
    resampler = Resampler()
    times = 3.0 + np.arange(5 * fps + 1) / fps
    given = [one for time_s in times for one in resampler.add(sample(float(time_s)))]
    assert abs(len(given) - 151) <= 1
    assert np.diff([one.time_s for one in given]) == pytest.approx(1 / 30)
    # What moves evenly is where it has to be at every sample, whatever the camera's rate.
    assert [one.world_m[0, 0] for one in given] == pytest.approx([one.time_s for one in given])


def test_jittered_frames_land_on_the_same_grid():
    rng = np.random.default_rng(1)
    times = np.arange(60) / 30 + rng.uniform(0, 0.01, 60)
    resampler = Resampler()
    given = [one for time_s in times for one in resampler.add(sample(float(time_s)))]
    assert np.diff([one.time_s for one in given]) == pytest.approx(1 / 30)
    assert [one.plane_px[4, 1] for one in given] == pytest.approx([one.time_s for one in given])


def test_a_pause_of_200_ms_is_bridged_and_a_longer_one_breaks_the_grid():
    resampler = Resampler()
    list(resampler.add(sample(1.0)))
    assert not resampler.breaks(1.2)
    assert resampler.breaks(1.201)
    assert resampler.breaks(0.99)
    with pytest.raises(ValueError, match="break the grid"):
        list(resampler.add(sample(1.3)))
    resampler.reset()
    assert [one.time_s for one in resampler.add(sample(1.3))] == [1.3]


def test_a_joint_between_two_frames_is_as_certain_as_the_worse_one():
    first, second = sample(0.0, 0.0, 0.9), sample(0.1, 1.0, 0.3)
    assert between(first, second, 0.05).score.tolist() == [0.3] * 33
    assert between(first, second, 0.0).score.tolist() == [0.9] * 33
    assert between(first, second, 0.1).score.tolist() == [0.3] * 33
    assert between(first, second, 0.025).world_m[0, 0] == pytest.approx(0.25)
