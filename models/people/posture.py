"""How a person stands: every parameter, zero meaning neutral standing."""

from dataclasses import dataclass, replace
from typing import Any, Literal

LEVELS = (
    "S1",
    *(f"L{number}" for number in range(5, 0, -1)),
    *(f"T{number}" for number in range(12, 0, -1)),
    *(f"C{number}" for number in range(7, 0, -1)),
)
"""Vertebrae from the sacrum to the atlas; the column has the head as one more segment."""
Pair = tuple[float, float]
"""Left, right: always in this order."""
Share = tuple[float, float, float]
BEND_SHARE: Share = (0.48, 0.3, 0.22)
"""How much of a forward bend hips, lumbar and thoracic spine take; toe touches of healthy adults, roughly."""


def level_index(level: str) -> int:
    """0 for S1 up to 24 for C1; raises ValueError for anything else."""
    if level not in LEVELS:
        raise ValueError(f"{level!r} is no vertebra, name S1, L5 to L1, T12 to T1 or C7 to C1")
    return LEVELS.index(level)


@dataclass(frozen=True, slots=True)
class Curve:
    """
    One structural lateral curve; the levels next to it bend back so that C7 stands above S1 plus `shift_m`.

    Attributes:
        apex: the most lateral vertebra.
        upper: the upper end vertebra, the most tilted one above the apex.
        lower: the lower end vertebra.
        angle_deg: asked for, between both end vertebrae; what came out is in `PosedBody.built_curves`.
        side: +1 convex to the person's right, -1 to the left.
        rotation_share: axial rotation at the apex as a share of `angle_deg`, bodies turning to the convex side.
        shift_m: where C7 ends up against S1, right positive.
        t1_share: tilt of T1 as a share of `angle_deg`, towards the concave side (raises the convex shoulder).
    """

    apex: str = "T8"
    upper: str = "T5"
    lower: str = "T12"
    angle_deg: float = 30.0
    side: Literal[-1, 1] = 1
    rotation_share: float = 0.3
    shift_m: float = 0.0
    t1_share: float = 0.02

    def __post_init__(self) -> None:
        if not level_index(self.lower) < level_index(self.apex) < level_index(self.upper) <= level_index("C7"):
            raise ValueError(f"a curve goes up from {self.lower} over {self.apex} to {self.upper}, which is no order")


@dataclass(frozen=True, slots=True)
class Foot:
    """
    Where one foot is, against its place in neutral standing.

    Attributes:
        forward_m: in the heading's direction.
        aside_m: to the person's right.
        lift_m: ankle above its place on the floor, on top of what tiptoeing lifts it.
        pitch_deg: sole against the floor, toes down positive: the heel rises over the ball of the foot.
        turn_deg: toes outwards positive, on top of the natural toe-out.
    """

    forward_m: float = 0.0
    aside_m: float = 0.0
    lift_m: float = 0.0
    pitch_deg: float = 0.0
    turn_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Posture:
    """
    A whole posture. Angles in degrees; coronal signs: right higher, shifted or leaning right positive; sagittal:
    anterior positive; axial: right side backwards positive (what lifts the right side of the back in a forward
    bend). Pairs are (left, right). All tilts are against the horizontal in the frontal plane of the heading.

    Attributes:
        curves: structural curves, added up.
        kyphosis_deg: added to the body's own thoracic kyphosis; C7 stays where it was in the side view.
        lordosis_deg: added to the body's own lumbar lordosis.
        trunk_lean_deg: line from S1 to C7 against the vertical, from the low back; curves add their own shift.
        trunk_shift_m: C7 against S1 on top of that, with a level T1.
        trunk_axial_deg: of the thorax against the pelvis.
        trunk_pitch_deg: whole trunk forwards at the hips.
        pelvis_tilt_deg: of the line through both hip joints; the lumbar spine levels the trunk above it.
        pelvis_pitch_deg: anterior tilt of the pelvis alone, the lumbar spine takes it back.
        pelvis_axial_deg: of pelvis and all above against the feet.
        pelvis_shift_m: of the pelvis over the middle of the feet, to the right.
        pelvis_forward_m: the same forwards.
        leg_difference_m: right leg longer than the left; tilts the pelvis by itself.
        shoulder_tilt_deg: of the line through both shoulder joints, by the clavicles; T1's own tilt comes on top.
        scapula_raise_m: shoulder joint upwards, each side.
        scapula_protract_deg: shoulder forwards around the chest, each side.
        scapula_wing_m: inferior angle standing off the ribs, each side.
        head_tilt_deg: of the line through both ears, whatever the spine below does.
        head_shift_m: middle of the ears against C7, to the right.
        head_yaw_deg: turned, right side backwards positive.
        head_pitch_deg: nodding forwards.
        head_forward_m: head translated forwards, gaze level.
        arms_abduction_deg: upper arms away from hanging, sideways, each side.
        arms_flexion_deg: upper arms away from hanging, forwards, each side; hanging is along gravity.
        elbows_deg: flexion, each side.
        knees_deg: flexion that at least one leg keeps, each side; the other bends as the pelvis asks.
        knees_valgus_deg: how far each knee falls inwards: hip, knee and ankle in the frontal plane, less 180.
        feet: where the feet are, each side.
        stance_m: between both ankles; None stands them under the hips.
        airborne_m: both feet this high above the floor.
        bend_deg: forward bend, shared out by `bend_share` among hips, lumbar and thoracic spine.
        bend_share: of hips, lumbar and thoracic spine; need not sum to one.
        muscle_m: thickness added to the back muscles beside the spine, each side; no bone moves.
        fat_m: thickness added to the flanks, each side.
        breath_m: the front of the chest outwards.
        heading_deg: whole person about the vertical, counter-clockwise seen from above.
        at_m: middle of the neutral ankles on the floor, world x and y.
    """

    curves: tuple[Curve, ...] = ()
    kyphosis_deg: float = 0.0
    lordosis_deg: float = 0.0
    trunk_lean_deg: float = 0.0
    trunk_shift_m: float = 0.0
    trunk_axial_deg: float = 0.0
    trunk_pitch_deg: float = 0.0
    pelvis_tilt_deg: float = 0.0
    pelvis_pitch_deg: float = 0.0
    pelvis_axial_deg: float = 0.0
    pelvis_shift_m: float = 0.0
    pelvis_forward_m: float = 0.0
    leg_difference_m: float = 0.0
    shoulder_tilt_deg: float = 0.0
    scapula_raise_m: Pair = (0.0, 0.0)
    scapula_protract_deg: Pair = (0.0, 0.0)
    scapula_wing_m: Pair = (0.0, 0.0)
    head_tilt_deg: float = 0.0
    head_shift_m: float = 0.0
    head_yaw_deg: float = 0.0
    head_pitch_deg: float = 0.0
    head_forward_m: float = 0.0
    arms_abduction_deg: Pair = (10.0, 10.0)
    arms_flexion_deg: Pair = (0.0, 0.0)
    elbows_deg: Pair = (14.0, 14.0)
    knees_deg: Pair = (0.0, 0.0)
    knees_valgus_deg: Pair = (0.0, 0.0)
    feet: tuple[Foot, Foot] = (Foot(), Foot())
    stance_m: float | None = None
    airborne_m: float = 0.0
    bend_deg: float = 0.0
    bend_share: Share = BEND_SHARE
    muscle_m: Pair = (0.0, 0.0)
    fat_m: Pair = (0.0, 0.0)
    breath_m: float = 0.0
    heading_deg: float = 0.0
    at_m: Pair = (0.0, 0.0)

    def but(self, **changes: Any) -> "Posture":
        """The same posture with some parameters changed."""
        return replace(self, **changes)

    def plus(self, **changes: float | Pair) -> "Posture":
        """The same posture with something added to some parameters; one number goes to both sides of a pair."""
        sums: dict[str, float | Pair] = {}
        for name, change in changes.items():
            now = getattr(self, name)
            if isinstance(now, tuple):
                left, right = change if isinstance(change, tuple) else (change, change)
                sums[name] = (now[0] + left, now[1] + right)
            else:
                sums[name] = now + change
        return replace(self, **sums)  # type: ignore[arg-type]
