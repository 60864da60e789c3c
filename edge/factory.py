"""Chooses the drivers that the settings name; nothing else knows which drivers exist."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from edge.camera.camera import Camera
from edge.camera.rotation import Rotation
from edge.clock import Clock
from edge.config import CameraConfig, ModelsConfig, StationConfig
from edge.engine.artefact import Artefact, load_artefact
from edge.engine.engine import Engine, Tensors
from edge.engine.self_test import check_known_answer
from edge.errors import ConfigError, ModelError
from edge.occlusion.none import NoRecovery
from edge.occlusion.recovery import Recovery
from edge.pose.body_view import BodyView
from edge.selftest.bundle import known_people
from edge.selftest.self_test import LITE_SLACK, require_self_test
from edge.vision import Networks, Parts, run_child

if TYPE_CHECKING:
    from edge.display.display import Display
    from edge.panel.panel import Panel
    from edge.pose.estimator import PoseEstimator
    from edge.pose.spine_estimator import SpineEstimator

DETECTOR = "pose_detector.int8"
SILHOUETTE = "silhouette"


def make_camera(config: CameraConfig, clock: Clock) -> Camera:
    """
    Open the camera the settings name.

    Raises:
        ConfigError: no driver is named, or it needs a path.
        DeviceError: the camera does not answer.
    """
    rotation: Rotation = config.rotation_deg
    size_px = config.width, config.height
    match config.driver:
        case "recording":
            from edge.camera.recording import RecordingCamera

            return RecordingCamera(_path(config), clock, rotation_deg=rotation, loop=config.loop)
        case "folder":
            from edge.camera.folder import FolderCamera

            return FolderCamera(_path(config), clock, fps=config.fps, rotation_deg=rotation, loop=config.loop)
        case "webcam":
            from edge.camera.webcam import WebcamCamera

            device = config.path or "/dev/video0"
            return WebcamCamera(device, clock, size_px=size_px, fps=config.fps, rotation_deg=rotation)
        case "picamera":
            from edge.camera.picamera import PiCamera

            return PiCamera(clock, size_px=size_px, fps=config.fps, rotation_deg=rotation)
        case "simulated":
            from edge.camera.simulated import SimulatedCamera

            return SimulatedCamera((), clock, fps=config.fps, size_px=upright_size_px(config))
    raise ConfigError("camera.driver: name recording, folder, webcam, picamera or simulated")


def upright_size_px(config: CameraConfig) -> tuple[int, int]:
    """Width and height of the upright frames that the settings promise."""
    size_px = config.width, config.height
    return size_px if config.rotation_deg in (0, 180) else size_px[::-1]


def landmarks_name(config: ModelsConfig) -> str:
    """The artefact of the landmark network the settings name."""
    return f"pose_{config.landmarks}.int8"


def spine_name(config: ModelsConfig, precision: str = "int8") -> str | None:
    """The artefact of the spine network the settings name; None when they name none."""
    return f"{config.spine}.{precision}" if config.spine else None


def make_engine(artefact: Artefact, config: ModelsConfig, asked: Tensors | None = None) -> Engine:
    """
    Load a network and ask it the question whose answer is known.

    Args:
        artefact: of the network, checked.
        config: names the engine.
        asked: the question to a network that looks at no picture; the drawn figure without it.

    Raises:
        ModelError: it cannot run here, or gives a wrong answer.
    """
    engine: Engine
    match config.engine:
        case "openvino":
            from edge.engine.openvino import OpenVinoEngine

            engine = OpenVinoEngine(artefact, config.threads)
        case _:
            from edge.engine.onnx import OnnxEngine

            engine = OnnxEngine(artefact, config.threads)
    check_known_answer(engine, artefact, asked)
    return engine


def make_estimator(config: ModelsConfig, *, tracking: bool = True) -> "tuple[PoseEstimator, str]":
    """Load detector and landmark network; return the estimator and what runs where."""
    from edge.pose.estimator import PoseEstimator

    folder = Path(config.folder)
    detector, landmarks = (
        make_engine(load_artefact(folder, name), config) for name in (DETECTOR, landmarks_name(config))
    )
    estimator = PoseEstimator(detector, landmarks, tracking=tracking, smoothing=tracking)
    return estimator, f"{detector.description}; {landmarks.description}"


def make_networks(config: StationConfig) -> Networks:
    """
    Load everything that looks at frames, and have it look at people who are known.

    Raises:
        ModelError: a network cannot run here, or a known person was read wrongly.
    """
    estimator, description = make_estimator(config.models)
    spine = make_spine(config.models, live=True)
    estimator.ask(BodyView(config.session.view), spine)
    require_self_test(estimator, known_people(), slack_of(config.models))
    recovery, recovered_by = make_recovery(config.models)
    networks = Networks(estimator, description + (recovered_by and f"; {recovered_by}"), recovery=recovery)
    if config.models.silhouette:
        from edge.pose.silhouette_estimator import SilhouetteEstimator

        engine = make_engine(load_artefact(config.models.folder, SILHOUETTE), config.models)
        networks = replace(
            networks,
            description=f"{networks.description}; {engine.description}",
            outline=SilhouetteEstimator(engine).estimate,
        )
    if spine is not None:
        networks = replace(networks, description=f"{networks.description}; {spine.description}", spine=spine.estimate)
    return networks


def make_spine(config: ModelsConfig, *, live: bool = False) -> "SpineEstimator | None":
    """
    Load the network for spine and back; None when the settings name none.

    Args:
        config: which, and where.
        live: for frames that do not wait; see `SpineEstimator.in_takes`.

    Raises:
        ModelError: it is missing, altered or cannot run here.
    """
    name = spine_name(config)
    if name is None:
        return None
    from edge.pose.spine_estimator import SpineEstimator

    return SpineEstimator.in_takes(make_engine(load_artefact(config.folder, name), config), live=live)


def make_recovery(config: ModelsConfig) -> tuple[Recovery, str]:
    """
    Load the occlusion network the settings name; return what recovers hidden joints, and what runs where.

    Without a network nothing is recovered and the description is empty.

    Raises:
        ModelError: it is missing, altered, cannot run here or is no occlusion network.
    """
    if not config.occlusion:
        return NoRecovery(), ""
    from edge.occlusion.known_answer import question
    from edge.occlusion.recoverer import Recoverer
    from edge.occlusion.window import INPUTS, OUTPUTS

    artefact = load_artefact(config.folder, config.occlusion)
    if dict(artefact.inputs) != dict(INPUTS) or dict(artefact.outputs) != dict(OUTPUTS):
        raise ModelError(f"{config.occlusion} is no occlusion network of this version; run python -m models.build")
    engine = make_engine(artefact, config, question())
    return Recoverer(engine), engine.description


def slack_of(config: ModelsConfig) -> float:
    """How many times the bounds of the self-test the landmark network the settings name is allowed."""
    return LITE_SLACK if config.landmarks == "lite" else 1.0


def make_display(config: StationConfig) -> "Display":
    """Open the screen the settings name."""
    if config.display.driver == "simulated":
        from edge.display.simulated import SimulatedDisplay

        return SimulatedDisplay()
    from edge.display.pygame import PygameDisplay
    from edge.display.stage import Stage

    return PygameDisplay(
        config.display.width,
        config.display.height,
        full_screen=config.display.full_screen,
        font=config.display.font,
        stage=Stage(show_picture=config.display.show_picture, roll_deg=config.calibration.roll_deg or 0.0),
    )


def make_panel(config: StationConfig) -> "Panel":
    """Open the panel the settings name."""
    match config.panel.driver:
        case "gpio":
            from edge.panel.gpio import GpioPanel

            pins = config.panel
            return GpioPanel(red=pins.red, amber=pins.amber, green=pins.green, button=pins.button)
        case "simulated":
            from edge.panel.simulated import SimulatedPanel

            return SimulatedPanel()
    from edge.panel.none import NoPanel

    return NoPanel()


def run_vision() -> None:
    """Be the vision child of a station, until it is killed."""
    run_child(Parts(camera=lambda config, clock: make_camera(config.camera, clock), networks=make_networks))


def _path(config: CameraConfig) -> Path:
    if not config.path:
        raise ConfigError(f"camera.path: the driver {config.driver} needs the file or folder to play")
    return Path(config.path)
