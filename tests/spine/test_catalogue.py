import pytest

from edge.spine.catalogue import CATALOGUE
from edge.spine.measures import RECIPES


@pytest.mark.parametrize("row", CATALOGUE.values(), ids=lambda row: row.id)
def test_a_flag_is_never_raised_below_what_the_network_supports(row):
    for threshold in (row.amber, row.strong):
        if threshold is not None:
            assert threshold >= row.uncertainty


def test_the_shoulder_and_pelvis_thresholds_are_the_networks_not_the_literatures():
    assert (CATALOGUE["C1"].literature_amber, CATALOGUE["C1"].amber, CATALOGUE["C1"].strong) == (2.0, 3.2, 5.0)
    assert (CATALOGUE["C4"].literature_amber, CATALOGUE["C4"].amber, CATALOGUE["C4"].strong) == (3.0, 4.3, None)
    assert (CATALOGUE["C5b"].amber, CATALOGUE["C5b"].strong) == (14.9, 20.0)
    assert (CATALOGUE["C7"].literature_amber, CATALOGUE["C7"].amber) == (3.0, 6.1)
    assert CATALOGUE["C6b"].amber == 2.0


@pytest.mark.parametrize("row", ["C1mm", "C5b_trunk", "C8b", "C9b", "C9b_trunk"])
def test_a_measure_without_a_threshold_in_the_literature_is_information_only(row):
    assert CATALOGUE[row].amber is None
    assert CATALOGUE[row].threshold_source == "none: information only"


def test_no_side_is_named_inside_what_was_measured_as_uncertain():
    assert all(row.uncertainty is not None for row in CATALOGUE.values())


def test_what_stands_in_for_something_unseen_says_so():
    assert {row.id for row in CATALOGUE.values() if row.surrogate} == {
        "C5b", "C5b_trunk", "C6b", "C8b", "C9b", "C9b_trunk",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "value", "words"),
    [
        ("C1", 4.13, "right shoulder higher by 4.1°"),
        ("C1", -5.0, "left shoulder higher by 5.0°"),
        ("C1", 3.19, "shoulders level within what this station can measure"),
        ("C4", -4.4, "left hip higher by 4.4°"),
        ("C7", 6.44, "right ear higher by 6.4°"),
        ("C7", 2.0, "ears level within what this station can measure"),
        ("C8b", 0.2, "head upright within what this station can measure"),
        ("C5b", 17.4, "shoulders shifted to the right by 17 mm"),
        ("C5b_trunk", -4.25, "shoulders shifted to the left by 4.2 % of the trunk's length"),
        ("C6b", -2.2, "trunk leaning to the left by 2.2°"),
        ("C9b", -17.4, "head shifted to the left by 17 mm"),
    ],
)
def test_a_value_is_said_in_words_with_its_side(row, value, words):
    assert CATALOGUE[row].words(value) == words


def test_every_measure_knows_its_joints_and_its_key():
    assert set(CATALOGUE) <= set(RECIPES)
    assert all(key == row.id for key, row in CATALOGUE.items())
