"""Puts the station together from its parts."""

import os
import signal
from contextlib import ExitStack
from pathlib import Path

import cv2

from edge import __version__
from edge.assembly.movement import movement_parts, plan_of
from edge.clock import Clock, SystemClock
from edge.config import StationConfig
from edge.display.display import Display
from edge.engine.artefact import load_artefact
from edge.errors import ConfigError
from edge.factory import DETECTOR, SILHOUETTE, landmarks_name, make_display, make_panel, spine_name, upright_size_px
from edge.guidance.position import Limits
from edge.notify import Notifier
from edge.pose.body_view import BodyView
from edge.ring.child import VisionChild
from edge.ring.geometry import RingGeometry
from edge.ring.supervisor import VisionSupervisor, patience_for
from edge.session.identity import Identity
from edge.session.protocol import ScreeningProtocol
from edge.session.session import Session
from edge.session.summary import Network, Source
from edge.session.summary import Station as StationName
from edge.spine.setup import Setup
from edge.station import Station, StationParts, StationWords
from edge.store.outbox import Outbox

ANNOUNCEMENTS = {
    "recording": "RECORDING - not a live person",
    "folder": "PICTURES FROM A FOLDER - not a live person",
    "simulated": "SIMULATED CAMERA - not a live person",
}


def build_station(config: StationConfig, clock: Clock, display: Display | None = None) -> Station:
    """
    Open every part of a station and start vision.

    Args:
        config: the settings.
        clock: of the whole station.
        display: takes the place of the one the settings name.

    Raises:
        PlumblineError: a part is missing or broken; the sentence says which and what to do.
    """
    cv2.setNumThreads(1)  # the screen is painted more evenly when its scaling does not compete with vision
    announcement = ANNOUNCEMENTS.get(config.camera.driver)
    size_px = upright_size_px(config.camera)
    with ExitStack() as opened:
        outbox = opened.enter_context(Outbox.open(Path(config.store.folder), "station", clock=clock))
        supervisor = make_supervisor(config, clock)
        opened.callback(supervisor.close)
        movement = movement_parts(config)
        networks = _Networks(config, supervisor, movement.networks)
        display = display or make_display(config)
        opened.callback(display.close)
        panel = make_panel(config)
        source = Source(
            camera=config.camera.driver,
            recorded=announcement is not None,
            announcement=announcement,
            width_px=size_px[0],
            height_px=size_px[1],
        )
        name = StationName(site=config.site.site, station=config.site.station, software=__version__)
        identity = Identity(name, source, networks, os.urandom, clock.wall)
        session = Session(protocol_of(config), setup_of(config), identity, plan_of(config, movement.new_index))
        closer = config.models.silhouette or bool(config.models.spine)
        parts = StationParts(supervisor, session, outbox, display, panel, clock, Notifier.from_environment())
        station = Station(parts, StationWords(announcement, size_px, closer))
        opened.pop_all()
    return station


def make_supervisor(config: StationConfig, clock: Clock) -> VisionSupervisor:
    """Return what starts vision and keeps it alive; nothing is started before its first poll."""
    if not config.camera.driver:
        raise ConfigError("camera.driver: name recording, folder, webcam, picamera or simulated")
    settings = config.model_dump_json()
    geometry = RingGeometry.for_size(config.camera.width, config.camera.height)
    patience_s = patience_for(config.camera.fps)
    return VisionSupervisor(lambda: VisionChild(settings, geometry), clock, patience_s=patience_s)


def protocol_of(config: StationConfig) -> ScreeningProtocol:
    """The protocol that the settings ask for."""
    session = config.session
    return ScreeningProtocol(
        view=BodyView(session.view),
        takes=session.takes,
        take_s=session.take_s,
        hold_s=session.hold_s,
        between_s=session.between_s,
        position_timeout_s=session.position_timeout_s,
        result_s=session.result_s,
        due_hz=config.camera.fps,
        auto_start=session.auto_start,
        limits=Limits(min_px_per_m=session.min_px_per_m),
    )


def setup_of(config: StationConfig) -> Setup:
    """What the settings know about the place."""
    return Setup(**config.calibration.model_dump())


class _Networks:
    """The networks of this station, with what ran them as vision has reported it."""

    def __init__(self, config: StationConfig, supervisor: VisionSupervisor, more: tuple[Network, ...]) -> None:
        names = [DETECTOR, landmarks_name(config.models), SILHOUETTE if config.models.silhouette else None]
        names.append(spine_name(config.models))
        self._hashes = {name: load_artefact(config.models.folder, name).sha256 for name in names if name is not None}
        self._supervisor, self._more = supervisor, more

    def __call__(self) -> tuple[Network, ...]:
        reader = self._supervisor.reader
        said = reader.status().engine.split("; ") if reader else []
        engines = dict(zip(self._hashes, said, strict=False))
        of_vision = [
            Network(name=name, sha256=sha256, engine=engines.get(name, "unknown"))
            for name, sha256 in self._hashes.items()
        ]
        return (*of_vision, *self._more)


def run_station(config: StationConfig) -> None:
    """Run a station until somebody quits."""
    station = build_station(config, SystemClock())
    # As systemd stops it; a handler that only sets a flag lets the step under way end.
    signal.signal(signal.SIGTERM, lambda *_: setattr(station, "quit", True))
    try:
        station.run()
    finally:
        station.close()
