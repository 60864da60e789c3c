"""Whether two frames that follow each other show the same person under the same names, told from what both show."""

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Joint, Landmarks

FEWEST_JOINTS = 4
"""Fewer joints in common tell nothing: who was the same person stays it."""
JUMP = 0.5
"""A body's middle does not move further than this share of its spread at once; 0.5 is about 25 cm on an adult."""
SPEED_HZ = 3.5
"""And this many spreads a second on top: a person who walks across the picture makes about three."""
GROWTH = 1.25
"""Neither does it grow or shrink by more than this factor at once."""
GROWTH_HZ = 0.75
"""And by this much a second on top: bending down halves what the camera sees of a body in about a second."""


EXCHANGED = 0.5
"""Left and right are exchanged when they fit crosswise at less than this share of the distance they have as named."""
APART = 0.15
"""Of the spread: closer pairs, as those of a person seen from the side, tell no left from right."""

_PAIRS = tuple((Joint[f"LEFT_{part}"], Joint[f"RIGHT_{part}"]) for part in ("SHOULDER", "HIP", "KNEE"))


def same_person(before: Landmarks, after: Landmarks) -> bool:
    """
    Whether a body could have got from one frame to the other.

    The network that follows a person jumps to another one where two cross or swap places: then the middle of the body
    jumps, or its size does. One whose left and right were exchanged in between is somebody else, too.

    Args:
        before: a frame.
        after: a later one.
    """
    both = before.seen & after.seen
    if both.sum() < FEWEST_JOINTS:
        return True
    elapsed_s = after.time_s - before.time_s
    (middle, spread), (new_middle, new_spread) = _stance(before, both), _stance(after, both)
    smaller, larger = sorted((spread, new_spread))
    if larger > smaller * (GROWTH + GROWTH_HZ * elapsed_s):
        return False
    if float(np.linalg.norm(new_middle - middle)) > larger * (JUMP + SPEED_HZ * elapsed_s):
        return False
    return not _exchanged(before, after, both, APART * larger)


def _exchanged(before: Landmarks, after: Landmarks, both: NDArray[np.bool_], apart_px: float) -> bool:
    """Whether left joints lie where the right ones lay, and the other way round."""
    as_named, crosswise = 0.0, 0.0
    for pair in (list(pair) for pair in _PAIRS if both[list(pair)].all()):
        old, new = before.xyz_px[pair, :2], after.xyz_px[pair, :2]
        if np.linalg.norm(old[0] - old[1]) > apart_px:
            as_named += float(np.linalg.norm(new - old))
            crosswise += float(np.linalg.norm(new[::-1] - old))
    return crosswise < EXCHANGED * as_named


def _stance(landmarks: Landmarks, joints: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
    """Middle of the joints, pixels, and their spread about it (root mean square), pixels."""
    xy = landmarks.xyz_px[joints, :2].astype(np.float64)
    middle = xy.mean(axis=0)
    return middle, float(np.sqrt(((xy - middle) ** 2).sum(axis=1).mean()))
