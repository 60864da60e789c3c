import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.risk.landmark_buffer import LandmarkBuffer
from edge.risk.sequence_buffer import SequenceBuffer
from edge.risk.window import BUCKET_FRAMES, SAMPLES


@given(
    st.integers(1, 20),
    st.integers(1, 5),
    st.lists(st.floats(0.0, 0.3, allow_nan=False), min_size=1, max_size=120),
)
def test_a_landmark_buffer_never_holds_more_than_buckets_times_depth_and_drops_the_oldest(buckets, depth, pauses):
    buffer = LandmarkBuffer[int](buckets, depth, 10.0)
    times = np.cumsum(pauses)
    for number, time_s in enumerate(times):
        buffer.add(float(time_s), number)
        assert len(buffer) == sum(buffer.counts()) <= buckets * depth
        assert buffer.items() == tuple(range(number + 1 - len(buffer), number + 1))
        assert len(buffer.counts()) <= buckets


def test_a_burst_pushes_the_oldest_out_and_nothing_else():
    buffer = LandmarkBuffer[int](2, 2, 10.0)
    for number, time_s in enumerate((0.05, 0.10, 0.11, 0.12, 0.13)):
        buffer.add(time_s, number)
    assert buffer.items() == (1, 2, 3, 4)


def test_what_is_older_than_all_buckets_is_gone():
    buffer = LandmarkBuffer[str](3, 4, 10.0)
    buffer.add(0.0, "first")
    buffer.add(0.31, "late")
    assert buffer.items() == ("late",)


def test_a_buffer_refuses_time_that_runs_backwards_and_sizes_of_nothing():
    buffer = LandmarkBuffer[str]()
    buffer.add(2.0, "now")
    with pytest.raises(ValueError, match="backwards"):
        buffer.add(1.0, "before")
    with pytest.raises(ValueError, match="buckets"):
        LandmarkBuffer[str](0)
    with pytest.raises(ValueError, match="width"):
        SequenceBuffer(0)


def test_the_window_is_five_seconds_of_thirty_samples_with_room_for_fast_cameras():
    assert (SAMPLES, BUCKET_FRAMES) == (150, 4)
    buffer = LandmarkBuffer[int]()
    for number in range(2000):
        buffer.add(number / 120.0, number)
    assert len(buffer) <= SAMPLES * BUCKET_FRAMES
    assert buffer.items()[-1] == 1999


@given(st.integers(1, 6), st.integers(0, 20))
def test_a_sequence_buffer_keeps_the_newest_rows_in_order(size, count):
    buffer = SequenceBuffer(2, size)
    for number in range(count):
        buffer.add(np.array([number, -number], np.float32))
    rows = buffer.rows()
    assert rows[:, 0].tolist() == list(range(max(0, count - size), count))
    rows[:] = 99.0
    assert 99.0 not in buffer.rows()


def test_an_emptied_buffer_starts_again():
    sequence, landmarks = SequenceBuffer(1, 2), LandmarkBuffer[int]()
    sequence.add(np.ones(1, np.float32))
    landmarks.add(5.0, 1)
    sequence.clear()
    landmarks.clear()
    landmarks.add(1.0, 2)
    assert (len(sequence), landmarks.items()) == (0, (2,))
