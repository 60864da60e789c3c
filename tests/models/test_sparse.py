import numpy as np

from models.tflite.sparse import Level, densify


def compressed(dimension: int, segments: list[int], indices: list[int]) -> Level:
    return Level(dimension, 0, np.array(segments), np.array(indices))


def dense(dimension: int, size: int) -> Level:
    return Level(dimension, size, None, None)


def test_rows_with_gaps_are_laid_out() -> None:
    levels = [dense(0, 3), compressed(1, [0, 2, 2, 3], [0, 3, 1])]
    found = densify(np.array([5.0, 6.0, 7.0], np.float32), (3, 4), levels, [])
    assert found.tolist() == [[5, 0, 0, 6], [0, 0, 0, 0], [0, 7, 0, 0]]


def test_columns_may_be_walked_first() -> None:
    levels = [dense(1, 2), compressed(0, [0, 1, 3], [2, 0, 1])]
    found = densify(np.array([1, 2, 3], np.int8), (3, 2), levels, [])
    assert found.tolist() == [[0, 2], [0, 3], [1, 0]]


def test_blocks_refine_the_dimension_they_map_to() -> None:
    # (4, 4) in blocks of 1 x 2 columns: outer (4, 2), block dimension 2 maps to dimension 1.
    levels = [dense(0, 2), compressed(1, [0, 1, 2], [1, 0]), dense(2, 2)]
    found = densify(np.array([1, 2, 3, 4], np.int8), (2, 4), levels, [1])
    assert found.tolist() == [[0, 0, 1, 2], [3, 4, 0, 0]]
