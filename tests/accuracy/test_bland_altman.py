import cv2
import numpy as np
import pytest

from edge.accuracy.bland_altman import BIAS, DOT, LIMIT, draw, save
from edge.errors import PictureError


def _rows(picture: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    """Rows in which a colour fills most of the plot: a horizontal line."""
    near = (np.abs(picture.astype(int) - colour) < 12).all(axis=2)
    return np.flatnonzero(near.sum(axis=1) > 300)


def test_the_bias_line_lies_half_way_between_the_limits():
    errors = np.random.default_rng(0).normal(0, 1, 50)
    picture = draw(errors, np.zeros(50), "C1", "deg")
    low_and_high, bias = _rows(picture, LIMIT), _rows(picture, BIAS)
    assert bias.mean() == pytest.approx((low_and_high.min() + low_and_high.max()) / 2, abs=2)


def test_each_pair_is_a_dot_and_a_larger_error_stands_higher():
    low, high = draw([0.0, 0.0], [0.0, 5.0], "C1", "deg"), draw([0.0, 9.0], [0.0, 5.0], "C1", "deg")
    dots = [np.argwhere((np.abs(p.astype(int) - DOT) < 12).all(axis=2)) for p in (low, high)]
    right_dot = [d[d[:, 1] == d[:, 1].max(), 0].mean() for d in dots]
    assert right_dot[1] < right_dot[0]


def test_one_pair_can_be_drawn_and_none_cannot():
    assert draw([1.0], [0.5], "C1", "deg").shape == (480, 760, 3)
    with pytest.raises(ValueError, match="no pair"):
        draw([], [], "C1", "deg")


def test_a_saved_picture_can_be_read_again(tmp_path):
    picture = draw([1.0, 2.0], [0.5, 2.5], "C1", "deg")
    save(picture, tmp_path / "new" / "c1.png")
    assert (cv2.imread(str(tmp_path / "new" / "c1.png")) == picture).all()


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PictureError, match="--out"):
        save(draw([1.0], [0.5], "C1", "deg"), tmp_path / "file" / "c1.png")
