"""Where the points of the spine and the back are: what the spine network gives, beside the 33 landmarks."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import MIN_SCORE


class SpinePoint(IntEnum):
    """
    The points of the back; left and right are the person's own.

    0-8 are the nine spine points in SpineTrack's order and 9-16 eight more, all on the skin over the spinous
    processes; 17-21 the five points of a side view; 22-33 the landmarks of the back; 34-42 the centres of the nine
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
    T11 = 11
    T9 = 12
    T6 = 13
    T4 = 14
    T1 = 15
    C5 = 16
    SIDE_C4 = 17
    SIDE_T6 = 18
    SIDE_T8 = 19
    SIDE_L4 = 20
    SIDE_S5 = 21
    AXILLA_LEFT = 22
    AXILLA_RIGHT = 23
    WAIST_LEFT = 24
    WAIST_RIGHT = 25
    PSIS_LEFT = 26
    PSIS_RIGHT = 27
    SCAPULA_INFERIOR_LEFT = 28
    SCAPULA_INFERIOR_RIGHT = 29
    ACROMION_LEFT = 30
    ACROMION_RIGHT = 31
    HEAD_TOP = 32
    OCCIPUT = 33
    CENTRE_SACRUM = 34
    CENTRE_L5 = 35
    CENTRE_L3 = 36
    CENTRE_T12_L1 = 37
    CENTRE_T8 = 38
    CENTRE_T3 = 39
    CENTRE_C7 = 40
    CENTRE_C3_C4 = 41
    CENTRE_C1 = 42


SPINE_COUNT = len(SpinePoint)

NINE: tuple[SpinePoint, ...] = tuple(SpinePoint(k) for k in range(9))
"""SpineTrack's nine, from the sacrum up."""

MIDLINE: tuple[SpinePoint, ...] = tuple(
    SpinePoint(k) for k in (0, 1, 9, 2, 10, 3, 11, 12, 4, 13, 14, 5, 15, 6, 16, 7, 8)
)
"""The seventeen points of the midline, from the sacrum up."""

SIDE_FIVE: tuple[SpinePoint, ...] = tuple(SpinePoint[f"SIDE_{name}"] for name in ("S5", "L4", "T8", "T6", "C4"))
"""The five points of a side view, from the sacrum up."""


@dataclass(frozen=True, slots=True, eq=False)
class SpinePoints:
    """
    The spine and back of one person in one frame.

    Attributes:
        xy_px: (43, 2) float32, pixels of the upright frame; x right, y down from the top left.
        covariance_px2: (43, 2, 2) float32, pixels², how uncertain each point is; zero where it is exact.
        score: (43,) float32, 0 (guess) to 1 (certain).
        recovered: (43,) bool, True where the occlusion model filled in the position.
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
        """(43,) bool, True where the camera itself saw the point."""
        return (self.score >= MIN_SCORE) & ~self.recovered

    @property
    def known(self) -> NDArray[np.bool_]:
        """(43,) bool, True where the point was seen or recovered."""
        return (self.score >= MIN_SCORE) | self.recovered
