"""Row 1.1: PCKh@0.5 and PCK@0.2, by hand."""

import numpy as np
import pytest

from edge.pose.landmarks import COUNT
from edge.pose.mpii import LSP14, MPII16
from models.pose.accuracy import LANDMARK_OF, hits
from models.pose.pictures import JOINTS as PHOTOGRAPHED
from models.spine.evaluate.pck import LIMBS, Hits, head_px, pck, pckh, torso_px
from tests.spine.test_legacy import JOINTS
from tests.spine_evaluate.files import annotation, annotations, read_both, result

AT = [[*JOINTS[name], 1] for name in MPII16.points]
HEAD = MPII16.points.index("head_top"), MPII16.points.index("neck")
HEAD_PX = float(np.hypot(258.0703125 - 253.8046875, 97.11461639404297 - 16.007904052734375))


def moved(shift, rows):
    return [[x + (shift if row in rows else 0), y] for row, (x, y, _) in enumerate(AT)]


def test_the_head_is_its_box_or_from_neck_to_top(tmp_path):
    boxed = annotation(AT, head_box=[10, 20, 40, 60])
    truth, _ = read_both(tmp_path, annotations(annotation(AT), boxed), [])
    assert head_px(truth.people[0], truth.layout) == pytest.approx(HEAD_PX)
    assert head_px(truth.people[1], truth.layout) == pytest.approx(0.6 * 50.0)


@pytest.mark.parametrize(("share", "found"), [(0.499, 14), (0.501, 1)])
def test_half_a_head_off_is_the_limit(tmp_path, share, found):
    # Fifteen joints are off, among them pelvis and spine, which stand in no row.
    rows = [row for row in range(16) if row != HEAD[0]]
    truth, results = read_both(tmp_path, annotations(annotation(AT)), [result(moved(share * HEAD_PX, rows))])
    assert pckh(truth, results)["total"] == Hits(found, 14)


def test_the_rows_are_mpiis(tmp_path):
    wrong = [MPII16.points.index(name) for name in ("left_wrist", "right_wrist", "left_knee", "neck", "pelvis")]
    truth, results = read_both(tmp_path, annotations(annotation(AT)), [result(moved(500, wrong))])
    figures = {row: one.percent for row, one in pckh(truth, results).items()}
    assert figures == {
        "head": 50.0,
        "shoulder": 100.0,
        "elbow": 100.0,
        "wrist": 0.0,
        "hip": 100.0,
        "knee": 50.0,
        "ankle": 100.0,
        "total": pytest.approx(100 * 10 / 14),
    }


def test_a_person_without_a_head_or_torso_is_left_out(tmp_path):
    headless = [[x, y, 0 if row in HEAD else 1] for row, (x, y, _) in enumerate(AT)]
    hips = [MPII16.points.index(name) for name in ("left_hip", "right_hip")]
    hipless = [[x, y, 0 if row in hips else 1] for row, (x, y, _) in enumerate(AT)]
    truth, results = read_both(tmp_path, annotations(annotation(headless)), [result(moved(0, []))])
    assert pckh(truth, results)["total"] == Hits(0, 0)
    assert pckh(truth, results)["total"].percent is None
    assert pck(truth, results) == Hits(12, 12)
    truth, results = read_both(tmp_path, annotations(annotation(hipless)), [result(moved(0, []))])
    assert torso_px(truth.people[0], truth.layout) is None
    assert pck(truth, results) == Hits(0, 0)


def test_sides_exchanged_as_a_whole_are_forgiven_only_where_asked(tmp_path):
    exchanged = [AT[row][:2] for row in MPII16.twins]
    truth, results = read_both(tmp_path, annotations(annotation(AT)), [result(exchanged)])
    assert pck(truth, results, either_side=True) == Hits(12, 12)
    assert pck(truth, results).found < 6


def test_nobody_found_misses_every_joint(tmp_path):
    truth, results = read_both(tmp_path, annotations(annotation(AT)), [])
    assert pck(truth, results) == Hits(0, 12)
    assert pckh(truth, results)["total"] == Hits(0, 14)


def test_each_person_gets_the_nearest_of_those_found(tmp_path):
    beside = [[x + 400, y, v] for x, y, v in AT]
    results = [result([[x + 405, y] for x, y, _ in AT], score=0.99), result([[x + 5, y] for x, y, _ in AT], score=0.2)]
    truth, found = read_both(tmp_path, annotations(annotation(AT), annotation(beside)), results)
    assert pck(truth, found) == Hits(24, 24)
    truth, found = read_both(tmp_path, annotations(annotation(AT), annotation(beside)), results[:1])
    assert pck(truth, found) == Hits(12, 24)


def test_a_point_not_found_is_missed(tmp_path):
    points = moved(0, [])
    points[MPII16.points.index("left_wrist")] = [None, None]
    truth, results = read_both(tmp_path, annotations(annotation(AT)), [result(points)])
    assert pck(truth, results) == Hits(11, 12)
    assert pckh(truth, results)["wrist"] == Hits(1, 2)


@pytest.mark.parametrize("seed", range(8))
def test_either_side_agrees_with_the_count_blazepose_is_judged_by(tmp_path, seed):
    chance = np.random.Generator(np.random.PCG64(seed))
    joints = chance.uniform(0, 200, (12, 2))
    found = joints + chance.normal(0, 25, (12, 2))
    labelled = chance.random(12) > 0.2
    labelled[[PHOTOGRAPHED.index(name) for name in ("left_hip", "right_shoulder")]] = True
    landmarks = np.full((COUNT, 2), np.nan)
    landmarks[LANDMARK_OF] = found
    people = [[0.0, 0.0, 0]] * 14
    given = [[0.0, 0.0]] * 14
    for row, name in enumerate(PHOTOGRAPHED):
        people[LSP14.points.index(name)] = [*joints[row], int(labelled[row])]
        given[LSP14.points.index(name)] = [*found[row]]
    truth, results = read_both(tmp_path, annotations(annotation(people)), [result(given)], "lsp14")
    hit = pck(truth, results, LIMBS, either_side=True)
    assert (hit.found, hit.labelled) == hits(landmarks, np.where(labelled[:, None], joints, np.nan))
