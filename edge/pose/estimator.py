"""From a frame to the landmarks of the person in it."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edge.camera.frame import Frame
from edge.engine.engine import Engine
from edge.pose.arbiter import Arbiter
from edge.pose.body_view import BodyView
from edge.pose.detector import Detection, Detector
from edge.pose.landmarker import Landmarker, Reading, landmarks_of
from edge.pose.landmarks import COUNT, Landmarks
from edge.pose.region import Region
from edge.pose.second_look import SecondLook
from edge.pose.sides import Sided, SideKeeper
from edge.pose.smoother import Smoother
from edge.pose.wrists import Wrists

LONGEST_GAP_S = 0.5
"""After a longer pause between frames nothing known about the person still holds."""
CONTRADICTORY = "left and right contradict each other"


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """
    What one frame says.

    Attributes:
        landmarks: of the person followed; None when nobody is found.
        people: how many people were in the whole picture when it was last searched; None before the first search.
        reason: why every landmark of somebody who was found counts as hidden; None when they do not.
        own_score: (33,) float64, the scores of this frame alone, before they were calmed; None when nobody is found.
    """

    landmarks: Landmarks | None
    people: int | None
    reason: str | None = None
    own_score: NDArray[np.float64] | None = None


class PoseEstimator:
    """
    Finds a person, follows them from frame to frame, and counts who else is there.

        estimate = PoseEstimator(detector_engine, landmark_engine).estimate(frame)
    """

    def __init__(
        self,
        detector_engine: Engine,
        landmark_engine: Engine,
        *,
        tracking: bool = True,
        smoothing: bool = True,
        refine_window: int = 9,
        count_people_every_s: float = 0.5,
    ) -> None:
        """
        Args:
            detector_engine: `image` -> `boxes`, `scores`.
            landmark_engine: `image` -> `landmarks`, `presence`, `heatmap`, `world`.
            tracking: look for the person where they were; else search every frame and remember nothing.
            smoothing: calm the landmarks while following.
            refine_window: see `Landmarker`.
            count_people_every_s: while following, search the whole picture for other people this often; inf for never.
        """
        self._detector = Detector(detector_engine)
        self._landmarker = Landmarker(landmark_engine, refine_window)
        self._smoother = Smoother(body=smoothing)
        self._sides = SideKeeper()
        self._second_look, self._wrists = SecondLook(self._landmarker), Wrists()
        self._reason: str | None = None
        self._own_score: NDArray[np.float64] | None = None
        self._tracking = tracking
        self._count_every_s = count_people_every_s
        self._region: Region | None = None
        self._people: int | None = None
        self._searched_s = -math.inf
        self._time_s: float | None = None

    def ask(self, view: BodyView, arbiter: Arbiter | None = None) -> None:
        """
        Say which side the person is asked to show; nobody may be followed yet.

        Args:
            view: see `SideKeeper`.
            arbiter: asked where the landmarks leave doubt about back or front, or about a hanging wrist.
        """
        self._sides = SideKeeper(view)
        self._second_look, self._wrists = SecondLook(self._landmarker, arbiter), Wrists(arbiter)

    def reset(self) -> None:
        """Forget the person and the count: the next frame is searched afresh."""
        self._lose()
        self._people = None
        self._searched_s = -math.inf
        self._time_s = None

    def estimate(self, frame: Frame) -> Estimate:
        """
        Say where the person is.

        A frame more than `LONGEST_GAP_S` after the last, or before it, is searched afresh.
        """
        if self._time_s is not None and not 0.0 <= frame.time_s - self._time_s <= LONGEST_GAP_S:
            self.reset()
        self._time_s, self._reason, self._own_score = frame.time_s, None, None
        region = self._region
        found = self._search(frame) if region is None or self._due(frame.time_s) else None
        if region is None and found:
            region = found[0].region
        reading = self._follow(frame, region)
        if found is not None:
            self._people = _count(found, region if reading is not None else None)
        landmarks = None if reading is None else landmarks_of(reading, frame.time_s)
        if landmarks is not None and self._reason is not None:
            landmarks = replace(landmarks, score=np.zeros_like(landmarks.score))
        return Estimate(landmarks, self._people, self._reason, None if landmarks is None else self._own_score)

    def _due(self, time_s: float) -> bool:
        return time_s - self._searched_s >= self._count_every_s

    def _search(self, frame: Frame) -> list[Detection]:
        self._searched_s = frame.time_s
        return self._detector.detect(frame.image)

    def _follow(self, frame: Frame, region: Region | None) -> Reading | None:
        reading = None if region is None else self._landmarker.read(frame.image, region)
        if region is not None and reading is not None and self._tracking:
            # Before it is calmed: afterwards an exchange of left and right looks like a fast turn.
            sided = self._sided(reading, frame, region)
            self._own_score = sided.score
            reading = self._smoother.smooth(self._wrists.confirmed(sided, frame), frame.time_s)
            self._region = None if reading is None else reading.region
        if reading is None:
            self._lose()
        return reading

    def _sided(self, reading: Reading, frame: Frame, region: Region) -> Reading:
        """The reading with left and right as they were before; itself where the network exchanged nothing."""
        landmarks, turned = landmarks_of(reading, frame.time_s), False
        clear = self._clear(landmarks, frame, region)
        if clear is not None:
            reading, landmarks = clear, landmarks_of(clear, frame.time_s)
        if self._sides.asks_again(landmarks):
            back = self._second_look.back(frame, region, landmarks)
            turned = back is not None and self._sides.keep(back).turned
        kept = self._sides.keep(landmarks)
        self._reason = CONTRADICTORY if kept.doubtful else None
        if kept.turned or turned:
            self._smoother.reset()
            self._wrists.reset()
        return _exchanged(reading, kept) if kept.exchanged else reading

    def _clear(self, landmarks: Landmarks, frame: Frame, region: Region) -> Reading | None:
        """A reading through another crop where this one mixes back and front; None where it does not, or none helps."""
        if not self._sides.is_mixed(landmarks):
            return None
        return self._second_look.clear(frame, region, landmarks, self._sides.last_back(frame.time_s))

    def _lose(self) -> None:
        self._region = None
        self._smoother.reset()
        self._sides.reset()
        self._second_look.reset()
        self._wrists.reset()


def _count(found: list[Detection], followed: Region | None) -> int:
    """The person followed counts even where the detector misses them, and only once."""
    if followed is None:
        return len(found)
    others = [one for one in found if one.region is not None and not one.region.same_person_as(followed)]
    return 1 + len(others)


def _exchanged(reading: Reading, kept: Sided) -> Reading:
    """The reading with left and right put right; the points that lead to the next region have none."""
    points = np.concatenate([kept.landmarks.xyz_px.astype(np.float64), reading.xyz_px[COUNT:]])
    return Reading(points, kept.landmarks.world_m.astype(np.float64), kept.landmarks.score.astype(np.float64))
