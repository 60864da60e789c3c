"""
C14: the lateral curve of the skin midline.

It is the angle between tangents of a line on the skin. It is not what an X-ray shows: the tips of the spinous processes
turn towards the hollow side, so the skin's angle is smaller, and how much smaller differs between people.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from edge.geometry import Point
from edge.spine.correlation import line_correlation
from edge.spine.smoothing import Spline, slope_matrix, smooth

SAMPLES = 400
"""Heights at which the tangent is looked at."""

STRAIGHT_DEG = 1e-9
"""A tangent that turns less than this from one height to the next does not turn."""


@dataclass(frozen=True, slots=True)
class LateralCurve:
    """
    One bow of the midline between two inflections.

    Attributes:
        angle_deg: between the tangents at its ends; positive = convex to the person's right.
        apex: between 0 (lowest point) and 1 (highest): where the tangent is half-way between those of the ends.
        low: where it begins, 0 to 1.
        high: where it ends, 0 to 1.
        sd_deg: uncertainty of the angle from that of the points; 0 when they are exact.
        apex_sd: uncertainty of the apex, as it; None where the tangent does not turn there.
    """

    angle_deg: float
    apex: float
    low: float
    high: float
    sd_deg: float
    apex_sd: float | None = None

    @property
    def side(self) -> str:
        """The convex side: "right" or "left"."""
        return "right" if self.angle_deg > 0 else "left"


def lateral_curves(
    points: Sequence[Point], factor: float, sd_px: Sequence[float] = (), together: float = 0.0
) -> tuple[LateralCurve, ...]:
    """
    Every bow of a midline, the lowest first (C14).

    A smoothing spline x(y), weighted by what is known of each point's uncertainty, is drawn through the points; the
    angle of a bow is the difference of its tangents between two inflections.

    Args:
        points: pixels, levelled, from the sacrum up.
        factor: +1 from behind, -1 in front.
        sd_px: sideways standard deviation of each point; empty when they are exact.
        together: share of the line over which the points err together, see `correlation.py`; 0 = each for itself.

    Returns:
        Empty when there are fewer than three points or they do not rise.
    """
    spline = _spline(points, factor, sd_px)
    if spline is None:
        return ()
    heights = np.linspace(spline.height[0], spline.height[-1], SAMPLES)
    tangents = np.degrees(np.arctan(spline.slope(heights)))
    turning = _signs(np.diff(tangents))
    ends = [0, *(np.flatnonzero(turning[1:] * turning[:-1] < 0) + 1).tolist(), SAMPLES - 1]
    covariance = line_covariance(spline, sd_px, together)
    return tuple(_curve(spline, heights, tangents, (low, high), covariance) for low, high in pairwise(ends))


def largest(curves: Sequence[LateralCurve]) -> LateralCurve | None:
    """The bow with the largest angle; None when there is none."""
    return max(curves, key=lambda curve: abs(curve.angle_deg), default=None)


def level_at(place: float, points: Sequence[Point], names: Sequence[str]) -> str | None:
    """
    The named point nearest to a place on the midline, e.g. where the apex is; None without points.

    >>> level_at(0.4, [(0, 100), (0, 60), (0, 0)], ["S", "T12/L1", "C7"])
    'T12/L1'
    """
    if not points:
        return None
    height = points[0][1] + place * (points[-1][1] - points[0][1])
    return min(zip(points, names, strict=True), key=lambda pair: abs(pair[0][1] - height))[1]


def tangent_deg(spline: Spline, height: float) -> float:
    """Inclination of a spline at a height against the vertical, degrees; positive = leaning to the positive side."""
    return math.degrees(math.atan(float(spline.slope(np.array([height]))[0])))


def tangent_effects(spline: Spline, heights: NDArray[np.float64]) -> NDArray[np.float64]:
    """(M, N) degrees per unit: how much the tangents at M heights turn when each of the N points moves sideways."""
    slopes = spline.slope(heights)
    effects: NDArray[np.float64] = np.degrees(
        (slope_matrix(spline.height, heights) @ spline.hat) / (1 + slopes**2)[:, None]
    )
    return effects


def line_covariance(spline: Spline, sd_px: Sequence[float], together: float) -> NDArray[np.float64]:
    """(N, N) sideways covariance of the points of a line; all zero when they are exact."""
    if not len(sd_px):
        return np.zeros((len(spline.height), len(spline.height)))
    covariance: NDArray[np.float64] = np.outer(sd_px, sd_px) * line_correlation(spline.height, together)
    return covariance


def _sd(effect: NDArray[np.float64], covariance: NDArray[np.float64]) -> float:
    return math.sqrt(max(float(effect @ covariance @ effect), 0.0))


def _signs(turns: NDArray[np.float64]) -> NDArray[np.float64]:
    """+1 or -1 each; where the tangent does not turn at all it goes on turning as before."""
    signs = np.sign(np.where(np.abs(turns) < STRAIGHT_DEG, 0.0, turns))
    last = np.maximum.accumulate(np.where(signs != 0, np.arange(len(signs)), 0))
    turned: NDArray[np.float64] = signs[last]
    return turned


def _spline(points: Sequence[Point], factor: float, sd_px: Sequence[float]) -> Spline | None:
    if len(points) < 3:
        return None
    across, down = np.array(points, np.float64).T
    return smooth(-down, factor * across, np.array(sd_px, np.float64) if len(sd_px) else None)


def _curve(
    spline: Spline,
    heights: NDArray[np.float64],
    tangents: NDArray[np.float64],
    ends: tuple[int, int],
    covariance: NDArray[np.float64],
) -> LateralCurve:
    low, high = ends
    middle = (tangents[low] + tangents[high]) / 2
    apex = low + int(np.argmin(np.abs(tangents[low : high + 1] - middle)))
    at = [low, apex, high]
    effects = tangent_effects(spline, heights[at])
    effect = effects[0] - effects[2]
    last = SAMPLES - 1
    near = [max(low, apex - 1), min(high, apex + 1)]
    turn = (tangents[near[1]] - tangents[near[0]]) / max(1, near[1] - near[0]) * last
    # Where the apex lies: the tangent there stays half-way between those of the ends, whatever the points do.
    astray = effects[1] - (effects[0] + effects[2]) / 2
    apex_sd = None if abs(turn) < STRAIGHT_DEG else _sd(astray, covariance) / abs(turn)
    return LateralCurve(
        angle_deg=float(tangents[low] - tangents[high]),
        apex=apex / last,
        low=low / last,
        high=high / last,
        sd_deg=_sd(effect, covariance),
        apex_sd=apex_sd,
    )
