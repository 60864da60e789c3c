"""How much boxes have in common."""

import numpy as np
from numpy.typing import NDArray


def overlap(box: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    (n,) float64, intersection over union of a box with each of the others; 0 where there is no area.

    Args:
        box: (4,) left, top, right, bottom.
        others: (n, 4) the same.
    """
    low, high = np.maximum(box[:2], others[:, :2]), np.minimum(box[2:], others[:, 2:])
    shared = np.clip(high - low, 0, None).prod(axis=1)
    union = (box[2:] - box[:2]).prod() + (others[:, 2:] - others[:, :2]).prod(axis=1) - shared
    share: NDArray[np.float64] = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    return share
