"""The station's settings: one TOML file, one frozen section each; every default visible, every mistake named."""

import difflib
import sys
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from edge.errors import ConfigError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

MAX_BYTES = 64 * 1024
NAME = r"^[a-z0-9-]{1,32}$"


class Section(BaseModel):
    """A frozen group of settings; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class SiteConfig(Section):
    """Which station this is."""

    site: str = Field("demo", pattern=NAME)
    station: str = Field("station-1", pattern=NAME)


class CameraConfig(Section):
    """Where frames come from."""

    driver: Literal["", "recording", "folder", "webcam", "picamera", "simulated"] = ""  # must be named
    path: str = ""  # recording: a video file; folder: a folder of pictures; webcam: /dev/video0
    width: int = Field(1280, ge=160, le=4096)  # of the sensor, before rotation
    height: int = Field(720, ge=120, le=4096)
    fps: float = Field(30.0, ge=1, le=120)
    rotation_deg: Literal[0, 90, 180, 270] = 90  # clockwise, to stand the picture upright: the camera is in portrait
    loop: bool = False  # recording and folder: start again at the end


class CalibrationConfig(Section):
    """What is known about the set-up; millimetres are None without a scale."""

    roll_deg: float | None = Field(None, ge=-45, le=45)  # camera roll, clockwise as the camera looks is positive
    camera_height_m: float | None = Field(None, gt=0, le=4)
    distance_m: float | None = Field(None, gt=0, le=10)
    vertical_fov_deg: float | None = Field(None, gt=5, lt=150)  # of the upright picture
    px_per_m: float | None = Field(None, gt=10, le=5000)  # measured at the person's place; wins over distance and fov
    person_height_m: float | None = Field(None, gt=0.5, le=2.6)  # scale from body height when nothing better is known


class ModelsConfig(Section):
    """Which networks run on what."""

    folder: str = "models/built"
    landmarks: Literal["full", "lite"] = "full"
    engine: Literal["onnx", "openvino"] = "onnx"
    threads: int = Field(1, ge=1, le=16)
    silhouette: bool = False  # ask for the outline during takes
    spine: Literal["", "spine_small", "spine_base"] = ""  # the network for spine and back, during takes; empty: none
    occlusion: str = Field("", pattern=r"^(occlusion\.[a-z0-9]{1,16})?$")  # recovers hidden joints; empty: none


class SessionConfig(Section):
    """The protocol."""

    view: Literal["back", "front"] = "back"
    takes: int = Field(3, ge=1, le=5)
    take_s: float = Field(3.0, ge=1, le=10)
    hold_s: float = Field(1.5, ge=0, le=10)  # how long the position must be right before a take starts
    between_s: float = Field(4.0, ge=0, le=60)  # step off, march, step on again
    position_timeout_s: float = Field(60.0, ge=5, le=600)
    result_s: float = Field(20.0, ge=1, le=600)
    min_px_per_m: float = Field(480.0, ge=50, le=5000)
    auto_start: bool = True  # start when a person steps in; otherwise wait for the button


class TasksConfig(Section):
    """The movement tasks after the standing takes."""

    kinds: list[Literal["touch_toes", "walk", "jump"]] = Field([], max_length=3)  # in this order; empty: none
    bend_view: Literal["back", "front", "left", "right"] = (
        "back"  # of the bend: back for the hump hint, a side for its range
    )
    network: str = ""  # of the movement index, folder and name, e.g. models/risk/movement.int8; empty: no index
    rating_s: float = Field(20.0, ge=5, le=60)  # how long the comfort rating is waited for
    session_s: float = Field(300.0, ge=60, le=900)  # no task goes on after so many seconds of the session
    scoliometer: bool = False  # ask for the scoliometer's readings at the end


class DisplayConfig(Section):
    """The screen."""

    driver: Literal["pygame", "simulated"] = "pygame"
    full_screen: bool = True
    width: int = Field(1280, ge=320, le=7680)
    height: int = Field(720, ge=240, le=4320)
    show_picture: bool = False  # False: the skeleton alone, for the dignity of a person with a bare back
    font: str = ""  # a .ttf or .ttc; empty: the system's


class PanelConfig(Section):
    """Lamps and button; pin numbers are BCM."""

    driver: Literal["none", "gpio", "simulated"] = "none"
    red: int = 17
    amber: int = 27
    green: int = 22
    button: int = 5


class StoreConfig(Section):
    """Where what must not be lost lives."""

    folder: str = "state"


class MqttConfig(Section):
    """How the relay reaches the broker; an empty host means it never connects."""

    host: str = ""
    port: int = Field(1883, ge=1, le=65535)
    keepalive_s: int = Field(20, ge=5, le=300)
    retry_s: float = Field(30.0, gt=0, le=3600)  # resend what has no receipt after this, doubling


class CollectorConfig(Section):
    """The embedded collector: one clinic, one SQLite file."""

    database: str = "state/collector.sqlite"


class StationConfig(Section):
    """Every setting, with its default."""

    site: SiteConfig = SiteConfig()
    camera: CameraConfig = CameraConfig()
    calibration: CalibrationConfig = CalibrationConfig()
    models: ModelsConfig = ModelsConfig()
    session: SessionConfig = SessionConfig()
    tasks: TasksConfig = TasksConfig()
    display: DisplayConfig = DisplayConfig()
    panel: PanelConfig = PanelConfig()
    store: StoreConfig = StoreConfig()
    mqtt: MqttConfig = MqttConfig()
    collector: CollectorConfig = CollectorConfig()


def load_config(path: Path) -> StationConfig:
    """
    Read a station.toml.

    Raises:
        ConfigError: the file cannot be read, or a setting is unknown or wrong; the message names the key.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path}: larger than {MAX_BYTES // 1024} KB, this is not a station.toml")
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file, name the settings with --config") from None
    except (OSError, UnicodeDecodeError, RecursionError, ValueError) as error:
        if isinstance(error, ConfigError):
            raise
        raise ConfigError(f"{path}: cannot be read as TOML ({error})") from error
    try:
        return StationConfig.model_validate(settings)
    except ValidationError as error:
        raise ConfigError(f"{path}: {_first_mistake(error)}") from None


def _first_mistake(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(first["loc"][-1]), _names(first["loc"][:-1]), n=1)
        return f"{where}: unknown setting" + (f", did you mean {near[0]}?" if near else "")
    return f"{where}: {first['msg'][0].lower()}{first['msg'][1:]}, got {first['input']!r}"


def _names(section: tuple[int | str, ...]) -> list[str]:
    model: type[BaseModel] = StationConfig
    for part in section:
        annotation = model.model_fields[str(part)].annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            model = annotation
    return list(model.model_fields)
