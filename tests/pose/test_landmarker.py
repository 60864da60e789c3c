import math

import numpy as np
import pytest

from edge.pose.landmarker import HEAT_SIDE, Landmarker, refine
from edge.pose.region import Region
from tests.pose.markers import COLD, MarkerLandmarker, drawn, expected_xy

CELL = 1 / HEAT_SIDE


def heat(*hot, logit=50.0):
    """One landmark's map, cold but for cells (column, row)."""
    cells = np.full((1, HEAT_SIDE, HEAT_SIDE), COLD, np.float32)
    for column, row in hot:
        cells[0, row, column] = logit
    return cells


def at(column, row):
    """A landmark in the middle of a cell."""
    return np.array([[(column + 0.5) * CELL, (row + 0.5) * CELL]])


def test_a_landmark_moves_to_the_centre_of_the_heat_near_it():
    refined = refine(at(30, 20), heat((31, 20), (33, 20), (32, 22), (32, 18)), reach=4)
    assert refined[0] == pytest.approx([32 * CELL, 20 * CELL])


def test_heat_beyond_the_window_is_not_felt():
    warm = heat((30, 20), (34, 20))
    assert refine(at(30, 20), warm, reach=4)[0, 0] == pytest.approx(32 * CELL)
    assert refine(at(30, 20), warm, reach=3)[0, 0] == pytest.approx(30 * CELL)


def test_low_heat_leaves_the_landmark_where_it_is():
    assert refine(at(30, 20), heat((33, 20), logit=-0.01), reach=4) == pytest.approx(at(30, 20))
    assert refine(at(30, 20), heat((33, 20), logit=0.0), reach=4)[0] == pytest.approx([33 * CELL, 20 * CELL])


def test_the_window_is_cut_off_at_the_edge_of_the_map():
    assert refine(at(0, 63), heat((0, 63), (2, 63)), reach=4)[0] == pytest.approx([1 * CELL, 63 * CELL])


@pytest.mark.parametrize("where", [(-3.0, 0.5), (0.5, 1.2), (70.0, 70.0)])
def test_a_landmark_outside_the_map_stays_there(where):
    xy = np.array([where])
    assert refine(xy, heat((0, 32), (32, 63)), reach=4) == pytest.approx(xy)


def test_many_landmarks_are_refined_each_on_its_own_map():
    xy = np.concatenate([at(10, 10), at(40, 40)])
    maps = np.concatenate([heat((12, 10)), heat((40, 37))])
    assert refine(xy, maps, reach=4) == pytest.approx(np.array([[12, 10], [40, 37]]) * CELL)


@pytest.mark.parametrize("rotation_deg", [0.0, 30.0, -90.0, 180.0])
def test_landmarks_come_back_in_the_pixels_of_the_frame(rotation_deg):
    hip, top = (300, 240), (330, 120)
    region = Region(305.0, 235.0, 320.0, math.radians(rotation_deg))
    reading = Landmarker(MarkerLandmarker()).read(drawn((hip, top)).image, region)
    assert reading.xyz_px[:33, :2] == pytest.approx(expected_xy(hip, top), abs=1.0)
    assert reading.xyz_px[33:, :2] == pytest.approx(np.array([hip, top]), abs=1.0)
    assert reading.xyz_px[:, 2] == pytest.approx(16.0 / 256 * 320)
    assert reading.score == pytest.approx(1 / (1 + math.exp(-3.0)))


def test_the_body_in_metres_turns_with_the_region():
    frame = drawn(((300, 240), (300, 120)))
    reading = Landmarker(MarkerLandmarker()).read(frame.image, Region(300.0, 240.0, 320.0, math.radians(90)))
    # the network says: half a metre up in the crop; the crop's up is the picture's right
    assert reading.world_m[0] == pytest.approx([0.5, 0.0, 0.1], abs=1e-6)


def test_the_next_region_is_the_circle_of_the_two_leading_points():
    frame = drawn(((300, 240), (300, 120)))
    region = Landmarker(MarkerLandmarker()).read(frame.image, Region(300.0, 240.0, 400.0)).region
    assert (region.x_px, region.y_px) == pytest.approx((300, 240), abs=1.0)
    assert region.side_px == pytest.approx(2 * 1.25 * 120, abs=2.0)


def test_nobody_in_the_region_reads_as_none():
    assert Landmarker(MarkerLandmarker()).read(drawn().image, Region(300.0, 240.0, 320.0)) is None


@pytest.mark.parametrize("window", [0, 8, -3])
def test_a_window_without_a_middle_is_refused(window):
    with pytest.raises(ValueError, match="odd"):
        Landmarker(MarkerLandmarker(), refine_window=window)
