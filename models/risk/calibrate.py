"""From what the network gives to an index whose 0.5 means something."""

from itertools import pairwise

import numpy as np

from edge.risk.network import Constants
from edge.risk.scaling import Scaling
from models.risk.motion import Array

USUAL_SHARE = 0.985
"""Of symmetric windows of people nobody trained on that stay at or below 0.5."""
HALF = 0.5
BINS = (0.0, 0.25, 0.5, 0.75, 1.0)
OFF_SHARE = 0.68
LIMITS = (0.1, 0.8)
PLAIN = (0.25, 0.25, 0.25, 0.25)
LEAST_A_BIN = 8
MISSED = 2.0
SLOPES, OFFSETS = np.arange(0.5, 15.01, 0.25), np.arange(-0.4, 1.01, 0.04)


def knots(symmetric: Array) -> tuple[Array, Array]:
    """Raw values and the indices they mean: 0, the upper end of what is usual as 0.5, and 1, straight in between."""
    half = float(np.clip(np.quantile(symmetric, USUAL_SHARE), *LIMITS))
    index = np.array(BINS)
    return np.interp(index, [0.0, HALF, 1.0], [0.0, half, 1.0]), index


def straightened(said: Array, meant: Array) -> tuple[float, float]:
    """
    Slope and offset that bring what a part said nearest to what was meant; to miss a fault counts twice.

    A part that most of the training lacks is said too low: the network has learned that it is seldom there. Whoever
    reads the part asks whether this walker has it, so here half of them have.

    Args:
        said: (W,) not cut; of movements without the fault and with it, all grades.
        meant: (W,) its label.
    """
    there = meant > 0.0
    weight = np.where(there, MISSED / max(int(there.sum()), 1), 1.0 / max(int((~there).sum()), 1))
    best, found = np.inf, (1.0, 0.0)
    for slope in SLOPES:
        for offset in OFFSETS:
            off = float((weight * np.square(np.clip(slope * said + offset, 0.0, 1.0) - meant)).sum())
            if off < best - 1e-12:
                best, found = off, (float(slope), float(offset))
    return found


def calibrated(scaling: Scaling, symmetric: Array, raw: Array, severity: Array) -> Constants:
    """
    The constants beside the network.

    Args:
        scaling: of the features.
        symmetric: (S,) what it gave for symmetric motion.
        raw, severity: (W,) what it gave for motion with faults, and their severity.
    """
    at, index = knots(symmetric)
    said, meant = (np.interp(values, at, index) for values in (raw, severity))
    return Constants(scaling, at, index, uncertainties(said, meant))


def uncertainties(said: Array, meant: Array) -> Array:
    """(4,) by quarter of what was said: two thirds of what was meant lie nearer."""
    off = []
    for number, (low, high) in enumerate(pairwise(BINS)):
        inside = (said >= low) & (said <= high)
        known = inside.sum() >= LEAST_A_BIN
        off.append(float(np.quantile(np.abs(said - meant)[inside], OFF_SHARE)) if known else PLAIN[number])
    return np.array(off)
