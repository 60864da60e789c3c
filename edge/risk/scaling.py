"""Min-max scaling with constants that lie beside the network."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Scaling:
    """
    What makes features alike for the network.

    Attributes:
        low, high: (F,) float64, each feature's own unit: what becomes 0 and 1; beyond is cut off.
        neutral: (F,) float64, 0 to 1: what an unknown feature becomes.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    neutral: NDArray[np.float64]

    def __post_init__(self) -> None:
        if not self.low.shape == self.high.shape == self.neutral.shape or self.low.ndim != 1:
            raise ValueError("scaling needs one low, high and neutral value a feature")
        if not (np.isfinite(self.low).all() and np.isfinite(self.high).all() and (self.low <= self.high).all()):
            raise ValueError("scaling needs finite bounds, the low one first")
        if not ((self.neutral >= 0) & (self.neutral <= 1)).all():
            raise ValueError("a neutral value lies between 0 and 1")

    def scale(self, features: NDArray[np.float64]) -> NDArray[np.float32]:
        """
        (..., F) float32 from 0 to 1 of (..., F) features, NaN where unknown.

        A feature that was constant when the constants were taken says nothing and becomes neutral.
        """
        span = self.high - self.low
        flat = span <= 0.0
        shares = (features - self.low) / np.where(flat, 1.0, span)
        shares = np.where(np.isnan(shares) | flat, self.neutral, shares)
        return np.asarray(np.minimum(np.maximum(shares, 0.0), 1.0), np.float32)


def fit_scaling(features: NDArray[np.float64], outliers: float = 0.001) -> Scaling:
    """
    The constants of many samples.

    Args:
        features: (M, F), NaN where unknown.
        outliers: share at either end that does not count: one wild sample must not squeeze all others together.
    """
    low, high, neutral = (np.zeros(features.shape[1]) for _ in range(3))
    for number, column in enumerate(features.T):
        known = column[~np.isnan(column)]
        if not len(known):
            neutral[number] = 0.5
            continue
        low[number], high[number] = np.quantile(known, (outliers, 1.0 - outliers))
        span = high[number] - low[number]
        neutral[number] = 0.5 if span <= 0 else np.clip((float(np.median(known)) - low[number]) / span, 0.0, 1.0)
    return Scaling(low, high, neutral)
