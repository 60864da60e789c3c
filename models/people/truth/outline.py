"""The outline of a body seen straight from behind, cut out of its mesh: waist, gap beside the arm, skyline."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.people.truth.planes import Point2, corner_deg

STEP_M = 0.005
SMOOTH_M = 0.03
"""The waist is where a parabola over this much of the outline, up and down, is furthest in: a mesh has flat facets."""
HOLLOW_M = 0.001
"""A flank that is hollowed out by less has no waist."""
SKYLINE_REACH_M = 0.10
"""The skyline is read this far to both sides of the midline, less where the trunk is narrower."""
SKYLINE_EDGE_M = 0.015


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """
    Some part of a body, seen straight from behind.

    Attributes:
        right_up_m: (N, 2) float64, metres: to the person's right, up from the floor.
        edges: (E, 2) int: indices of the two ends of each edge.
    """

    right_up_m: NDArray[np.float64]
    edges: NDArray[np.integer]

    def between(self, low_m: float, high_m: float) -> "Mesh":
        """The part of it that reaches into a range of heights."""
        up = self.right_up_m[:, 1][self.edges]
        return Mesh(self.right_up_m, self.edges[(up.max(axis=1) >= low_m) & (up.min(axis=1) <= high_m)])

    def crossings_m(self, at_m: float, along: int = 1) -> NDArray[np.float64]:
        """
        Where the edges cross a level (`along` 1) or an upright line (`along` 0), (K,) in metres along the other axis.
        """
        start, end = self.right_up_m[self.edges[:, 0]], self.right_up_m[self.edges[:, 1]]
        low, high = start[:, along] - at_m, end[:, along] - at_m
        cut = (low <= 0) != (high <= 0)
        share = low[cut] / (low[cut] - high[cut])
        other = 1 - along
        found: NDArray[np.float64] = start[cut, other] + share * (end[cut, other] - start[cut, other])
        return found


@dataclass(frozen=True, slots=True)
class Waist:
    """
    One side's waist in the coronal plane; points are (right, up) in metres.

    A flank may be narrowest just below the axilla; the waist is the hollow between chest and hip: of all places, that
    from which the outline comes out furthest again both upwards and downwards.

    Attributes:
        axilla: where the outline starts, just below the axilla fold.
        waist: furthest in.
        hip: furthest out, between the hip joint and L5.
        depth_m: how much further out the outline comes again above and below, the lesser of the two.
    """

    axilla: Point2
    waist: Point2
    hip: Point2
    depth_m: float

    @property
    def angle_deg(self) -> float:
        """The angle axilla-waist-hip, degrees; 180 = no waist at all."""
        return corner_deg(self.axilla, self.waist, self.hip)


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """
    The parts of a body's mesh that make its outline.

    Attributes:
        trunk: all but arms and head.
        arms: left and right arm with the hand.
    """

    trunk: Mesh
    arms: tuple[Mesh, Mesh]

    def side_m(self, heights_m: NDArray[np.float64], sign: int) -> NDArray[np.float64]:
        """(K,) metres: the trunk's outermost point at rising heights, on the right (`sign` +1) or left (-1) side."""
        near = self.trunk.between(float(heights_m[0]), float(heights_m[-1]))
        found = [near.crossings_m(float(height)) for height in heights_m]
        return np.array([sign * (sign * cut).max() if len(cut) else np.nan for cut in found])

    def waist(self, sign: int, axilla_m: float, hip_low_m: float, hip_high_m: float, lean: float = 0.0) -> Waist | None:
        """
        One side's waist; None where its flank is straight or bulges.

        Args:
            sign: +1 for the person's right side, -1 for the left one.
            axilla_m: height of the axilla fold.
            hip_low_m: where to look for the hip's outermost point, from this height
            hip_high_m: to this one.
            lean: of the trunk, metres to the right a metre up. The waist is sought beside the leaning trunk: else a
                lean of 3° alone lifts one waist by 2 cm and lowers the other.
        """
        heights = np.asarray(np.arange(hip_low_m, axilla_m - 0.02, STEP_M), np.float64)
        if len(heights) < 10:
            return None
        across = sign * self.side_m(heights, sign)
        if np.isnan(across).any():
            return None
        hip = int(np.argmax(np.where(heights <= hip_high_m, across, -np.inf)))
        upper, side = heights[hip:], across[hip:]
        beside = side - sign * lean * upper
        depths = _hollows_m(beside)
        deepest = int(np.argmax(depths))
        if depths[deepest] < HOLLOW_M:
            return None
        height = _top_of_parabola(upper, -beside, deepest)
        waist_m = float(np.interp(height, upper, side))
        return Waist(
            axilla=(sign * float(side[-1]), float(upper[-1])),
            waist=(sign * waist_m, height),
            hip=(sign * float(side[0]), float(upper[0])),
            depth_m=float(depths[deepest]),
        )

    def gap_m2(self, sign: int, low_m: float, high_m: float) -> float:
        """Area between one arm and the trunk, square metres, between two heights."""
        heights = np.asarray(np.arange(low_m, high_m, STEP_M), np.float64)
        if not len(heights):
            return 0.0
        trunk, arm = sign * self.side_m(heights, sign), self.arms[sign > 0].between(low_m, high_m)
        inner = [arm.crossings_m(float(height)) for height in heights]
        gaps = [float((sign * cut).min()) - out for cut, out in zip(inner, trunk, strict=True) if len(cut)]
        return float(sum(max(0.0, gap) for gap in gaps if not np.isnan(gap)) * STEP_M)

    def skyline_deg(self, middle_m: float) -> float | None:
        """Angle of the trunk's upper outline to both sides of the midline, degrees, + = right higher; None if cut."""
        left, right = self.trunk.right_up_m[:, 0].min(), self.trunk.right_up_m[:, 0].max()
        reach = min(SKYLINE_REACH_M, right - SKYLINE_EDGE_M - middle_m, middle_m - left - SKYLINE_EDGE_M)
        if reach <= SKYLINE_EDGE_M:
            return None
        tops = [self.trunk.crossings_m(middle_m + side * reach, along=0).max() for side in (-1, 1)]
        return float(np.degrees(np.arctan2(tops[1] - tops[0], 2 * reach)))


def edges_of(faces: NDArray[np.integer]) -> NDArray[np.int64]:
    """The (E, 2) edges of (F, 3) faces, each once."""
    every = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]).astype(np.int64)
    return np.asarray(np.unique(np.sort(every, axis=1), axis=0), np.int64)


def _hollows_m(side_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """(K,) metres: how much further out the outline comes again on both sides of each place."""
    below, above = np.maximum.accumulate(side_m), np.maximum.accumulate(side_m[::-1])[::-1]
    return np.asarray(np.minimum(below, above) - side_m, np.float64)


def _top_of_parabola(along: NDArray[np.float64], depth: NDArray[np.float64], top: int) -> float:
    near = np.abs(along - along[top]) <= SMOOTH_M
    a, b, _ = np.polyfit(along[near] - along[top], depth[near], 2)
    shift = -b / (2 * a) if a < 0 else 0.0
    return float(along[top] + np.clip(shift, -SMOOTH_M, SMOOTH_M))
