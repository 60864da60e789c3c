"""Which picture a person should look at first, and why: where the network itself is least certain."""

from dataclasses import dataclass

import numpy as np

from models.spine.label.points import GROUPS, spoken
from models.spine.label.prediction import Prediction
from models.spine.layout import POINTS

ASKED = tuple(number for group in GROUPS[:2] for number in group.members)
"""The points the order goes by: what makes this network ours, midline and back."""
SHOULDERS, HIPS = ("left_shoulder", "right_shoulder"), ("left_hip", "right_hip")
WORST = 3
REFUSED = 10.0
"""Added to the score where the station would refuse the reading: such pictures come before all others with points."""


@dataclass(frozen=True, slots=True)
class Urgency:
    """
    How much a person's eye is needed.

    Attributes:
        score: uncertainty of an average point of the back, share of the trunk's length; infinite where nobody is.
        reason: one sentence about it.
    """

    score: float
    reason: str


def urgency(prediction: Prediction) -> Urgency:
    """
    How uncertain a prediction is.

    The deviations of the points of midline and back, root mean square, over the trunk's length. A point without a place
    or a deviation counts as much as the worst of the others.
    """
    sd = prediction.sd_px[list(ASKED)].astype(np.float64)
    trunk = _trunk_px(prediction)
    placed = np.isfinite(prediction.xy_px[list(ASKED)]).all(axis=1) & np.isfinite(sd)
    if trunk is None or not placed.any():
        return Urgency(np.inf, f"The network finds nobody here{_because(prediction)}.")
    filled = np.where(placed, sd, sd[placed].max())
    score = float(np.sqrt(np.mean(filled**2))) / trunk
    missing = int((~placed).sum())
    worst = [ASKED[place] for place in np.argsort(-np.where(placed, sd, -1.0), kind="stable")[:WORST]]
    named = ", ".join(f"{spoken(number)} ±{prediction.sd_px[number]:.1f} px" for number in worst)
    lacking = f" {missing} of {len(ASKED)} points have no place." if missing else ""
    refused = "" if prediction.refused is None else f"The station would refuse this{_because(prediction)}. "
    score_there = score + (REFUSED if refused else 0.0)
    return Urgency(
        score_there,
        f"{refused}The network's back points are uncertain by {100 * score:.1f} % of the trunk: {named}.{lacking}",
    )


def _because(prediction: Prediction) -> str:
    return "" if prediction.refused is None else f": {prediction.refused}"


def _trunk_px(prediction: Prediction) -> float | None:
    def middle(names: tuple[str, str]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return prediction.xy_px[[POINTS.index(name) for name in names]].astype(np.float64).mean(axis=0)

    length = float(np.linalg.norm(middle(SHOULDERS) - middle(HIPS)))
    return length if length > 1.0 else None
