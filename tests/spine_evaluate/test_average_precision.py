"""Row 3.6: AP and AR per group with the published sigmas, by hand and against COCO's own program."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from edge.pose.point_layout import SPINETRACK37
from models.spine.evaluate.average_precision import average_precision
from models.spine.evaluate.layouts import groups, layout_for
from models.spine.evaluate.oks import similarity
from tests.spine_evaluate.drawn import drawn
from tests.spine_evaluate.files import annotation, annotations, read_both, result
from tests.spine_evaluate.published import GROUPS, SIGMAS, published

STORED = json.loads((Path(__file__).parent / "coco_figures.json").read_text(encoding="utf-8"))
SPINE = groups(SPINETRACK37)["spine"]
S = 100.0  # the root of the area of `annotation`
AT = [[10.0 + 3 * k, 20.0 + 5 * k, 2] for k in range(37)]


def moved(by_px: float, rows=range(37)):
    """Every point of `AT`, some of them moved to the right."""
    return [[x + (by_px if row in set(rows) else 0.0), y] for row, (x, y, _) in enumerate(AT)]


def off_by(points, tmp_path, rows):
    truth, found = read_both(tmp_path, annotations(annotation(AT)), [result(points)])
    (alike,) = similarity(found, truth.people[0], np.array(truth.layout.sigmas)[rows], np.array(rows))
    return alike


@pytest.mark.parametrize("group", list(GROUPS))
def test_the_figures_of_drawn_people_are_those_of_cocos_program(tmp_path, group):
    truth, found = read_both(tmp_path, *drawn(37))
    assert max(sum(one.picture == picture for one in found) for picture in truth.pictures) > 20
    figures = average_precision(truth, found, groups(truth.layout)[group])
    assert figures == pytest.approx(STORED[group], abs=1e-9)


@pytest.mark.parametrize("seed", [11, 12])
def test_other_drawn_people_too_where_cocos_program_is_at_hand(tmp_path, seed):
    pytest.importorskip("pycocotools", reason="compares with pycocotools live where it is installed")
    people = drawn(37, seed=seed)
    truth, found = read_both(tmp_path, *people)
    for group, rows in GROUPS.items():
        figures = average_precision(truth, found, groups(truth.layout)[group])
        assert figures == pytest.approx(published(*people, rows), abs=1e-9), group


def test_groups_and_sigmas_are_the_published_ones():
    found = {name: sorted(rows.tolist()) for name, rows in groups(SPINETRACK37).items()}
    assert found == {name: sorted(rows) for name, rows in GROUPS.items()}
    assert np.array(SPINETRACK37.sigmas) == pytest.approx(SIGMAS)


def test_a_point_one_sigma_off_is_alike_by_hand(tmp_path):
    # d = s k with k twice the sigma gives exp(-1/2) for that point; eight others of the spine are exact.
    c7 = 18
    alike = off_by(moved(2 * 0.04 * S, [c7]), tmp_path, SPINE)
    assert alike == pytest.approx((8 + math.exp(-0.5)) / 9, abs=1e-9)
    alone = off_by(moved(2 * 0.04 * S, [c7]), tmp_path, [c7])
    assert alone == pytest.approx(math.exp(-0.5), abs=1e-9)


@pytest.mark.parametrize(
    ("row", "sigma"), [(18, 0.04), (19, 0.07), (26, 0.10), (28, 0.10), (29, 0.08), (31, 0.12), (33, 0.07), (36, 0.06)]
)
def test_seven_pixels_off_are_worth_what_each_sigma_says(tmp_path, row, sigma):
    alike = off_by(moved(7.0, [row]), tmp_path, [row])
    assert alike == pytest.approx(math.exp(-(7.0**2) / (2 * S**2 * (2 * sigma) ** 2)), abs=1e-9)


def test_the_ten_thresholds_share_out_one_imperfect_person(tmp_path):
    # Alike by 0.72: right at the thresholds 0.50 to 0.70, five of ten, and wrong at the rest.
    off_px = math.sqrt(-2 * math.log(0.72)) * 2 * 0.10 * S
    truth, found = read_both(tmp_path, annotations(annotation(AT)), [result(moved(off_px))])
    figures = average_precision(truth, found, np.array([26, 27, 28]))
    assert (figures["ap"], figures["ar"]) == pytest.approx((0.5, 0.5))
    assert (figures["ap50"], figures["ap75"]) == pytest.approx((1.0, 0.0))
    assert (figures["ap_medium"], figures["ap_large"]) == (None, pytest.approx(0.5))


def test_a_wrong_person_found_first_halves_the_precision_by_hand(tmp_path):
    wrong, right = result(moved(900.0), score=0.9), result(moved(0.0), score=0.5)
    truth, found = read_both(tmp_path, annotations(annotation(AT)), [right, wrong])
    figures = average_precision(truth, found, SPINE)
    assert figures["ap"] == pytest.approx(0.5)
    assert figures["ar"] == 1.0


def test_of_two_people_one_missed_halves_the_recall_by_hand(tmp_path):
    other = annotation([[x + 300, y, v] for x, y, v in AT], picture=2)
    truth, found = read_both(tmp_path, annotations(annotation(AT), other, pictures=2), [result(moved(0.0))])
    figures = average_precision(truth, found, SPINE)
    assert figures["ar"] == 0.5
    assert figures["ap"] == pytest.approx(51 / 101)  # recalls 0, 0.01 ... 0.50 are reached


def test_a_person_found_twice_counts_once(tmp_path):
    twice = [result(moved(0.0), score=0.9), result(moved(1.0), score=0.8)]
    truth, found = read_both(tmp_path, annotations(annotation(AT)), twice)
    (people,) = {len(truth.people)}
    figures = average_precision(truth, found, SPINE)
    assert (people, figures["ar"], figures["ap"]) == (1, 1.0, pytest.approx(1.0))
    truth, found = read_both(tmp_path, annotations(annotation(AT), annotation(AT, picture=2), pictures=2), twice)
    assert average_precision(truth, found, SPINE)["ap"] == pytest.approx(51 / 101)


def test_a_crowd_and_a_person_without_labels_count_neither_way(tmp_path):
    nobody = [[x, y, 0] for x, y, _ in AT]
    for ignored in (annotation(AT, iscrowd=1), annotation(nobody)):
        truth, found = read_both(tmp_path, annotations(ignored), [result(moved(0.0))])
        assert set(average_precision(truth, found, SPINE).values()) == {None}


def test_a_point_not_found_is_wrong_and_no_trouble(tmp_path):
    points = moved(0.0)
    points[18] = [None, None]
    assert off_by(points, tmp_path, SPINE) == pytest.approx(8 / 9)
    truth, found = read_both(tmp_path, annotations(annotation(AT)), [result([[None, None]] * 37)])
    assert average_precision(truth, found, SPINE)["ap"] == 0.0


def test_nothing_found_is_zero_and_not_unknown(tmp_path):
    truth, found = read_both(tmp_path, annotations(annotation(AT)), [])
    figures = average_precision(truth, found, SPINE)
    assert (figures["ap"], figures["ar"], figures["ap_medium"]) == (0.0, 0.0, None)


def test_a_layout_without_sigmas_has_no_precision(tmp_path):
    truth, found = read_both(tmp_path, annotations(annotation(AT[:16])), [])
    assert truth.layout == layout_for(16, None)
    with pytest.raises(ValueError, match="sigmas"):
        average_precision(truth, found, np.arange(16))
