"""What the spine network's outputs say, in pixels of the picture."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.engine.engine import Tensors
from edge.pose.spine_crop import HEIGHT, WIDTH, Box
from edge.pose.spine_layout import CENTRES, POINTS, SPINETRACK, SPINETRACK_COUNT
from edge.pose.spine_points import SPINE_COUNT, SpinePoint, SpinePoints
from edge.pose.spine_reading import Trend

EDGE = 2.0
"""A point nearer to the crop's edge than this, crop pixels, may lie beyond it."""

SEEN_AS: dict[int, tuple[int, ...]] = {
    SPINETRACK_COUNT + point: numbers
    for point, numbers in (
        (SpinePoint.SIDE_C4, (5, 6)), (SpinePoint.SIDE_T6, (5, 6)), (SpinePoint.SIDE_T8, (5, 6)),
        (SpinePoint.SIDE_L4, (11, 12)), (SpinePoint.SIDE_S5, (11, 12)),
        (SpinePoint.AXILLA_LEFT, (5,)), (SpinePoint.AXILLA_RIGHT, (6,)), (SpinePoint.HEAD_TOP, (17,)),
        (SpinePoint.SACRUM, (19,)), (SpinePoint.L5, (26,)), (SpinePoint.L4, (27,)), (SpinePoint.L3, (27,)),
        (SpinePoint.L2, (28,)), (SpinePoint.L1, (28,)), (SpinePoint.T12_L1, (28,)), (SpinePoint.T12, (28,)),
        (SpinePoint.T11, (28,)), (SpinePoint.T10, (29,)), (SpinePoint.T9, (29,)),
    )
}  # fmt: skip
"""
Points of the skin that a shirt, an arm or hair nearly always covers: they are seen as far as the body under them is,
those of a side view as far as the nearer shoulder or hip, since a hanging arm lies before the column and not before the
skyline of the back. A shirt stands off the hollow of a back, a waistband off the sacrum. What is covered can still be
told, and how well, its standard deviation says.
"""

HELD = [SPINETRACK.index(name) for name in ("nose", "left_shoulder", "right_shoulder", "left_hip", "right_hip")] + [
    SPINETRACK_COUNT + SpinePoint.HEAD_TOP, SPINETRACK_COUNT + SpinePoint.C7,
]  # fmt: skip
"""What the box of a torso is drawn about."""

ROUND_DEG = 10.0
"""The network gives its largest curve in tens."""


@dataclass(frozen=True, slots=True, eq=False)
class SpineAnswer:
    """
    One crop.

    Attributes:
        xy: (74, 2) float64, crop pixels, continuous.
        sd: (74, 2) float64, crop pixels: standard deviation across and down.
        score: (74,) float64, 0 (guess) to 1 (certain); 0 where the point may lie outside the crop.
        trend: the column as a whole.
        box: where the crop lies in the picture.
    """

    xy: NDArray[np.float64]
    sd: NDArray[np.float64]
    score: NDArray[np.float64]
    trend: Trend
    box: Box

    @property
    def xy_px(self) -> NDArray[np.float64]:
        """(74, 2) pixels of the picture."""
        return self.box.to_picture(self.xy)

    @property
    def sd_px(self) -> NDArray[np.float64]:
        """(74,) pixels of the picture: along either axis, the root of the mean variance of both."""
        root: NDArray[np.float64] = np.sqrt((self.sd**2).mean(axis=1)) * self.box.scale
        return root

    @property
    def held_px(self) -> NDArray[np.float64]:
        """(7, 2) pixels of the picture: what the box of a torso is drawn about."""
        return self.xy_px[HELD]

    @property
    def held_sd(self) -> float:
        """The largest standard deviation of those, crop pixels."""
        return float(self.sd[HELD].max())

    def spine_points(self, time_s: float) -> SpinePoints:
        """The points of spine and back; each is as uncertain as the network says, across and down."""
        order = [SPINETRACK_COUNT + point for point in SpinePoint if point < SpinePoint.CENTRE_SACRUM]
        order += [number for number, _ in sorted(CENTRES.items(), key=lambda pair: pair[1])]
        covariance = np.zeros((SPINE_COUNT, 2, 2), np.float32)
        variance_px2 = (self.sd[order] * self.box.scale) ** 2
        covariance[:, 0, 0], covariance[:, 1, 1] = variance_px2.T
        return SpinePoints(
            xy_px=self.xy_px[order].astype(np.float32),
            covariance_px2=covariance,
            score=self.score[order].astype(np.float32),
            recovered=np.zeros(SPINE_COUNT, np.bool_),
            time_s=time_s,
        )


def read_answer(outputs: Tensors, box: Box) -> SpineAnswer:
    """
    Read the network's outputs.

    Args:
        outputs: `points` (1, 74, 2) crop pixels, `log_sd` (1, 74, 2) natural logarithms of crop pixels, `visible`
            (1, 74) logits, `curve` (1, 8): the largest curve, then seven deviations.
        box: the crop's.
    """
    xy = outputs["points"].reshape(POINTS, 2).astype(np.float64)
    inside = ((xy >= EDGE) & (xy <= np.array([WIDTH, HEIGHT]) - EDGE)).all(axis=1)
    logits = outputs["visible"].reshape(POINTS).astype(np.float64)
    logits[list(SEEN_AS)] = [logits[list(under)].max() for under in SEEN_AS.values()]
    curve = outputs["curve"].reshape(8).astype(np.float64)
    return SpineAnswer(
        xy=xy,
        sd=np.exp(outputs["log_sd"].reshape(POINTS, 2).astype(np.float64).clip(-10.0, 10.0)),
        score=np.where(inside, 0.5 * (1.0 + np.tanh(0.5 * logits)), 0.0),
        trend=Trend(float(curve[0]) * ROUND_DEG, curve[1:]),
        box=box,
    )


def mean_answer(one: SpineAnswer, other: SpineAnswer) -> SpineAnswer:
    """The mean of two answers about the same box; what is stated of the uncertainty is not less for it."""
    return SpineAnswer(
        xy=(one.xy + other.xy) / 2,
        sd=(one.sd + other.sd) / 2,
        score=(one.score + other.score) / 2,
        trend=Trend((one.trend.largest + other.trend.largest) / 2, (one.trend.deviation + other.trend.deviation) / 2),
        box=one.box,
    )
