"""A mean that follows."""

from dataclasses import dataclass

import numpy as np

from edge.risk.body import Array


@dataclass(slots=True)
class RunningMean:
    """
    A running mean that becomes an exponential one after `samples`; what is NaN does not count.

    Attributes:
        samples: over how many the mean is taken in the long run.
        value: (...) float64, NaN before anything known came.
        count: (...) how many known values came.
    """

    samples: int
    value: Array
    count: Array

    @classmethod
    def over(cls, samples: int, shape: tuple[int, ...]) -> "RunningMean":
        """One that has seen nothing."""
        return cls(samples, np.full(shape, np.nan), np.zeros(shape))

    def add(self, new: Array) -> Array:
        """(...) the mean with one more value in it."""
        known = ~np.isnan(new)
        self.count = self.count + known
        share = 1.0 / np.minimum(np.maximum(self.count, 1.0), self.samples)
        first = np.isnan(self.value)
        moved = self.value + share * (new - self.value)
        self.value = np.where(known, np.where(first, new, moved), self.value)
        return self.value
