import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from edge.pose.landmarks import Landmarks
from edge.pose.observation import Observation
from edge.pose.silhouette import SIDE, Silhouette
from edge.pose.spine_points import SPINE_COUNT, SpinePoints
from edge.ring.record import RECORD, pack, unpack

times = st.floats(0, 1e7)
points = arrays(np.float32, (33, 3), elements=st.floats(-1e4, 1e4, width=32))
scores = arrays(np.float32, 33, elements=st.floats(0, 1, width=32))
bodies = st.builds(Landmarks, points, points, scores, arrays(np.bool_, 33), times, st.none() | scores)


def outline(seed: int) -> Silhouette:
    generator = np.random.default_rng(seed)
    return Silhouette(generator.random((SIDE, SIDE)) < 0.3, generator.normal(size=(2, 3)))


def spine(seed: int) -> SpinePoints:
    generator = np.random.default_rng(seed)
    xy_px, covariance = generator.normal(size=(SPINE_COUNT, 2)), generator.normal(size=(SPINE_COUNT, 2, 2))
    score, recovered = generator.random(SPINE_COUNT), generator.random(SPINE_COUNT) < 0.2
    return SpinePoints(
        xy_px.astype(np.float32), covariance.astype(np.float32), score.astype(np.float32), recovered, 3.0
    )


@given(
    st.builds(
        Observation,
        index=st.integers(0, 2**62),
        time_s=times,
        posed_s=times,
        landmarks=st.none() | bodies,
        people=st.none() | st.integers(0, 50),
        silhouette=st.none() | st.integers(0, 99).map(outline),
    )
)
def test_what_is_packed_comes_out_again(seen: Observation):
    back = unpack(pack(seen))
    for name in ("index", "time_s", "posed_s", "people"):
        assert getattr(back, name) == getattr(seen, name)
    assert (back.landmarks is None) == (seen.landmarks is None)
    if seen.landmarks is not None and back.landmarks is not None:
        assert back.landmarks.time_s == seen.landmarks.time_s
        for name in ("xyz_px", "world_m", "score", "recovered"):
            there, here = getattr(back.landmarks, name), getattr(seen.landmarks, name)
            assert np.array_equal(there, here)
            assert there.dtype == here.dtype
        assert (back.landmarks.sd_px is None) == (seen.landmarks.sd_px is None)
        if seen.landmarks.sd_px is not None:
            assert np.array_equal(back.landmarks.sd_px, seen.landmarks.sd_px)
    assert (back.silhouette is None) == (seen.silhouette is None)
    if seen.silhouette is not None and back.silhouette is not None:
        assert np.array_equal(back.silhouette.mask, seen.silhouette.mask)
        assert np.array_equal(back.silhouette.to_picture, seen.silhouette.to_picture)


@pytest.mark.parametrize("states_its_sd", [True, False])
def test_finer_joints_and_spine_points_come_out_again(states_its_sd):
    generator = np.random.default_rng(8)
    xyz_px, score = generator.normal(size=(33, 3)).astype(np.float32), generator.random(33).astype(np.float32)
    recovered, sd_px = generator.random(33) < 0.5, score + 1 if states_its_sd else None
    world = np.ones((33, 3), np.float32)
    coarse = Landmarks(np.zeros((33, 3), np.float32), world, np.ones(33, np.float32), np.zeros(33, np.bool_), 3.0)
    seen = Observation(5, 3.0, 3.1, coarse, 1, None, Landmarks(xyz_px, world, score, recovered, 3.0, sd_px), spine(4))
    back = unpack(pack(seen))
    for there, here, names in (
        (back.finer, seen.finer, ("xyz_px", "world_m", "score", "recovered", "time_s")),
        (back.spine, seen.spine, ("xy_px", "covariance_px2", "score", "recovered", "time_s")),
    ):
        for name in names:
            assert np.array_equal(getattr(there, name), getattr(here, name)), name
    assert (back.finer.sd_px is None) == (sd_px is None)
    assert np.array_equal(back.landmarks.xyz_px, coarse.xyz_px)
    assert back.measured is back.finer


def test_a_joint_without_an_uncertainty_among_others_keeps_having_none():
    sd_px = np.full(33, 1.5, np.float32)
    sd_px[4] = np.nan
    still = np.zeros((33, 3), np.float32)
    finer = Landmarks(still, still, np.ones(33, np.float32), np.zeros(33, np.bool_), 0.0, sd_px)
    back = unpack(pack(Observation(0, 0.0, 0.0, finer, None, None, finer, spine(0)))).finer
    assert np.isnan(back.sd_px[4])
    assert np.nansum(back.sd_px) == 32 * 1.5


def test_without_a_finer_reading_the_followed_landmarks_are_measured():
    still = np.zeros((33, 3), np.float32)
    coarse = Landmarks(still, still, np.ones(33, np.float32), np.zeros(33, np.bool_), 0.0)
    back = unpack(pack(Observation(0, 0.0, 0.0, coarse, None)))
    assert (back.finer, back.spine) == (None, None)
    assert back.measured is back.landmarks
    with pytest.raises(ValueError, match="both or neither"):
        Observation(0, 0.0, 0.0, coarse, None, finer=coarse)


def test_unknown_people_are_not_nobody():
    assert unpack(pack(Observation(0, 0.0, 0.0, None, None))).people is None
    assert unpack(pack(Observation(0, 0.0, 0.0, None, 0))).people == 0


def test_a_silhouette_travels_as_bits():
    assert RECORD["mask"].itemsize == SIDE * SIDE // 8
