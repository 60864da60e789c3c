"""The One-Euro filter: steady when the body is still, prompt when it moves."""

import math

import numpy as np
from numpy.typing import NDArray


class OneEuroFilter:
    """
    Smooths an array of values by the time between them (Casiez, Roussel and Vogel, 2012).

        smooth = OneEuroFilter(min_cutoff_hz=0.05, beta=80.0).update(values, time_s)
    """

    def __init__(self, *, min_cutoff_hz: float, beta: float, speed_cutoff_hz: float = 1.0) -> None:
        self._min_cutoff_hz = min_cutoff_hz
        self._beta = beta
        self._speed_cutoff_hz = speed_cutoff_hz
        self._time_s = -math.inf
        self._raw: NDArray[np.float64] | None = None
        self._smooth: NDArray[np.float64] = np.zeros(0)
        self._speed: NDArray[np.float64] = np.zeros(0)

    def reset(self) -> None:
        """Forget everything; the next value passes unchanged."""
        self._raw = None

    def update(self, values: NDArray[np.float64], time_s: float, scale: float = 1.0) -> NDArray[np.float64]:
        """
        Take the next values and give them back smoothed.

        Args:
            values: any shape, float64, the same at every call; not written into.
            time_s: when they were captured; a time that does not advance leaves the filter as it is.
            scale: multiplies the speed, so that a near and a far body are smoothed alike.
        """
        if self._raw is None:
            self._time_s, self._raw = time_s, values
            self._smooth, self._speed = values, np.zeros_like(values)
            return values
        if time_s <= self._time_s:
            return self._smooth
        elapsed_s = time_s - self._time_s
        weight = _weight(self._speed_cutoff_hz, elapsed_s)
        self._speed = self._speed + weight * ((values - self._raw) * (scale / elapsed_s) - self._speed)
        weights = _weights(self._min_cutoff_hz + self._beta * np.abs(self._speed), elapsed_s)
        self._smooth = self._smooth + weights * (values - self._smooth)
        self._time_s, self._raw = time_s, values
        return self._smooth


def _weight(cutoff_hz: float, elapsed_s: float) -> float:
    """How much of a new value a low-pass with this cut-off takes, 0 to 1."""
    turn = 2 * math.pi * cutoff_hz * elapsed_s
    return turn / (turn + 1)


def _weights(cutoff_hz: NDArray[np.float64], elapsed_s: float) -> NDArray[np.float64]:
    turn = cutoff_hz * (2 * math.pi * elapsed_s)
    return turn / (turn + 1)
