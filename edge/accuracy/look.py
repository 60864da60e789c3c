"""The real pipeline over rendered frames: network, sides, gates and measures, as the station does it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from edge.accuracy.shot import Shot
from edge.accuracy.sides import Sides, exchanged
from edge.camera.frame import Frame
from edge.guidance.figure import figure_of
from edge.guidance.position import check_position
from edge.guidance.recent import Recent
from edge.pose.body_view import BodyView
from edge.pose.estimator import Estimate
from edge.pose.landmarks import Landmarks
from edge.pose.observation import Observation
from edge.pose.silhouette import Silhouette
from edge.pose.spine_points import SpinePoints
from edge.pose.spine_reading import SpineReading
from edge.spine.measure import SpineMeasures
from edge.spine.measures import measure


class Estimator(Protocol):
    """Finds a person in frames that follow each other."""

    def estimate(self, frame: Frame) -> Estimate:
        """Say where the person is."""


class Eyes(Protocol):
    """What looks at frames; see `Networks`."""

    def estimator(self, *, tracking: bool, view: BodyView) -> Estimator:
        """Return a new estimator that asks for a view and has seen nobody yet."""

    def outline(self, frame: Frame, landmarks: Landmarks) -> Silhouette | None:
        """Draw the outline of the person."""

    def closer(self, frame: Frame, landmarks: Landmarks, silhouette: Silhouette | None) -> SpineReading | None:
        """Look closer at spine and joints, as in a take; None when no network does."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """
    What the station makes of one frame.

    Attributes:
        shot: the frame and its truth.
        landmarks: of the person; None when nobody is found.
        silhouette: of the person; None when there is none or nobody asked.
        measures: None when nobody is found.
        faults: codes of what keeps the frame from being measured; empty when it may be.
        exchanged: whether left and right of the limbs are; None when nobody is found.
        read_yaw_deg: how far the station thinks the person is turned; None when it cannot say.
        reading: of the spine network; None when nobody asked it.
    """

    shot: Shot
    landmarks: Landmarks | None
    silhouette: Silhouette | None
    measures: SpineMeasures | None
    faults: tuple[str, ...]
    exchanged: bool | None
    read_yaw_deg: float | None
    reading: SpineReading | None = None

    @property
    def measured(self) -> Landmarks | None:
        """The joints that were measured on: the finer network's where it read them."""
        finer = None if self.reading is None else self.reading.landmarks
        return self.landmarks if finer is None else finer

    @property
    def spine(self) -> SpinePoints | None:
        """The points of spine and back that were measured on."""
        return None if self.reading is None else self.reading.spine


def look_at(take: Sequence[Shot], eyes: Eyes, *, tracking: bool, outline: bool) -> Iterator[Look]:
    """
    Look at the frames of one take in their order.

    Args:
        take: of one person, at least one frame.
        eyes: the networks in one precision.
        tracking: follow the person, keep left and right and calm the landmarks, as the station does; else the networks
            look at every frame alone and nothing is corrected.
        outline: draw the silhouette too.
    """
    estimator = eyes.estimator(tracking=tracking, view=take[0].view)
    for shot in take:
        frame = shot.frame()
        estimate = estimator.estimate(frame)
        if estimate.landmarks is None:
            yield Look(shot, None, None, None, ("nobody",), None, None)
            continue
        silhouette = eyes.outline(frame, estimate.landmarks) if outline else None
        reading = eyes.closer(frame, estimate.landmarks, silhouette)
        finer, spine = (None, None) if reading is None else (reading.landmarks, reading.spine)
        yield Look(
            shot=shot,
            landmarks=estimate.landmarks,
            silhouette=silhouette,
            reading=reading,
            measures=measure(finer or estimate.landmarks, shot.view, shot.setup, frame.size_px, spine, silhouette),
            faults=_faults(shot, frame, estimate),
            exchanged=exchanged(estimate.landmarks, shot.joints_px),
            read_yaw_deg=_yaw_deg(estimate.landmarks, shot),
        )


def alike(looks: Sequence[Look]) -> list[Look]:
    """The looks of a take whose measures share a median, as in a session: of one network where both took part."""
    found = [look for look in looks if look.landmarks is not None]
    finely = 2 * sum(look.spine is not None for look in found) >= len(found)
    return [look for look in looks if look.landmarks is None or (look.spine is not None) == finely]


def sides_of(alone: Sequence[Look], followed: Sequence[Look]) -> list[Sides]:
    """
    Left and right of the same frames before and after the station's correction, of those with somebody in both.

    Args:
        alone: each frame looked at alone.
        followed: the same frames, the person followed.
    """
    return [
        Sides(one.exchanged, other.exchanged, refused=bool(other.faults))
        for one, other in zip(alone, followed, strict=True)
        if one.exchanged is not None and other.exchanged is not None
    ]


def _faults(shot: Shot, frame: Frame, estimate: Estimate) -> tuple[str, ...]:
    observation = Observation(frame.index, frame.time_s, frame.time_s, estimate.landmarks, estimate.people)
    # An empty second: whether somebody moves or is turned cannot be judged from one frame.
    faults = check_position(observation, frame.size_px, shot.view, shot.setup, recent=Recent())
    return tuple(fault.code for fault in faults if fault.blocks)


def _yaw_deg(landmarks: Landmarks, shot: Shot) -> float | None:
    figure = figure_of(landmarks, shot.setup.roll_deg or 0.0)
    return None if figure is None else figure.yaw_deg
