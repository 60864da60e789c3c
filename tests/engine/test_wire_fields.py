import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.engine.wire import LENGTH_DELIMITED, fields
from edge.errors import ModelError


def test_every_kind_of_field_is_walked_over() -> None:
    message = bytes([8, 150, 1, 18, 2, 65, 66, 29, 0, 0, 0, 0, 33, *[0] * 8])
    found = list(fields(message, 0, len(message)))
    assert [field.number for field in found] == [1, 2, 3, 4]
    assert found[0].value == 150
    assert found[1].kind == LENGTH_DELIMITED
    assert message[found[1].start : found[1].end] == b"AB"


@pytest.mark.parametrize("message", [b"\x08", b"\x12\x05AB", b"\x1d\x00", b"\x0b", b"\x08" + b"\xff" * 11])
def test_what_ends_too_early_or_is_no_field_is_refused(message: bytes) -> None:
    with pytest.raises(ModelError, match="not well formed"):
        list(fields(message, 0, len(message)))


@given(st.binary(max_size=200))
def test_any_bytes_end_in_fields_or_in_a_sentence(message: bytes) -> None:
    try:
        found = list(fields(message, 0, len(message)))
    except ModelError:
        return
    assert all(0 <= field.start <= field.end <= len(message) for field in found)
