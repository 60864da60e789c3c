"""The shared memory between vision and the station: no name, nothing on a disk, gone with its last user."""

import fcntl
import mmap
import os
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge.errors import RingError
from edge.ring.geometry import HEADER, RingGeometry
from edge.ring.record import RECORD
from edge.ring.seal import Seal
from edge.ring.status import STATUS_BYTES

HEAD = np.dtype([("index", "<i8"), ("time_s", "<f8"), ("width", "<i4"), ("height", "<i4")])
_STATUS_SEAL, _FRAMES, _RECORDS, _WISH = range(4)
_WORDS_AT = 1024
_SEALS = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL


class RingMemory:
    """
    Views of one mapping.

    Attributes:
        geometry: the sizes.
        heads: (slots,) HEAD: number, time and size of each frame kept.
        pixels: (slots, slot_bytes) uint8.
        frame_seals: one per slot.
        records: (records,) RECORD.
        record_seals: one per record.
        status: (STATUS_BYTES,) uint8.
        status_seal: its guard.
    """

    def __init__(self, descriptor: int, geometry: RingGeometry) -> None:
        self.geometry = geometry
        mapping = mmap.mmap(descriptor, geometry.total_bytes)  # unmapped when the last view of it is gone
        self._words = np.frombuffer(mapping, np.uint64, 4, _WORDS_AT)
        self.status = np.frombuffer(mapping, np.uint8, STATUS_BYTES, geometry.status_at)
        self.status_seal = Seal(self._words, _STATUS_SEAL)
        seals = np.frombuffer(mapping, np.uint64, geometry.records, geometry.records_at)
        self.record_seals = [Seal(seals, position) for position in range(geometry.records)]
        self.records: NDArray[Any] = np.frombuffer(
            mapping, RECORD, geometry.records, geometry.records_at + 8 * geometry.records
        )
        seals = np.frombuffer(mapping, np.uint64, geometry.slots, geometry.slot_heads_at)
        self.frame_seals = [Seal(seals, position) for position in range(geometry.slots)]
        self.heads: NDArray[Any] = np.frombuffer(
            mapping, HEAD, geometry.slots, geometry.slot_heads_at + 8 * geometry.slots
        )
        everything = np.frombuffer(mapping, np.uint8, geometry.slots * geometry.slot_bytes, geometry.slots_at)
        self.pixels = everything.reshape(geometry.slots, geometry.slot_bytes)

    @property
    def frames_written(self) -> int:
        """How many frames were ever put in; the next goes to slot `frames_written % slots`."""
        return int(self._words[_FRAMES])

    @frames_written.setter
    def frames_written(self, count: int) -> None:
        self._words[_FRAMES] = count

    @property
    def records_written(self) -> int:
        """How many results were ever put in."""
        return int(self._words[_RECORDS])

    @records_written.setter
    def records_written(self, count: int) -> None:
        self._words[_RECORDS] = count

    @property
    def silhouette_wanted(self) -> bool:
        """What the station asks of vision."""
        return bool(self._words[_WISH])

    @silhouette_wanted.setter
    def silhouette_wanted(self, wanted: bool) -> None:
        self._words[_WISH] = wanted


def create_memory(geometry: RingGeometry) -> int:
    """
    Make the memory and return its descriptor, which a child may inherit.

    Raises:
        RingError: the machine has no room for it.
    """
    descriptor = os.memfd_create("plumbline-ring", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        os.ftruncate(descriptor, geometry.total_bytes)
        # A child that shrank it would crash the station with a bus error at the next read.
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
        os.pwrite(descriptor, geometry.header(), 0)
    except OSError as error:
        os.close(descriptor)
        raise RingError(f"no room for {geometry.total_bytes >> 20} MB of frames ({error.strerror})") from None
    return descriptor


def attach_memory(descriptor: int) -> RingMemory:
    """
    Map memory that somebody else made.

    Raises:
        RingError: the descriptor is not a ring, or one of another version or size.
    """
    try:
        header = os.pread(descriptor, HEADER.size, 0)
        size = os.fstat(descriptor).st_size
    except OSError as error:
        raise RingError(f"descriptor {descriptor} is not the frame ring ({error.strerror})") from None
    if len(header) < HEADER.size:
        raise RingError(f"descriptor {descriptor} is not the frame ring, start vision through the station")
    geometry = RingGeometry.from_header(header)
    if size != geometry.total_bytes:
        raise RingError(f"the frame ring has {size} bytes, expected {geometry.total_bytes}: restart the station")
    try:
        return RingMemory(descriptor, geometry)
    except OSError as error:
        raise RingError(f"no room for {geometry.total_bytes >> 20} MB of frames ({error.strerror})") from None
