"""How movements start, last and end."""

import math
from collections.abc import Callable

import numpy as np
from numpy.random import Generator


def smooth(share: float) -> float:
    """From 0 at 0 to 1 at 1 without a jerk at either end."""
    share = min(max(share, 0.0), 1.0)
    return share * share * share * (10.0 - 15.0 * share + 6.0 * share * share)


def hold(time_s: float, start_s: float, ramp_s: float, total_s: float) -> float:
    """0, from `start_s` on up to 1 within `ramp_s`, and back to 0 as long before `total_s` as it began after 0."""
    return smooth((time_s - start_s) / ramp_s) * (1.0 - smooth((time_s - total_s + start_s + ramp_s) / ramp_s))


def waves(rng: Generator, frequencies_hz: tuple[float, ...]) -> Callable[[float], float]:
    """A sum of sines with random phases whose standard deviation is one; slower ones are larger."""
    sizes = np.array([frequency**-0.5 for frequency in frequencies_hz])
    sizes = sizes * math.sqrt(2.0) / float(np.linalg.norm(sizes))
    phases = rng.uniform(0.0, 2.0 * math.pi, len(sizes))
    return lambda time_s: float(
        sum(
            size * math.sin(2.0 * math.pi * frequency * time_s + phase)
            for size, frequency, phase in zip(sizes, frequencies_hz, phases, strict=True)
        )
    )
