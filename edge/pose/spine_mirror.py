"""A network that looks twice, the second time into a mirror: what it errs to one side of cancels."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from edge.engine.engine import Engine, Tensors
from edge.pose.spine_crop import WIDTH
from edge.pose.spine_layout import POINTS, SPINETRACK, SPINETRACK_COUNT
from edge.pose.spine_points import SpinePoint

SIDES = (("left_", "right_"), ("_LEFT", "_RIGHT"))


def _other(name: str) -> str:
    for left, right in SIDES:
        if left in name:
            return name.replace(left, right)
        if right in name:
            return name.replace(right, left)
    return name


_NAMES = (*SPINETRACK, *(SpinePoint(k).name for k in range(POINTS - SPINETRACK_COUNT)))
OTHER_SIDES: NDArray[np.int64] = np.array([_NAMES.index(_other(name)) for name in _NAMES])
"""(74,) which point each is in the mirror."""


class Mirrored:
    """
    Stands in for the spine network's engine and gives the mean of what it says about a crop and about its mirror image.

        SpineEstimator(Mirrored(engine), engine)
    """

    def __init__(self, engine: Engine) -> None:
        """
        Args:
            engine: of the spine network.
        """
        self._engine = engine
        self.description = f"{engine.description}, with a mirror"

    def run(self, inputs: Tensors) -> dict[str, NDArray[np.float32]]:
        """As the engine's, in twice its time."""
        seen = self._engine.run(inputs)
        mirror = self._engine.run({name: np.ascontiguousarray(image[..., ::-1]) for name, image in inputs.items()})
        return {name: np.asarray((seen[name] + turned) / 2, np.float32) for name, turned in back(mirror).items()}

    def close(self) -> None:
        """Close the engine."""
        self._engine.close()


def back(outputs: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    """What was seen in the mirror, as it is without one; names and shapes as the network's outputs."""
    turned = dict(outputs)
    turned["points"] = outputs["points"].reshape(1, POINTS, 2)[:, OTHER_SIDES].copy()
    turned["points"][..., 0] = WIDTH - turned["points"][..., 0]
    turned["log_sd"] = outputs["log_sd"].reshape(1, POINTS, 2)[:, OTHER_SIDES]
    turned["visible"] = outputs["visible"].reshape(1, POINTS)[:, OTHER_SIDES]
    turned["curve"] = -outputs["curve"]
    if "mask" in outputs:
        turned["mask"] = outputs["mask"][..., ::-1]
    return turned
