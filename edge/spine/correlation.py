"""
How much the points of one network err together.

A network that places L5 too far to the left does so with L3 as well, and it takes both hips for too high or for too low
at once: what angles are taken between is much more certain than each point alone. Measured on 256 rendered backs of
bodies the shipped spine network had not learnt from (correlation of errors across the picture, the midline's points):
0.96 between neighbours, 0.58 over a quarter of the trunk, 0.30 over a half, 0.09 over all of it.
"""

import math

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Joint
from edge.pose.spine_points import SpinePoint

TOGETHER = 0.45
"""Share of the trunk over which the correlation falls to 1/e."""

PAIRS: dict[frozenset[Joint | SpinePoint], float] = {
    frozenset({Joint.LEFT_HIP, Joint.RIGHT_HIP}): 0.8,
    frozenset({Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER}): 0.5,
    frozenset({Joint.LEFT_EAR, Joint.RIGHT_EAR}): 0.65,
    frozenset({SpinePoint.PSIS_LEFT, SpinePoint.PSIS_RIGHT}): 0.95,
    frozenset({SpinePoint.AXILLA_LEFT, SpinePoint.AXILLA_RIGHT}): 0.88,
}
"""
Left and right of the same thing up and down, measured as above: how high hips and dimples lie is hard to see, and
missed on both sides alike. Across the picture they err as their distance says.
"""


def line_correlation(places: NDArray[np.float64], together: float = TOGETHER) -> NDArray[np.float64]:
    """
    Of the points of a line with each other.

    Args:
        places: (N,) along the line, any unit, rising.
        together: share of the line; 0 = each point errs for itself.

    Returns:
        (N, N) float64, 1 on the diagonal.

    >>> line_correlation(np.array([0.0, 0.45, 1.0])).round(2).tolist()
    [[1.0, 0.37, 0.11], [0.37, 1.0, 0.29], [0.11, 0.29, 1.0]]
    """
    if together <= 0:
        return np.eye(len(places))
    apart = np.abs(np.subtract.outer(places, places)) / (places[-1] - places[0])
    correlation: NDArray[np.float64] = np.exp(-apart / together)
    return correlation


def point_correlation(
    points: tuple[Joint | SpinePoint, ...], xy_px: NDArray[np.float64], alone: NDArray[np.bool_], trunk_px: float | None
) -> NDArray[np.float64]:
    """
    Of some points with each other.

    Args:
        points: N of them.
        xy_px: (N, 2) where they are.
        alone: (N,) bool, True for a point that another network gave.
        trunk_px: length of the trunk; without it each point errs for itself.

    Returns:
        (2, N, N) float64, across and down, 1 on the diagonals.
    """
    count = len(points)
    both = np.tile(np.eye(count), (2, 1, 1))
    for i in range(count):
        for j in range(i):
            if trunk_px is None or alone[i] or alone[j]:
                continue
            apart = math.dist(xy_px[i], xy_px[j]) / trunk_px
            near = math.exp(-apart / TOGETHER)
            both[:, i, j] = both[:, j, i] = near, PAIRS.get(frozenset({points[i], points[j]}), near)
    return both
