import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from edge.pose.landmarks import Landmarks
from edge.pose.observation import Observation
from edge.pose.silhouette import SIDE, Silhouette
from edge.ring.record import RECORD, pack, unpack

times = st.floats(0, 1e7)
points = arrays(np.float32, (33, 3), elements=st.floats(-1e4, 1e4, width=32))
scores = arrays(np.float32, 33, elements=st.floats(0, 1, width=32))
bodies = st.builds(Landmarks, points, points, scores, arrays(np.bool_, 33), times, st.none() | scores)


def outline(seed: int) -> Silhouette:
    generator = np.random.default_rng(seed)
    return Silhouette(generator.random((SIDE, SIDE)) < 0.3, generator.normal(size=(2, 3)))


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


def test_unknown_people_are_not_nobody():
    assert unpack(pack(Observation(0, 0.0, 0.0, None, None))).people is None
    assert unpack(pack(Observation(0, 0.0, 0.0, None, 0))).people == 0


def test_a_silhouette_travels_as_bits():
    assert RECORD["mask"].itemsize == SIDE * SIDE // 8
