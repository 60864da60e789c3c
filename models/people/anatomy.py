"""
Named places on the skin and in the body, found on the rest body.

| name | where |
|---|---|
| `midline/<level>` | skin of the back behind the vertebra's centre, S1 to C1 |
| `back_left/<level>`, `back_right/<level>` | skin of the back 5.5 cm (at 1.7 m body height) beside it |
| `sacrum` | midline 4 cm below L5/S1 |
| `psis_*` | dimples: 4.5 cm beside the midline, 2.5 cm below L5/S1 |
| `scapula_inferior_*` | 7.8 cm beside the midline, between T7 and T8; moves with the shoulder blade |
| `acromion_*` | top of the skin over the shoulder joint |
| `axilla_*` | posterior axillary fold where the arm leaves the trunk: one vertex of the mesh |
| `head_top`, `occiput` | highest vertex; back of the head at the ears' height |
"""

import numpy as np
from numpy.typing import NDArray

from models.people.asset import BODY, SIDES, Bodies
from models.people.column import Column
from models.people.limbs import SIGN
from models.people.posture import LEVELS
from models.people.surface import Spot, Surface

ATR_AT_M = 0.055
RIGHT_VERTICES = {
    "ear": 5455,
    "eye_inner": 1181,
    "eye_outer": 1192,
    "mouth": 3729,
    "heel": 5856,
    "foot_index": 6537,
    "axilla": 1642,
}
"""Of the shared mesh; the left one is the mirror's."""
NOSE, HEAD_TOP = 297, 881
HAND_JOINTS = ("index", "pinky", "thumb")
TRUNK_SHARE = 0.3


def vertex_spots(bodies: Bodies) -> dict[str, Spot]:
    """Places that are one vertex each: 'nose', 'head_top' and 'ear_left' and so on."""
    spots = {"nose": Spot.vertex(NOSE), "head_top": Spot.vertex(HEAD_TOP)}
    for name, number in RIGHT_VERTICES.items():
        spots |= {f"{name}_right": Spot.vertex(number), f"{name}_left": Spot.vertex(int(bodies.mirror[number]))}
    return spots


def trunk_faces(bodies: Bodies) -> NDArray[np.int32]:
    """(F, 3) triangles of the skin of trunk, shoulders, neck and head."""
    trunk = [bodies.slots.index(name) for name in ("column", "pelvis", "head")]
    trunk += [bodies.slots.index(f"{side}_{limb}") for side in SIDES for limb in ("clavicle", "shoulder", "upper_arm")]
    share = bodies.weights[:BODY, trunk].sum(axis=1)
    faces = bodies.faces["body"]
    kept: NDArray[np.int32] = faces[(share[faces] > TRUNK_SHARE).all(axis=1)]
    return kept


def back_line(surface: Surface, low_m: float, high_m: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Heights, and y of the midline's skin there, every centimetre, lightly smoothed."""
    heights = np.asarray(np.arange(low_m, high_m, 0.01), np.float64)
    depths = np.array([_y_of(surface, float(height)) for height in heights])
    smooth = np.convolve(np.pad(depths, 2, mode="edge"), np.ones(5) / 5, "valid")
    return heights, np.asarray(smooth, np.float64)


def _y_of(surface: Surface, height_m: float) -> float:
    spot = _behind(surface, 0.0, height_m)
    corners = surface.vertices_m[spot.corners]
    return float(spot.shares @ corners[:, 1])


def skin_spots(surface: Surface, column: Column, shoulder_m: NDArray[np.float64], scale: float) -> dict[str, Spot]:
    """Places on the skin of the back; `shoulder_m` (3,) is the right shoulder joint, `scale` body height / 1.7 m."""
    spots: dict[str, Spot] = {}
    for number, level in enumerate(LEVELS):
        height = float(column.centres_m[number, 2])
        spots[f"midline/{level}"] = _behind(surface, 0.0, height)
        for side in SIDES:
            spots[f"back_{side}/{level}"] = _behind(surface, SIGN[side] * ATR_AT_M * scale, height)
    sacrum_m = float(column.discs_m[0, 2])
    spots["sacrum"] = _behind(surface, 0.0, sacrum_m - 0.04 * scale)
    spots["occiput"] = _behind(surface, 0.0, float(column.ears_m[2]))
    t7, t8 = (float(column.centres_m[LEVELS.index(level), 2]) for level in ("T7", "T8"))
    for side in SIDES:
        spots[f"psis_{side}"] = _behind(surface, SIGN[side] * 0.045 * scale, sacrum_m - 0.025 * scale)
        spots[f"scapula_inferior_{side}"] = _behind(surface, SIGN[side] * 0.078 * scale, 0.5 * (t7 + t8))
        spots[f"acromion_{side}"] = _above(surface, SIGN[side] * float(shoulder_m[0]), float(shoulder_m[1]))
    return spots


def _behind(surface: Surface, x_m: float, z_m: float) -> Spot:
    """
    The skin of the back at a place of the frontal plane, seen from behind.

    Beside the neck and the narrow shoulders of a child the line may pass by: then the nearest place inwards.
    """
    for share in (1.0, 0.8, 0.6, 0.4, 0.2, 0.0):
        spot = surface.hit(1, (x_m * share, z_m), from_above=False)
        if spot is not None:
            return spot
    raise ValueError(f"no skin behind z = {z_m:.2f} m, this is no standing body")


def _above(surface: Surface, x_m: float, y_m: float) -> Spot:
    spot = surface.hit(2, (x_m, y_m), from_above=True)
    if spot is None:
        raise ValueError(f"no skin above x = {x_m:.2f} m, this is no standing body")
    return spot
