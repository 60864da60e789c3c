"""Vision's end of the ring."""

import contextlib
import dataclasses
import os
import threading
from typing import Any

import numpy as np

from edge.camera.frame import Frame
from edge.errors import RingError
from edge.pose.observation import Observation
from edge.ring.memory import attach_memory
from edge.ring.record import pack
from edge.ring.status import VisionStatus


class RingWriter:
    """
    Puts frames, observations and the status where the station finds them; never waits for it.

        ring = RingWriter(memory_descriptor, wake_descriptor)

    Frames come from one thread and observations from one thread; the status may be changed from both.
    """

    def __init__(self, memory: int, wake: int) -> None:
        """
        Args:
            memory: descriptor of the shared memory.
            wake: descriptor of the writing end of a pipe, non-blocking.

        Raises:
            RingError: the memory is not a ring of this version.
        """
        self._memory = attach_memory(memory)
        self._wake = wake
        self._status = VisionStatus()
        self._status_lock = threading.Lock()

    def publish_frame(self, frame: Frame) -> None:
        """
        Copy a frame into the next slot.

        Raises:
            RingError: the frame is larger than the ring was made for.
        """
        memory, (width, height) = self._memory, frame.size_px
        if width * height > memory.geometry.max_pixels:
            raise RingError(
                f"the picture is {width}x{height}, more than the settings say: set camera.width and camera.height to "
                f"{max(width, height)} and {min(width, height)}"
            )
        slot = memory.frames_written % memory.geometry.slots
        memory.frame_seals[slot].open()
        memory.heads[slot] = (frame.index, frame.time_s, width, height)
        room = memory.pixels[slot, : width * height * 3].reshape(height, width, 3)
        np.copyto(room, frame.image)
        memory.frame_seals[slot].close()
        memory.frames_written += 1
        self._token(b"f")

    def publish_observation(self, observation: Observation) -> None:
        """Write a result into the next record."""
        memory = self._memory
        place = memory.records_written % memory.geometry.records
        record = pack(observation)
        memory.record_seals[place].open()
        memory.records[place] = record
        memory.record_seals[place].close()
        memory.records_written += 1
        self._token(b"o")

    def change_status(self, **changes: Any) -> VisionStatus:
        """Change fields of the status by name and publish the whole; returns it."""
        with self._status_lock:
            self._status = dataclasses.replace(self._status, **changes)
            self._memory.status_seal.open()
            self._memory.status[:] = np.frombuffer(self._status.pack(), np.uint8)
            self._memory.status_seal.close()
            return self._status

    @property
    def status(self) -> VisionStatus:
        """What was last published."""
        return self._status

    @property
    def silhouette_wanted(self) -> bool:
        """Whether the station asks for the outline of the person."""
        return self._memory.silhouette_wanted

    def _token(self, token: bytes) -> None:
        # A full pipe means the reader has enough reasons to wake up; no reader means we are about to be killed.
        with contextlib.suppress(BlockingIOError, BrokenPipeError):
            os.write(self._wake, token)
