"""One person: a rest body with its bones named, ready to take any posture."""

import numpy as np
from numpy.typing import NDArray

from models.people.anatomy import back_line, skin_spots, trunk_faces, vertex_spots
from models.people.asset import LIMBS, SIDES, Bodies, Description
from models.people.column import Column, rest_column
from models.people.curve import SEGMENTS
from models.people.limbs import LegShape
from models.people.outline import flank_edges
from models.people.posed import PosedBody
from models.people.posture import Posture
from models.people.relief import Relief, Shape, column_weights
from models.people.skeleton import ROWS, Skeleton
from models.people.skinning import Skin
from models.people.surface import Spot, Surface, normals

TRUNK = ("column", "pelvis", *(f"{side}_{limb}" for side in SIDES for limb in ("clavicle", "shoulder")))


class Person:
    """
    A rest body that can be posed.

        body = Person(load_bodies(), 0).pose(Posture(shoulder_tilt_deg=3.0))
        body.joint("right_shoulder")

    Attributes:
        bodies: where it comes from.
        index: which of them it is.
        description: who it resembles.
        height_m: sole to the top of the head.
        scale: height / 1.7 m: what anatomical distances given for an adult are multiplied with.
        rest_m: (19158, 3) float32, metres, world frame: the rest body with furrow and shoulder blades.
        column: the spine.
        skeleton: all bones.
        spots: places on the skin by name, see `anatomy`.
        flank: (E, 2) int32, edges of the trunk's skin.
    """

    def __init__(self, bodies: Bodies, index: int) -> None:
        """Body `index` of `bodies`; takes a tenth of a second, so keep it."""
        self.bodies, self.index = bodies, index
        self.description: Description = bodies.describe(index)
        self.height_m = self.description.height_m
        self.scale = self.height_m / 1.7
        raw = bodies.rest_m[index]
        self._joints = {name: places[index] for name, places in bodies.joints_m.items()}
        spots = vertex_spots(bodies)
        self.column: Column = self._column(Surface(raw, trunk_faces(bodies)), raw, spots)
        shape = Shape(raw, _all_normals(raw, bodies), self.column, _trunk(bodies))
        self._relief = Relief(shape, self.scale, self.description.fatness)
        self.rest_m: NDArray[np.float32] = self._relief.at_rest(raw)
        self.spots: dict[str, Spot] = spots | self._skin(Surface(self.rest_m, trunk_faces(bodies)))
        self.flank = flank_edges(bodies.weights, bodies.faces["body"], _columns(bodies, TRUNK))
        self._skinning = Skin.of(self._weights(shape))
        self.skeleton = Skeleton(self.column, self._joints, {side: self._leg(side) for side in SIDES}, self.scale)

    def pose(self, posture: Posture) -> PosedBody:
        """The person in a posture."""
        bones = self.skeleton.pose(posture)
        vertices = self._skinning.move(self._relief.posed(self.rest_m, posture, bones.blades), bones.transforms)
        return PosedBody(self, posture, bones, vertices)

    def joint_rest(self, name: str) -> NDArray[np.float64]:
        """(3,) a bone's head in the rest body, such as 'left_forearm'."""
        place: NDArray[np.float64] = self._joints[name]
        return place

    def _column(self, surface: Surface, raw: NDArray[np.float32], spots: dict[str, Spot]) -> Column:
        joints = self._joints
        low = float(joints["l5_s1"][2]) - 0.12 * self.scale
        heights, depths = back_line(surface, low, float(joints["c0_c1"][2]) + 0.02 * self.scale)
        middles = {
            "hips": 0.5 * (joints["left_thigh"] + joints["right_thigh"]),
            "ears": 0.5 * (spots["ear_left"].on(raw) + spots["ear_right"].on(raw)),
        }
        return rest_column(joints | middles, lambda z: np.interp(z, heights, depths), self.scale)

    def _skin(self, surface: Surface) -> dict[str, Spot]:
        return skin_spots(surface, self.column, self._joints["right_upper_arm"], self.scale)

    def _leg(self, side: str) -> LegShape:
        return LegShape(side, *(self._joints[f"{side}_{bone}"] for bone in ("thigh", "shin", "foot", "toes")))

    def _weights(self, shape: Shape) -> NDArray[np.float32]:
        """(19158, bones): the column's weight spread over the segments by height."""
        given, slots = self.bodies.weights, self.bodies.slots
        weights = np.zeros((len(given), len(ROWS)), np.float32)
        weights[:, :SEGMENTS] = given[:, [slots.index("column")]] * column_weights(shape, self.scale)
        weights[:, 0] += given[:, slots.index("pelvis")]
        weights[:, SEGMENTS - 1] += given[:, slots.index("head")]
        for bone in (f"{side}_{limb}" for side in SIDES for limb in LIMBS):
            weights[:, ROWS[bone]] += given[:, slots.index(bone)]
        return weights


def _trunk(bodies: Bodies) -> NDArray[np.float64]:
    """(19158,) how far each vertex belongs to trunk and shoulders."""
    total: NDArray[np.float64] = bodies.weights[:, _columns(bodies, TRUNK)].sum(axis=1).astype(np.float64)
    return total


def _columns(bodies: Bodies, names: tuple[str, ...]) -> list[int]:
    return [bodies.slots.index(name) for name in names]


def _all_normals(rest_m: NDArray[np.float32], bodies: Bodies) -> NDArray[np.float32]:
    return normals(rest_m, np.concatenate([bodies.faces["body"], bodies.faces["tights"]]))
