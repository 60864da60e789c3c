"""The station's pipeline over rendered pictures, each alone: person, landmarks, outline, and the spine network."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from edge.camera.frame import Frame
from edge.pose.landmarks import Landmarks
from edge.pose.silhouette import Silhouette
from edge.pose.spine_points import SPINE_COUNT, SpinePoints
from edge.pose.spine_reading import SpineReading
from edge.spine.measure import SpineMeasures
from edge.spine.measures import measure
from models.spine.bench.case import Case

NOBODY = "nobody found"


class Eyes(Protocol):
    """What looks at pictures, in one precision; see `Networks`."""

    def find(self, frame: Frame) -> Landmarks | None:
        """Return the person's landmarks by the coarse network; None when nobody is found."""

    def outline(self, frame: Frame, landmarks: Landmarks) -> Silhouette | None:
        """Return the outline of the person."""

    def read(self, frame: Frame, landmarks: Landmarks, silhouette: Silhouette | None) -> SpineReading:
        """Return what the spine network reads, or why it is refused."""


@dataclass(frozen=True, eq=False)
class Look:
    """
    What the station makes of one picture.

    Attributes:
        case: the picture and its truth.
        coarse: the landmarks the spine network starts from; None when nobody is found.
        silhouette: None when there is none.
        reading: None when nobody is found.
    """

    case: Case
    coarse: Landmarks | None
    silhouette: Silhouette | None
    reading: SpineReading | None

    @property
    def refused(self) -> str | None:
        """Why there is no reading; None when there is one."""
        return NOBODY if self.reading is None else self.reading.reason

    @cached_property
    def measures(self) -> SpineMeasures | None:
        """By the spine network, as the station gives them; None when it was refused."""
        reading = self.reading
        if reading is None or reading.landmarks is None:
            return None
        shot = self.case.shot
        return measure(reading.landmarks, shot.view, shot.setup, shot.size_px, reading.spine)

    @cached_property
    def bare_measures(self) -> SpineMeasures | None:
        """The same whatever the network thinks of its points: what it could do, before the station becomes careful."""
        reading = self.reading
        if reading is None or reading.landmarks is None or reading.spine is None:
            return None
        return bare_measures(self.case, reading.landmarks, reading.spine)

    @cached_property
    def coarse_measures(self) -> SpineMeasures | None:
        """By the coarse network alone; None when nobody was found."""
        shot = self.case.shot
        return None if self.coarse is None else measure(self.coarse, shot.view, shot.setup, shot.size_px)

    @cached_property
    def true_measures(self) -> SpineMeasures:
        """The same taken on the true points as they lie in the picture."""
        shot = self.case.shot
        return measure(self.case.landmarks(), shot.view, shot.setup, shot.size_px, self.case.spine_points())


def bare_measures(case: Case, landmarks: Landmarks, spine: SpinePoints) -> SpineMeasures:
    """Measures on points that count as seen and exact."""
    shot, seen = case.shot, np.ones(SPINE_COUNT, np.float32)
    exact = replace(spine, covariance_px2=np.zeros_like(spine.covariance_px2), score=seen)
    return measure(replace(landmarks, sd_px=None), shot.view, shot.setup, shot.size_px, exact)


def look_at(cases: Iterable[Case], eyes: Eyes, noise: np.random.Generator | None = None) -> Iterator[Look]:
    """
    Look at every picture alone.

    Args:
        cases: the pictures.
        eyes: the networks in one precision.
        noise: changes every value of the picture by -1, 0 or 1 first; None leaves the picture as it is.
    """
    for case in cases:
        frame = case.shot.frame()
        if noise is not None:
            frame = Frame(shaken(frame.image, noise), frame.time_s, frame.index)
        coarse = eyes.find(frame)
        if coarse is None:
            yield Look(case, None, None, None)
            continue
        silhouette = eyes.outline(frame, coarse)
        yield Look(case, coarse, silhouette, eyes.read(frame, coarse, silhouette))


def shaken(image: NDArray[np.uint8], noise: np.random.Generator) -> NDArray[np.uint8]:
    """The picture, every value of it changed by -1, 0 or 1."""
    steps = noise.integers(-1, 2, image.shape, np.int16)
    return np.asarray(np.clip(image.astype(np.int16) + steps, 0, 255), np.uint8)
