"""From a posed body to every named point of it."""

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Joint
from models.people.anatomy import trunk_faces
from models.people.asset import BODY, SIDES, Bodies
from models.people.person import Person
from models.people.posed import PosedBody
from models.people.surface import Spot, Surface
from models.people.truth.body_points import LATERAL, MIDLINE, NINE, BodyPoints
from models.people.truth.outline import Mesh, Outline, edges_of
from models.people.truth.planes import Planes, middle

BLAZEPOSE = tuple(joint.name.lower() for joint in Joint)
"""The 33 names in the network's order."""
SIDED = ("axilla", "waist", "psis", "scapula_inferior", "acromion")
FINGERTIPS = ("fingertip_left", "fingertip_right")
LANDMARKS = (*(f"{name}_{side}" for name in SIDED for side in SIDES), "head_top", "occiput", "sacrum", *FINGERTIPS)
"""Points of the skin; a fingertip is the place of the hand furthest from the wrist."""
LEVELS = tuple(dict.fromkeys((*NINE, *MIDLINE, *LATERAL)))
BETWEEN = {"T12/L1": ("T12", "L1"), "C3/4": ("C3", "C4")}
"""Points that lie half-way between two vertebrae."""
SACRAL_M = {"S": (0.0, -0.008, -0.02), "S5": (0.0, -0.02, -0.075)}
"""
Centres of S2 and S5 from the centre of S1 along its axes (right, front, up), at 1.7 m stature: 4 cm and 9.5 cm below
L5/S1, as far down as the points on the skin that belong to them.
"""
S5_BELOW_M = 0.095
ARM = ("upper_arm", "forearm", "hand")
PART_SHARE = 0.5
"""A vertex belongs to arm or head from this weight on."""


class Pointer:
    """
    Names every point of one person in any posture.

        pointer = Pointer(person)
        body = pointer.points(person.pose(posture))
    """

    def __init__(self, person: Person) -> None:
        bodies = person.bodies
        self._person = person
        self._lowest = _lowest_spot(person)
        self._edges = _parts(bodies)
        self._fingertips = {name: _fingertip(person, name.removeprefix("fingertip_")) for name in FINGERTIPS}

    def points(self, body: PosedBody, *, outline: bool = True) -> BodyPoints:
        """Every point of the posed body; without `outline` the measures of the mesh are left out, and it is quicker."""
        planes = Planes(body.posture.heading_deg)
        return BodyPoints(
            planes=planes,
            stature_m=self._person.height_m,
            joints={name: body.joint(name) for name in BLAZEPOSE},
            centres={level: self._centre(body, level) for level in LEVELS},
            skin={level: self._skin(body, level) for level in LEVELS},
            landmarks={name: body.landmark(name) for name in LANDMARKS if name not in FINGERTIPS} | self._tips(body),
            outline=self._outline(body, planes) if outline else None,
        )

    def _centre(self, body: PosedBody, level: str) -> NDArray[np.float64]:
        if level in SACRAL_M:
            offset = np.array(SACRAL_M[level]) * self._person.scale
            centre: NDArray[np.float64] = body.vertebra("S1") + body.frame("S1") @ offset
            return centre
        return middle([body.vertebra(one) for one in BETWEEN.get(level, (level,))])

    def _skin(self, body: PosedBody, level: str) -> NDArray[np.float64]:
        match level:
            case "S":
                return body.landmark("sacrum")
            case "S5":
                return self._lowest.on(body.vertices_m)
        return middle([body.skin_midline(one) for one in BETWEEN.get(level, (level,))])

    def _tips(self, body: PosedBody) -> dict[str, NDArray[np.float64]]:
        return {name: body.vertices_m[vertex].astype(np.float64) for name, vertex in self._fingertips.items()}

    def _outline(self, body: PosedBody, planes: Planes) -> Outline:
        flat = planes.coronal_all(body.vertices_m[:BODY].astype(np.float64))
        trunk, left, right = (Mesh(flat, self._edges[part]) for part in ("trunk", "left", "right"))
        return Outline(trunk, (left, right))


def _lowest_spot(person: Person) -> Spot:
    """On the skin of the midline over S5, where the cleft begins."""
    surface = Surface(person.rest_m, trunk_faces(person.bodies))
    height = float(person.column.discs_m[0, 2]) - S5_BELOW_M * person.scale
    return surface.hit(1, (0.0, height), from_above=False) or person.spots["sacrum"]


def _fingertip(person: Person, side: str) -> int:
    """The vertex of the hand furthest from the wrist."""
    hand = np.flatnonzero(person.bodies.weights[:BODY, person.bodies.slots.index(f"{side}_hand")] >= PART_SHARE)
    away = np.linalg.norm(person.rest_m[hand] - person.joint_rest(f"{side}_hand"), axis=1)
    return int(hand[away.argmax()])


def _parts(bodies: Bodies) -> dict[str, NDArray[np.int64]]:
    """The skin's edges, (E, 2) each, that lie within the trunk with the legs, the left and the right arm."""
    owner = np.full(BODY, "trunk", dtype="<U5")
    for part, slots in {"head": ("head",), **{side: tuple(f"{side}_{x}" for x in ARM) for side in SIDES}}.items():
        share = bodies.weights[:BODY, [bodies.slots.index(slot) for slot in slots]].sum(axis=1)
        owner[share >= PART_SHARE] = part
    edges = edges_of(bodies.faces["body"])
    owners = owner[edges]
    return {part: edges[(owners == part).all(axis=1)] for part in ("trunk", *SIDES)}
