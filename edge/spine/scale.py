"""How many pixels a metre has at the person's place, and how that is known."""

import math
from dataclasses import dataclass
from typing import Literal

from edge.pose.landmarks import Joint, Landmarks
from edge.spine.body import Body
from edge.spine.setup import Setup

Origin = Literal["setting", "camera distance", "body height", "unknown"]

EAR_TO_ANKLE_OF_STATURE = 0.87
"""
Of stature, ear to ankle as the landmark network places them: 0.866 on two rendered people of 1.63 and 1.70 m; adult
body-segment tables give 0.885 for the anatomical points. A scale from body height is good to about 5 %.
"""

BODY_HEIGHT_SD = 0.05
"""Share by which such a scale is uncertain."""

NO_SCALE = "no scale: measure pixels per metre, or set the camera distance and field of view, or the person's height"


@dataclass(frozen=True, slots=True)
class Scale:
    """
    Pixels per metre and where the figure comes from.

    Attributes:
        px_per_m: in the plane of the person, or None.
        origin: how it was had; "unknown" exactly when `px_per_m` is None.
    """

    px_per_m: float | None
    origin: Origin

    @property
    def sd_share(self) -> float:
        """Its standard deviation as a share of itself, as far as it is known; 0 where nobody measured it."""
        return BODY_HEIGHT_SD if self.origin == "body height" else 0.0


def find_scale(setup: Setup, landmarks: Landmarks | None = None, size_px: tuple[int, int] | None = None) -> Scale:
    """
    The best scale there is: a measured one, else camera distance with field of view, else body height.

    Args:
        setup: what is known about the place.
        landmarks: the person; only body height needs them.
        size_px: width and height of the upright frame; only camera distance needs it.
    """
    if setup.px_per_m is not None:
        return Scale(setup.px_per_m, "setting")
    if setup.distance_m is not None and setup.vertical_fov_deg is not None and size_px is not None:
        focal_px = size_px[1] / 2 / math.tan(math.radians(setup.vertical_fov_deg) / 2)
        return Scale(focal_px / setup.distance_m, "camera distance")
    if setup.person_height_m is not None and landmarks is not None:
        length_px = ear_to_ankle_px(Body(landmarks, setup.roll_deg or 0.0))
        if length_px is not None:
            return Scale(length_px / (EAR_TO_ANKLE_OF_STATURE * setup.person_height_m), "body height")
    return Scale(None, "unknown")


def ear_to_ankle_px(body: Body) -> float | None:
    """Height of the middle of the ears above the middle of the ankles, pixels; None when one of the four is hidden."""
    ears = body.middle(Joint.LEFT_EAR, Joint.RIGHT_EAR)
    ankles = body.middle(Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)
    if ears is None or ankles is None or ankles[1] <= ears[1]:
        return None
    return ankles[1] - ears[1]
