"""What the occlusion network says about the hidden joints of one frame, and how it is put beside what was seen."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import COUNT, Landmarks

Places = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """
    Where joints are that the camera did not see.

    Attributes:
        joints: (33,) bool, those something is known about; one that was seen is passed over.
        xy_px: (33, 2) float64, pixels of the upright frame; x right, y down.
        sd_px: (33,) float64, pixels, standard deviation along either axis.
    """

    joints: NDArray[np.bool_]
    xy_px: Places
    sd_px: Places


def completed(landmarks: Landmarks, found: Found) -> Landmarks:
    """
    The landmarks with hidden joints filled in.

    Every array of the result starts as a copy of what was read and is written at hidden joints only, so a seen joint
    keeps its every bit whatever the network says. Depth stays the pose network's guess; across the picture the metres
    follow the pixels.

    Args:
        landmarks: as read. Nothing is written into them.
        found: by the network.
    """
    filled = found.joints & ~landmarks.known
    xyz, world = landmarks.xyz_px.copy(), landmarks.world_m.copy()
    xyz[filled, :2] = found.xy_px[filled]
    world[filled, :2] = _in_metres(landmarks, found.xy_px)[filled]
    # Nobody states how uncertain a seen joint is; zero would say that it is exact.
    sd_px = np.full(COUNT, np.nan, np.float32) if landmarks.sd_px is None else landmarks.sd_px.copy()
    sd_px[filled] = found.sd_px[filled]
    return replace(landmarks, xyz_px=xyz, world_m=world, recovered=landmarks.recovered | filled, sd_px=sd_px)


def _in_metres(landmarks: Landmarks, xy_px: Places) -> Places:
    """(33, 2) metres: places in the picture, by the scale and the place of the seen joints; as read without these."""
    seen = landmarks.seen
    pixels, metres = landmarks.xyz_px[seen, :2].astype(np.float64), landmarks.world_m[seen, :2].astype(np.float64)
    spread_px, spread_m = (
        float(np.sqrt(points.var(axis=0).sum())) if len(points) else 0.0 for points in (pixels, metres)
    )
    if spread_px == 0.0 or spread_m == 0.0:
        return landmarks.world_m[:, :2].astype(np.float64)
    across: Places = metres.mean(axis=0) + (xy_px - pixels.mean(axis=0)) * (spread_m / spread_px)
    return across
