"""Chance that stays the same for ever: drawn from plain uniform numbers, so no library's method can shift it."""

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import TypeVar

import numpy as np

Thing = TypeVar("Thing")

_STANDARD = NormalDist()
_SMALLEST = 2.0**-53


class Dice:
    """
    A stream of chance of its own for every name and number it is made of.

        dice = Dice("V1", 17, "body")
        dice.normal(0.0, 2.5, limit=6.0)
    """

    def __init__(self, *key: str | int) -> None:
        words = [part if isinstance(part, int) else int.from_bytes(part.encode(), "little") for part in key]
        self._generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))

    def number(self) -> float:
        """From 0 to less than 1."""
        return float(self._generator.random())

    def uniform(self, low: float, high: float) -> float:
        """Evenly between two numbers."""
        return low + (high - low) * self.number()

    def normal(self, mean: float, sd: float, limit: float | None = None) -> float:
        """A normal draw, pulled back to `mean` ± `limit` when it lies outside."""
        away = sd * _STANDARD.inv_cdf(max(self.number(), _SMALLEST))
        if limit is not None:
            away = min(limit, max(-limit, away))
        return mean + away

    def exponential(self, mean: float) -> float:
        """A positive draw with many small and few large values."""
        return -mean * math.log(1.0 - self.number())

    def chance(self, share: float) -> bool:
        """True in this share of the draws."""
        return self.number() < share

    def choice(self, things: Sequence[Thing], weights: Sequence[float] | None = None) -> Thing:
        """One of some things, all as likely or by weight."""
        odds = np.cumsum([1.0] * len(things) if weights is None else weights)
        return things[min(int(np.searchsorted(odds, self.number() * odds[-1], side="right")), len(things) - 1)]

    def seed(self) -> int:
        """A seed for somebody else's generator, 0 to 2**53 - 1."""
        return int(self.number() * 2**53)
