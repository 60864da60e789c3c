from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.session.aggregate import odd_one_out, results_of, same_person, signs_of
from edge.session.take import TakeMeasure, TakeRecord
from edge.spine.catalogue import CATALOGUE, REPORTED


def take(number: int = 1, trunk_px: float | None = 300.0, reasons: tuple[str, ...] = (), **values: float | None):
    measures = {
        row: TakeMeasure(values.get(row, 0.0), None if values.get(row, 0.0) is not None else "not seen", 0.0)
        for row in CATALOGUE
    }
    return TakeRecord(number, reasons, 30, 30, 1.0, {} if reasons else measures, trunk_px, 600.0)


def flag_of(*tilts: float | None) -> str | None:
    return next(each.flag for each in results_of([take(C1=tilt) for tilt in tilts]) if each.id == "C1")


def c1(*tilts: float | None):
    return next(each for each in results_of([take(C1=tilt) for tilt in tilts]) if each.id == "C1")


@pytest.mark.parametrize(
    ("tilts", "flag"),
    [
        ((4.0, 4.1, 4.2), "amber"),
        ((-4.0, -4.1, -4.2), "amber"),
        ((5.5, 6.0, 5.2), "strong"),
        ((5.5, 4.0, 4.0), "amber"),
        ((1.0, 3.9, 3.8), "amber"),
        ((1.0, 1.1, 6.0), "within"),
        ((3.0, 3.1, 3.2), "within"),
        ((0.0, 0.0, 0.0), "within"),
        ((4.0,), "amber"),
    ],
)
def test_a_flag_needs_the_median_and_two_takes_of_three_beyond_the_threshold(tilts, flag):
    assert flag_of(*tilts) == flag


@pytest.mark.parametrize(
    ("tilts", "flag"), [((-4.0, 3.3, 4.0), "amber"), ((-9.0, 3.5, 3.1), "within"), ((-4.0, 4.0), "within")]
)
def test_a_take_on_the_other_side_does_not_help_a_flag(tilts, flag):
    assert flag_of(*tilts) == flag


def test_of_four_takes_two_on_one_side_and_two_level_are_no_flag():
    assert flag_of(9.0, 9.0, 0.0, 0.0) == "within"
    assert flag_of(9.0, 9.0, -9.0, 0.0) == "within"


@given(st.lists(st.floats(-20, 20), min_size=1, max_size=5))
def test_a_mirrored_person_is_flagged_alike(tilts):
    assert flag_of(*tilts) == flag_of(*(-tilt for tilt in tilts))


def test_the_value_is_the_median_and_the_deviation_that_of_the_takes():
    found = c1(1.0, 2.0, 6.0)
    assert found.value == 2.0
    assert found.sd == pytest.approx(2.646, abs=0.001)
    assert found.per_take == [1.0, 2.0, 6.0]


def test_one_take_without_the_measure_is_forgiven_and_two_are_not():
    assert c1(4.0, None, 5.0).value == 4.5
    missing = c1(4.0, None, None)
    assert (missing.value, missing.words, missing.flag, missing.reason) == (None, None, None, "not seen")


def test_takes_that_were_not_accepted_do_not_count():
    results = results_of([take(C1=4.0), take(reasons=("swayed by 9 mm",))])
    assert results[0].per_take == [4.0]


def test_no_take_gives_every_measure_without_a_value():
    assert [each.id for each in results_of([])] == list(CATALOGUE)
    assert all(each.value is None and each.reason == "no accepted take" for each in results_of([]))


def test_the_take_furthest_from_the_others_is_the_odd_one():
    takes = [take(1, C1=0.0), take(2, C1=7.0), take(3, C1=0.5)]
    assert odd_one_out(takes) == (takes[1], "shoulder tilt differs from the other takes")
    assert odd_one_out([take(1, C1=0.0), take(2, C1=6.3)]) is None
    assert odd_one_out([take(1, C1=0.0), take(2, C1=6.5)]) is not None


def test_a_head_held_otherwise_makes_a_take_odd_and_its_uncertainty_does_not():
    assert odd_one_out([take(1, C7=0.0), take(2, C7=11.0)]) is None
    assert odd_one_out([take(1, C7=0.0), take(2, C7=30.0)]) is not None


def test_a_trunk_that_changes_its_length_is_another_person():
    assert same_person([take(1, 300.0), take(2, 320.0)])
    assert not same_person([take(1, 300.0), take(2, 330.0)])
    assert same_person([take(1, 300.0), take(2, 500.0, reasons=("swayed by 9 mm",))])
    assert same_person([])


def test_shoulders_over_hips_and_trunk_lean_are_one_sign():
    assert signs_of(results_of([take(C1=6.0, C4=5.0, C5b=40.0, C6b=5.0)])) == 3
    assert signs_of(results_of([take(C6b=5.0)])) == 1
    assert signs_of(results_of([take()])) == 0


def test_what_the_spine_network_gave_is_reported_with_its_uncertainty_and_no_flag():
    read = replace(take(), measures=take().measures | {"C5": TakeMeasure(14.2, None, 0.0, sd=3.0)})
    without = take(2)
    found = {each.id: each for each in results_of([read, read, without])}
    assert (found["C5"].value, found["C5"].stated_sd, found["C5"].flag) == (14.2, 3.0, None)
    assert found["C5"].words == "trunk shifted to the right by 14 mm"
    assert not found["C5"].surrogate
    assert "C5" not in {each.id for each in results_of([without])}
    mostly = {each.id: each for each in results_of([read, without, without])}
    assert (mostly["C5"].value, mostly["C5"].stated_sd) == (None, None)
    assert "not read" in mostly["C5"].reason


def test_a_value_within_its_own_uncertainty_names_no_side():
    read = replace(take(), measures=take().measures | {"C5": TakeMeasure(4.0, None, 0.0, sd=3.0)})
    found = {each.id: each for each in results_of([read, read, read])}
    assert found["C5"].words == "C7 over the sacrum within what this station can measure"


def test_no_curve_angle_is_ever_reported():
    assert not {row for row in REPORTED if row.startswith("C14")}
