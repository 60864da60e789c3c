"""What vision saw in one frame: the record that crosses the ring."""

from dataclasses import dataclass

from edge.pose.landmarks import Landmarks
from edge.pose.silhouette import Silhouette


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """
    The pose network's answer for one frame.

    Attributes:
        index: the frame's number.
        time_s: the frame's capture time, seconds on CLOCK_MONOTONIC.
        posed_s: when the answer was ready, same clock.
        landmarks: the person followed, or None when nobody is found.
        people: how many people the detector saw when it last looked over the whole picture; None before it has.
        silhouette: the person's outline where the station asked for it, else None.
    """

    index: int
    time_s: float
    posed_s: float
    landmarks: Landmarks | None
    people: int | None
    silhouette: Silhouette | None = None
