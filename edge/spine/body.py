"""The joints of one person, levelled: what every measure is taken on."""

import numpy as np

from edge.geometry import Point, levelled
from edge.pose.landmarks import Joint, Landmarks


class Body:
    """
    The known joints of one frame as a level camera would have seen them.

        body = Body(landmarks, roll_deg=0.8)
        body.point(Joint.LEFT_SHOULDER)  # (x, y) in pixels, x right and y down; None when hidden
    """

    def __init__(self, landmarks: Landmarks, roll_deg: float) -> None:
        xy_px = landmarks.xyz_px[:, :2]
        finite = np.isfinite(xy_px[:, 0]) & np.isfinite(xy_px[:, 1])
        self._xy_px = levelled(np.where(finite[:, None], xy_px, 0.0), roll_deg)
        self._known = landmarks.known & finite
        self._recovered = landmarks.recovered

    def point(self, joint: Joint) -> Point | None:
        """Where a joint is, pixels; None when it is hidden."""
        if not self._known[joint]:
            return None
        x, y = self._xy_px[joint]
        return float(x), float(y)

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


def name_of(joint: Joint) -> str:
    """
    A joint as a person says it.

    >>> name_of(Joint.LEFT_SHOULDER)
    'left shoulder'
    """
    return joint.name.lower().replace("_", " ")
