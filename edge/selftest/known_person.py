"""A rendered person whose joints are known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.pose.body_view import BodyView
from edge.pose.landmarks import COUNT, Landmarks


@dataclass(frozen=True, slots=True, eq=False)
class KnownPerson:
    """
    One picture and the truth about it.

    Attributes:
        name: what a person calls it, e.g. "right shoulder high".
        image: (H, W, 3) uint8, BGR.
        joints_px: (33, 2) float64, pixels of the picture; NaN where a joint is not known.
        view: which side the camera sees.
    """

    name: str
    image: NDArray[np.uint8]
    joints_px: NDArray[np.float64]
    view: BodyView

    def landmarks(self) -> Landmarks:
        """The true joints as a perfect network would give them; without depth."""
        return perfect(self.joints_px)


def perfect(joints_px: NDArray[np.float64], time_s: float = 0.0) -> Landmarks:
    """
    Landmarks of a network that makes no error, without depth; what is not known is hidden.

    Args:
        joints_px: (33, 2) float64, pixels; NaN where a joint is not known.
        time_s: capture time.
    """
    known = np.isfinite(joints_px[:, 0]) & np.isfinite(joints_px[:, 1])
    xyz_px = np.zeros((COUNT, 3), np.float32)
    xyz_px[known, :2] = joints_px[known]
    return Landmarks(
        xyz_px=xyz_px,
        world_m=np.zeros((COUNT, 3), np.float32),
        score=np.where(known, np.float32(1.0), np.float32(0.0)),
        recovered=np.zeros(COUNT, np.bool_),
        time_s=time_s,
    )
