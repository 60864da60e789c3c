"""One observation, looked at by guidance and measured."""

from collections.abc import Sequence
from dataclasses import dataclass

from edge.guidance.fault import Fault
from edge.guidance.figure import Figure, figure_of
from edge.guidance.position import check_position
from edge.guidance.recent import Recent
from edge.pose.observation import Observation
from edge.session.presence import STALE_S
from edge.session.protocol import ScreeningProtocol
from edge.spine.catalogue import REPORTED
from edge.spine.measure import SpineMeasures
from edge.spine.measures import Sight, measure_sight
from edge.spine.scale import find_scale
from edge.spine.setup import Setup


@dataclass(frozen=True, slots=True)
class Sighting:
    """
    What one frame is good for.

    Attributes:
        time_s: capture time of the frame.
        faults: what is wrong, the most important first.
        figure: how the person stands; None when nobody is measured or shoulders and hips are not known.
        measures: None when nobody is there.
        px_per_m: the scale used, or None.
        tilt_deg: shoulder tilt of the landmarks followed, whatever the measures stand on; None when not known.
        finely: whether the measures stand on the joints and points of the spine network.
    """

    time_s: float
    faults: tuple[Fault, ...]
    figure: Figure | None
    measures: SpineMeasures | None
    px_per_m: float | None
    tilt_deg: float | None = None
    finely: bool = False

    @property
    def blocking(self) -> tuple[Fault, ...]:
        """The faults that forbid measuring."""
        return tuple(fault for fault in self.faults if fault.blocks)

    @property
    def usable(self) -> bool:
        """Whether this frame may be measured."""
        return self.measures is not None and not self.blocking


def look(
    observations: Sequence[Observation],
    size_px: tuple[int, int],
    protocol: ScreeningProtocol,
    setup: Setup,
    recent: Recent,
) -> list[Sighting]:
    """Look at each observation in turn, with what the last second has shown."""
    return [_look(observation, size_px, protocol, setup, recent) for observation in observations]


def if_fresh(sighting: Sighting | None, now_s: float) -> Sighting | None:
    """The sighting, unless it is too old to be shown."""
    return sighting if sighting is not None and now_s - sighting.time_s <= STALE_S else None


def _look(
    observation: Observation, size_px: tuple[int, int], protocol: ScreeningProtocol, setup: Setup, recent: Recent
) -> Sighting:
    person = observation.landmarks
    figure = None if person is None else figure_of(person, setup.roll_deg or 0.0)
    if figure is None:
        recent.clear()
    else:
        recent.add(figure, observation.time_s)
    faults = check_position(observation, size_px, protocol.view, setup, protocol.limits, recent)
    if person is None or observation.measured is None:
        return Sighting(observation.time_s, faults, figure, None, None)
    sight = Sight(person, protocol.view, setup, size_px)
    finer = Sight(observation.measured, protocol.view, setup, size_px, observation.spine)
    return Sighting(
        time_s=observation.time_s,
        faults=faults,
        figure=figure,
        measures=measure_sight(finer, REPORTED.keys()),
        px_per_m=find_scale(setup, person, size_px).px_per_m,
        tilt_deg=measure_sight(sight, ("C1",)).by_id["C1"].value,
        finely=observation.finer is not None,
    )


def alike(sightings: Sequence[Sighting]) -> list[Sighting]:
    """
    The sightings whose measures stand on the same joints: the finer ones where at least half of them have such.

    Landmarks and spine network do not mean quite the same by a shoulder: values on the landmarks alone never share a
    median with others.
    """
    finely = [sighting for sighting in sightings if sighting.finely]
    if 2 * len(finely) >= len(sightings):
        return finely
    return [sighting for sighting in sightings if not sighting.finely]
