import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.session.code import ALPHABET, code_of, is_code

numbers = st.integers(0, 2**32 - 1)


@given(numbers)
def test_every_code_is_one(number):
    code = code_of(number)
    assert is_code(code)
    assert len(code) == 9
    assert not set("ILOU") & set(code)


@given(numbers, st.integers(0, 6), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(number, place, wrong):
    plain = code_of(number).replace("-", "")
    altered = plain[:place] + wrong + plain[place + 1 :]
    assert is_code(altered) == (altered == plain)


@given(numbers, st.integers(0, 4))
def test_two_neighbours_in_the_wrong_order_are_found(number, place):
    plain = code_of(number).replace("-", "")
    swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
    assert is_code(swapped) == (swapped == plain)


@given(numbers)
def test_a_code_typed_by_hand_is_forgiven_its_case_and_look_alikes(number):
    code = code_of(number)
    assert is_code(code.lower().replace("0", "o").replace("1", "l").replace("-", " "))


@pytest.mark.parametrize("text", ["", "000", "000-000-00", "UUU-UUU-U", "!!!-000-0"])
def test_what_is_no_code_is_none(text):
    assert not is_code(text)
