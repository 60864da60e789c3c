"""
Six exercises of the scoliosis schools as a camera sees them, each done right and wrong.

What a therapist teaches in three dimensions cannot be drawn here; these are the signs that a camera may judge: trunk
shift, levels, lengths, arms, stillness. Which side is right is the prescription's business: `side` says it, +1 is the
person's right.
"""

import math
from collections.abc import Callable, Mapping

from models.people.posture import Posture
from models.people.timing import hold

Motion = Callable[[float], Posture]
SECONDS = 8.0


def elongation(*, base: Posture, right: bool = True, side: int = 1, seconds: float = SECONDS) -> Motion:
    """Grows tall along the axis; wrong: shrugs, throws the head back and hollows the back instead."""

    def at(time_s: float) -> Posture:
        held = hold(time_s, 1.0, 1.5, seconds)
        if right:
            return base.plus(
                kyphosis_deg=-9.0 * held,
                lordosis_deg=-7.0 * held,
                head_forward_m=-0.012 * held,
                scapula_raise_m=-0.006 * held,
            )
        return base.plus(
            scapula_raise_m=0.032 * held,
            head_pitch_deg=-16.0 * held,
            lordosis_deg=12.0 * held,
            head_tilt_deg=4.0 * side * held,
        )

    return at


def pelvis_levelling(*, base: Posture, right: bool = True, side: int = 1, seconds: float = SECONDS) -> Motion:
    """Levels the pelvis and shifts the weight to `side`; wrong: bends a knee and leans the trunk."""

    def at(time_s: float) -> Posture:
        held = hold(time_s, 1.0, 1.5, seconds)
        if right:
            return base.plus(pelvis_tilt_deg=-base.pelvis_tilt_deg * held, pelvis_shift_m=0.018 * side * held)
        return base.plus(pelvis_tilt_deg=6.0 * side * held, trunk_lean_deg=5.0 * side * held, knees_deg=4.0 * held)

    return at


def corrected_breathing(*, base: Posture, right: bool = True, side: int = 1, seconds: float = SECONDS) -> Motion:
    """Breathes deep and slowly into the chest, shoulders still; wrong: fast and shallow, the shoulders rise."""

    def at(time_s: float) -> Posture:
        rate_hz, depth_m, rise_m = (0.18, 0.010, 0.0) if right else (0.42, 0.003, 0.022)
        full = 0.5 - 0.5 * math.cos(2.0 * math.pi * rate_hz * time_s)
        tilt_deg = 0.0 if right else 2.0 * side * full
        return base.plus(breath_m=depth_m * full, scapula_raise_m=rise_m * full, shoulder_tilt_deg=tilt_deg)

    return at


def side_shift(*, base: Posture, right: bool = True, side: int = 1, seconds: float = SECONDS) -> Motion:
    """Shifts the trunk to `side` with a level pelvis and head; wrong: leans over, head and shoulders along."""

    def at(time_s: float) -> Posture:
        held = hold(time_s, 1.0, 1.5, seconds)
        if right:
            return base.plus(trunk_shift_m=0.042 * side * held, pelvis_shift_m=-0.008 * side * held)
        return base.plus(
            trunk_lean_deg=9.0 * side * held,
            head_tilt_deg=-8.0 * side * held,
            pelvis_shift_m=-0.02 * side * held,
            shoulder_tilt_deg=-4.0 * side * held,
        )

    return at


def semi_hanging(*, base: Posture, right: bool = True, side: int = 1, seconds: float = SECONDS) -> Motion:
    """Arms up to a bar, half hanging, both alike; wrong: one arm bent, shrugged and hanging to one side."""

    def at(time_s: float) -> Posture:
        held = hold(time_s, 0.8, 1.8, seconds)
        if right:
            return base.plus(
                arms_abduction_deg=152.0 * held,
                elbows_deg=-4.0 * held,
                kyphosis_deg=-8.0 * held,
                lordosis_deg=-6.0 * held,
            )
        bent = (38.0 * held, 0.0) if side > 0 else (0.0, 38.0 * held)
        return base.plus(
            arms_abduction_deg=(152.0 * held - 0.6 * bent[0], 152.0 * held - 0.6 * bent[1]),
            elbows_deg=bent,
            scapula_raise_m=0.02 * held,
            trunk_lean_deg=5.0 * side * held,
            trunk_axial_deg=6.0 * side * held,
        )

    return at


def shoulder_traction(*, base: Posture, right: bool = True, side: int = 1, seconds: float = SECONDS) -> Motion:
    """Elbows level at shoulder height, drawn outwards; wrong: one elbow drops, the trunk turns after it."""

    def at(time_s: float) -> Posture:
        held = hold(time_s, 0.8, 1.5, seconds)
        low = 0.0 if right else 30.0 * held
        drop = (0.0, low) if side > 0 else (low, 0.0)
        steady = base if right else base.plus(trunk_axial_deg=12.0 * side * held, shoulder_tilt_deg=-5.0 * side * held)
        return steady.plus(
            arms_abduction_deg=(75.0 * held - drop[0], 75.0 * held - drop[1]),
            elbows_deg=76.0 * held,
            scapula_protract_deg=-6.0 * held,
        )

    return at


EXERCISES: Mapping[str, Callable[..., Motion]] = {
    "elongation": elongation,
    "pelvis_levelling": pelvis_levelling,
    "corrected_breathing": corrected_breathing,
    "side_shift": side_shift,
    "semi_hanging": semi_hanging,
    "shoulder_traction": shoulder_traction,
}
"""By name; all take `right`, `side` and `seconds`."""
