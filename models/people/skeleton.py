"""All bones of one person, and where a posture puts them."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.people.asset import LIMBS, SIDES
from models.people.column import Column, Stack, segments, stack
from models.people.curve import SEGMENTS
from models.people.limbs import (
    DOWN,
    SIGN,
    Girdle,
    LegShape,
    Point,
    Transform,
    arm_rotation,
    clavicle,
    forearm_rotation,
    girdle,
    moved,
    turned,
)
from models.people.posture import LEVELS, Posture
from models.people.rotation import Matrix, about

BONES = (*LEVELS, "head", *(f"{side}_{bone}" for side in SIDES for bone in LIMBS))
ROWS = {bone: row for row, bone in enumerate(BONES)}
"""Where each bone's transform stands."""
UPPER_CHEST, MID_CHEST = LEVELS.index("T2"), LEVELS.index("T4")
FOLLOWS = 0.6
"""How much of its way around the chest the blade turns itself."""
RIBS_TURN = 0.8
"""How much of the ribs' turn below reaches the shoulder girdle, which lies on them."""
SIT_BACK_M = 0.11
"""How far the hips go back at 1.7 m when the trunk is bent level: the weight stays over the feet."""
STANCE_SHARE = 0.85
"""Ankles stand this much of the hip joints' distance apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Bones:
    """
    Where a posture puts every bone.

    Attributes:
        transforms: (44, 3, 4) float64 from the rest body to the world, rows as in `ROWS`.
        stack: how the spine is stacked.
        root: (3, 3) float64: the heading.
        blades: how each shoulder blade slides over the ribs, (3, 4) float64 by side, within the rest body.
    """

    transforms: NDArray[np.float64]
    stack: Stack
    root: Matrix
    blades: dict[str, Transform]

    def place(self, bone: str, rest: Point) -> Point:
        """Where a rest point (3,) of a bone is, (3,) world."""
        return moved(self.transforms[ROWS[bone]], rest)


class Skeleton:
    """Bones of one rest body."""

    def __init__(self, column: Column, joints: dict[str, Point], legs: dict[str, LegShape], scale: float) -> None:
        """The spine, bone heads by name (3,) metres, legs by side, body height / 1.7 m."""
        self._column, self._joints, self._legs, self._scale = column, joints, legs, scale

    def pose(self, posture: Posture) -> Bones:
        """Every bone of the person in a posture."""
        legs = {side: self._stretched(side, posture) for side in SIDES}
        spread_m = float(np.linalg.norm(legs["right"].hip_m - legs["left"].hip_m))
        longer_deg = float(np.degrees(np.arcsin(np.clip(posture.leg_difference_m / spread_m, -0.5, 0.5))))
        stacked = stack(self._column, posture, posture.pelvis_tilt_deg + longer_deg)
        rotations = stacked.rotations()
        transforms: NDArray[np.float64] = np.zeros((len(BONES), 3, 4))
        transforms[:SEGMENTS] = segments(self._column, rotations)
        girdles = self._arms(transforms, stacked, posture)
        self._stand(transforms, legs, posture)
        root = about(2, posture.heading_deg)
        transforms = root @ transforms
        transforms[:, :2, 3] += posture.at_m
        return Bones(transforms, stacked, root, {side: self._blade(side, girdles[side]) for side in SIDES})

    def _stretched(self, side: str, posture: Posture) -> LegShape:
        leg = self._legs[side]
        return replace(leg, stretch=1.0 + SIGN[side] * 0.5 * posture.leg_difference_m / sum(leg.bones_m))

    # ---- arms

    def _arms(self, transforms: NDArray[np.float64], stacked: Stack, posture: Posture) -> dict[str, Girdle]:
        axial = stacked.axial + float(stacked.turn[MID_CHEST])
        chest, uppers = transforms[MID_CHEST][:, :3], {}
        for side in SIDES:
            uppers[side] = arm_rotation(posture, side, axial, self._along(side, "upper_arm", "forearm"))
        lifts = {side: self._lift_deg(chest, uppers[side], side) for side in SIDES}
        girdles = {side: girdle(posture, side, lifts[side], self._clavicle_m(side)) for side in SIDES}
        ribs = about(2, -RIBS_TURN * float(stacked.turn[MID_CHEST] - stacked.turn[UPPER_CHEST]))
        upright = stacked.upright()[UPPER_CHEST] @ ribs
        level_deg = self._levelling(upright, girdles, posture.shoulder_tilt_deg)
        for side in SIDES:
            girdles[side] = replace(girdles[side], lift=girdles[side].lift + SIGN[side] * level_deg)
            self._arm(transforms, posture, side, uppers[side], (girdles[side], ribs))
        return girdles

    def _blade(self, side: str, own: Girdle) -> Transform:
        """(3, 4) within the rest body: the blade hangs on the clavicle's end and turns with the arm."""
        sign, hinge = SIGN[side], self._joints[f"{side}_shoulder"]
        bone = clavicle(np.eye(3, 4), self._joints[f"{side}_clavicle"], side, own.lift, own.protract)
        rotation = about(1, -sign * own.rotate) @ about(2, FOLLOWS * sign * own.protract)
        return turned(rotation, hinge, moved(bone, hinge))

    def _along(self, side: str, first: str, second: str) -> Point:
        along: Point = self._joints[f"{side}_{second}"] - self._joints[f"{side}_{first}"]
        return along

    def _clavicle_m(self, side: str) -> float:
        return abs(float(self._along(side, "clavicle", "upper_arm")[0]))

    def _lift_deg(self, chest: Matrix, upper: Matrix, side: str) -> float:
        """Between the upper arm and the chest's own downwards."""
        arm = upper @ self._along(side, "upper_arm", "forearm")
        cosine = float(arm @ (chest @ DOWN)) / float(np.linalg.norm(arm))
        return float(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))

    def _levelling(self, chest: Matrix, girdles: dict[str, Girdle], tilt_deg: float) -> float:
        """How far the right clavicle goes up and the left one down for the shoulder line to tilt as asked."""
        if tilt_deg == 0.0:
            return 0.0
        start, angle = self._shoulder_tilt_deg(chest, girdles, 0.0), tilt_deg
        for _ in range(5):
            slope = self._shoulder_tilt_deg(chest, girdles, angle + 0.5) - self._shoulder_tilt_deg(
                chest, girdles, angle
            )
            angle += (start + tilt_deg - self._shoulder_tilt_deg(chest, girdles, angle)) / (2.0 * slope)
        return angle

    def _shoulder_tilt_deg(self, chest: Matrix, girdles: dict[str, Girdle], level_deg: float) -> float:
        parent = np.concatenate([chest, np.zeros((3, 1))], axis=1)
        ends = {}
        for side in SIDES:
            own = girdles[side]
            bone = clavicle(
                parent, self._joints[f"{side}_clavicle"], side, own.lift + SIGN[side] * level_deg, own.protract
            )
            ends[side] = moved(bone, self._joints[f"{side}_upper_arm"])
        line = ends["right"] - ends["left"]
        return float(np.degrees(np.arctan2(line[2], line[0])))

    def _arm(
        self,
        transforms: NDArray[np.float64],
        posture: Posture,
        side: str,
        upper: Matrix,
        shoulder: tuple[Girdle, Matrix],
    ) -> None:
        joints = self._joints
        own, ribs = shoulder
        middle = self._column.centres_m[UPPER_CHEST]
        chest = transforms[UPPER_CHEST]
        parent = turned(chest[:, :3] @ ribs, middle, moved(chest, middle))
        bone = clavicle(parent, joints[f"{side}_clavicle"], side, own.lift, own.protract)
        self._put(transforms, side, bone, "clavicle", "shoulder")
        shoulder_rest = joints[f"{side}_upper_arm"]
        arm = turned(upper, shoulder_rest, moved(bone, shoulder_rest))
        self._put(transforms, side, arm, "upper_arm")
        along = self._along(side, "upper_arm", "forearm"), self._along(side, "forearm", "hand")
        lower = forearm_rotation(upper, *along, posture.elbows_deg[SIDES.index(side)])
        elbow_rest = joints[f"{side}_forearm"]
        self._put(transforms, side, turned(lower, elbow_rest, moved(arm, elbow_rest)), "forearm", "hand")

    def _put(self, transforms: NDArray[np.float64], side: str, transform: Transform, *bones: str) -> None:
        for bone in bones:
            transforms[ROWS[f"{side}_{bone}"]] = transform

    # ---- legs

    def _stand(self, transforms: NDArray[np.float64], legs: dict[str, LegShape], posture: Posture) -> None:
        """Put feet on the floor, the pelvis over them, and the legs in between; moves everything above along."""
        pelvis, feet = transforms[0], {}
        for number, side in enumerate(SIDES):
            feet[side] = legs[side].stand(posture.feet[number], self._ankle_m(side, posture))
        hips_now = moved(pelvis, self._column.hips_m)
        back_m = SIT_BACK_M * self._scale * float(np.sin(np.radians(min(posture.bend_deg, 110.0))))
        ahead_m = float(self._column.hips_m[1] - legs["right"].ankle_m[1])
        x_m = 0.5 * sum(foot.aside_m for foot in posture.feet) + posture.pelvis_shift_m
        y_m = 0.5 * sum(foot.forward_m for foot in posture.feet) + posture.pelvis_forward_m
        wanted = np.array([x_m, y_m + ahead_m - back_m, hips_now[2]])
        transforms[:, :, 3] += wanted - hips_now
        transforms[:, 2, 3] += min(self._room_m(transforms[0], legs[s], feet[s][2], posture) for s in SIDES)
        axial = about(2, -0.5 * posture.pelvis_axial_deg)
        for number, side in enumerate(SIDES):
            foot, toes, ankle = feet[side]
            out_deg = SIGN[side] * (4.0 + 0.7 * posture.feet[number].turn_deg)
            hip = moved(transforms[0], legs[side].hip_m)
            valgus_deg = posture.knees_valgus_deg[number]
            thigh, shin = legs[side].solve(hip, ankle, axial @ about(2, -out_deg), valgus_deg)
            for bone, transform in (("thigh", thigh), ("shin", shin), ("foot", foot), ("toes", toes)):
                self._put(transforms, side, transform, bone)

    def _ankle_m(self, side: str, posture: Posture) -> Point:
        leg = self._legs[side]
        apart = STANCE_SHARE * 2.0 * abs(float(leg.hip_m[0])) if posture.stance_m is None else posture.stance_m
        return np.array([SIGN[side] * 0.5 * apart, 0.0, float(leg.ankle_m[2]) + posture.airborne_m])

    def _room_m(self, pelvis: Transform, leg: LegShape, ankle_m: Point, posture: Posture) -> float:
        """How much higher the pelvis could go before this leg's knee is as straight as asked."""
        number = SIDES.index(leg.side)
        reach = leg.reach_m(posture.knees_deg[number], posture.knees_valgus_deg[number])
        hip = moved(pelvis, leg.hip_m)
        across = float(np.hypot(*(hip - ankle_m)[:2]))
        height = float(np.sqrt(max(reach**2 - across**2, 0.0)))
        return float(ankle_m[2]) + height - float(hip[2])
