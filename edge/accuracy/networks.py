"""The networks in one precision, put together as the station does."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from edge.camera.frame import Frame
from edge.config import ModelsConfig
from edge.engine.artefact import load_artefact
from edge.engine.engine import Engine
from edge.factory import SILHOUETTE, make_engine
from edge.pose.body_view import BodyView
from edge.pose.estimator import PoseEstimator
from edge.pose.landmarks import Landmarks
from edge.pose.silhouette import Silhouette
from edge.pose.silhouette_estimator import SilhouetteEstimator
from edge.pose.spine_estimator import SpineEstimator
from edge.pose.spine_reading import SpineReading

PRECISIONS = ("int8", "float")
DEFAULT_SPINE = "spine_base"
"""The best one there is: looked for where the settings name no spine network."""


@dataclass(frozen=True, slots=True)
class Networks:
    """
    Everything that looks at frames, in one precision.

    Attributes:
        precision: "int8" or "float"; of detector and landmarks, the outline has one precision only.
        detector: engine of the detector.
        landmarks: engine of the landmark network.
        silhouettes: draws outlines.
        description: what runs where.
        spine: reads the points of spine and back; None when it is not asked for.
        masked: whether the spine network is given the outline, and looks with and without what is around the person.
    """

    precision: str
    detector: Engine
    landmarks: Engine
    silhouettes: SilhouetteEstimator
    description: str
    spine: SpineEstimator | None = None
    masked: bool = False

    def estimator(self, *, tracking: bool, view: BodyView) -> PoseEstimator:
        """Return a new estimator that asks for a view and has seen nobody yet; one that follows also calms."""
        estimator = PoseEstimator(self.detector, self.landmarks, tracking=tracking, smoothing=tracking)
        estimator.ask(view, self.spine)
        return estimator

    def outline(self, frame: Frame, landmarks: Landmarks) -> Silhouette | None:
        """Draw the outline of the person."""
        return self.silhouettes.estimate(frame, landmarks)

    def closer(self, frame: Frame, landmarks: Landmarks, silhouette: Silhouette | None) -> SpineReading | None:
        """Look closer, as in a take; None when no spine network is asked for."""
        if self.spine is None:
            return None
        return self.spine.estimate(frame, landmarks, silhouette if self.masked else None)


def has_spine(config: ModelsConfig, precisions: Sequence[str]) -> bool:
    """Whether the spine network has been built in these precisions."""
    return all((Path(config.folder) / f"{_spine(config, precision)}.onnx").is_file() for precision in precisions)


def _spine(config: ModelsConfig, precision: str) -> str:
    return f"{config.spine or DEFAULT_SPINE}.{precision}"


def load_networks(config: ModelsConfig, precision: str, *, spine: bool = False, masked: bool = False) -> Networks:
    """
    Load and check the networks of one precision.

    Args:
        config: where they are.
        precision: "int8" or "float".
        spine: whether the spine network looks too.
        masked: whether it is given the outline.

    Raises:
        ModelError: one is missing, altered or wrong; `python -m models.build` makes both precisions.
    """
    folder = Path(config.folder)
    names = f"pose_detector.{precision}", f"pose_{config.landmarks}.{precision}", SILHOUETTE
    detector, landmarks, silhouette = (make_engine(load_artefact(folder, name), config) for name in names)
    reader = None
    if spine:
        reader = SpineEstimator.in_takes(make_engine(load_artefact(folder, _spine(config, precision)), config))
    parts = (detector, landmarks, silhouette, *(() if reader is None else (reader,)))
    description = "; ".join(part.description for part in parts)
    outlines = SilhouetteEstimator(silhouette)
    return Networks(precision, detector, landmarks, outlines, description, reader, masked)
