"""One person before one camera, for some frames: plain numbers that decide every pixel."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from models.people.posture import Curve, Posture
from models.people.truth.measures import View

LOOKS_AWAY_DEG: dict[View, float] = {"back": 0.0, "front": 180.0, "left": -90.0, "right": 90.0}
"""How far a person of each view is turned from looking straight away from the camera, counter-clockwise."""

PALMS_TOGETHER_DEG = 24.0


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where the camera is; the fields are those of `Camera`.

    Attributes:
        position_m: of the lens.
        target_m: what stands in the middle of the picture.
        vertical_fov_deg: from the upper to the lower edge.
        size_px: width and height.
        roll_deg: clockwise as the camera looks is positive.
    """

    position_m: tuple[float, float, float]
    target_m: tuple[float, float, float]
    vertical_fov_deg: float
    size_px: tuple[int, int]
    roll_deg: float

    @property
    def distance_m(self) -> float:
        """From the lens to the mark on the floor, along the floor."""
        return math.hypot(*self.position_m[:2])

    @property
    def pitch_deg(self) -> float:
        """Of the camera, looking up is positive."""
        away = math.dist(self.position_m[:2], self.target_m[:2])
        return math.degrees(math.atan2(self.target_m[2] - self.position_m[2], away))


@dataclass(frozen=True, slots=True)
class Moment:
    """
    One frame.

    Attributes:
        time_s: since the first one.
        stands: name -> value, the sum of habit, stance and sway; see `standing.py`.
        bend_deg: forward bend.
        noise: seed of the picture's noise.
    """

    time_s: float
    stands: Mapping[str, float]
    bend_deg: float
    noise: int


@dataclass(frozen=True, slots=True)
class Shot:
    """
    Everything that decides the pictures of one seed.

    Attributes:
        seed: of the person.
        distribution: the seed was drawn from.
        take: see `sample`.
        view: the side the camera sees.
        body: which rest body.
        wardrobe: skin, hair and clothes: the fields of `Wardrobe`.
        light: see `surroundings.light`.
        camera_faults: the fields of `Effects`.
        room: its kind, and a seed for everything in it.
        occluder: what hides a part of the person, one of `occluders.OCCLUDERS`, and a seed for it.
        place: of the camera.
        curves: of the spine, each with the fields of `Curve`.
        moments: the frames.
    """

    seed: int
    distribution: str
    take: int
    view: View
    body: int
    wardrobe: Mapping[str, float | str]
    light: Mapping[str, object]
    camera_faults: Mapping[str, object]
    room: tuple[str, int]
    occluder: tuple[str, int]
    place: Place
    curves: tuple[Mapping[str, float | str], ...]
    moments: tuple[Moment, ...]

    def posture(self, frame: int) -> Posture:
        """How the person stands in one frame."""
        moment = self.moments[frame]
        at = moment.stands
        return Posture().but(
            curves=tuple(Curve(**curve) for curve in self.curves),  # type: ignore[arg-type]
            **{name: at[name] for name in _PLAIN if name in at},
            scapula_protract_deg=_both(at["scapula_protract_deg"]),
            scapula_wing_m=(at["scapula_wing_left_m"], at["scapula_wing_right_m"]),
            muscle_m=(at["muscle_left_m"], at["muscle_right_m"]),
            fat_m=(at["fat_left_m"], at["fat_right_m"]),
            arms_abduction_deg=_arms_deg(at, moment.bend_deg),
            arms_flexion_deg=_sides(at, "arm_flexion"),
            elbows_deg=_sides(at, "elbow"),
            knees_deg=_both(at["knee_deg"] if moment.bend_deg == 0 else 0.0),
            knees_valgus_deg=(at["knee_valgus_left_deg"], at["knee_valgus_right_deg"]),
            bend_deg=moment.bend_deg,
            at_m=(at["at_x_m"], at["at_y_m"]),
        )

    def yaw_deg(self, frame: int) -> float:
        """How far the person is turned away from the line of sight; counter-clockwise from above is positive."""
        return yaw_deg(self.place, self.view, self.moments[frame].stands)

    def digest(self) -> str:
        """SHA-256 of every number in here, rounded to nine digits: what a test holds on to."""
        text = json.dumps(_rounded(asdict(self)), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


_PLAIN = (
    "kyphosis_deg", "lordosis_deg", "shoulder_tilt_deg", "pelvis_tilt_deg", "pelvis_pitch_deg", "leg_difference_m",
    "trunk_lean_deg", "trunk_shift_m", "trunk_axial_deg", "trunk_pitch_deg", "head_tilt_deg", "head_shift_m",
    "head_yaw_deg", "head_forward_m", "breath_m", "heading_deg",
)  # fmt: skip
"""Names that are the same in `standing.py` and in `Posture`."""


def yaw_deg(place: Place, view: View, stands: Mapping[str, float]) -> float:
    """How far a person is turned away from the line of sight from the lens to them, degrees, -180 to 180."""
    across, along = (stands[name] - place.position_m[axis] for axis, name in enumerate(("at_x_m", "at_y_m")))
    away = math.degrees(math.atan2(-across, along))
    return (stands["heading_deg"] - away + LOOKS_AWAY_DEG[view] + 180.0) % 360.0 - 180.0


def _arms_deg(at: Mapping[str, float], bend_deg: float) -> tuple[float, float]:
    """Left, right: in the bend test the palms come together below the head; only loose poses name each arm."""
    if "arm_abduction_left_deg" in at:
        return at["arm_abduction_left_deg"], at["arm_abduction_right_deg"]
    middle = at["arm_abduction_deg"] - PALMS_TOGETHER_DEG * min(1.0, bend_deg / 90.0)
    return middle - at["arm_difference_deg"] / 2, middle + at["arm_difference_deg"] / 2


def _sides(at: Mapping[str, float], name: str) -> tuple[float, float]:
    """Left, right: each its own where it has one, else what both have."""
    return at.get(f"{name}_left_deg", at[f"{name}_deg"]), at.get(f"{name}_right_deg", at[f"{name}_deg"])


def _both(value: float) -> tuple[float, float]:
    return value, value


def _rounded(value: object) -> object:
    match value:
        case float():
            return float(f"{value:.9g}")
        case Mapping():
            return {key: _rounded(part) for key, part in value.items()}
        case list() | tuple():
            return [_rounded(part) for part in value]
    return value
