"""Where the points of the spine and the back are: what the spine network gives, beside the 33 landmarks."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import MIN_SCORE


class SpinePoint(IntEnum):
    """
    The points of the back; left and right are the person's own.

    0-8 are the nine spine points in SpineTrack's order and 9-19 eleven more, all on the skin over the spinous
    processes; 20-24 the five points of a side view; 25-36 the landmarks of the back; 37-45 the centres of the nine
    vertebrae, which no camera sees: they are learnt from bodies whose bones are known.
    """

    SACRUM = 0  # over S2, between the dimples
    L5 = 1
    L3 = 2
    T12_L1 = 3
    T8 = 4
    T3 = 5
    C7 = 6
    C3_C4 = 7
    C1 = 8
    L4 = 9
    L2 = 10
    L1 = 11
    T12 = 12
    T11 = 13
    T10 = 14
    T9 = 15
    T7 = 16
    T6 = 17
    T5 = 18
    T1 = 19
    SIDE_C4 = 20
    SIDE_T6 = 21
    SIDE_T8 = 22
    SIDE_L4 = 23
    SIDE_S5 = 24
    AXILLA_LEFT = 25
    AXILLA_RIGHT = 26
    WAIST_LEFT = 27
    WAIST_RIGHT = 28
    PSIS_LEFT = 29
    PSIS_RIGHT = 30
    SCAPULA_INFERIOR_LEFT = 31
    SCAPULA_INFERIOR_RIGHT = 32
    ACROMION_LEFT = 33
    ACROMION_RIGHT = 34
    HEAD_TOP = 35
    OCCIPUT = 36
    CENTRE_SACRUM = 37
    CENTRE_L5 = 38
    CENTRE_L3 = 39
    CENTRE_T12_L1 = 40
    CENTRE_T8 = 41
    CENTRE_T3 = 42
    CENTRE_C7 = 43
    CENTRE_C3_C4 = 44
    CENTRE_C1 = 45


SPINE_COUNT = len(SpinePoint)

NINE: tuple[SpinePoint, ...] = tuple(SpinePoint(k) for k in range(9))
"""SpineTrack's nine, from the sacrum up."""

MIDLINE: tuple[SpinePoint, ...] = tuple(
    SpinePoint(k) for k in (0, 1, 9, 2, 10, 11, 12, 13, 14, 15, 4, 16, 17, 18, 5, 19, 6)
)
"""The seventeen points of the trunk's midline, from the sacrum up."""

SIDE_FIVE: tuple[SpinePoint, ...] = tuple(SpinePoint[f"SIDE_{name}"] for name in ("S5", "L4", "T8", "T6", "C4"))
"""The five points of a side view, from the sacrum up."""


@dataclass(frozen=True, slots=True, eq=False)
class SpinePoints:
    """
    The spine and back of one person in one frame.

    Attributes:
        xy_px: (46, 2) float32, pixels of the upright frame; x right, y down from the top left.
        covariance_px2: (46, 2, 2) float32, pixels², how uncertain each point is; zero where it is exact.
        score: (46,) float32, 0 (guess) to 1 (certain).
        recovered: (46,) bool, True where the occlusion model filled in the position.
        time_s: capture time of the frame, seconds on CLOCK_MONOTONIC.
    """

    xy_px: NDArray[np.float32]
    covariance_px2: NDArray[np.float32]
    score: NDArray[np.float32]
    recovered: NDArray[np.bool_]
    time_s: float

    def __post_init__(self) -> None:
        expected = {
            "xy_px": (SPINE_COUNT, 2),
            "covariance_px2": (SPINE_COUNT, 2, 2),
            "score": (SPINE_COUNT,),
            "recovered": (SPINE_COUNT,),
        }
        for name, shape in expected.items():
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} must be {shape}, got {getattr(self, name).shape}")

    @property
    def seen(self) -> NDArray[np.bool_]:
        """(46,) bool, True where the camera itself saw the point."""
        return (self.score >= MIN_SCORE) & ~self.recovered

    @property
    def known(self) -> NDArray[np.bool_]:
        """(46,) bool, True where the point was seen or recovered."""
        return (self.score >= MIN_SCORE) | self.recovered
