"""
The truth about one frame as JSON: format "truth/1", described by `truth.schema.json` beside this file.

Lengths are metres in the world's frame (x to the right of a person whose heading is 0, y forward, z up, floor at 0),
or pixels of the picture (x right, y down from its top left corner). Groups of points:

- joints: the 33 joints of the rig, named and ordered as BlazePose's
- blazepose: the same 33 where a landmark network places them by its definition, see `offsets.py`
- spinetrack: the 37 points of that layout, spine points inside the body
- spine_centres, spine_skin: the nine spine points as centres of the vertebrae and as midline of the skin
- midline: the 17 points of the trunk's midline on the skin
- lateral: the five points of the side view, on the skin of the back
- landmarks: axilla folds, waist, dimples, lower angles of the scapulae, acromia, head

`visible` is false where something stands before a point or it lies outside the picture; `inside` says the latter.
Measures are those of `definitions.py`; null where a measure does not exist.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.people.truth.body_points import LATERAL, MIDLINE, NINE, BodyPoints
from models.people.truth.definitions import DEFINITIONS
from models.people.truth.measures import View, measures
from models.people.truth.offsets import as_network_places
from models.people.truth.points import LANDMARKS
from models.people.truth.seen import INSIDE_TOLERANCE_M, LIMB_TOLERANCE_M, SKIN_TOLERANCE_M, Lens, Seen, seen
from models.people.truth.silhouette import packed
from models.people.truth.spinetrack import SPINETRACK, spinetrack

FORMAT = "truth/1"
SCHEMA = Path(__file__).with_name("truth.schema.json")


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """
    Everything true about one frame.

    Attributes:
        about: who, where and when, as plain JSON: seed, distribution, take, frame, time_s, view, yaw_deg, person,
            camera, strata, posture.
        groups: name of the group -> its points.
        measures: id -> value or None.
        atr_deg: level -> rotation of the trunk's back; + = right side of the back higher in a bend.
        curves: the curves that were built: side, upper, apex, lower, angle_deg.
        silhouette: (H, W) bool, where the person is seen.
    """

    about: Mapping[str, Any]
    groups: Mapping[str, Seen]
    measures: Mapping[str, float | None]
    atr_deg: Mapping[str, float]
    curves: Sequence[Mapping[str, Any]]
    silhouette: NDArray[np.bool_]


def groups_of(body: BodyPoints, view: View, lens: Lens, depth_m: NDArray[np.floating]) -> dict[str, Seen]:
    """Every group of points of one body, found in the picture; `depth_m` as in `seen`."""
    placed = as_network_places(body.joints, from_behind=view == "back")

    def find(names: Sequence[str], points_m: ArrayLike, tolerance_m: float | NDArray[np.float64]) -> Seen:
        return seen(names, points_m, lens, depth_m, tolerance_m)

    def skin(levels: Sequence[str]) -> Seen:
        return find(levels, [body.skin[level] for level in levels], SKIN_TOLERANCE_M)

    return {
        "joints": find(list(body.joints), list(body.joints.values()), _tolerances(list(body.joints))),
        "blazepose": find(list(placed), list(placed.values()), _tolerances(list(placed))),
        "spinetrack": find(SPINETRACK, spinetrack(body), _tolerances(SPINETRACK)),
        "spine_centres": find(NINE, [body.centres[level] for level in NINE], INSIDE_TOLERANCE_M),
        "spine_skin": skin(NINE),
        "midline": skin(MIDLINE),
        "lateral": skin(LATERAL),
        "landmarks": find(LANDMARKS, [body.landmarks[name] for name in LANDMARKS], SKIN_TOLERANCE_M),
    }


def _tolerances(names: Sequence[str]) -> NDArray[np.float64]:
    """How deep below the skin each joint may lie and still count as seen, metres."""
    deep = {"shoulder", "hip", "clavicle", "latissimus", "neck", "spine"}
    skin = {"nose", "eye", "ear", "mouth", "heel", "head", "foot", "toe"}

    def tolerance(name: str) -> float:
        words = set(name.split("_"))
        return INSIDE_TOLERANCE_M if words & deep else 1.5 * SKIN_TOLERANCE_M if words & skin else LIMB_TOLERANCE_M

    return np.array([tolerance(name) for name in names])


def truth_of(
    about: Mapping[str, Any],
    body: BodyPoints,
    lens: Lens,
    depth_m: NDArray[np.floating],
    silhouette: NDArray[np.bool_],
    built: tuple[Mapping[str, float], Sequence[Mapping[str, Any]]],
) -> Truth:
    """Put the truth of one frame together; `about` holds the view, `built` is (atr_deg, curves)."""
    view: View = about["view"]
    atr_deg, curves = built
    return Truth(about, groups_of(body, view, lens, depth_m), measures(body, view), atr_deg, curves, silhouette)


def to_json(truth: Truth, picture: str) -> dict[str, Any]:
    """The record of one frame; `picture` is the name of its file."""
    rows = {row: _number(value, 5) for row, value in truth.measures.items()}
    return {
        "format": FORMAT,
        "picture": picture,
        **_plain(truth.about),
        "points": {name: _points(group) for name, group in truth.groups.items()},
        "measures": rows,
        "units": {row: DEFINITIONS[row].unit for row in rows},
        "atr_deg": {level: _number(value, 4) for level, value in truth.atr_deg.items()},
        "built_curves": [_plain(curve) for curve in truth.curves],
        "silhouette": packed(truth.silhouette),
    }


def _points(group: Seen) -> dict[str, Any]:
    return {
        "names": list(group.names),
        "m": [[_number(value, 5) for value in point] for point in group.m],
        "px": [[_number(value, 3) for value in point] for point in group.px],
        "visible": [bool(one) for one in group.visible],
        "inside": [bool(one) for one in group.inside],
    }


def _number(value: float | None, digits: int) -> float | None:
    return None if value is None or not math.isfinite(value) else round(float(value), digits)


def _plain(value: Any) -> Any:
    """Numbers of nine digits, lists and mappings."""
    match value:
        case bool() | None | str() | int():
            return value
        case float() | np.floating():
            return None if not math.isfinite(value) else float(f"{float(value):.9g}")
        case Mapping():
            return {str(key): _plain(part) for key, part in value.items()}
        case list() | tuple() | np.ndarray():
            return [_plain(part) for part in value]
    raise TypeError(f"{type(value).__name__} has no form in JSON")
