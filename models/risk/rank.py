"""Rank correlation."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def rank_correlation(first: ArrayLike, second: ArrayLike) -> float:
    """
    Spearman's, -1 to 1; values alike share their rank, and what is always the same orders nothing: 0.

    >>> rank_correlation([1, 2, 3, 9], [0.1, 0.2, 0.3, 0.4])
    1.0
    >>> rank_correlation([1, 2, 3, 9], [0.5, 0.5, 0.5, 0.5])
    0.0
    """
    ranks = _ranks(np.asarray(first)), _ranks(np.asarray(second))
    if any(np.ptp(some) == 0.0 for some in ranks):
        return 0.0
    return round(float(np.corrcoef(*ranks)[0, 1]), 9)


def _ranks(values: NDArray[np.generic]) -> NDArray[np.float64]:
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - 0.5 * (counts - 1))[places], np.float64)
