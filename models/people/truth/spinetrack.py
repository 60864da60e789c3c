"""The 37 points of the SpineTrack layout, in its order."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from edge.pose.spine_layout import SPINE_IDS as SPINE_IDS
from edge.pose.spine_layout import SPINE_LEVELS as SPINE_LEVELS
from edge.pose.spine_layout import SPINETRACK as SPINETRACK
from models.people.truth.body_points import BodyPoints
from models.people.truth.planes import Point3, middle


def spinetrack(body: BodyPoints, *, skin: bool = False) -> NDArray[np.float64]:
    """
    (37, 3) float64, metres, world: the points in the order of SPINETRACK.

    The layout's own labels lie inside the body, so the spine's are the vertebral centres unless `skin` is asked for.
    The latissimus is the lower angle of the scapula pulled half-way to the axilla fold; the toes' ends are the foot
    index, moved sideways by a third of the foot's length for the small toe; the clavicle is a third of the way from
    the base of the neck to the shoulder.
    """
    points = body.skin if skin else body.centres
    at: dict[str, Point3] = {name: body.joints[name] for name in SPINETRACK if name in body.joints}
    at |= {SPINETRACK[number]: points[level] for number, level in zip(SPINE_IDS, SPINE_LEVELS, strict=True)}
    at["head"] = body.landmarks["head_top"]
    for side in ("left", "right"):
        at |= _sided(body, side)
    return np.array([at[name] for name in SPINETRACK], np.float64)


def _sided(body: BodyPoints, side: str) -> Mapping[str, Point3]:
    toe, heel = np.asarray(body.joints[f"{side}_foot_index"]), np.asarray(body.joints[f"{side}_heel"])
    along = toe - heel
    outwards = np.array([along[1], -along[0], 0.0]) * (1.0 if side == "right" else -1.0)
    neck, shoulder = np.asarray(body.centres["C7"]), np.asarray(body.joints[f"{side}_shoulder"])
    return {
        f"{side}_big_toe": toe,
        f"{side}_small_toe": toe - along * 0.12 + outwards / 3,
        f"{side}_latissimus": middle([body.landmarks[f"scapula_inferior_{side}"], body.landmarks[f"axilla_{side}"]]),
        f"{side}_clavicle": neck + (shoulder - neck) / 3,
    }
