import os
import resource
import time

import numpy as np
import pytest

from edge.errors import RingError
from edge.pose.silhouette import SIDE, Silhouette
from edge.ring.geometry import RECORDS, SLOTS, RingGeometry
from edge.ring.memory import attach_memory, create_memory
from edge.ring.reader import RingReader
from edge.ring.writer import RingWriter
from tests.ring.parts import frame, observation, ring


def test_an_empty_ring_has_nothing_to_give():
    with ring() as (_, reader):
        assert reader.latest_frame() is None
        assert reader.frame(0) is None
        assert reader.latest_observation() is None
        assert reader.observations_since(-1) == []
        assert reader.status().frames_captured == 0


def test_the_newest_frame_and_every_frame_kept_can_be_read():
    with ring() as (writer, reader):
        for index in range(20):
            writer.publish_frame(frame(index))
            newest = reader.latest_frame()
            assert newest is not None
            assert (newest.index, newest.time_s) == (index, index / 30)
            assert (newest.image == index).all()
        for index in range(20):
            kept = reader.frame(index)
            assert (kept is not None) == (index >= 20 - SLOTS)
            assert kept is None or (kept.image == index).all()


def test_at_least_six_frames_are_kept():
    assert SLOTS >= 6


def test_a_frame_that_was_read_does_not_change_any_more():
    with ring() as (writer, reader):
        writer.publish_frame(frame(0))
        first = reader.latest_frame()
        for index in range(1, 30):
            writer.publish_frame(frame(index))
        assert first is not None
        assert (first.image == 0).all()


def test_frames_of_several_sizes_and_both_orientations_fit():
    with ring() as (writer, reader):
        for index, size in enumerate([(64, 48), (48, 64), (10, 3)]):
            writer.publish_frame(frame(index, size=size))
            newest = reader.latest_frame()
            assert newest is not None
            assert newest.size_px == size


def test_a_frame_that_does_not_fit_is_refused_with_the_setting_to_change():
    with ring() as (writer, reader):
        with pytest.raises(RingError, match=r"is 48x65, .* set camera.width and camera.height to 65 and 48"):
            writer.publish_frame(frame(0, size=(48, 65)))
        writer.publish_frame(frame(1))
        newest = reader.latest_frame()
        assert newest is not None
        assert newest.index == 1


def test_observations_come_in_order_and_only_once():
    with ring() as (writer, reader):
        for index in (3, 4, 7):
            writer.publish_observation(observation(index))
        assert [seen.index for seen in reader.observations_since(-1)] == [3, 4, 7]
        assert [seen.index for seen in reader.observations_since(4)] == [7]
        assert reader.observations_since(7) == []
        newest = reader.latest_observation()
        assert newest is not None
        assert newest.landmarks is not None
        assert (newest.landmarks.xyz_px == 7).all()


def test_a_reader_that_sleeps_too_long_gets_the_newest_observations():
    with ring() as (writer, reader):
        for index in range(3 * RECORDS + 5):
            writer.publish_observation(observation(index))
        assert [seen.index for seen in reader.observations_since(2)] == list(range(2 * RECORDS + 5, 3 * RECORDS + 5))


def test_a_silhouette_crosses_beside_its_frame():
    mask = np.random.default_rng(0).random((SIDE, SIDE)) < 0.5
    with ring() as (writer, reader):
        writer.publish_observation(observation(1, silhouette=Silhouette(mask, np.arange(6.0).reshape(2, 3))))
        newest = reader.latest_observation()
        assert newest is not None
        assert newest.silhouette is not None
        assert np.array_equal(newest.silhouette.mask, mask)


def test_the_station_can_ask_for_silhouettes():
    with ring() as (writer, reader):
        assert not writer.silhouette_wanted
        reader.want_silhouette(True)
        assert writer.silhouette_wanted
        reader.want_silhouette(False)
        assert not writer.silhouette_wanted


def test_the_status_is_read_whole():
    with ring() as (writer, reader):
        writer.change_status(reason="the camera has gone", frames_captured=5)
        writer.change_status(frames_posed=4)
        status = reader.status()
        assert (status.reason, status.frames_captured, status.frames_posed) == ("the camera has gone", 5, 4)


def test_news_wake_the_reader_and_silence_does_not():
    with ring() as (writer, reader):
        assert not reader.wait(0.0)
        writer.publish_frame(frame(0))
        writer.publish_observation(observation(0))
        assert reader.wait(1.0)
        assert not reader.wait(0.01)


def test_a_reader_that_never_listens_does_not_stop_the_writer():
    with ring() as (writer, reader):
        for _ in range(70_000):
            writer._token(b"f")
        writer.publish_frame(frame(1))
        assert reader.wait(0.0)


def test_a_dead_writer_does_not_turn_waiting_into_a_busy_loop():
    memory = create_memory(RingGeometry.for_size(64, 48))
    reading, writing = os.pipe2(os.O_NONBLOCK)
    reader = RingReader(memory, reading)
    os.close(writing)
    os.close(memory)
    began = time.monotonic()
    answers = [reader.wait(0.02) for _ in range(5)]
    assert answers == [False] * 5
    assert time.monotonic() - began >= 0.08
    reader.close()
    reader.close()
    assert not reader.wait(0.0)


def test_a_frame_half_written_is_not_handed_out():
    with ring() as (writer, reader):
        writer.publish_frame(frame(0))
        writer._memory.frame_seals[0].open()  # killed here
        assert reader.latest_frame() is None
        assert reader.frame(0) is None


def test_a_frame_overwritten_during_the_copy_is_not_handed_out():
    with ring() as (writer, reader):
        for index in range(SLOTS):
            writer.publish_frame(frame(index))
        number = reader._memory.frame_seals[0].number()
        assert number is not None
        writer.publish_frame(frame(SLOTS))
        assert not reader._memory.frame_seals[0].unbroken(number)


def test_a_status_half_written_leaves_the_last_whole_one():
    with ring() as (writer, reader):
        writer.change_status(frames_captured=1)
        assert reader.status().frames_captured == 1
        writer._memory.status_seal.open()
        writer._memory.status[:] = 255
        assert reader.status().frames_captured == 1


@pytest.mark.parametrize(
    ("position", "message"), [(0, "is not a frame ring"), (8, "has version 2, expected 1"), (24, "has version 1")]
)
def test_memory_of_another_kind_version_or_layout_is_refused(position: int, message: str):
    memory = create_memory(RingGeometry.for_size(64, 48))
    byte = os.pread(memory, 1, position)[0]
    os.pwrite(memory, bytes([byte + 1]), position)
    with pytest.raises(RingError, match=message):
        attach_memory(memory)
    os.close(memory)


def test_memory_of_another_size_is_refused():
    memory = os.memfd_create("other")
    os.pwrite(memory, RingGeometry.for_size(64, 48).header(), 0)
    with pytest.raises(RingError, match="bytes, expected"):
        RingWriter(memory, -1)
    os.close(memory)


@pytest.mark.parametrize("content", [b"", b"PLUM"])
def test_a_file_that_is_no_ring_is_refused(content: bytes):
    memory = os.memfd_create("other")
    os.write(memory, content)
    with pytest.raises(RingError, match="is not the frame ring"):
        RingReader(memory, -1)
    os.close(memory)


def test_a_descriptor_that_is_closed_is_refused():
    with pytest.raises(RingError, match="descriptor 999 is not the frame ring"):
        attach_memory(999)


def test_nobody_can_shrink_the_memory_under_the_reader():
    memory = create_memory(RingGeometry.for_size(64, 48))
    with pytest.raises(PermissionError):
        os.ftruncate(memory, 0)
    os.close(memory)


def test_a_ring_larger_than_allowed_is_a_clear_error():
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
    try:
        with pytest.raises(RingError, match="no room for 21 MB of frames"):
            create_memory(RingGeometry.for_size(1280, 720))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_rings_leave_nothing_behind():
    def use() -> None:
        with ring() as (writer, reader):
            writer.publish_frame(frame(0))
            reader.latest_frame()

    before = len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        use()
    assert len(os.listdir("/proc/self/fd")) == before
