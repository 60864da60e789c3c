"""Walking a protobuf message without its schema: which fields lie where."""

from collections.abc import Iterator
from dataclasses import dataclass

from edge.errors import ModelError

VARINT, FIXED64, LENGTH_DELIMITED, FIXED32 = 0, 1, 2, 5
MAX_VARINT_BYTES = 10


@dataclass(frozen=True, slots=True)
class Field:
    """
    One field of a message.

    Attributes:
        number: the schema's number of it.
        kind: wire type.
        start, end: where its bytes lie, without tag and length.
        value: of a varint; 0 for any other kind.
    """

    number: int
    kind: int
    start: int
    end: int
    value: int = 0

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.end - self.start


def fields(content: bytes, start: int, end: int) -> Iterator[Field]:
    """
    Yield the fields of the message between two offsets.

    >>> [(field.number, field.value) for field in fields(bytes([8, 150, 1]), 0, 3)]
    [(1, 150)]

    Raises:
        ModelError: the bytes are no protobuf message.
    """
    while start < end:
        tag, start = _varint(content, start, end)
        kind, value, stop = tag & 7, 0, start
        if kind == VARINT:
            value, stop = _varint(content, start, end)
        elif kind == LENGTH_DELIMITED:
            size, start = _varint(content, start, end)
            stop = start + size
        elif kind in (FIXED32, FIXED64):
            stop = start + (4 if kind == FIXED32 else 8)
        else:
            raise _broken()
        if stop > end:
            raise _broken()
        yield Field(tag >> 3, kind, start, stop, value)
        start = stop


def _varint(content: bytes, start: int, end: int) -> tuple[int, int]:
    value = 0
    for place in range(MAX_VARINT_BYTES):
        if start + place >= end:
            break
        byte = content[start + place]
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, start + place + 1
    raise _broken()


def _broken() -> ModelError:
    return ModelError("the network's file is not well formed; run python -m models.build")
