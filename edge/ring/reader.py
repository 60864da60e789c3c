"""The station's end of the ring."""

import contextlib
import os
import select
import time

import numpy as np

from edge.camera.frame import Frame
from edge.pose.observation import Observation
from edge.ring.memory import attach_memory
from edge.ring.record import unpack
from edge.ring.status import VisionStatus

ATTEMPTS = 4
TOKENS = 4096


class RingReader:
    """
    Reads what vision has put into the ring; a piece that is being overwritten is never handed out.

        ring = RingReader(memory_descriptor, wake_descriptor)

    Frame numbers count from the start of one vision process: after a restart there is a new ring.
    """

    def __init__(self, memory: int, wake: int) -> None:
        """
        Args:
            memory: descriptor of the shared memory; may be closed afterwards.
            wake: descriptor of the reading end of a pipe, non-blocking; the reader closes it.

        Raises:
            RingError: the memory is not a ring of this version.
        """
        self._memory = attach_memory(memory)
        self._wake: int | None = wake
        self._hung_up = False
        self._frame: Frame | None = None
        self._status = VisionStatus()

    def wait(self, timeout_s: float) -> bool:
        """Wait for news, at most so long; True when there is some. A writer that is gone has no news."""
        if self._wake is None or self._hung_up:
            time.sleep(timeout_s)
            return False
        ready, _, _ = select.select([self._wake], [], [], timeout_s)
        if not ready:
            return False
        with contextlib.suppress(BlockingIOError):
            self._hung_up = os.read(self._wake, TOKENS) == b""
        return not self._hung_up

    def latest_frame(self) -> Frame | None:
        """Return the newest frame, a private copy; None before the first."""
        for _ in range(ATTEMPTS):
            written = self._memory.frames_written
            if written == 0:
                return None
            frame = self._copy_slot((written - 1) % self._memory.geometry.slots, None)
            if frame is not None:
                return frame
        return None

    def frame(self, index: int) -> Frame | None:
        """Return the frame of this number, a private copy; None when it is not, or no longer, in the ring."""
        if self._frame is not None and self._frame.index == index:
            return self._frame
        for slot in np.flatnonzero(self._memory.heads["index"] == index):
            frame = self._copy_slot(int(slot), index)
            if frame is not None:
                return frame
        return None

    def latest_observation(self) -> Observation | None:
        """Return the newest observation; None before the first."""
        for _ in range(ATTEMPTS):
            written = self._memory.records_written
            if written == 0:
                return None
            observation = self._copy_record((written - 1) % self._memory.geometry.records)
            if observation is not None:
                return observation
        return None

    def observations_since(self, index: int) -> list[Observation]:
        """Return the observations of frames after this number that are still in the ring, oldest first."""
        records, written = self._memory.geometry.records, self._memory.records_written
        news: list[Observation] = []
        for position in range(written - 1, max(-1, written - 1 - records), -1):
            observation = self._copy_record(position % records)
            # A broken seal this far back means the writer has come round: what follows is newer, not older.
            if observation is None or observation.index <= index or (news and observation.index >= news[-1].index):
                break
            news.append(observation)
        return news[::-1]

    def status(self) -> VisionStatus:
        """Return the newest whole report; the last one known when the writer died while writing."""
        for _ in range(ATTEMPTS):
            number = self._memory.status_seal.number()
            packed = self._memory.status.tobytes()
            if number is not None and self._memory.status_seal.unbroken(number):
                self._status = VisionStatus.unpack(packed)
                break
        return self._status

    def want_silhouette(self, wanted: bool) -> None:
        """Ask vision for the outline of the person with each observation, or no longer."""
        self._memory.silhouette_wanted = wanted

    def close(self) -> None:
        """Give the descriptor back; closing twice is fine."""
        if self._wake is not None:
            os.close(self._wake)
            self._wake = None

    def _copy_slot(self, slot: int, index: int | None) -> Frame | None:
        seal = self._memory.frame_seals[slot]
        number = seal.number()
        if number is None:
            return None
        found, time_s, width, height = self._memory.heads[slot].item()
        if self._frame is not None and self._frame.index == found:
            return self._frame
        pixels = self._memory.pixels[slot, : max(0, width * height * 3)].copy()
        if not seal.unbroken(number) or (index is not None and found != index):
            return None
        self._frame = Frame(pixels.reshape(height, width, 3), time_s, found)
        return self._frame

    def _copy_record(self, place: int) -> Observation | None:
        seal = self._memory.record_seals[place]
        number = seal.number()
        if number is None:
            return None
        record = self._memory.records[place].copy()
        return unpack(np.asarray(record)) if seal.unbroken(number) else None
