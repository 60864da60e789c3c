"""The points of one person, levelled: what every measure is taken on."""

import copy
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from edge.geometry import Point, levelled
from edge.pose.landmarks import Joint, Landmarks
from edge.pose.spine_points import SPINE_COUNT, SpinePoint, SpinePoints
from edge.spine.plane import Plane

STEP_PX = 0.05
"""So far a point is moved to see what that changes."""

Covariance = NDArray[np.float64]
"""(2, 2), levelled pixels²."""

_Points = TypeVar("_Points", bound="LevelPoints")


class LevelPoints:
    """
    Named points of one frame as a level camera would have seen them, each known or hidden, with its uncertainty.

    Points are numbered by the enumeration of the class that inherits this.
    """

    def __init__(
        self,
        xy_px: NDArray[np.floating],
        known: NDArray[np.bool_],
        recovered: NDArray[np.bool_],
        covariance_px2: NDArray[np.floating] | None,
        plane: Plane,
    ) -> None:
        """
        Args:
            xy_px: (N, 2) pixels of the picture; not finite where nobody knows it.
            known: (N,) seen or recovered.
            recovered: (N,) not seen.
            covariance_px2: (N, 2, 2) pixels² of the picture, NaN where nobody stated it; None when nobody stated any.
            plane: takes out roll, or more.
        """
        finite = np.isfinite(xy_px[:, 0]) & np.isfinite(xy_px[:, 1])
        self._picture_px = np.where(finite[:, None], xy_px, 0.0).astype(np.float64)
        self._xy_px = plane.flat(self._picture_px)
        self._known, self._recovered = known & finite, recovered
        self._covariance_px2 = None if covariance_px2 is None else self._levelled(covariance_px2, plane)

    def point(self, index: int) -> Point | None:
        """Where a point is, pixels; None when it is hidden."""
        return _point(self._xy_px, self._known, index)

    def recovered(self, points: tuple[int, ...]) -> bool:
        """Whether one of the points was recovered instead of seen."""
        return bool(self._recovered[list(points)].any())

    def covariance_px2(self, index: int) -> Covariance | None:
        """How uncertain a point is, levelled pixels²; zero where it is exact, None where nobody stated it."""
        if self._covariance_px2 is None:
            return None
        own: Covariance = self._covariance_px2[index]
        return own if np.isfinite(own).all() else None

    def _levelled(self, covariance_px2: NDArray[np.floating], plane: Plane) -> NDArray[np.float64]:
        """(N, 2, 2): levelling turns and stretches what is uncertain as it does the points."""
        if not covariance_px2.any():
            return np.zeros(covariance_px2.shape)
        right, down = (plane.flat(self._picture_px + step) for step in ((STEP_PX, 0.0), (0.0, STEP_PX)))
        local = np.stack([right - self._xy_px, down - self._xy_px], axis=2) / STEP_PX
        levelled_px2: NDArray[np.float64] = local @ covariance_px2.astype(np.float64) @ local.transpose(0, 2, 1)
        return levelled_px2

    def moved(self: _Points, index: int, dx_px: float, dy_px: float) -> _Points:
        """The same points, one of them somewhere else by so many levelled pixels."""
        other = copy.copy(self)
        other._xy_px = self._xy_px.copy()
        other._xy_px[index] += (dx_px, dy_px)
        return other

    def turned(self: _Points, roll_deg: float) -> _Points:
        """The same points as if the camera had been rolled further by so much."""
        other = copy.copy(self)
        other._xy_px = levelled(self._xy_px, roll_deg)
        return other


class Body(LevelPoints):
    """
    The known joints of one frame as a level camera would have seen them.

        body = Body(landmarks, roll_deg=0.8)
        body.point(Joint.LEFT_SHOULDER)  # (x, y) in pixels, x right and y down; None when hidden
    """

    def __init__(self, landmarks: Landmarks, roll_deg: float, plane: Plane | None = None) -> None:
        """
        Args:
            landmarks: the person.
            roll_deg: of the camera; not used when a plane is given.
            plane: takes out more than roll.
        """
        sd_px = landmarks.sd_px
        covariance_px2 = None if sd_px is None else np.square(sd_px)[:, None, None] * np.eye(2)
        plane = plane or Plane(roll_deg)
        super().__init__(landmarks.xyz_px[:, :2], landmarks.known, landmarks.recovered, covariance_px2, plane)

    def middle(self, left: Joint, right: Joint) -> Point | None:
        """Half-way between two joints, pixels; None when one is hidden."""
        a, b = self.point(left), self.point(right)
        if a is None or b is None:
            return None
        return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2

    def hidden(self, joints: tuple[Joint, ...]) -> tuple[Joint, ...]:
        """Which of the joints are hidden."""
        return tuple(joint for joint in joints if not self._known[joint])


class Back(LevelPoints):
    """
    The known points of spine and back of one frame as a level camera would have seen them.

        back = Back(spine_points, Plane(roll_deg=0.8))
        back.point(SpinePoint.C7)
    """

    def __init__(self, points: SpinePoints | None, plane: Plane) -> None:
        """
        Args:
            points: None when nobody supplies any: then every point is hidden.
            plane: takes out roll, or more.
        """
        self.given = points is not None
        if points is None:
            nowhere, none = np.zeros((SPINE_COUNT, 2)), np.zeros(SPINE_COUNT, np.bool_)
            super().__init__(nowhere, none, none, None, plane)
        else:
            super().__init__(points.xy_px, points.known, points.recovered, points.covariance_px2, plane)

    def sideways_sd_px(self, points: tuple[SpinePoint, ...]) -> list[float]:
        """
        How uncertain the places of a line's points across the picture are, levelled pixels: what is uncertain along a
        slanting line shows across it too. All 0 where the points are exact or nobody stated it.
        """
        covariances = [self.covariance_px2(point) for point in points]
        xy_px = self._xy_px[list(points)]
        if len(points) < 2 or any(one is None for one in covariances):
            return [0.0] * len(points)
        slope = np.gradient(xy_px[:, 0]) / np.where(np.gradient(xy_px[:, 1]) == 0, np.inf, np.gradient(xy_px[:, 1]))
        across = np.stack([np.ones(len(points)), -slope], axis=1)
        variance = np.einsum("ni,nij,nj->n", across, np.array(covariances, np.float64), across)
        return [float(one) for one in np.sqrt(np.maximum(variance, 0.0))]

    def hidden(self, points: tuple[SpinePoint, ...]) -> tuple[SpinePoint, ...]:
        """Which of the points are hidden."""
        return tuple(point for point in points if not self._known[point])


def name_of(joint: Joint | SpinePoint) -> str:
    """
    A point as a person says it.

    >>> name_of(Joint.LEFT_SHOULDER), name_of(SpinePoint.WAIST_LEFT), name_of(SpinePoint.C7)
    ('left shoulder', 'left waist', 'C7')
    >>> name_of(SpinePoint.T12_L1), name_of(SpinePoint.SIDE_S5)
    ('T12/L1', 'S5')
    """
    if isinstance(joint, SpinePoint) and any(digit.isdigit() for digit in joint.name):
        return joint.name.removeprefix("SIDE_").removeprefix("CENTRE_").replace("_", "/")
    words = joint.name.lower().removeprefix("centre_").split("_")
    if words[-1] in ("left", "right"):
        words = [words[-1], *words[:-1]]
    return " ".join(words)


def _point(xy_px: NDArray[np.float64], known: NDArray[np.bool_], index: int) -> Point | None:
    if not known[index]:
        return None
    x, y = xy_px[index]
    return float(x), float(y)
