"""Waist, fold and gap of outlines drawn from formulas."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.pose.body_view import BodyView
from edge.pose.silhouette import SIDE, Silhouette
from edge.spine.level_mask import level_mask
from edge.spine.measures import measure
from edge.spine.outline import outline_of
from edge.spine.plane import Plane
from edge.spine.setup import Setup
from tests.flanks import TRUNK_M, Figure, Side, silhouette
from tests.people import standing

PX_PER_M = 600.0
COARSE_MM = TRUNK_M * 2.4 / SIDE * 1000
"""One pixel of the mask."""

sides = st.builds(
    Side,
    waist_height_m=st.floats(0.12, 0.2),
    waist_depth_m=st.floats(0.035, 0.05),
    hip_m=st.floats(0.15, 0.19),
    arm_deg=st.floats(12, 25),
)


def outline(figure, view=BodyView.BACK, change=None, **how):
    """Outline in metres: the same origin and axes as the figure's."""
    picture, trunk = silhouette(figure, view, px_per_m=PX_PER_M, **how)
    if change is not None:
        picture = Silhouette(change(picture.mask.copy()), picture.to_picture)
    mask = level_mask(picture, Plane(), tuple(trunk.mean(axis=0)), TRUNK_M * PX_PER_M)
    return outline_of(mask, tuple(trunk[0]), tuple(trunk[1]), view)


def height_mm(point):
    return (700 - point[1]) / PX_PER_M * 1000


def out_mm(point):
    return abs(point[0] - 360) / PX_PER_M * 1000


@settings(max_examples=25, deadline=None)
@given(sides, sides, st.sampled_from([BodyView.BACK, BodyView.FRONT]), st.floats(-8, 8))
def test_the_waist_of_each_side_is_found_within_a_pixel_and_a_half(left, right, view, turned):
    found = outline(Figure(left, right), view, turned_deg=turned)
    for flank, side in ((found.left, left), (found.right, right)):
        out, height = side.waist()
        assert out_mm(flank.waist) == pytest.approx(out * 1000, abs=0.8 * COARSE_MM)
        assert height_mm(flank.waist) == pytest.approx(height * 1000, abs=1.5 * COARSE_MM)
        assert flank.reason is None


@settings(max_examples=10, deadline=None)
@given(st.floats(0.12, 0.2), st.floats(-0.04, 0.04))
def test_a_higher_waist_has_the_right_sign_and_size(height, more):
    more = more if abs(more) > 0.005 else math.copysign(0.005, more)
    found = outline(Figure(Side(waist_height_m=height), Side(waist_height_m=height + more)))
    true = Figure(Side(waist_height_m=height), Side(waist_height_m=height + more))
    difference = (true.right.waist()[1] - true.left.waist()[1]) * 1000
    assert height_mm(found.right.waist) - height_mm(found.left.waist) == pytest.approx(difference, abs=4.5)


@settings(max_examples=10, deadline=None)
@given(sides, sides)
def test_the_gaps_have_the_area_they_were_drawn_with(left, right):
    found = outline(Figure(left, right))
    for flank, side in ((found.left, left), (found.right, right)):
        assert flank.gap_px2 / PX_PER_M**2 == pytest.approx(side.gap_m2(), rel=0.1, abs=4e-4)


def test_front_and_back_are_each_others_mirror_image():
    figure = Figure(Side(waist_height_m=0.14), Side(waist_height_m=0.18, waist_depth_m=0.04))
    back, front = outline(figure), outline(figure, BodyView.FRONT)
    for name in ("left", "right"):
        for part in ("axilla", "waist", "hip"):
            one, other = getattr(getattr(back, name), part), getattr(getattr(front, name), part)
            assert one[1] == pytest.approx(other[1], abs=2)
            assert one[0] - 360 == pytest.approx(360 - other[0], abs=2)


def test_an_arm_on_the_trunk_leaves_no_fold_and_says_which_arm():
    found = outline(Figure(Side(), Side(arm_deg=0.0)))
    assert found.right.axilla is None
    assert found.right.waist is None
    assert found.right.reason == "right arm touches the trunk, hold it away from the body"
    assert found.left.waist is not None
    assert "left arm" in outline(Figure(Side(arm_deg=0.0), Side())).left.reason


def test_an_elbow_that_touches_costs_nothing_above_and_below_it():
    def touch(mask):
        mask[150:153, 40:215] |= mask[150:153].any()  # a bar across both gaps, a little above the hips
        return mask

    found = outline(Figure(), change=touch)
    whole = outline(Figure())
    assert found.left.axilla[1] == pytest.approx(whole.left.axilla[1], abs=3)


@pytest.mark.parametrize("seed", range(3))
def test_specks_small_holes_and_other_blobs_do_not_move_the_waist(seed):
    rng = np.random.default_rng(seed)

    def spoil(mask):
        mask ^= rng.random(mask.shape) < 0.01
        mask[10:60, 5:40] = True
        mask[100:104, 126:130] = False
        return mask

    found, clean = outline(Figure(), change=spoil), outline(Figure())
    for name in ("left", "right"):
        one, other = getattr(found, name), getattr(clean, name)
        assert one.waist is not None, one.reason
        assert one.waist[1] == pytest.approx(other.waist[1], abs=6)
        assert one.waist[0] == pytest.approx(other.waist[0], abs=3)


def test_a_ragged_edge_moves_the_difference_of_the_waists_by_millimetres_only():
    rng, off = np.random.default_rng(5), []
    for _ in range(12):

        def ragged(mask):
            shifts = rng.integers(-1, 2, SIDE)
            return np.stack([np.roll(row, int(shift)) for row, shift in zip(mask, shifts, strict=True)])

        found = outline(Figure(), change=ragged)
        off.append(height_mm(found.right.waist) - height_mm(found.left.waist))
    assert np.median(np.abs(off)) < 10  # every row is torn by up to a pixel, 4 mm


def test_a_straight_flank_has_no_waist():
    found = outline(Figure(Side(waist_depth_m=0.0, slope=0.2), Side()))
    assert found.left.waist is None
    assert found.left.reason == "no waist can be made out on the left side"


def test_a_hand_on_the_hip_costs_the_angle_but_not_the_waist():
    def hand(mask):
        mask[186:200, 30:110] = True
        return mask

    found = outline(Figure(), change=hand)
    assert found.left.waist is not None
    assert found.left.hip is None
    assert "left hand" in found.left.reason


def test_an_empty_mask_is_no_outline():
    picture, trunk = silhouette(Figure())
    empty = Silhouette(np.zeros((SIDE, SIDE), bool), picture.to_picture)
    assert level_mask(empty, Plane(), tuple(trunk[0]), 270.0) is None
    assert level_mask(Silhouette(picture.mask, np.zeros((2, 3))), Plane(), tuple(trunk[0]), 270.0) is None


def test_a_full_mask_is_refused():
    picture, trunk = silhouette(Figure())
    full = level_mask(Silhouette(np.ones((SIDE, SIDE), bool), picture.to_picture), Plane(), tuple(trunk[0]), 270.0)
    assert outline_of(full, tuple(trunk[0]), tuple(trunk[1]), BodyView.BACK).left.waist is None


def test_the_measures_of_the_waist_come_with_a_silhouette_and_with_the_right_sign():
    person = standing(px_per_m=PX_PER_M)
    # The figure stands where the person of the landmarks stands.
    hips, shoulders = (person.xyz_px[list(pair), :2].mean(axis=0) for pair in ((23, 24), (11, 12)))
    picture, trunk = silhouette(Figure(Side(waist_height_m=0.14), Side(waist_height_m=0.18)), px_per_m=PX_PER_M)
    size = float(np.linalg.norm(hips - shoulders)) / (TRUNK_M * PX_PER_M)
    moved = np.column_stack([picture.to_picture[:, :2] * size, hips + size * (picture.to_picture[:, 2] - trunk[0])])
    seen = Silhouette(picture.mask, moved)
    found = measure(person, BodyView.BACK, Setup(px_per_m=PX_PER_M), None, None, seen).by_id
    assert found["C10_height"].value == pytest.approx(40 * size, abs=12)
    assert abs(found["C10_gap"].value) < 12
    for row in ("C10", "C10_left", "C10_right"):
        assert found[row].value is not None, found[row].reason
    assert found["C10"].value == pytest.approx(found["C10_right"].value - found["C10_left"].value)
    without = measure(person, BodyView.BACK, Setup(), None, None, seen).by_id
    assert "person's height" in without["C10_height"].reason
    sideways = measure(person, BodyView.LEFT, Setup(), None, None, seen).by_id
    assert sideways["C10"].reason == "cannot be seen from the left side"
