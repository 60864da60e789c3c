"""What vision saw in one frame: the record that crosses the ring."""

from dataclasses import dataclass

from edge.pose.landmarks import Landmarks
from edge.pose.silhouette import Silhouette
from edge.pose.spine_points import SpinePoints


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
        finer: the same person with the joints the spine network read, in takes; see `spine_estimator.finer`. None where
            it was not asked for, or what it read was refused. Measured on, never followed by: see `measured`.
        spine: the points of spine and back the spine network read; there exactly when `finer` is.
    """

    index: int
    time_s: float
    posed_s: float
    landmarks: Landmarks | None
    people: int | None
    silhouette: Silhouette | None = None
    finer: Landmarks | None = None
    spine: SpinePoints | None = None

    def __post_init__(self) -> None:
        if (self.finer is None) != (self.spine is None):
            raise ValueError("finer joints and points of the spine come from one reading: give both or neither")

    @property
    def measured(self) -> Landmarks | None:
        """
        The joints to measure on: the finer ones where there are any.

        Guidance and sides go by `landmarks` all the time: the two networks do not mean the same by a shoulder, and a
        change from one to the other would look like a movement.
        """
        return self.landmarks if self.finer is None else self.finer
