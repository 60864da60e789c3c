"""The ring under a writer that is far faster than the reader, in another process."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from edge.ring.geometry import RingGeometry
from edge.ring.memory import create_memory
from edge.ring.reader import RingReader

SECONDS = 1.5


@pytest.fixture
def hammered() -> Iterator[RingReader]:
    """A ring of two slots and three records that another process overwrites without a pause."""
    memory = create_memory(RingGeometry(640 * 480, slots=2, records=3))
    reading, writing = os.pipe2(os.O_NONBLOCK)
    reader = RingReader(memory, reading)
    command = [sys.executable, "-m", "tests.ring.hammer", str(memory), str(writing), str(SECONDS)]
    process = subprocess.Popen(command, pass_fds=(memory, writing))
    os.close(writing)
    os.close(memory)
    assert reader.wait(20.0)
    yield reader
    reader.close()
    assert process.wait(20.0) == 0


def test_no_torn_frame_observation_or_status_is_ever_handed_out(hammered: RingReader):
    frames = records = statuses = 0
    last = -1
    end_s = time.monotonic() + SECONDS
    while time.monotonic() < end_s:
        frame = hammered.latest_frame()
        if frame is not None and frame.index > last:
            last = frame.index
            assert frame.time_s == frame.index / 30
            assert (frame.image == frame.index % 251).all()
            frames += 1
        seen = hammered.latest_observation()
        if seen is not None and seen.landmarks is not None:
            assert (seen.landmarks.xyz_px == seen.index % 251).all()
            assert seen.time_s == seen.landmarks.time_s == seen.index / 30
            records += 1
        status = hammered.status()
        assert status.frames_captured == status.frames_posed
        assert status.reason in ("", f"number {status.frames_captured}")
        statuses += 1
    assert min(frames, records, statuses) > 20


def test_what_is_read_without_the_seal_is_torn_and_the_seal_says_so(hammered: RingReader):
    """The negative control. Half a frame is read, the writer gets its turn even on one core, then the other half."""
    torn = told = 0
    memory, half = hammered._memory, 640 * 480 * 3 // 2
    end_s = time.monotonic() + SECONDS
    while time.monotonic() < end_s:
        slot = (memory.frames_written - 1) % memory.geometry.slots
        number = memory.frame_seals[slot].number()
        index = int(memory.heads[slot]["index"])
        upper = memory.pixels[slot, :half].copy()
        time.sleep(0.01)
        lower = memory.pixels[slot, half : 2 * half].copy()
        mixed = bool((upper != index % 251).any() or (lower != index % 251).any())
        torn += mixed
        told += mixed and (number is None or not memory.frame_seals[slot].unbroken(number))
    assert torn == told > 0
