"""
The spine: 26 rigid segments (sacrum, L5 to L1, T12 to T1, C7 to C1, head) and how a posture stacks them.

Every segment's orientation is given outright, not disc by disc: the bend about x outermost, then the lean in the
frontal plane, then the side view's shape, then the turn about its own axis. So the tilt that is asked for is the tilt
that is built, and a curve keeps its shape while the trunk bends forwards.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.people.curve import C7, HEAD, SEGMENTS, T1, Profile, lean_profile, turn_profile
from models.people.posture import Posture
from models.people.rotation import Matrix, about

# Heights of the vertebrae with their discs, L5 to T1 and C7 to C1, as parts of each other: anthropometric tables.
TRUNK_HEIGHTS = (36, 36, 35, 35, 34, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19)
NECK_HEIGHTS = (18, 17, 17, 17, 17, 20, 20)
# How deep the middle of the vertebra lies under the skin of the back at 1.7 m body height, from 10 cm under L5/S1 up.
DEPTH_AT = (0, 2, 5, 9, 14, 17, 21, 24)
DEPTH_M = (0.072, 0.07, 0.06, 0.055, 0.055, 0.05, 0.056, 0.066)
L1, T12 = 5, 6
ROUNDS = 4

_levels: Profile = np.arange(SEGMENTS, dtype=float)
_trunk_rise: Profile = np.interp(_levels, [0, 4, 5], [0.0, 1.0, 1.0])
_neck: Profile = np.clip((_levels - T1) / (HEAD - T1), 0.0, 1.0)
_trunk_bump: Profile = np.where(_levels <= T1, np.sin(np.pi * np.clip(_levels / T1, 0, 1)), 0.0)
_neck_bump: Profile = np.sin(np.pi * _neck)
_lumbar_end: Profile = np.interp(_levels, [0, 1, T12], [1.0, 0.8, 0.0])
_above_sacrum: Profile = np.interp(_levels, [0, 1, 2, C7, HEAD], [0.0, 0.6, 1.0, 1.0, 0.0])
_turn_rise: Profile = np.interp(_levels, [0, 1, T12, 13, HEAD], [0.0, 0.03, 0.25, 1.0, 1.0])
_lumbar_bend: Profile = np.interp(_levels, [0, 5], [0.0, 1.0])
_thoracic_bend: Profile = np.interp(_levels, [5, T1], [0.0, 1.0])
_lordosis: Profile = np.interp(_levels, [0, 1, L1, 9, T1], [0.0, 0.5, -0.5, 0.0, 0.0])
_kyphosis: Profile = np.interp(_levels, [0, 2, T12, T1, HEAD], [0.0, 0.0, -0.5, 0.5, 0.0])
NECK_FOLLOWS = 0.12
"""Share of a forward bend that the neck adds."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """
    The spine of a rest body.

    Attributes:
        discs_m: (25, 3) float64, metres, world frame: joints between the segments, L5/S1 up to head/C1.
        centres_m: (26, 3) float64, metres, world frame: middle of each segment's body.
        hips_m: (3,) float64, metres, world frame: middle between both hip joints, about which the pelvis turns.
        ears_m: (3,) float64, metres, world frame: middle between both ears.
    """

    discs_m: NDArray[np.float64]
    centres_m: NDArray[np.float64]
    hips_m: NDArray[np.float64]
    ears_m: NDArray[np.float64]

    @property
    def heights_m(self) -> Profile:
        """(26,) of the segments; sacrum and head count as nothing."""
        rise = np.diff(self.discs_m[:, 2])
        return np.concatenate([[0.0], rise, [0.0]])


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """
    Orientation of each segment, all (26,) float64 in degrees: `bend` forwards, `lean` to the right, `side` forwards in
    the shape of the side view, `turn` right side backwards; `axial` turns them all.
    """

    bend: Profile
    lean: Profile
    side: Profile
    turn: Profile
    axial: float

    def rotations(self) -> Matrix:
        """(26, 3, 3) from the rest body to the posed one, heading not included."""
        rotations: Matrix = about(2, -self.axial) @ about(0, -self.bend) @ self.upright()
        return rotations

    def upright(self) -> Matrix:
        """(26, 3, 3) the same with the forward bend taken out."""
        rotations: Matrix = about(1, self.lean) @ about(0, -self.side) @ about(2, -self.turn)
        return rotations


def rest_column(discs_m: dict[str, NDArray[np.float64]], back: Callable[[Profile], Profile], scale: float) -> Column:
    """
    Vertebrae between the rig's three joints of the spine.

    Args:
        discs_m: 'l5_s1', 't1_c7', 'c0_c1', 'hips' and 'ears', (3,) metres.
        back: heights (metres) → y of the skin of the back on the midline.
        scale: body height / 1.7 m.
    """
    low, middle, high = (float(discs_m[name][2]) for name in ("l5_s1", "t1_c7", "c0_c1"))
    middle -= 0.012 * scale
    trunk = np.concatenate([[0.0], np.cumsum(TRUNK_HEIGHTS)]) / sum(TRUNK_HEIGHTS)
    neck = np.cumsum(NECK_HEIGHTS) / sum(NECK_HEIGHTS)
    heights = np.concatenate([low + (middle - low) * trunk, middle + (high - middle) * neck])
    depth = scale * np.interp(np.arange(len(heights)), DEPTH_AT, DEPTH_M)
    discs = np.stack([np.zeros_like(heights), back(heights) + depth, heights], axis=1)
    sacrum, head = discs[0] - (0.0, 0.0, 0.02 * scale), discs[-1] + (0.0, 0.0, 0.03 * scale)
    centres = np.concatenate([[sacrum], 0.5 * (discs[:-1] + discs[1:]), [head]])
    return Column(discs, centres, discs_m["hips"], discs_m["ears"])


def stack(column: Column, posture: Posture, pelvis_tilt_deg: float) -> Stack:
    """How the segments stand so that lean, shift, head tilt and head shift come out as asked."""
    heights = column.heights_m
    turn = _turn(posture)
    lean: NDArray[np.float64] = np.zeros(SEGMENTS)
    for curve in posture.curves:
        lean = lean + lean_profile(curve, heights)
        turn = turn + turn_profile(curve)
    wanted_m = sum(curve.shift_m for curve in posture.curves) + posture.trunk_shift_m
    lean = lean + posture.trunk_lean_deg * _trunk_rise - pelvis_tilt_deg * _lumbar_end
    lean = lean * (1.0 - _neck) - posture.head_tilt_deg * _neck
    side = _side(posture)
    for _ in range(ROUNDS):
        first = Stack(np.zeros(SEGMENTS), lean, side, turn, 0.0)
        trunk, head = _reach(column, first)
        sideways_m = wanted_m + np.tan(np.radians(posture.trunk_lean_deg)) * trunk[2] - trunk[0]
        lean = lean + np.degrees(sideways_m / (heights @ _trunk_bump)) * _trunk_bump
        lean = lean + np.degrees((posture.head_shift_m - head[0]) / (heights @ _neck_bump)) * _neck_bump
        rest_trunk, rest_head = _rest_reach(column)
        side = (
            side
            + np.degrees((rest_trunk - trunk[1]) / (heights @ np.minimum(_above_sacrum, 1 - _neck))) * _above_sacrum
        )
        side = side + np.degrees((rest_head + posture.head_forward_m - head[1]) / (heights @ _neck_bump)) * _neck_bump
    return Stack(_bend(posture), lean, side, turn, posture.pelvis_axial_deg)


def segments(column: Column, rotations: Matrix) -> NDArray[np.float64]:
    """(26, 3, 4) transforms from the rest body, the middle of the hips staying where it was."""
    joints = np.concatenate([[column.hips_m], column.discs_m])
    steps = np.einsum("kij,kj->ki", rotations, np.diff(joints, axis=0, append=joints[-1:]))
    places = column.hips_m + np.concatenate([[np.zeros(3)], np.cumsum(steps[:-1], axis=0)])
    offsets = places - np.einsum("kij,kj->ki", rotations, joints)
    return np.concatenate([rotations, offsets[:, :, None]], axis=2)


def apply(transform: NDArray[np.float64], point: NDArray[np.float64]) -> NDArray[np.float64]:
    """A rest point (3,) after a transform (3, 4)."""
    moved: NDArray[np.float64] = transform[:, :3] @ point + transform[:, 3]
    return moved


def _reach(column: Column, first: Stack) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """From S1 to C7, and from C7 to the middle of the ears, (3,) metres each, bend taken out."""
    placed = segments(column, first.upright())
    low, top = apply(placed[0], column.centres_m[0]), apply(placed[C7], column.centres_m[C7])
    return top - low, apply(placed[HEAD], column.ears_m) - top


def _rest_reach(column: Column) -> tuple[float, float]:
    """The same of the rest body, forwards only."""
    low, top = column.centres_m[0], column.centres_m[C7]
    return float(top[1] - low[1]), float(column.ears_m[1] - top[1])


def _turn(posture: Posture) -> Profile:
    above = posture.head_yaw_deg - posture.pelvis_axial_deg
    turn: Profile = posture.trunk_axial_deg * _turn_rise * (1.0 - _neck) + above * _neck
    return turn


def _side(posture: Posture) -> Profile:
    shape: Profile = posture.lordosis_deg * _lordosis + posture.kyphosis_deg * _kyphosis
    return shape + posture.pelvis_pitch_deg * _lumbar_end + posture.head_pitch_deg * _neck


def _bend(posture: Posture) -> Profile:
    hips, lumbar, thoracic = (posture.bend_deg * share for share in posture.bend_share)
    spine: Profile = hips + lumbar * _lumbar_bend + thoracic * _thoracic_bend + NECK_FOLLOWS * posture.bend_deg * _neck
    return spine + posture.trunk_pitch_deg * (1.0 - _neck)
