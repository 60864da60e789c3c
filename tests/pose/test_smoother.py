import numpy as np
import pytest

from edge.pose.landmarker import POINTS, Reading
from edge.pose.smoother import Smoother


def reading(offset_px=0.0, score=0.9, radius_px=100.0):
    xyz = np.zeros((POINTS, 3))
    xyz[:, :2] = 200.0 + offset_px
    xyz[-1, 1] -= radius_px
    return Reading(xyz, np.full((33, 3), offset_px / 100), np.full(33, score))


def test_the_first_reading_passes_unchanged():
    first = reading()
    calm = Smoother(body=True).smooth(first, 0.0)
    assert np.array_equal(calm.xyz_px, first.xyz_px)
    assert np.array_equal(calm.score, first.score)


def test_a_jump_is_followed_only_part_of_the_way():
    smoother = Smoother(body=True)
    smoother.smooth(reading(), 0.0)
    calm = smoother.smooth(reading(2.0, score=0.4), 1 / 30)
    assert 200.0 < calm.xyz_px[0, 0] < 202.0
    assert 0.0 < calm.world_m[0, 0] < 0.02
    assert calm.score[0] == pytest.approx(0.9 - 0.1 * 0.5)


def test_without_smoothing_only_the_leading_points_are_calmed():
    smoother = Smoother(body=False)
    smoother.smooth(reading(), 0.0)
    calm = smoother.smooth(reading(2.0, score=0.4), 1 / 30)
    assert calm.xyz_px[0, 0] == 202.0
    assert calm.score[0] == 0.4
    assert 200.0 < calm.xyz_px[33, 0] < 202.0


def test_a_near_and_a_far_body_are_smoothed_alike():
    def share_followed(radius_px):
        smoother = Smoother(body=True)
        smoother.smooth(reading(radius_px=radius_px), 0.0)
        return smoother.smooth(reading(0.02 * radius_px, radius_px=radius_px), 1 / 30).xyz_px[0, 0] - 200.0

    assert share_followed(400.0) == pytest.approx(4 * share_followed(100.0), rel=1e-6)


def test_leading_points_that_coincide_lead_nowhere():
    assert Smoother(body=True).smooth(reading(radius_px=0.0), 0.0) is None


def test_a_forgotten_person_has_no_past():
    smoother = Smoother(body=True)
    smoother.smooth(reading(), 0.0)
    smoother.reset()
    assert smoother.smooth(reading(50.0, score=0.2), 1 / 30).score[0] == pytest.approx(0.2)
