"""Stands in for the network: an average figure in the middle of every picture."""

import hashlib

import numpy as np
from numpy.typing import NDArray

from edge.errors import ModelError
from edge.pose.spine_points import SpinePoint
from models.people.truth.spinetrack import SPINE_IDS, SPINETRACK
from models.spine.label.prediction import Prediction
from models.spine.label.record import Network
from models.spine.layout import COUNT, SKIN

# Metres at 1.7 m stature, right of the middle and above the floor, seen from behind (left on the left).
_MIDDLE = {
    "SACRUM": 0.94, "L5": 0.99, "L4": 1.02, "L3": 1.06, "L2": 1.09, "L1": 1.13, "T12_L1": 1.15, "T12": 1.16,
    "T11": 1.19, "T10": 1.22, "T9": 1.25, "T8": 1.27, "T7": 1.29, "T6": 1.32, "T5": 1.34, "T3": 1.38, "T1": 1.42,
    "C7": 1.45, "C3_C4": 1.51, "C1": 1.56, "HEAD_TOP": 1.70, "OCCIPUT": 1.60,
    "SIDE_C4": 1.50, "SIDE_T6": 1.32, "SIDE_T8": 1.27, "SIDE_L4": 1.02, "SIDE_S5": 0.90,
}  # fmt: skip
_ASIDE = {
    "AXILLA": (0.17, 1.27), "WAIST": (0.13, 1.08), "PSIS": (0.05, 0.95), "SCAPULA_INFERIOR": (0.08, 1.26),
    "ACROMION": (0.19, 1.41),
}  # fmt: skip
_BODY = {
    "nose": (0.0, 1.57), "eye": (0.03, 1.60), "ear": (0.07, 1.58), "shoulder": (0.17, 1.39), "elbow": (0.26, 1.10),
    "wrist": (0.30, 0.86), "hip": (0.09, 0.90), "knee": (0.10, 0.48), "ankle": (0.10, 0.08), "head": (0.0, 1.70),
    "neck": (0.0, 1.45), "big_toe": (0.12, 0.01), "small_toe": (0.17, 0.01), "heel": (0.10, 0.02),
    "latissimus": (0.13, 1.26), "clavicle": (0.06, 1.43),
}  # fmt: skip
NAME = "SIMULATED, an average figure"
FIGURE_M = 1.7
SHARE = 0.85
"""Of the picture's height that the figure fills."""
SD_SHARE = 0.01
"""Deviation in a bright picture, shares of the figure's height; four times as much in a black one."""


class SimulatedPredictor:
    """
    Puts an average figure into every picture, the less certain the darker the picture; set `broken = True` to lose it.

        SimulatedPredictor(offset_px=(3.0, 0.0)).predict(image)
    """

    def __init__(self, offset_px: tuple[float, float] = (0.0, 0.0)) -> None:
        self.network = Network(name=NAME, sha256=hashlib.sha256(repr(offset_px).encode()).hexdigest())
        self.broken = False
        self._offset_px = offset_px

    def predict(self, image: NDArray[np.uint8]) -> Prediction:
        """The figure."""
        if self.broken:
            raise ModelError("the simulated network is broken, as it was asked to be")
        height, width = image.shape[:2]
        unit = SHARE * height / FIGURE_M
        middle = np.array([width / 2, height * (1 + SHARE) / 2]) + self._offset_px
        xy_px = middle + FIGURE * unit * (1, -1)
        sd = SD_SHARE * SHARE * height * (4.0 - 3.0 * float(image.mean()) / 255)
        return Prediction(
            xy_px.astype(np.float32), np.full(COUNT, sd, np.float32), np.where(INNER, 0.3, 0.9).astype(np.float32)
        )


def _figure() -> NDArray[np.float64]:
    """(74, 2) float64, metres: right of the middle and above the floor."""
    places = np.zeros((COUNT, 2))
    for number, name in enumerate(SPINETRACK):
        side, _, part = name.partition("_")
        sign = {"left": -1, "right": 1}.get(side)
        if sign is not None:
            places[number] = np.multiply(_BODY[part], (sign, 1))
        elif name in _BODY:
            places[number] = _BODY[name]
    for point in list(SpinePoint)[: COUNT - SKIN]:
        part, _, side = point.name.rpartition("_")
        if part in _ASIDE:
            places[SKIN + point] = np.multiply(_ASIDE[part], (-1 if side == "LEFT" else 1, 1))
        else:
            places[SKIN + point] = 0.0, _MIDDLE[point.name]
    for level, number in enumerate(SPINE_IDS):
        places[number] = places[SKIN + level]
    return places


FIGURE = _figure()
INNER = np.isin(np.arange(COUNT), SPINE_IDS)
"""(74,) bool: what lies inside the body."""
