"""An observation as bytes of a fixed size."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import COUNT, Landmarks
from edge.pose.observation import Observation
from edge.pose.silhouette import SIDE, Silhouette
from edge.pose.spine_points import SPINE_COUNT, SpinePoints

RECORD = np.dtype(
    [
        ("index", "<i8"),
        ("time_s", "<f8"),
        ("posed_s", "<f8"),
        ("people", "<i8"),  # -1: not counted yet
        ("has_landmarks", "<u4"),
        ("has_silhouette", "<u4"),
        ("landmarks_time_s", "<f8"),
        ("xyz_px", "<f4", (COUNT, 3)),
        ("world_m", "<f4", (COUNT, 3)),
        ("score", "<f4", (COUNT,)),
        ("sd_px", "<f4", (COUNT,)),  # not a number: the network states none
        ("recovered", "u1", (COUNT,)),
        ("padding", "u1", (3,)),
        ("has_spine", "<u4"),
        ("finer_xyz_px", "<f4", (COUNT, 3)),
        ("finer_score", "<f4", (COUNT,)),
        ("finer_sd_px", "<f4", (COUNT,)),
        ("finer_recovered", "u1", (COUNT,)),
        ("spine_recovered", "u1", (SPINE_COUNT,)),
        ("more_padding", "u1", (1,)),
        ("spine_xy_px", "<f4", (SPINE_COUNT, 2)),
        ("spine_covariance_px2", "<f4", (SPINE_COUNT, 2, 2)),
        ("spine_score", "<f4", (SPINE_COUNT,)),
        ("to_picture", "<f8", (2, 3)),
        ("mask", "u1", (SIDE * SIDE // 8,)),  # packed, eight pixels a byte
    ]
)


def pack(observation: Observation) -> NDArray[Any]:
    """Return a 0-dimensional array of RECORD."""
    record = np.zeros((), RECORD)
    record["index"], record["time_s"], record["posed_s"] = observation.index, observation.time_s, observation.posed_s
    record["people"] = -1 if observation.people is None else observation.people
    landmarks, silhouette = observation.landmarks, observation.silhouette
    if landmarks is not None:
        record["has_landmarks"] = 1
        record["landmarks_time_s"] = landmarks.time_s
        for name in ("xyz_px", "world_m", "score", "recovered"):
            record[name] = getattr(landmarks, name)
        record["sd_px"] = np.nan if landmarks.sd_px is None else landmarks.sd_px
    if silhouette is not None:
        record["has_silhouette"] = 1
        record["mask"], record["to_picture"] = np.packbits(silhouette.mask), silhouette.to_picture
    if observation.finer is not None and observation.spine is not None:
        record["has_spine"] = 1
        _pack_finer(record, observation.finer, observation.spine)
    return record


def unpack(record: NDArray[Any]) -> Observation:
    """Return what was packed; `record` is a private copy, the arrays may be views of it."""
    people = int(record["people"])
    return Observation(
        index=int(record["index"]),
        time_s=float(record["time_s"]),
        posed_s=float(record["posed_s"]),
        landmarks=_landmarks(record) if record["has_landmarks"] else None,
        people=None if people < 0 else people,
        silhouette=_silhouette(record) if record["has_silhouette"] else None,
        finer=_landmarks(record, "finer_") if record["has_spine"] else None,
        spine=_spine(record) if record["has_spine"] else None,
    )


def _pack_finer(record: NDArray[Any], finer: Landmarks, spine: SpinePoints) -> None:
    """Their place in the room and their time are those of the landmarks."""
    for name in ("xyz_px", "score", "recovered"):
        record[f"finer_{name}"] = getattr(finer, name)
    record["finer_sd_px"] = np.nan if finer.sd_px is None else finer.sd_px
    for name in ("xy_px", "covariance_px2", "score", "recovered"):
        record[f"spine_{name}"] = getattr(spine, name)


def _landmarks(record: NDArray[Any], whose: str = "") -> Landmarks:
    """Those of the landmark network, or with "finer_" those the spine network put in their place."""
    sd_px = record[f"{whose}sd_px"]
    return Landmarks(
        xyz_px=record[f"{whose}xyz_px"],
        world_m=record["world_m"],
        score=record[f"{whose}score"],
        recovered=record[f"{whose}recovered"].astype(np.bool_),
        time_s=float(record["landmarks_time_s"]),
        sd_px=None if np.isnan(sd_px).all() else sd_px,
    )


def _silhouette(record: NDArray[Any]) -> Silhouette:
    mask = np.unpackbits(record["mask"]).reshape(SIDE, SIDE).astype(np.bool_)
    return Silhouette(mask, record["to_picture"])


def _spine(record: NDArray[Any]) -> SpinePoints:
    return SpinePoints(
        xy_px=record["spine_xy_px"],
        covariance_px2=record["spine_covariance_px2"],
        score=record["spine_score"],
        recovered=record["spine_recovered"].astype(np.bool_),
        time_s=float(record["landmarks_time_s"]),
    )
