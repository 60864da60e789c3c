"""The points of one person, levelled: what every measure is taken on."""

import numpy as np
from numpy.typing import NDArray

from edge.geometry import Point
from edge.pose.landmarks import Joint, Landmarks
from edge.pose.spine_points import SpinePoint, SpinePoints
from edge.spine.plane import Plane


class Body:
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
        xy_px = landmarks.xyz_px[:, :2]
        finite = np.isfinite(xy_px[:, 0]) & np.isfinite(xy_px[:, 1])
        self._xy_px = (plane or Plane(roll_deg)).flat(np.where(finite[:, None], xy_px, 0.0))
        self._known = landmarks.known & finite
        self._recovered = landmarks.recovered

    def point(self, joint: Joint) -> Point | None:
        """Where a joint is, pixels; None when it is hidden."""
        return _point(self._xy_px, self._known, joint)

    def middle(self, left: Joint, right: Joint) -> Point | None:
        """Half-way between two joints, pixels; None when one is hidden."""
        a, b = self.point(left), self.point(right)
        if a is None or b is None:
            return None
        return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2

    def hidden(self, joints: tuple[Joint, ...]) -> tuple[Joint, ...]:
        """Which of the joints are hidden."""
        return tuple(joint for joint in joints if not self._known[joint])

    def recovered(self, joints: tuple[Joint, ...]) -> bool:
        """Whether one of the joints was recovered instead of seen."""
        return bool(self._recovered[list(joints)].any())


class Back:
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
        count = len(SpinePoint)
        xy_px = np.zeros((count, 2)) if points is None else points.xy_px
        finite = np.isfinite(xy_px[:, 0]) & np.isfinite(xy_px[:, 1])
        self._xy_px = plane.flat(np.where(finite[:, None], xy_px, 0.0))
        self._known = np.zeros(count, np.bool_) if points is None else points.known & finite
        self._recovered = np.zeros(count, np.bool_) if points is None else points.recovered
        self._sd_px = np.zeros(count) if points is None else np.sqrt(np.maximum(points.covariance_px2[:, 0, 0], 0.0))

    def point(self, point: SpinePoint) -> Point | None:
        """Where a point is, pixels; None when it is hidden."""
        return _point(self._xy_px, self._known, point)

    def sd_px(self, point: SpinePoint) -> float:
        """How uncertain its place across the picture is, pixels; 0 where it is exact."""
        return float(self._sd_px[point])

    def hidden(self, points: tuple[SpinePoint, ...]) -> tuple[SpinePoint, ...]:
        """Which of the points are hidden."""
        return tuple(point for point in points if not self._known[point])

    def recovered(self, points: tuple[SpinePoint, ...]) -> bool:
        """Whether one of the points was recovered instead of seen."""
        return bool(self._recovered[list(points)].any())


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
