from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

from edge.accuracy.figures import measure_rows, not_measurable_rows, sides_rows, waist_row
from edge.accuracy.measured import measured
from edge.accuracy.pair import Pair, as_takes
from edge.accuracy.refused import refused_of
from edge.accuracy.sides import SidesShare
from edge.accuracy.summary import summarise
from edge.accuracy.tables import measure_table, strata_table


def _pairs(bias: float = 0.0, noise: float = 0.5, missing: int = 0, people: int = 40) -> list[Pair]:
    rng = np.random.default_rng(3)
    pairs = []
    for seed in range(people):
        body = rng.normal(0, 5)
        for number in range(8):
            lost = seed * 8 + number < missing
            read = None if lost else body + bias + rng.normal(0, noise)
            clothing = "bare back" if seed % 2 else "shirt"
            pairs.append(
                Pair("C1", "back", seed, 0, number, read, "left hip not seen" if lost else None, body, body + 0.1,
                     {"clothing": clothing, "age": "child"})
            )  # fmt: skip
    return pairs


def _rows(pairs: list[Pair], suffix: str = "") -> dict:
    return {row.id: row for row in measure_rows(summarise(pairs, measured("C1"), "back"), suffix)}


def test_known_people_give_the_figures_they_were_made_with():
    found = summarise(_pairs(bias=1.0, noise=0.5), measured("C1"), "back")
    assert found.body.bias == pytest.approx(1.0, abs=0.1)
    assert found.picture.bias == pytest.approx(0.9, abs=0.1)
    assert found.body.slope == pytest.approx(1.0, abs=0.02)
    assert found.amber.sensitivity > 0.8
    assert found.not_measurable == 0.0


def test_what_one_person_s_takes_differ_by_makes_the_detectable_change():
    takes = [replace(pair, take=pair.number, number=0) for pair in _pairs(bias=1.0, noise=0.5)]
    found = summarise(_pairs(), measured("C1"), "back", takes)
    assert found.mdc95_one == pytest.approx(2.77 * 0.5, rel=0.1)
    assert found.mdc95_three < 0.75 * found.mdc95_one
    assert summarise(_pairs(), measured("C1"), "back").mdc95_one is None


def test_a_take_is_the_median_of_its_frames_or_a_reason():
    frames = [Pair("C1", "back", 1, 2, k, float(k), None, 1.0, 2.0 + k) for k in range(10)]
    (take,) = as_takes(frames)
    assert (take.seed, take.take, take.measured, take.body, take.picture) == (1, 2, 4.5, 1.0, 6.5)
    one_lost = [replace(frames[0], measured=None, reason="nobody"), *frames[1:]]
    assert as_takes(one_lost)[0].measured == 5.0
    two_lost = [replace(pair, measured=None, reason="left hip not seen") for pair in frames[:2]] + frames[2:]
    (take,) = as_takes(two_lost)
    assert (take.measured, take.reason) == (None, "left hip not seen")


def test_every_person_and_take_is_kept_apart():
    assert len(as_takes(_pairs(people=5))) == 5


def test_the_error_is_on_target_when_small_and_not_when_large():
    assert _rows(_pairs())["shoulder_tilt_back_median_deg"].ok
    bad = _rows(_pairs(bias=2.0), "_float")["shoulder_tilt_back_median_deg_float"]
    assert (bad.ok, bad.target) == (False, "<= 1.24")
    assert bad.value == pytest.approx(1.9, abs=0.1)


def test_what_could_not_be_measured_is_counted_beside_the_error():
    rows = _rows(_pairs(missing=17))
    assert rows["shoulder_tilt_back_not_measurable_share"].value == pytest.approx(17 / 320)


def test_a_take_is_refused_for_a_missing_measure_or_for_a_turn_and_counts_once():
    takes = [
        Pair(row, "back", seed, 0, 0, None if (row, seed) == ("C4", 1) else 1.0, None, 1.0, 1.0)
        for row in ("C1", "C4", "C7")
        for seed in range(10)
    ]
    found = refused_of(takes, {(1, 0), (2, 0), (77, 0)}, {"C1", "C4"})
    assert (found.takes, found.share, found.without, found.turned) == (10, 0.2, 0.1, 0.2)
    rows = not_measurable_rows(found)
    assert (rows[0].id, rows[0].ok) == ("not_measurable_share", False)
    assert not_measurable_rows(refused_of(takes[:1], set(), {"C1"}))[0].ok
    assert refused_of([], set(), {"C1"}) is None


def test_takes_of_people_who_truly_stand_elsewhere_are_counted_apart():
    takes = [Pair("C1", "back", seed, 0, 0, None if seed < 3 else 1.0, None, 1.0, 1.0) for seed in range(10)]
    found = refused_of(takes, {(4, 0)}, {"C1"}, elsewhere={(0, 0), (1, 0), (9, 0), (77, 0)})
    assert (found.takes, found.elsewhere) == (7, 3)
    assert (found.share, found.without, found.turned) == (2 / 7, 1 / 7, 1 / 7)
    assert found.of_all == 0.4
    rows = {row.id: row.value for row in not_measurable_rows(found)}
    assert (rows["takes_out_of_place"], rows["not_measurable_of_all_share"]) == (3, 0.4)
    assert refused_of(takes[:1], set(), {"C1"}, elsewhere={(0, 0)}) is None


def test_a_share_of_too_few_frames_is_not_given():
    assert waist_row(1.0, 19).value is None
    assert waist_row(0.95, 20).ok


def test_without_a_summary_the_target_is_not_met():
    assert not not_measurable_rows(None)[0].ok
    assert not any(row.ok for row in sides_rows(None))
    assert not waist_row(None, 0).ok


def test_other_measures_views_and_people_without_a_truth_are_left_out():
    odd = Pair("C1", "front", 1, 0, 0, 9.0, None, 0.0, 0.0)
    no_truth = Pair("C1", "back", 1, 0, 0, 9.0, None, None, None)
    found = summarise([*_pairs(people=2), odd, no_truth], measured("C1"), "back")
    assert found.pairs == 16
    assert summarise([no_truth], measured("C1"), "back") is None


def test_the_sides_rows_say_before_after_and_wrong():
    rows = {row.id: row for row in sides_rows(SidesShare(400, 0.03, 0.005, 0.0025, 0.001), "_float")}
    assert rows["left_right_swapped_before_share_float"].value == 0.03
    assert rows["left_right_swapped_share_float"].ok
    assert rows["left_right_wrongly_corrected_share_float"].value == 0.0025


def test_the_tables_show_every_precision_and_stratum():
    pairs = _pairs(missing=8)
    summary = summarise(pairs, measured("C1"), "back")
    console = Console(record=True, width=260)
    console.print(measure_table({"int8": [summary], "float": [summary]}, "back"))
    console.print(strata_table(pairs, "picture", "C1"))
    text = console.export_text()
    assert text.count("C1 shoulder tilt") == 2
    assert "bare back" in text
    assert "2.5 %" in text
