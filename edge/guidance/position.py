"""Whether a person stands so that measuring is worth while, and what to change first if not."""

import math
from dataclasses import dataclass

import numpy as np

from edge.geometry import levelled
from edge.guidance.fault import Fault
from edge.guidance.figure import NEEDED, NOMINAL_TRUNK_M, Figure, arms_hang, figure_of, lies, stands_upright
from edge.guidance.recent import Recent
from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint, Landmarks
from edge.pose.observation import Observation
from edge.spine.body import Body, name_of
from edge.spine.scale import EAR_TO_ANKLE_OF_STATURE, Scale, ear_to_ankle_px, find_scale
from edge.spine.setup import Setup

JOINT_NOISE_PX = 2.0
SHOULDER_WIDTH_M = 0.36
HEAD_ABOVE_EARS = 0.10
"""Top of the head above the ears, as a share of the height from ankles to ears."""
LARGEST_TRUNK = 0.25
"""Trunk over picture height when a whole person just fits in."""
FEET = (Joint.LEFT_HEEL, Joint.RIGHT_HEEL, Joint.LEFT_FOOT_INDEX, Joint.RIGHT_FOOT_INDEX)
BODY = (*NEEDED, Joint.LEFT_EAR, Joint.RIGHT_EAR, Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)


@dataclass(frozen=True, slots=True)
class Limits:
    """
    From when on a position is wrong.

    Attributes:
        min_px_per_m: resolution wanted on the trunk.
        least_px_per_m: a landscape picture may go down to this; the uncertainties the station prints were measured at
            such resolutions (160-300 px/m), below it nothing is known.
        max_yaw_deg: body turn that is allowed.
        yaw_noise_deg: about what the turn that is read, over the last second, is wrong by on somebody who stands
            square: only beyond both together is somebody asked to turn. Of rendered people turned by 10° half are let
            through, by 15° one of eight. A turn by ψ tilts a line h above the camera at the distance Z by
            atan(h/Z·tan ψ): shoulders 0.35 m above it at 3 m by 0.6° at 5°, 1.2° at 10° and 1.8° at 15°.
        max_offset_m: from the middle of the picture.
        min_elbow_deg: stretched arm.
        max_arm_deg: arm away from hanging.
        min_knee_deg: stretched leg.
        max_leg_deg: leg away from vertical.
        max_speed: trunk lengths per second; 0.1 is about 4 cm/s.
        stature_m: what a person's height can be; outside of it the scale does not fit the place they stand on.
    """

    min_px_per_m: float = 480.0
    least_px_per_m: float = 200.0
    max_yaw_deg: float = 5.0
    yaw_noise_deg: float = 3.0
    max_offset_m: float = 0.15
    min_elbow_deg: float = 150.0
    max_arm_deg: float = 30.0
    min_knee_deg: float = 160.0
    max_leg_deg: float = 20.0
    max_speed: float = 0.1
    stature_m: tuple[float, float] = (0.9, 2.25)

    def is_turned(self, yaw_deg: float) -> bool:
        """Whether a turn that is read, the median of many frames, is too large to be an error."""
        return abs(yaw_deg) > self.max_yaw_deg + self.yaw_noise_deg


def check_position(
    observation: Observation | None,
    size_px: tuple[int, int],
    view: BodyView,
    setup: Setup,
    limits: Limits | None = None,
    recent: Recent | None = None,
) -> tuple[Fault, ...]:
    """
    What is wrong, the most important first; empty when the person may be measured.

    Args:
        observation: what was seen in the newest frame, None when there is none.
        size_px: width and height of the upright frame.
        view: the side the protocol asks for.
        setup: what is known about the place.
        limits: from when on a position is wrong.
        recent: the last second of this person, this frame included; without it nobody is said to move, and the turn is
            the single frame's.
    """
    limits = limits or Limits()
    if observation is None or observation.landmarks is None:
        return (Fault("nobody"),)
    two = (Fault("two_people"),) if (observation.people or 0) > 1 else ()
    person = observation.landmarks
    roll_deg = setup.roll_deg or 0.0
    figure, body = figure_of(person, roll_deg), Body(person, roll_deg)
    if lies(body):
        return (*two, Fault("picture_turned"))  # everything else would be said about the wrong directions
    cut = _cut(person, size_px)
    if figure is None:
        return (*two, *cut, _not_seen(body))
    scale = find_scale(setup, person, size_px)
    return (
        *two,
        *cut,
        *_size(figure, body, scale, size_px, limits),
        *_direction(figure, view, limits, recent),
        *_offset(figure, view, scale, size_px, limits, roll_deg),
        *(() if arms_hang(person, roll_deg, limits.min_elbow_deg, limits.max_arm_deg) else (Fault("arms_down"),)),
        *(() if stands_upright(body, limits.min_knee_deg, limits.max_leg_deg) else (Fault("stand_upright"),)),
        *((Fault("stand_still"),) if recent and (recent.speed or 0.0) > limits.max_speed else ()),
    )


def tilt_uncertainty_deg(px_per_m: float) -> float:
    """
    What a resolution costs: the deviation of shoulder tilt from joints that jitter by two pixels.

    >>> round(tilt_uncertainty_deg(250), 1)
    1.8
    """
    return math.degrees(math.sqrt(2) * JOINT_NOISE_PX / (SHOULDER_WIDTH_M * px_per_m))


def _not_seen(body: Body) -> Fault:
    names = ", ".join(name_of(joint) for joint in body.hidden(NEEDED)) or "shoulders and hips"
    return Fault("not_seen", values=(("joints", names),))


def _cut(person: Landmarks, size_px: tuple[int, int]) -> tuple[Fault, ...]:
    """Joints outside the picture are extrapolated by the network: where they are said to be is what counts here."""
    xy = person.xyz_px[:, :2]
    if not np.isfinite(xy).all():
        return (Fault("sides_unclear"),)
    ears_y = float(xy[[Joint.LEFT_EAR, Joint.RIGHT_EAR], 1].mean())
    ankles_y = float(xy[[Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE], 1].mean())
    head_top, feet = ears_y - HEAD_ABOVE_EARS * abs(ankles_y - ears_y), float(xy[list(FEET), 1].max())
    if head_top < 0 or feet > size_px[1] - 1:
        return (Fault("step_back"),)
    across = xy[list(BODY), 0]
    return (Fault("move_into_picture"),) if across.min() < 0 or across.max() > size_px[0] - 1 else ()


def _size(figure: Figure, body: Body, scale: Scale, size_px: tuple[int, int], limits: Limits) -> tuple[Fault, ...]:
    height_px = ear_to_ankle_px(body)
    if scale.px_per_m is not None and height_px is not None:
        stature_m = height_px / EAR_TO_ANKLE_OF_STATURE / scale.px_per_m
        if not limits.stature_m[0] <= stature_m <= limits.stature_m[1]:
            return (Fault("on_the_marks"),)
    px_per_m = scale.px_per_m or figure.trunk_px / NOMINAL_TRUNK_M
    if px_per_m >= limits.min_px_per_m:
        return ()
    about = max(10, round(px_per_m, -1))  # in tens, so that what is said does not flicker
    values = (("px_per_m", f"{about:.0f}"), ("tilt_deg", f"{tilt_uncertainty_deg(about):.1f}"))
    landscape = size_px[0] > size_px[1]
    wanted = limits.least_px_per_m if landscape else limits.min_px_per_m
    if px_per_m >= wanted:
        return (Fault("low_resolution", blocks=False, values=values),)
    at_best = px_per_m * LARGEST_TRUNK * size_px[1] / figure.trunk_px
    return (Fault("step_closer" if at_best >= wanted else "picture_too_small", values=values),)


def _direction(figure: Figure, view: BodyView, limits: Limits, recent: Recent | None) -> tuple[Fault, ...]:
    if figure.view is None:
        return (Fault("sides_unclear"),)
    if figure.view is not view:
        if view is BodyView.FRONT:
            return (Fault("face_camera"),)
        return (Fault("turn_around" if figure.view is BodyView.FRONT else "turn_back_to_camera"),)
    yaw = recent.yaw_deg if recent else figure.yaw_deg
    if yaw is None or not limits.is_turned(yaw):
        return ()
    # From behind, a right shoulder that is further away means turned to the left; from in front the other way round.
    turned_left = (yaw > 0) == (view is BodyView.BACK)
    return (Fault("turn_right" if turned_left else "turn_left"),)


def _offset(
    figure: Figure, view: BodyView, scale: Scale, size_px: tuple[int, int], limits: Limits, roll_deg: float
) -> tuple[Fault, ...]:
    centre = levelled(np.array([[size_px[0] / 2, size_px[1] / 2]]), roll_deg)[0]
    px_per_m = scale.px_per_m or figure.trunk_px / NOMINAL_TRUNK_M
    offset_m = (figure.hips_px[0] - float(centre[0])) / px_per_m
    if abs(offset_m) <= limits.max_offset_m:
        return ()
    to_the_right = (offset_m > 0) == (view is BodyView.BACK)
    return (Fault("move_left" if to_the_right else "move_right"),)
