"""Rows 1.3 and 1.4: the sixteen example joints of the first program, and its guarded angle."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.geometry import lean_deg, tilt_deg
from edge.spine.legacy import HEAT_MAP_CELL_PX, cell_deg, legacy_arccos_deg

JOINTS = {
    "right_ankle": (91.7109375, 468.4980163574219),
    "right_knee": (100.2421875, 336.1659851074219),
    "right_hip": (228.2109375, 284.9407043457031),
    "left_hip": (287.9296875, 276.40313720703125),
    "left_knee": (390.3046875, 383.12249755859375),
    "left_ankle": (496.9453125, 468.4980163574219),
    "pelvis": (258.0703125, 280.67193603515625),
    "spine": (253.8046875, 131.2648162841797),
    "neck": (253.8046875, 97.11461639404297),
    "head_top": (258.0703125, 16.007904052734375),
    "right_wrist": (194.0859375, 267.8656005859375),
    "right_elbow": (147.1640625, 208.10275268554688),
    "right_shoulder": (202.6171875, 131.2648162841797),
    "left_shoulder": (309.2578125, 131.2648162841797),
    "left_elbow": (364.7109375, 199.56520080566406),
    "left_wrist": (326.3203125, 263.5968322753906),
}
points = st.tuples(st.floats(-1000, 1000), st.floats(-1000, 1000))


@pytest.mark.parametrize(
    ("first", "second", "degrees"),
    [
        ("head_top", "neck", 86.989431),
        ("neck", "spine", 90.0),
        ("spine", "pelvis", 88.364630),
        ("neck", "pelvis", 88.668763),
        ("right_shoulder", "left_shoulder", 0.0),
        ("right_hip", "left_hip", 8.136042),
        ("right_hip", "right_knee", 21.815990),
        ("right_knee", "right_ankle", 86.311331),
        ("left_hip", "left_knee", 46.190265),
        ("left_knee", "left_ankle", 38.680448),
    ],
)
def test_the_legacy_angle_of_the_example_joints(first, second, degrees):
    assert legacy_arccos_deg(JOINTS[first], JOINTS[second]) == pytest.approx(degrees, abs=1e-6)


@pytest.mark.parametrize(
    ("low", "high", "degrees"),
    [("neck", "head_top", 3.0106), ("spine", "neck", 0.0), ("pelvis", "spine", -1.6354), ("pelvis", "neck", -1.3312)],
)
def test_the_signed_lean_of_the_example_joints(low, high, degrees):
    assert lean_deg(JOINTS[low], JOINTS[high]) == pytest.approx(degrees, abs=1e-4)


def test_the_example_hips_are_tilted_and_its_shoulders_level():
    assert abs(tilt_deg(JOINTS["left_hip"], JOINTS["right_hip"])) == pytest.approx(8.1360, abs=1e-4)
    assert tilt_deg(JOINTS["left_shoulder"], JOINTS["right_shoulder"]) == 0.0


def test_every_example_joint_lies_on_the_heat_map_grid():
    for x, y in JOINTS.values():
        across = x / HEAT_MAP_CELL_PX[0] - 0.5
        down = (y - JOINTS["head_top"][1]) / HEAT_MAP_CELL_PX[1]
        assert across == pytest.approx(round(across), abs=1e-3)
        assert down == pytest.approx(round(down), abs=2e-3)


def test_the_example_head_angle_is_one_cell():
    neck, head_top = JOINTS["neck"], JOINTS["head_top"]
    assert lean_deg(neck, head_top) == pytest.approx(cell_deg(neck, head_top), abs=1e-4)


def test_equal_points_have_no_angle():
    assert legacy_arccos_deg((4.0, 4.0), (4.0, 4.0)) is None
    assert lean_deg((4.0, 4.0), (4.0, 4.0)) is None
    assert tilt_deg((4.0, 4.0), (4.0, 4.0)) is None
    assert cell_deg((0.0, 4.0), (9.0, 4.0)) is None


def test_a_mirrored_lean_changes_sign_where_the_legacy_angle_is_blind():
    assert lean_deg((0, 50), (10, 0)) == pytest.approx(-lean_deg((0, 50), (-10, 0)))
    assert legacy_arccos_deg((0, 50), (10, 0)) == legacy_arccos_deg((0, 50), (-10, 0)) == pytest.approx(78.690068)


def test_an_upside_down_lean_differs_where_the_legacy_angle_is_blind():
    assert lean_deg((0, 0), (10, 50)) == pytest.approx(180 - 11.309932)
    assert lean_deg((0, 50), (10, 0)) == pytest.approx(11.309932)
    assert legacy_arccos_deg((0, 0), (10, 50)) == pytest.approx(legacy_arccos_deg((0, 50), (10, 0)))


@given(points, points)
def test_away_from_the_vertical_legacy_and_signed_angle_agree(low, high):
    legacy, lean = legacy_arccos_deg(low, high), lean_deg(low, high)
    if legacy is None or lean is None or math.dist(low, high) < 1e-3:
        return
    folded = min(abs(lean), 180 - abs(lean))
    assert legacy == pytest.approx(90 - folded, abs=1e-5)
