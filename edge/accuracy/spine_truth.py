"""Where the points of spine and back truly are in a picture."""

import numpy as np
from numpy.typing import NDArray

from edge.pose.spine_points import SPINE_COUNT, SpinePoint, SpinePoints
from edge.selftest.record import Record

GROUPS = ("spine_skin", "midline", "lateral", "landmarks", "spine_centres")
LEVELS = {"SACRUM": "S", "T12_L1": "T12/L1", "C3_C4": "C3/4"}
"""What the truth calls some levels."""


def spine_px(record: Record) -> NDArray[np.float64]:
    """
    Read the points out of the truth about a frame.

    Returns:
        (46, 2) float64, pixels; NaN where the truth has no such point.
    """
    groups = {name: _named(record, name) for name in GROUPS}
    found = np.full((SPINE_COUNT, 2), np.nan)
    for point in SpinePoint:
        at = _place(point, groups)
        if at is not None:
            found[point] = at
    return found


def perfect_spine(xy_px: NDArray[np.float64], time_s: float = 0.0) -> SpinePoints:
    """
    Spine points of a network that makes no error; what is not known is hidden.

    Args:
        xy_px: (46, 2) pixels; NaN where a point is not known.
        time_s: capture time.
    """
    known = np.isfinite(xy_px[:, 0]) & np.isfinite(xy_px[:, 1])
    return SpinePoints(
        xy_px=np.where(known[:, None], xy_px, 0.0).astype(np.float32),
        covariance_px2=np.zeros((SPINE_COUNT, 2, 2), np.float32),
        score=known.astype(np.float32),
        recovered=np.zeros(SPINE_COUNT, np.bool_),
        time_s=time_s,
    )


_Named = dict[str, tuple[float, float]]


def _place(point: SpinePoint, groups: dict[str, _Named]) -> tuple[float, float] | None:
    name = point.name
    if name.startswith("CENTRE_"):
        return groups["spine_centres"].get(_level(name.removeprefix("CENTRE_")))
    if name.startswith("SIDE_"):
        return groups["lateral"].get(name.removeprefix("SIDE_"))
    if point < SpinePoint.SIDE_C4:
        return groups["spine_skin"].get(_level(name)) or groups["midline"].get(_level(name))
    return groups["landmarks"].get(name.lower())


def _level(name: str) -> str:
    return LEVELS.get(name, name)


def _named(record: Record, group: str) -> _Named:
    points = record.get("points", {}).get(group)
    if points is None:
        return {}
    pairs = zip(points["names"], points["px"], strict=True)
    return {name: (float(at[0]), float(at[1])) for name, at in pairs if at is not None and None not in at}
