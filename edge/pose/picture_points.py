"""What a site's own pose network found in one picture."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.geometry import Point
from edge.pose.fit import Box
from edge.pose.point_layout import PointLayout


@dataclass(frozen=True, slots=True, eq=False)
class PicturePoints:
    """
    The points of one person in one picture, in the network's own layout.

    Attributes:
        layout: which points, in which order.
        xy_px: (n, 2) float64, pixels of the upright frame, x right and y down; NaN where the network gives none.
        score: (n,) float64, the network's own, 0 where there is no point; most networks stay between 0 and 1.
        cell_px: width and height of one step of the network's output, pixels of the picture: no plain reading is
            finer.
        box: where the person was looked for.
    """

    layout: PointLayout
    xy_px: NDArray[np.float64]
    score: NDArray[np.float64]
    cell_px: tuple[float, float]
    box: Box

    def __post_init__(self) -> None:
        count = len(self.layout.points)
        for name, shape in {"xy_px": (count, 2), "score": (count,)}.items():
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} must be {shape}, got {getattr(self, name).shape}")

    def at(self, name: str) -> Point | None:
        """The place of one point by its name, pixels; None where the network gave none."""
        x, y = self.xy_px[self.layout.points.index(name)].tolist()
        return None if np.isnan(x) else (x, y)
