"""The settings of the demo: a recording in place of the camera, a private broker, a folder of its own."""

from pathlib import Path

from edge.config import (
    CalibrationConfig,
    CameraConfig,
    CollectorConfig,
    DisplayConfig,
    ModelsConfig,
    MqttConfig,
    SessionConfig,
    SiteConfig,
    StationConfig,
    StoreConfig,
)
from edge.errors import ConfigError

CLIPS = ("right_thoracic", "straight")
CLIP_S = 7.0
"""Length of both clips; they loop smoothly."""
STRETCH_S = 2.2
"""Length of a take: three stretches that do not overlap fit into a clip."""
HOLD_S = 1.0
SETTLE_S = 0.4
"""How long the guidance waits before it believes that the position is right."""
PX_PER_M = 610.0
"""Of both clips: 608 to 611 between joints whose place in space and in the picture their generator wrote down."""


def clip_path(name: str) -> Path:
    """
    Return the place of a demo clip.

    Raises:
        ConfigError: there is no such clip.
    """
    if name not in CLIPS:
        raise ConfigError(f"there is no clip {name!r}, choose {' or '.join(CLIPS)}")
    return Path(__file__).parent / f"stand_back_{name}.mp4"


def demo_settings(clip: str, folder: Path, *, port: int, models: str, full_screen: bool) -> StationConfig:
    """
    Return the settings of a demo in which the three takes are three stretches of one recording.

    The recording loops; between two takes the person would step off for so long that each take starts one stretch
    further into it.
    """
    between_s = CLIP_S - HOLD_S - SETTLE_S
    return StationConfig(
        site=SiteConfig(site="demo", station="demo-1"),
        camera=CameraConfig(
            driver="recording", path=str(clip_path(clip)), width=720, height=1280, rotation_deg=0, loop=True
        ),
        calibration=CalibrationConfig(px_per_m=PX_PER_M, roll_deg=0.0, camera_height_m=1.05, distance_m=3.0),
        models=ModelsConfig(folder=models),
        session=SessionConfig(takes=3, take_s=STRETCH_S, hold_s=HOLD_S, between_s=between_s, result_s=600.0),
        display=DisplayConfig(full_screen=full_screen, show_picture=True),
        store=StoreConfig(folder=str(folder / "state")),
        mqtt=MqttConfig(host="127.0.0.1", port=port, retry_s=2.0),
        collector=CollectorConfig(database=str(folder / "collector.sqlite")),
    )
