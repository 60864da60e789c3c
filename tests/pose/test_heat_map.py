"""Rows 1.2 and 1.3: from heat maps to pixels of the picture, between the cells and on the old grid."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.geometry import lean_deg
from edge.pose.fit import Box, fit_contain
from edge.pose.heat_map import (
    Grid,
    centred_grid,
    coarse_peaks,
    fine_peaks,
    flip_averaged,
    flip_shift,
    highest_cells,
)
from edge.spine.legacy import cell_deg, legacy_arccos_deg
from tests.spine.test_legacy import JOINTS

CELLS = 64


def bells(centres, sigma=(1.5, 1.5), turn=0.0, cells=(CELLS, CELLS)):
    """(n, rows, columns) heat: one bell a map, its top at 1."""
    rows, columns = np.mgrid[0 : cells[1], 0 : cells[0]]
    c, s = np.cos(turn), np.sin(turn)
    covariance = np.array([[c, -s], [s, c]]) @ np.diag(np.square(sigma)) @ np.array([[c, s], [-s, c]])
    weight = np.linalg.inv(covariance)
    maps = []
    for x, y in centres:
        offset = np.stack([columns - x, rows - y], axis=-1)
        maps.append(np.exp(-np.einsum("...i,ij,...j->...", offset, weight, offset) / 2))
    return np.array(maps)


places = st.floats(4, CELLS - 5)


@settings(max_examples=40, deadline=None)
@given(places, places, st.floats(0.8, 3), st.floats(0.8, 3), st.floats(0, np.pi))
def test_a_drawn_bell_is_read_where_it_was_drawn(x, y, wide, high, turn):
    peaks = fine_peaks(bells([(x, y)], (wide, high), turn))
    assert peaks.xy[0] == pytest.approx([x, y], abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.15, 0.85), st.floats(0.15, 0.85), st.integers(0, 2**32 - 1))
def test_drawn_points_come_back_within_half_a_pixel_of_the_picture(across, down, seed):
    chance = np.random.default_rng(seed)
    box = Box(100, 80, 300, 400)
    fit = fit_contain(box, (192, 256))
    grid = centred_grid((192, 256), (48, 64))
    point = np.array([box.left_px + across * box.width_px, box.top_px + down * box.height_px])
    drawn = bells([grid.to_cells(fit.to_input(point))], (2.0, 2.0), cells=(48, 64))
    # As an INT8 network would give them, and a little noise: one level of 255.
    drawn = np.round(drawn * 255 + chance.uniform(-0.5, 0.5, drawn.shape)) / 255
    found = fit.to_picture(grid.to_input(fine_peaks(drawn, blur_cells=1.0).xy[0]))
    assert np.abs(found - point).max() <= 0.5
    coarse = fit.to_picture(grid.to_input(coarse_peaks(drawn).xy[0]))
    assert np.abs(coarse - point).max() <= 4 * 400 / 256


def test_the_covariance_is_the_bells_own():
    peaks = fine_peaks(bells([(30.3, 20.6)], (1.5, 2.5), 0.5))
    c, s = np.cos(0.5), np.sin(0.5)
    expected = np.array([[c, -s], [s, c]]) @ np.diag([1.5**2, 2.5**2]) @ np.array([[c, s], [-s, c]])
    assert peaks.covariance[0] == pytest.approx(expected, rel=1e-3)
    calmed = fine_peaks(bells([(30.3, 20.6)], (1.5, 2.5), 0.5), blur_cells=1.2)
    assert calmed.covariance[0] == pytest.approx(expected, rel=0.05, abs=0.05)


def test_of_two_cells_alike_the_first_in_reading_order_counts():
    maps = np.zeros((1, 5, 7))
    maps[0, 2, 5] = maps[0, 3, 1] = maps[0, 2, 6] = 0.5
    cells, score = highest_cells(maps)
    assert cells.tolist() == [[5, 2]]
    assert score.tolist() == [0.5]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda maps: maps.fill(0.0), "an empty map"),
        (lambda maps: maps.fill(-0.3), "a flat one below zero"),
        (lambda maps: maps.__setitem__((0, 0, 5), 9.0), "a peak on the edge"),
        (lambda maps: maps.__setitem__((0, slice(None), 5), 9.0), "a ridge without an end"),
    ],
)
def test_where_there_is_no_hill_the_cell_itself_stands(change, why):
    maps = bells([(5.2, 5.3)], cells=(12, 12))
    change(maps)
    peaks = fine_peaks(maps)
    assert (peaks.xy == highest_cells(maps)[0]).all(), why
    assert np.isnan(peaks.covariance).all(), why
    assert np.isfinite(peaks.xy).all()


@settings(max_examples=40, deadline=None)
@given(places, places)
def test_the_mean_of_both_mirror_images_lies_where_both_say(x, y):
    left, right = bells([(x, y)]), bells([(CELLS - 1 - x, 40.0)])
    maps = np.concatenate([left, right])
    mirrored = maps[[1, 0]][:, :, ::-1]
    mean = flip_averaged(maps, mirrored, np.array([1, 0]))
    np.testing.assert_allclose(mean, maps, atol=1e-9)


def test_an_error_that_mirrors_with_the_picture_cancels_out():
    # A network that sees everything 0.4 cells too far right, in the picture and in its mirror image.
    truth = (30.2, 20.0)
    seen = bells([(truth[0] + 0.4, truth[1])])
    mirrored = bells([(CELLS - 1 - truth[0] + 0.4, truth[1])])
    mean = fine_peaks(flip_averaged(seen, mirrored, np.array([0])))
    assert mean.xy[0] == pytest.approx(truth, abs=0.01)


def test_maps_whose_first_cell_starts_at_the_first_pixel_are_laid_onto_each_other_too():
    grid, width = Grid((4.0, 4.0), (0.0, 0.0)), CELLS * 4
    point = np.array([101.3, 80.0])
    twin = np.array([width - 1 - point[0], point[1]])
    maps, mirrored = bells([grid.to_cells(point)]), bells([grid.to_cells(twin)])
    mean = flip_averaged(maps, mirrored, np.array([0]), flip_shift(grid, width, CELLS))
    assert grid.to_input(fine_peaks(mean).xy[0]) == pytest.approx(point, abs=0.3)
    unshifted = flip_averaged(maps, mirrored, np.array([0]))
    assert abs(grid.to_input(fine_peaks(unshifted).xy[0])[0] - point[0]) > 1.0


def test_plain_argmax_reproduces_the_sixteen_example_joints():
    # Their picture was 546 x 540 pixels, their input 512 x 512, their maps 128 x 128 with centres in the cells' middle.
    fit = fit_contain(Box(0, 0, 546, 540), (512, 512), whole_pixels=True)
    grid = Grid((4.0, 4.0), (2.0, 2.0))
    cells = grid.to_cells(fit.to_input(np.array(list(JOINTS.values()))))
    assert cells == pytest.approx(cells.round(), abs=1e-3)
    # The bells stand up to half a cell beside their cells: the plain reading cannot tell.
    beside = np.random.default_rng(3).uniform(-0.45, 0.45, cells.shape)
    maps = bells(cells.round() + beside, cells=(128, 128))
    found = fit.to_picture(grid.to_input(coarse_peaks(maps).xy))
    for (x, y), joint in zip(found.tolist(), JOINTS.values(), strict=True):
        assert (x, y) == pytest.approx(joint, abs=1e-3)
    neck, head_top = (tuple(found[list(JOINTS).index(name)].tolist()) for name in ("neck", "head_top"))
    cell_px = tuple(np.array(grid.stride_px) / fit.scale)
    assert cell_px == pytest.approx((4.265625, 4.268774), abs=1e-6)
    assert legacy_arccos_deg(head_top, neck) == pytest.approx(86.989431, abs=1e-4)
    assert lean_deg(neck, head_top) == pytest.approx(3.0106, abs=1e-4)
    assert cell_deg(neck, head_top, cell_px) == pytest.approx(3.0106, abs=1e-4)
    between = fit.to_picture(grid.to_input(fine_peaks(maps).xy))
    truth = fit.to_picture(grid.to_input(cells.round() + beside))
    assert np.abs(between - truth).max() < 0.05
