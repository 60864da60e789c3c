"""Frames, observations and rings for tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from edge.camera.frame import Frame
from edge.pose.landmarks import Landmarks
from edge.pose.observation import Observation
from edge.pose.silhouette import Silhouette
from edge.ring.geometry import RingGeometry
from edge.ring.memory import create_memory
from edge.ring.reader import RingReader
from edge.ring.writer import RingWriter


def frame(index: int, *, size: tuple[int, int] = (64, 48), time_s: float | None = None) -> Frame:
    """Every byte of the picture is the frame's number modulo 251."""
    image = np.full((size[1], size[0], 3), index % 251, np.uint8)
    return Frame(image, index / 30 if time_s is None else time_s, index)


def landmarks(time_s: float, value: float = 100.0) -> Landmarks:
    points = np.full((33, 3), value, np.float32)
    return Landmarks(points, points / 100, np.full(33, 0.9, np.float32), np.zeros(33, np.bool_), time_s)


def observation(index: int, *, silhouette: Silhouette | None = None) -> Observation:
    time_s = index / 30
    return Observation(index, time_s, time_s + 0.01, landmarks(time_s, index % 251), 1, silhouette)


@contextmanager
def ring(geometry: RingGeometry | None = None) -> Iterator[tuple[RingWriter, RingReader]]:
    """Both ends of a ring in this process."""
    memory = create_memory(geometry or RingGeometry.for_size(64, 48))
    reading, writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    reader = RingReader(memory, reading)
    try:
        yield RingWriter(memory, writing), reader
    finally:
        reader.close()
        os.close(writing)
        os.close(memory)
