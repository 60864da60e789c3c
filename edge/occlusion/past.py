"""The last second of one person, as the pose network saw it."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from edge.occlusion.identity import same_person
from edge.occlusion.window import SAMPLES, STEP_S, Window, resample
from edge.pose.landmarks import MIN_SCORE, Landmarks

LONGEST_GAP_S = 0.5
"""Over a longer gap nothing known about the person still holds."""
KEPT_S = SAMPLES * STEP_S + LONGEST_GAP_S
"""What the window reaches back, and the frame before that."""


class Past:
    """
    Frames of one person in the order of their capture; another person, a gap or a jump of the clock empties it.

        past = Past()
        past.add(landmarks)
        window = past.window()
    """

    def __init__(self) -> None:
        self._frames: deque[Landmarks] = deque()
        self._sights: deque[NDArray[np.bool_]] = deque()

    def __len__(self) -> int:
        """How many frames are remembered."""
        return len(self._frames)

    def clear(self) -> None:
        """Forget the person."""
        self._frames.clear()
        self._sights.clear()

    def add(self, landmarks: Landmarks, own_score: NDArray[np.floating] | None = None) -> None:
        """
        Remember the newest frame.

        Args:
            landmarks: as the pose network gave them, every number finite; what was recovered is not remembered as seen.
            own_score: (33,) scores of this frame alone. Calmed ones stay high for a quarter of a second after something
                has come before a joint, while its place already runs away: that is no sight to recover from.
        """
        sure = landmarks.score if own_score is None else own_score
        if self._frames and not self._follows(landmarks):
            self.clear()
        self._frames.append(landmarks)
        self._sights.append(landmarks.seen & (sure >= MIN_SCORE))
        while landmarks.time_s - self._frames[0].time_s > KEPT_S:
            self._frames.popleft()
            self._sights.popleft()

    def window(self) -> Window:
        """The frames at the network's rate, the last one the newest frame."""
        frames = self._frames
        return resample(
            np.array([one.time_s for one in frames], np.float64),
            np.array([one.xyz_px[:, :2] for one in frames], np.float64),
            np.array([one.score for one in frames], np.float64),
            np.array(self._sights, np.bool_),
        )

    def _follows(self, landmarks: Landmarks) -> bool:
        newest = self._frames[-1]
        in_time = 0.0 < landmarks.time_s - newest.time_s <= LONGEST_GAP_S
        return in_time and same_person(newest, landmarks)
