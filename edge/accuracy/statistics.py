"""What measured values say about a measure when the truth is known: plain functions of numbers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LIMITS = 1.96
"""Standard deviations to each side that hold 95 % of a normal distribution."""
MDC_FACTOR = LIMITS * math.sqrt(2)
"""Two measurements of one unchanged person differ by less than this many standard errors in 95 % of cases."""
RESAMPLED = 20_000


@dataclass(frozen=True, slots=True)
class Agreement:
    """
    How measured values agree with the truth; all but `count` and `slope` in the measure's unit.

    Attributes:
        count: pairs.
        bias: mean of measured minus true.
        sd: standard deviation of measured minus true; None for one pair.
        median_error: median of the absolute error.
        p90_error: 90 % of the absolute errors lie within it.
        slope: change of the measured value for a change of one of the true one; None when the truth hardly varies.
        low: 2.5 % of the errors are expected below it (Bland-Altman); None for one pair.
        high: 2.5 % above it.
    """

    count: int
    bias: float
    sd: float | None
    median_error: float
    p90_error: float
    slope: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Detection:
    """
    How a flag at one threshold fares.

    Attributes:
        positives: how many true values lie beyond the threshold.
        negatives: how many do not.
        sensitivity: share of the positives that are flagged, and to the right side; None without positives.
        specificity: share of the negatives that are not flagged; None without negatives.
    """

    positives: int
    negatives: int
    sensitivity: float | None
    specificity: float | None


def agreement(measured: Sequence[float], truth: Sequence[float]) -> Agreement | None:
    """
    Compare measured values with true ones, pair by pair; None without a pair.

    >>> found = agreement([1.0, 2.0, 4.5], [0.0, 2.0, 4.0])
    >>> found.bias, found.median_error, round(found.p90_error, 2), round(found.slope, 3)
    (0.5, 0.5, 0.9, 0.875)
    """
    read, true = np.asarray(measured, np.float64), np.asarray(truth, np.float64)
    if read.shape != true.shape:
        raise ValueError(f"{read.size} measured values cannot be compared with {true.size} true ones")
    if not read.size:
        return None
    error = read - true
    bias, sd = float(error.mean()), float(error.std(ddof=1)) if error.size > 1 else None
    return Agreement(
        count=read.size,
        bias=bias,
        sd=sd,
        median_error=float(np.median(np.abs(error))),
        p90_error=float(np.percentile(np.abs(error), 90)),
        slope=slope(true, read),
        low=None if sd is None else bias - LIMITS * sd,
        high=None if sd is None else bias + LIMITS * sd,
    )


def slope(x: NDArray[np.float64], y: NDArray[np.float64]) -> float | None:
    """
    Slope of the least-squares line of y over x; None when x does not vary.

    Args:
        x: (n,) float64.
        y: (n,) float64.
    """
    apart = x - x.mean() if x.size else x
    spread = float(apart @ apart)
    return None if spread < 1e-12 else float(apart @ (y - y.mean())) / spread


def residual(x: NDArray[np.float64], y: NDArray[np.float64]) -> float | None:
    """Standard deviation of y about its least-squares line over x, in y's unit; None for fewer than three points."""
    rise = slope(x, y)
    if rise is None or x.size < 3:
        return None
    left = y - y.mean() - rise * (x - x.mean())
    return math.sqrt(float(left @ left) / (x.size - 2))


def detection(measured: Sequence[float], truth: Sequence[float], threshold: float) -> Detection:
    """
    How a flag beyond a threshold fares; a flag to the wrong side finds nothing.

    >>> detection([3.0, -3.0, 0.5, 2.5], [3.0, 3.0, 0.0, 1.0], 2.0)
    Detection(positives=2, negatives=2, sensitivity=0.5, specificity=0.5)
    """
    read, true = np.asarray(measured, np.float64), np.asarray(truth, np.float64)
    positive = np.abs(true) > threshold
    flagged = np.abs(read) > threshold
    right_side = flagged & (np.sign(read) == np.sign(true))
    return Detection(
        positives=int(positive.sum()),
        negatives=int((~positive).sum()),
        sensitivity=_share(right_side[positive]),
        specificity=_share(~flagged[~positive]),
    )


def sign_right_share(measured: Sequence[float], truth: Sequence[float], beyond: float) -> float | None:
    """
    Share of values with the true sign where the truth is larger than `beyond`; None where it never is.

    >>> sign_right_share([1.0, -2.0, -9.0], [6.0, 7.0, -1.0], beyond=5.0)
    0.5
    """
    read, true = np.asarray(measured, np.float64), np.asarray(truth, np.float64)
    large = np.abs(true) > beyond
    return _share(np.sign(read[large]) == np.sign(true[large]))


def standard_error(people: Sequence[Sequence[float]]) -> float | None:
    """
    Standard deviation of one take about its person's own mean, pooled over people; None without repetition.

    Args:
        people: for each person the values of the repeated takes, in the measure's unit.
    """
    left, freedom = _residuals(people)
    return math.sqrt(float(left @ left) / freedom) if freedom else None


def mdc95(people: Sequence[Sequence[float]], takes: int = 1) -> float | None:
    """
    The smallest change of one person that is not noise in 95 % of cases; None without repetition.

    Args:
        people: for each person the values of the repeated takes, in the measure's unit.
        takes: how many takes a result is the median of, as the station reports it.
    """
    left, freedom = _residuals(people)
    if not freedom:
        return None
    # A person's own mean has taken part of the scatter along.
    left = left * math.sqrt(left.size / freedom)
    if takes > 1:
        drawn = np.random.default_rng(0).choice(left, (RESAMPLED, takes))
        left = np.median(drawn, axis=1)
    return MDC_FACTOR * float(left.std())


def _residuals(people: Sequence[Sequence[float]]) -> tuple[NDArray[np.float64], int]:
    """Every take about its person's mean, and how many of them are free."""
    repeated = [np.asarray(takes, np.float64) for takes in people if len(takes) > 1]
    if not repeated:
        return np.empty(0), 0
    left = np.concatenate([takes - takes.mean() for takes in repeated])
    return left, left.size - len(repeated)


def _share(hits: NDArray[np.bool_]) -> float | None:
    return float(hits.mean()) if hits.size else None
