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
from edge.pose.estimator import Estimate
from edge.pose.landmarks import Landmarks
from edge.pose.observation import Observation
from edge.pose.sides import Sided, SideKeeper
from edge.pose.silhouette import Silhouette
from edge.spine.measure import SpineMeasures
from edge.spine.measures import measure


class Estimator(Protocol):
    """Finds a person in frames that follow each other."""

    def estimate(self, frame: Frame) -> Estimate:
        """Say where the person is."""


class Eyes(Protocol):
    """What looks at frames; see `Networks`."""

    def estimator(self, *, tracking: bool) -> Estimator:
        """Return a new estimator that has seen nobody yet."""

    def outline(self, frame: Frame, landmarks: Landmarks) -> Silhouette | None:
        """Draw the outline of the person."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """
    What the station makes of one frame.

    Attributes:
        shot: the frame and its truth.
        landmarks: of the person, after all corrections; None when nobody is found.
        silhouette: of the person; None when there is none or nobody asked.
        measures: None when nobody is found.
        faults: codes of what keeps the frame from being measured; empty when it may be.
        sides: of the limbs; None when nobody is found.
        read_yaw_deg: how far the station thinks the person is turned; None when it cannot say.
    """

    shot: Shot
    landmarks: Landmarks | None
    silhouette: Silhouette | None
    measures: SpineMeasures | None
    faults: tuple[str, ...]
    sides: Sides | None
    read_yaw_deg: float | None


def look_at(take: Sequence[Shot], eyes: Eyes, *, tracking: bool, outline: bool) -> Iterator[Look]:
    """
    Look at the frames of one take in their order.

    Args:
        take: of one person.
        eyes: the networks in one precision.
        tracking: follow the person and calm the landmarks; else the networks look at every frame alone. Left and right
            are kept from frame to frame in both cases.
        outline: draw the silhouette too.
    """
    estimator, keeper = eyes.estimator(tracking=tracking), SideKeeper(take[0].view)
    for shot in take:
        frame = shot.frame()
        estimate = estimator.estimate(frame)
        if estimate.landmarks is None:
            yield Look(shot, None, None, None, ("nobody",), None, None)
            continue
        kept = keeper.keep(estimate.landmarks)
        silhouette = eyes.outline(frame, kept.landmarks) if outline else None
        yield Look(
            shot=shot,
            landmarks=kept.landmarks,
            silhouette=silhouette,
            measures=measure(kept.landmarks, shot.view, shot.setup, frame.size_px, silhouette=silhouette),
            faults=_faults(shot, frame, kept, estimate.people),
            sides=Sides(exchanged(estimate.landmarks, shot.joints_px), exchanged(kept.landmarks, shot.joints_px)),
            read_yaw_deg=_yaw_deg(kept.landmarks, shot),
        )


def _faults(shot: Shot, frame: Frame, kept: Sided, people: int | None) -> tuple[str, ...]:
    observation = Observation(frame.index, frame.time_s, frame.time_s, kept.landmarks, people)
    # An empty second: whether somebody moves or is turned cannot be judged from one frame.
    faults = check_position(observation, frame.size_px, shot.view, shot.setup, recent=Recent())
    doubt = ("sides_unclear",) if kept.doubtful else ()
    return (*doubt, *(fault.code for fault in faults if fault.blocks))


def _yaw_deg(landmarks: Landmarks, shot: Shot) -> float | None:
    figure = figure_of(landmarks, shot.setup.roll_deg or 0.0)
    return None if figure is None else figure.yaw_deg
