"""A person in a posture: skin, bones and every named place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.people.curve import BuiltCurve, Profile, read_curves
from models.people.limbs import moved
from models.people.outline import narrowest
from models.people.posture import LEVELS, Posture, level_index
from models.people.rotation import Matrix, about
from models.people.skeleton import Bones

if TYPE_CHECKING:
    from models.people.person import Person

Point = NDArray[np.float64]
BONE_JOINTS = {
    "shoulder": ("upper_arm", "upper_arm"),
    "elbow": ("upper_arm", "forearm"),
    "wrist": ("forearm", "hand"),
    "pinky": ("hand", "pinky"),
    "index": ("hand", "index"),
    "thumb": ("hand", "thumb"),
    "hip": ("thigh", "thigh"),
    "knee": ("thigh", "shin"),
    "ankle": ("foot", "foot"),
    "clavicle": ("clavicle", "clavicle"),
}
"""Name → bone, and whose head on it."""
SKIN_JOINTS = ("ear", "eye_inner", "eye_outer", "mouth", "heel", "foot_index")


@dataclass(frozen=True, slots=True, eq=False)
class PosedBody:
    """
    One posed person. Everything is in metres in the world frame; nothing here knows a camera.

    Attributes:
        person: who.
        posture: how.
        bones: where every bone is.
        vertices_m: (19158, 3) float32, metres, world frame: the skin, then clothes helpers, eyes and so on.
    """

    person: Person
    posture: Posture
    bones: Bones
    vertices_m: NDArray[np.float32]

    def joint(self, name: str) -> Point:
        """
        (3,) a joint by BlazePose's name ('left_shoulder', 'nose', 'mouth_right', ...), or 'left_clavicle'.

        Limb joints are centres of rotation, eyes those of the eyeballs, hands' points the knuckles; the rest is skin.
        """
        if name == "nose":
            return self.person.spots["nose"].on(self.vertices_m)
        side, part = _split(name)
        if part == "eye":
            return self.bones.place("head", self.person.joint_rest(f"{side}_eye"))
        if part in SKIN_JOINTS:
            return self.person.spots[f"{part}_{side}"].on(self.vertices_m)
        if part not in BONE_JOINTS:
            raise ValueError(f"{name!r} is no joint, name one of BlazePose's in small letters")
        bone, head = BONE_JOINTS[part]
        return self.bones.place(f"{side}_{bone}", self.person.joint_rest(f"{side}_{head}"))

    def vertebra(self, level: str) -> Point:
        """(3,) centre of a vertebral body, 'S1' to 'C1'."""
        number = level_index(level)
        return moved(self.bones.transforms[number], self.person.column.centres_m[number])

    def frame(self, level: str) -> Matrix:
        """(3, 3) axes of a vertebra as columns: its right, its front, its up."""
        rotation: Matrix = self.bones.transforms[level_index(level), :, :3].copy()
        return rotation

    def skin_midline(self, level: str) -> Point:
        """(3,) on the skin of the back, at the height of the vertebra's centre when standing at rest."""
        level_index(level)
        return self.person.spots[f"midline/{level}"].on(self.vertices_m)

    def back_pair(self, level: str) -> tuple[Point, Point]:
        """(3,) left and right: on the skin of the back 5.5 cm beside the midline, where a scoliometer stands."""
        level_index(level)
        return tuple(self.person.spots[f"back_{side}/{level}"].on(self.vertices_m) for side in ("left", "right"))  # type: ignore[return-value]

    def atr_deg(self, level: str) -> float:
        """
        Angle of trunk rotation: the line of `back_pair` against the frontal plane, right side further back positive.

        The frontal plane is the heading's, bent forwards with the vertebra: in a full forward bend this is what a
        scoliometer reads, right side up positive.
        """
        left, right = self.back_pair(level)
        unbend = about(0, float(self.bones.stack.bend[level_index(level)])) @ self.bones.root.T
        line = unbend @ (right - left)
        return float(np.degrees(np.arctan2(-line[1], np.hypot(line[0], line[2]))))

    def lean_deg(self) -> Profile:
        """(25,) how far the end plates of S1 to C1 lean to the right in the frontal plane, forward bend taken out."""
        stack = self.bones.stack
        unbend = about(0, stack.bend[: len(LEVELS)]) @ about(2, stack.axial) @ self.bones.root.T
        up = np.einsum("kij,kj->ki", unbend, self.bones.transforms[: len(LEVELS), :, 2])
        lean: Profile = np.degrees(np.arctan2(up[:, 0], up[:, 2]))
        return lean

    def built_curves(self) -> tuple[BuiltCurve, ...]:
        """The lateral curves between S1 and T1, read back from the vertebrae, largest first."""
        return read_curves(self.lean_deg())

    def landmark(self, name: str) -> Point:
        """
        (3,) on the skin: 'axilla_left', 'psis_left', 'scapula_inferior_left', 'acromion_left', 'waist_left' and their
        right ones, 'head_top', 'occiput', 'sacrum'.

        The waist is where the trunk without its arms is narrowest on that side, between the iliac crest and the lower
        ribs, in the frontal plane of the heading.
        """
        if name in ("waist_left", "waist_right"):
            return narrowest(self, name.removeprefix("waist_"))
        if name not in self.person.spots or "/" in name:
            raise ValueError(f"{name!r} is no landmark of the back")
        return self.person.spots[name].on(self.vertices_m)


def _split(name: str) -> tuple[str, str]:
    """Side and part out of 'left_eye_inner' or 'mouth_left'."""
    first, _, rest = name.partition("_")
    if first in ("left", "right"):
        return first, rest
    if rest in ("left", "right"):
        return rest, first
    raise ValueError(f"{name!r} is no joint, name one of BlazePose's in small letters")
