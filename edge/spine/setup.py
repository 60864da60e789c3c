"""What is known about the place: where the camera stands, how tall the person is and how they are turned."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setup:
    """
    The station's geometry; every value is None while nobody has measured it.

    Attributes:
        px_per_m: pixels of the upright frame per metre at the person's place.
        roll_deg: camera roll, clockwise as the camera looks is positive.
        camera_height_m: height of the lens above the floor.
        distance_m: from the lens to the person.
        vertical_fov_deg: field of view of the upright frame, from its top to its bottom.
        person_height_m: stature of the person.
        pitch_deg: camera pitch, looking up is positive.
        roll_sd_deg: standard deviation of `roll_deg`.
        yaw_deg: how far the person is turned, positive = their right shoulder is further away, from behind and in
            front alike. While it is None whoever measures sees to it that the person stands square.
    """

    px_per_m: float | None = None
    roll_deg: float | None = None
    camera_height_m: float | None = None
    distance_m: float | None = None
    vertical_fov_deg: float | None = None
    person_height_m: float | None = None
    pitch_deg: float | None = None
    yaw_deg: float | None = None
    roll_sd_deg: float | None = None
