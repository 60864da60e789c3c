"""A natural cubic spline through the points of a spine: its tangents and the angle of its largest bow."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.people.truth.planes import Point2

SAMPLES = 400
"""Heights at which the tangent is looked at: one a millimetre or so on an adult's back."""
STRAIGHT_DEG = 1e-9
"""A step that turns less goes straight on, whatever the rounding says."""


@dataclass(frozen=True, slots=True, eq=False)
class Spline:
    """
    Sideways position over height.

    Attributes:
        height_m: (N,) float64, metres, rising: the points it runs through.
        across_m: (N,) float64, metres: their position to the positive side.
        bend: (N,) float64, 1/m: second derivative at the points; 0 at both ends.
    """

    height_m: NDArray[np.float64]
    across_m: NDArray[np.float64]
    bend: NDArray[np.float64]

    def tangents_deg(self, heights_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """(K,) degrees: inclination against the vertical at some heights; positive = leaning to the + side."""
        at = np.clip(np.searchsorted(self.height_m, heights_m) - 1, 0, len(self.height_m) - 2)
        step = self.height_m[at + 1] - self.height_m[at]
        above, below = self.height_m[at + 1] - heights_m, heights_m - self.height_m[at]
        slope = (self.across_m[at + 1] - self.across_m[at]) / step
        slope += (self.bend[at + 1] * (3 * below**2 - step**2) - self.bend[at] * (3 * above**2 - step**2)) / (6 * step)
        degrees: NDArray[np.float64] = np.degrees(np.arctan(slope))
        return degrees

    def tangent_deg(self, height_m: float) -> float:
        """The same at one height."""
        return float(self.tangents_deg(np.array([height_m]))[0])


@dataclass(frozen=True, slots=True)
class Bow:
    """
    The largest bow of a spine.

    Attributes:
        angle_deg: between the tangents at its two ends; positive = convex to the positive side.
        apex: between 0 (lowest point) and 1 (highest): where it is furthest out.
    """

    angle_deg: float
    apex: float


def spline_through(points: Sequence[Point2]) -> Spline | None:
    """The natural spline through (across, height) points in metres, lowest first; None if they do not rise."""
    across, height = np.array([p[0] for p in points], float), np.array([p[1] for p in points], float)
    step = np.diff(height)
    if len(points) < 3 or (step <= 0).any():
        return None
    slope = np.diff(across) / step
    matrix = np.diag(2 * (step[:-1] + step[1:])) + np.diag(step[1:-1], 1) + np.diag(step[1:-1], -1)
    inner = np.linalg.solve(matrix, 6 * np.diff(slope))
    return Spline(height, across, np.concatenate([[0.0], inner, [0.0]]))


def largest_bow(spline: Spline) -> Bow:
    """
    The bow with the largest angle: the stretch between two inflections over which the tangent turns most.

    Between two inflections the tangent turns one way only, so the inflections are where it is steepest.
    """
    heights = np.linspace(spline.height_m[0], spline.height_m[-1], SAMPLES)
    tangents = spline.tangents_deg(heights)
    turning = np.diff(tangents)
    turns = np.flatnonzero(np.abs(turning) > STRAIGHT_DEG)
    ways = np.sign(turning[turns])
    ends = [0, *(int(at) for at in turns[1:][ways[1:] != ways[:-1]]), SAMPLES - 1]
    low, high = max(pairwise(ends), key=lambda pair: abs(tangents[pair[0]] - tangents[pair[1]]))
    mean = (tangents[low] + tangents[high]) / 2
    apex = low + int(np.argmin(np.abs(tangents[low : high + 1] - mean)))
    return Bow(float(tangents[low] - tangents[high]), apex / (SAMPLES - 1))
