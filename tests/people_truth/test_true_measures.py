"""What is true of a body of known posture."""

import numpy as np
import pytest

from models.people.truth.bend import course
from models.people.truth.coronal import concordant
from models.people.truth.definitions import DEFINITIONS
from models.people.truth.measures import measures
from models.people.truth.planes import Planes
from models.people.truth.spline import largest_bow, spline_through
from tests.people_truth.stick import Stick, mirrored

CORONAL = [row for row in DEFINITIONS if row.startswith("C") or row in ("B2", "B3", "B5")]
PAIRED = {"C10_right": "C10_left", "C10_left": "C10_right", "C13_right": "C13_left", "C13_left": "C13_right"}
UNSIGNED = {"C14_apex", "C15"}
CROOKED = Stick(
    shoulder_tilt_deg=3.0, pelvis_tilt_deg=-2.0, head_tilt_deg=4.0, lean_deg=1.5, curve_m=0.02, knee_in_m=(0.0, 0.02),
    waist_m=(1.05, 1.08),
)  # fmt: skip


def test_every_row_has_a_value_on_a_whole_body():
    assert [row for row, value in measures(Stick().points()).items() if value is None] == []


def test_a_symmetric_body_measures_nothing_in_the_coronal_plane():
    found = measures(Stick().points())
    for row in CORONAL:
        if row not in ("C10_right", "C10_left", "C14_apex"):
            assert found[row] == pytest.approx(0.0, abs=1e-6), row


@pytest.mark.parametrize(
    ("posture", "row"),
    [
        ("shoulder_tilt_deg", "C1"),
        ("shoulder_tilt_deg", "C2"),
        ("shoulder_tilt_deg", "C3"),
        ("pelvis_tilt_deg", "C4"),
        ("pelvis_tilt_deg", "C4_psis"),
        ("head_tilt_deg", "C7"),
        ("head_tilt_deg", "C7_eyes"),
        ("lean_deg", "C6"),
        ("lean_deg", "C6b"),
        ("lean_deg", "C8"),
        ("forward_deg", "L7"),
        ("forward_deg", "L8"),
        ("forward_deg", "L3_L4_T8"),
        ("forward_deg", "B4"),
    ],
)
@pytest.mark.parametrize("angle_deg", [-7.0, 2.0])
def test_a_measure_is_the_angle_the_body_was_given(posture, row, angle_deg):
    assert measures(Stick(**{posture: angle_deg}).points())[row] == pytest.approx(angle_deg, abs=1e-6)


def test_shifts_are_true_millimetres_to_the_right():
    rise = 1.42 - 0.95
    found = measures(Stick(lean_deg=2.0).points())
    assert found["C5"] == pytest.approx(1000 * rise * np.tan(np.radians(2.0)))
    assert found["C5_trunk"] == pytest.approx(100 * np.sin(np.radians(2.0)))


def test_a_raised_right_shoulder_counts_in_degrees_and_millimetres():
    found = measures(Stick(shoulder_tilt_deg=5.0).points())
    assert found["C1mm"] == pytest.approx(340 * np.sin(np.radians(5.0)))


def test_the_mirror_turns_every_coronal_sign():
    straight, turned = measures(CROOKED.points()), measures(mirrored(CROOKED.points()))
    for row in CORONAL:
        if row in PAIRED:
            assert turned[PAIRED[row]] == pytest.approx(straight[row], abs=1e-6), row
        elif row in UNSIGNED:
            assert turned[row] == pytest.approx(straight[row], abs=1e-6), row
        else:
            assert turned[row] == pytest.approx(-straight[row], abs=1e-6), row
    for row in set(DEFINITIONS) - set(CORONAL):
        if not row.startswith("B3"):
            assert turned[row] == pytest.approx(straight[row], abs=1e-6), row


def test_where_a_person_stands_and_looks_changes_no_measure():
    here = measures(CROOKED.points())
    there = measures(Stick(**{**vars(CROOKED), "heading_deg": 130.0, "at_m": (0.7, -2.0)}).points())
    assert there == pytest.approx(here, abs=1e-6)


def test_the_view_only_chooses_the_near_side():
    body = CROOKED.points()
    back, left = measures(body, "back"), measures(body, "left")
    assert {row for row in DEFINITIONS if back[row] != left[row]} <= {row for row in DEFINITIONS if row[0] == "L"}


def test_a_knock_knee_is_positive_on_either_side():
    found = measures(Stick(knee_in_m=(0.03, 0.0)).points())
    assert found["C13_left"] > 5
    assert found["C13_right"] == pytest.approx(0.0, abs=1e-9)
    assert found["C13"] == pytest.approx(-found["C13_left"])


@pytest.mark.parametrize("side", [-1, 1])
def test_a_bow_is_named_after_its_convex_side(side):
    found = measures(Stick(curve_m=side * 0.02).points())
    # A half sine of amplitude a over the length l leaves both ends at the inclination atan(pi a / l).
    expected = 2 * np.degrees(np.arctan(np.pi * 0.02 / (1.42 - 0.95)))
    assert found["C14_all"] == pytest.approx(side * expected, abs=0.4)
    assert found["C14_apex"] == pytest.approx(50, abs=4)


def test_a_double_bow_is_cut_where_it_turns():
    height = np.linspace(0.0, 0.45, 19)
    points = list(zip(0.01 * np.sin(2 * np.pi * height / 0.45), height, strict=True))
    spline = spline_through(points)
    assert spline is not None
    bow = largest_bow(spline)
    assert abs(bow.angle_deg) == pytest.approx(2 * np.degrees(np.arctan(2 * np.pi * 0.01 / 0.45)), abs=0.3)


def test_a_spine_that_does_not_rise_has_no_bow():
    assert spline_through([(0.0, 0.0), (0.1, 0.2), (0.2, 0.1), (0.3, 0.4)]) is None


def test_the_waist_lies_where_the_body_is_narrowest():
    found = measures(Stick(waist_m=(1.05, 1.08)).points())
    assert found["C10_height"] == pytest.approx(30.0, abs=1.0)
    assert found["C10_right"] < 180


def test_a_flank_without_a_hollow_has_no_waist():
    found = measures(Stick(waist_m=(1.07, 2.0)).points())
    assert (found["C10_right"], found["C10_height"]) == (None, None)
    assert found["C10_depth"] < -10


def test_the_gap_is_larger_where_more_background_shows():
    body = Stick(waist_m=(1.0, 1.07)).points()
    assert body.outline.gap_m2(1, 0.9, 1.3) == pytest.approx(
        np.sum(0.30 - 0.13 - 1.2 * (np.arange(0.9, 1.3, 0.005) - 1.07) ** 2) * 0.005, rel=0.01
    )


def test_the_signs_beyond_their_band_are_counted():
    assert concordant({"C1": 2.1, "C2": -2.1, "C4": 2.9, "C5": -11.0, "C10_height": None}) == 3


def test_a_bend_with_a_way_back_to_the_other_side_is_not_symmetric():
    depth = [0, 20, 40, 60, 80, 60, 40, 20, 0]

    def frames(back):
        side = [0, 1, 2, 3, 4, *back]
        rows = zip(depth, side, strict=True)
        return [{"B4": d, "B4_thoracic": d / 2, "B4_lumbar": d / 4, "B5": s} for d, s in rows]

    same, other = course(frames([3, 2, 1, 0])), course(frames([0, 0, 0, 0]))
    assert same.return_difference == pytest.approx(0.0, abs=1e-6)
    assert other.return_difference > 1.0
    assert (same.range_deg, same.thoracic_deg, same.lumbar_deg, same.deviation) == (80, 40, 20, 4)


def test_a_bend_that_never_comes_back_has_no_way_back():
    rows = [{"B4": d, "B4_thoracic": 0.0, "B4_lumbar": 0.0, "B5": 0.0} for d in (0, 30, 60)]
    assert course(rows).return_difference is None


def test_right_and_forward_follow_the_heading():
    planes = Planes(90.0)  # looks along -x: the right hand points along +y
    assert planes.right_m(np.array([0.0, 1.0, 0.0])) == pytest.approx(1.0)
    assert planes.forward_m(np.array([-1.0, 0.0, 0.0])) == pytest.approx(1.0)
