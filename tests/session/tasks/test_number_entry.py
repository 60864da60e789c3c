import pytest

from edge.session.tasks.inputs import Chosen, Key, Typed
from edge.session.tasks.scoliometer import READING, ScoliometerEntry
from edge.session.tasks.task import RATING


def put(entry, *entered):
    for one in entered:
        entry = entry.put(one)
    return entry.value


def test_nothing_entered_is_no_number():
    assert RATING.value is None


@pytest.mark.parametrize(
    ("digits", "value"), [("7", 7), ("75", 75), ("100", 100), ("755", 5), ("1000", 0), ("0", 0), ("007", 7)]
)
def test_digits_make_a_number_that_stays_within_its_bounds(digits, value):
    assert put(RATING, *(Typed(int(digit)) for digit in digits)) == value


def test_less_and_more_begin_in_the_middle_and_stop_at_the_ends():
    assert put(RATING, Key.MORE) == 50
    assert put(RATING, Key.MORE, Key.MORE) == 55
    assert put(RATING, *[Key.LESS] * 40) == 0
    assert put(RATING, *[Key.MORE] * 40) == 100


def test_a_touched_number_counts_and_one_out_of_bounds_does_not():
    assert put(RATING, Chosen(80)) == 80
    assert put(RATING, Chosen(130)) is None


def test_one_button_reaches_every_tenth():
    entry, values = RATING, []
    for _ in range(12):
        entry = entry.press()
        values.append(entry.value)
    assert values == [100, 90, 80, 70, 60, 50, 40, 30, 20, 10, 0, 100]


def test_a_scoliometer_reading_has_a_side():
    assert put(READING, Typed(7)) == 7
    assert put(READING, Typed(7), Key.OTHER_SIDE) == -7
    assert put(READING, Key.OTHER_SIDE, Typed(1), Typed(2)) == -12
    assert put(READING, Key.LESS, Key.LESS) == -1
    assert put(RATING, Typed(7), Key.OTHER_SIDE) == 7


def test_the_three_levels_are_asked_for_and_a_skipped_one_was_not_taken():
    entry = ScoliometerEntry(10.0, 60.0)
    for entered in (Typed(6), Key.CONFIRM, Key.SKIP, Key.CONFIRM, Key.LESS, Key.LESS, Key.CONFIRM):
        entry.put(entered)
    assert entry.over
    assert [(one.level, one.atr_deg) for one in entry.readings] == [
        ("thoracic", 6),
        ("thoracolumbar", None),
        ("lumbar", -1),
    ]
    assert entry.view(11.0) is None


def test_what_is_missing_when_the_time_is_over_was_not_taken():
    entry = ScoliometerEntry(10.0, 60.0)
    entry.put(Typed(6))
    assert entry.view(11.0).left_s == pytest.approx(59.0)
    entry.update(70.0)
    assert [one.atr_deg for one in entry.readings] == [None, None, None]
