"""Joints the network is not sure of are taken out, and how many is said."""

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import MIN_SCORE, Joint

ROUNDING = 1e-6
"""0.60 as float32 is a little more, 0.6 out of an interpolation may be a little less: both are kept."""
BODY = tuple(joint for joint in Joint if joint >= Joint.LEFT_SHOULDER)
"""Every joint below the head: those whose share is reported, a face turned away is no fault of the take."""


def kept(score: NDArray[np.float64]) -> NDArray[np.bool_]:
    """
    (..., 33) bool: True where a joint is sure enough to be used; exactly 0.60 is.

    >>> kept(np.array([0.59, 0.60, 0.61])).tolist()
    [False, True, True]
    """
    return np.asarray(score >= MIN_SCORE - ROUNDING, np.bool_)


def removed_share(score: NDArray[np.float64]) -> NDArray[np.float64]:
    """(...) float64, 0 to 1: how many of the body's 22 joints were taken out, of (..., 33) scores."""
    return np.asarray(1.0 - kept(score)[..., BODY[0] :].mean(axis=-1), np.float64)
