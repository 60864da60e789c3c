"""Truths as the workshop writes them, of people whose joints the tests choose; pictures are black."""

import json
from pathlib import Path

import cv2
import numpy as np

from edge.pose.landmarks import Joint
from edge.pose.spine_points import NINE, SpinePoint
from tests.people import Person

SIZE_PX = (720, 1280)


def record(person: Person, *, seed: int = 7, take: int = 0, frame: int = 0, **changed: object) -> dict:
    """The truth about one frame of a person seen by a level camera 3 m behind them."""
    px = person.landmarks().xyz_px[:, :2].astype(float).tolist()
    group = {"names": [joint.name.lower() for joint in Joint], "px": px}
    truth = {
        "format": "truth/1",
        "picture": f"{seed}-{take}-{frame}.png",
        "seed": seed,
        "distribution": "V1",
        "take": take,
        "frame": frame,
        "time_s": 0.4 * frame,
        "view": "back",
        "yaw_deg": 1.0,
        "person": {"sex": "f", "age_years_about": 14, "height_m": person.stature_m, "build": "slim", "body": 1},
        "camera": {
            "position_m": [0.0, -3.0, 1.0],
            "roll_deg": person.camera_roll_deg,
            "vertical_fov_deg": float(2 * np.degrees(np.arctan(640 / (600 * 3.0)))),
            "size_px": list(SIZE_PX),
        },
        "strata": {"clothing": "shirt"},
        "points": {"blazepose": group, "joints": group},
        "measures": {"C1": person.shoulder_tilt_deg, "C4": person.pelvis_tilt_deg, "C6b": person.lean_deg},
        "atr_deg": {"T8": 6.0},
    }
    return truth | changed


def with_spine(truth: dict, spine_px: np.ndarray) -> dict:
    """The same truth with the points of spine and back, (46, 2) pixels."""
    level = {"SACRUM": "S", "T12_L1": "T12/L1", "C3_C4": "C3/4"}
    groups: dict[str, dict] = {}
    for point in SpinePoint:
        name, group = point.name, "landmarks"
        if name.startswith("CENTRE_"):
            name, group = name.removeprefix("CENTRE_"), "spine_centres"
        elif name.startswith("SIDE_"):
            name, group = name.removeprefix("SIDE_"), "lateral"
        elif point < SpinePoint.SIDE_C4:
            group = "spine_skin" if point in NINE else "midline"
        name = name.lower() if group == "landmarks" else level.get(name, name)
        entry = groups.setdefault(group, {"names": [], "px": []})
        entry["names"].append(name)
        entry["px"].append(np.asarray(spine_px[point], float).tolist())
    return truth | {"points": truth["points"] | groups}


def write(folder: Path, truth: dict) -> Path:
    """Write a truth with its black picture; the path of the truth."""
    folder.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(folder / truth["picture"]), np.zeros((*SIZE_PX[::-1], 3), np.uint8))
    path = folder / Path(truth["picture"]).with_suffix(".json")
    path.write_text(json.dumps(truth))
    return path
