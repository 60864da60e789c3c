"""The points the network gives, in its order: the 37 of SpineTrack, then the 37 of the skin and the back."""

import numpy as np
from numpy.typing import NDArray

from edge.pose.spine_points import SpinePoint
from models.people.truth.record import Truth
from models.people.truth.seen import Seen
from models.people.truth.spinetrack import SPINETRACK

INPUT_PX = (192, 256)
"""Width and height of the picture the network looks at."""
BACK = tuple(point.name for point in SpinePoint if not point.name.startswith("CENTRE_"))
"""Skin midline, side view and landmarks of the back, named as in `SpinePoint`."""
POINTS = (*SPINETRACK, *BACK)
COUNT = len(POINTS)
CENTRES = (19, 26, 27, 28, 29, 30, 18)
"""The seven vertebral centres of the trunk, from the sacrum to C7, by their place in POINTS."""
SKIN = len(SPINETRACK)
"""Where the points of the skin begin."""
MIDLINE = tuple(SKIN + SpinePoint[name] for name in (
    "SACRUM", "L5", "L4", "L3", "L2", "L1", "T12", "T11", "T10", "T9", "T8", "T7", "T6", "T5", "T3", "T1", "C7",
))  # fmt: skip
"""The seventeen points of the trunk's midline, from the sacrum up, by their place in POINTS."""


CURVE = 8
"""The curve head: the largest curve, and seven lateral deviations."""
PAIRS = tuple(
    (number, POINTS.index(name.replace("left_", "right_").replace("_LEFT", "_RIGHT")))
    for number, name in enumerate(POINTS)
    if ("left_" in name or "_LEFT" in name) and not any(part in name for part in ("toe", "heel", "knee", "ankle"))
)
"""Left and right of the points above the knees."""
EVEN_PX = 4.0
"""What the differences between points are divided by before a network looks at them."""


def differences() -> NDArray[np.float32]:
    """
    (46, 148) float32: from the points, x and y in turn, to how uneven a person is.

    Rows: how far each centre and each point of the midline lies beside the line from the lowest to the highest, on
    the picture; for each pair the difference of heights, and how far its middle lies beside the trunk's midline.
    """
    rows = [_beside(line, point) for line in (CENTRES, MIDLINE) for point in line[1:-1]]
    for left, right in PAIRS:
        heights, middle = np.zeros((COUNT, 2)), np.zeros((COUNT, 2))
        heights[left, 1], heights[right, 1] = 1.0, -1.0
        middle[[left, right], 0] = 0.5
        middle[[MIDLINE[0], MIDLINE[-1]], 0] -= 0.5
        rows += [heights, middle]
    return (np.stack(rows).reshape(len(rows), -1) / EVEN_PX).astype(np.float32)


def _beside(line: tuple[int, ...], point: int) -> NDArray[np.float64]:
    row = np.zeros((COUNT, 2))
    share = line.index(point) / (len(line) - 1)
    row[point, 0] += 1.0
    row[line[0], 0] -= 1.0 - share
    row[line[-1], 0] -= share
    return row


def points_of(truth: Truth) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """(74, 2) float32, pixels of the picture, and (74,) bool, whether the camera sees each."""
    places = [(truth.groups["spinetrack"], name) for name in SPINETRACK]
    places += [_place(truth, name) for name in BACK]
    rows = [(group, group.names.index(name)) for group, name in places]
    px = np.array([group.px[row] for group, row in rows], np.float32)
    return px, np.array([bool(group.visible[row]) for group, row in rows])


def _place(truth: Truth, name: str) -> tuple[Seen, str]:
    """The group of the truth that holds a point of the back, and its name there."""
    if name.startswith("SIDE_"):
        return truth.groups["lateral"], name.removeprefix("SIDE_")
    level = {"SACRUM": "S", "C3_C4": "C3/4"}.get(name, name.replace("_", "/"))
    for group in ("spine_skin", "midline"):
        if level in truth.groups[group].names:
            return truth.groups[group], level
    return truth.groups["landmarks"], name.lower()
