import numpy as np
import pytest

from models.people.curve import read_curves
from models.people.posture import Curve
from tests.people_rig.rig import apex_m, lean_deg, stand

CURVES = [
    Curve("T8", "T5", "T12", 30),
    Curve("T9", "T6", "L1", 30),
    Curve("T12", "T9", "L3", 30),
    Curve("L2", "T11", "L4", 30),
]


@pytest.mark.parametrize("index", [0, 2, 5, 9])
def test_thirty_degrees_asked_are_built(index):
    first = stand(index, curves=(Curve(angle_deg=30),)).built_curves()[0]
    assert first.angle_deg == pytest.approx(27.6, abs=3.0)
    assert first.side == 1


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.apex)
def test_the_largest_built_curve_is_the_one_asked_for(curve):
    first = stand(0, curves=(curve,)).built_curves()[0]
    levels = ["S1", *(f"L{n}" for n in range(5, 0, -1)), *(f"T{n}" for n in range(12, 0, -1))]
    assert first.side == curve.side
    assert abs(levels.index(first.apex) - levels.index(curve.apex)) <= 1
    assert first.angle_deg == pytest.approx(curve.angle_deg, rel=0.15)


@pytest.mark.parametrize("asked", [10, 30, 50])
def test_built_angles_grow_with_what_is_asked(asked):
    built = stand(1, curves=(Curve(angle_deg=asked),)).built_curves()[0].angle_deg
    assert built == pytest.approx(0.93 * asked, rel=0.08)


def test_a_straight_spine_has_no_curve():
    assert stand(0).built_curves() == ()


@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("index", [0, 3, 4, 8])
def test_apex_and_hump_are_on_the_convex_side(index, side):
    body = stand(index, curves=(Curve(angle_deg=30, side=side),))
    assert side * apex_m(body) > 0.008
    assert side * body.atr_deg("T8") > 3.0


def test_the_hump_stays_in_a_forward_bend_and_is_the_higher_side():
    body = stand(0, curves=(Curve(angle_deg=40),), bend_deg=104)
    left, right = body.back_pair("T8")
    assert right[2] > left[2] + 0.01
    assert body.atr_deg("T8") == pytest.approx(stand(0, curves=(Curve(angle_deg=40),)).atr_deg("T8"), abs=3.0)


def test_rotation_makes_the_hump():
    flat = stand(0, curves=(Curve(angle_deg=30, rotation_share=0.0),)).atr_deg("T8")
    turned = stand(0, curves=(Curve(angle_deg=30, rotation_share=0.45),)).atr_deg("T8")
    assert abs(flat) < 1.0
    assert turned == pytest.approx(13.0, abs=3.0)


def test_the_waist_becomes_uneven_by_itself():
    body = stand(1, curves=(Curve("L2", "T11", "L4", 35, -1),))
    left, right = body.landmark("waist_left"), body.landmark("waist_right")
    assert abs(abs(left[0]) - abs(right[0])) > 0.005


@pytest.mark.parametrize("shift", [-0.02, 0.0, 0.02])
def test_c7_stands_over_the_sacrum_plus_the_shift(shift):
    body = stand(0, curves=(Curve(angle_deg=45, shift_m=shift),))
    assert body.vertebra("C7")[0] - body.vertebra("S1")[0] == pytest.approx(shift, abs=5e-4)


def test_two_curves_are_both_built():
    body = stand(0, curves=(Curve("T8", "T5", "T12", 30, 1), Curve("L2", "T12", "L4", 30, -1)))
    sides = [curve.side for curve in body.built_curves()[:2]]
    assert sorted(sides) == [-1, 1]
    assert lean_deg(body) == pytest.approx(0.0, abs=0.1)
    assert body.atr_deg("T8") > 2.0 > -2.0 > body.atr_deg("L2")


def test_the_mirror_curve_makes_the_mirror_image():
    from tests.people_rig.rig import bodies

    right, left = (stand(0, curves=(Curve(angle_deg=40, side=side),)).vertices_m for side in (1, -1))
    assert np.abs(right[bodies().mirror] * (-1, 1, 1) - left).max() < 0.002


def test_a_curve_whose_levels_stand_in_no_order_is_refused():
    with pytest.raises(ValueError, match="no order"):
        Curve("T12", "T5", "T8")
    with pytest.raises(ValueError, match="T13"):
        Curve("T13")


def test_the_angle_between_end_vertebrae_is_read_back():
    lean = np.interp(np.arange(26), [0, 4, 10, 17, 25], [0, 12, -15, 0, 0])
    curves = read_curves(lean)
    assert [(c.side, c.lower, c.upper, c.angle_deg) for c in curves[:1]] == [(1, "L2", "T8", 27.0)]


def test_a_swing_of_two_degrees_is_no_curve_of_its_own():
    lean = np.interp(np.arange(26), [0, 4, 7, 8, 12, 17, 25], [0, 12, 0, 1.5, -12, 0, 0])
    assert [c.lower for c in read_curves(lean)][:1] == ["L2"]
    assert read_curves(lean)[0].angle_deg == 24.0
