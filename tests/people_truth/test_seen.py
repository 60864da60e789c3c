"""Where points lie in the picture, and whether it shows them."""

import numpy as np
import pytest

from models.people.truth.offsets import as_network_places
from models.people.truth.seen import seen
from models.people.truth.silhouette import packed, unpacked
from models.people.truth.spinetrack import SPINE_IDS, SPINE_LEVELS, SPINETRACK


class Ahead:
    """Looks along +y from the origin: 100 px a metre at one metre."""

    size_px = (40, 60)

    def project(self, points_m):
        points = np.asarray(points_m)
        return np.column_stack([20 + 100 * points[:, 0] / points[:, 1], 30 - 100 * points[:, 2] / points[:, 1]])

    def depth(self, points_m):
        return np.asarray(points_m)[:, 1]


DEPTH_M = np.full((60, 40), np.inf)
DEPTH_M[:, :20] = 1.5


def where(point, tolerance_m=0.02):
    return seen(["it"], [point], Ahead(), DEPTH_M, tolerance_m)


@pytest.mark.parametrize(
    ("point", "visible", "inside"),
    [
        ((-0.1, 1.0, 0.0), True, True),  # before the wall
        ((-0.1, 2.0, 0.0), False, True),  # behind it
        ((0.1, 2.0, 0.0), True, True),  # beside it
        ((-0.1, 1.51, 0.0), True, True),  # within the tolerance
        ((0.5, 1.0, 0.0), False, False),  # outside the picture
        ((0.0, -1.0, 0.0), False, False),  # behind the camera
    ],
)
def test_a_point_is_visible_when_nothing_stands_before_it(point, visible, inside):
    found = where(point)
    assert (bool(found.visible[0]), bool(found.inside[0])) == (visible, inside)


def test_a_point_inside_the_body_is_allowed_its_own_flesh():
    assert where((-0.1, 1.6, 0.0), 0.15).visible[0]


def test_zero_depth_means_that_nothing_is_there():
    assert seen(["it"], [(0.0, 2.0, 0.0)], Ahead(), np.zeros((60, 40)), 0.02).visible[0]


def test_the_order_of_spinetrack():
    assert len(SPINETRACK) == len(set(SPINETRACK)) == 37
    levels = {
        19: ("hip", "S"), 26: ("spine_01", "L5"), 27: ("spine_02", "L3"), 28: ("spine_03", "T12/L1"),
        29: ("spine_04", "T8"), 30: ("spine_05", "T3"), 18: ("neck", "C7"), 35: ("neck_02", "C3/4"),
        36: ("neck_03", "C1"),
    }  # fmt: skip
    assert {k: (SPINETRACK[k], level) for k, level in zip(SPINE_IDS, SPINE_LEVELS, strict=True)} == levels
    assert [SPINETRACK[number] for number in (20, 25, 31, 32, 33, 34)] == [
        "left_big_toe", "right_heel", "left_latissimus", "right_latissimus", "left_clavicle", "right_clavicle",
    ]  # fmt: skip


def test_a_network_s_shoulders_are_higher_and_its_hips_lower_and_closer():
    joints = {
        "left_shoulder": np.array([-0.17, 0, 1.4]), "right_shoulder": np.array([0.17, 0, 1.4]),
        "left_hip": np.array([-0.09, 0, 0.9]), "right_hip": np.array([0.09, 0, 0.9]), "nose": np.array([0, 0.1, 1.6]),
    }  # fmt: skip
    back, front = (as_network_places(joints, from_behind=behind) for behind in (True, False))
    assert back["left_shoulder"] == pytest.approx([-0.17, 0, 1.4 + 0.055 * 0.5])
    assert back["right_hip"] == pytest.approx([0.09 - 0.045 * 0.5 / 2, 0, 0.9 - 0.015 * 0.5])
    assert front["right_hip"] == pytest.approx([0.09, 0, 0.9 - 0.015 * 0.5])
    assert back["nose"] == pytest.approx(joints["nose"])


def test_a_silhouette_survives_packing():
    mask = np.random.default_rng(0).random((33, 21)) < 0.5
    small = packed(mask)
    assert (unpacked(small) == mask).all()
    assert small["size_px"] == [21, 33]
