"""How the shared memory is divided."""

import struct
from dataclasses import dataclass

from edge.errors import RingError
from edge.ring.record import RECORD
from edge.ring.status import STATUS_BYTES

MAGIC = b"PLUMRING"
VERSION = 1
SLOTS = 8
"""Frames kept: 0.27 s at 30 Hz, longer than a result may be old when it is drawn (0.15 s)."""
RECORDS = 64
PAGE = 4096
HEADER = struct.Struct("<8s6I")


@dataclass(frozen=True, slots=True)
class RingGeometry:
    """
    Sizes and places in the shared memory; both sides must agree on every number.

    Attributes:
        max_pixels: pixels of the largest frame, in either orientation.
        slots: frames kept.
        records: results kept.
    """

    max_pixels: int
    slots: int = SLOTS
    records: int = RECORDS

    @classmethod
    def for_size(cls, width: int, height: int) -> "RingGeometry":
        """Return the geometry for frames of one size, upright or not."""
        return cls(max_pixels=width * height)

    @property
    def slot_bytes(self) -> int:
        """Room for one frame, whole pages."""
        return -(-self.max_pixels * 3 // PAGE) * PAGE

    @property
    def status_at(self) -> int:
        """Where the status area begins."""
        return PAGE

    @property
    def records_at(self) -> int:
        """Where the results begin."""
        return self.status_at + -(-STATUS_BYTES // PAGE) * PAGE

    @property
    def slot_heads_at(self) -> int:
        """Where the frames' numbers and times begin."""
        return self.records_at + -(-self.records * (8 + RECORD.itemsize) // PAGE) * PAGE

    @property
    def slots_at(self) -> int:
        """Where the pixels begin."""
        return self.slot_heads_at + PAGE

    @property
    def total_bytes(self) -> int:
        """All of it."""
        return self.slots_at + self.slots * self.slot_bytes

    def header(self) -> bytes:
        """Return the bytes at the very beginning: magic, version and every number that must agree."""
        sizes = (VERSION, self.max_pixels, self.slots, self.records, RECORD.itemsize, STATUS_BYTES)
        return HEADER.pack(MAGIC, *sizes)

    @classmethod
    def from_header(cls, header: bytes) -> "RingGeometry":
        """
        Read the geometry of somebody else's memory.

        Raises:
            RingError: not a ring, or one of another version.
        """
        magic, version, max_pixels, slots, records, *sizes = HEADER.unpack(header[: HEADER.size])
        if magic != MAGIC:
            raise RingError("the shared memory is not a frame ring, start vision through the station")
        if (version, *sizes) != (VERSION, RECORD.itemsize, STATUS_BYTES):
            raise RingError(f"the frame ring has version {version}, expected {VERSION}: restart the station")
        return cls(max_pixels, slots, records)
