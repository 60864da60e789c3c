"""The networks in one precision, put together as the station does."""

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

PRECISIONS = ("int8", "float")


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
    """

    precision: str
    detector: Engine
    landmarks: Engine
    silhouettes: SilhouetteEstimator
    description: str

    def estimator(self, *, tracking: bool, view: BodyView) -> PoseEstimator:
        """Return a new estimator that asks for a view and has seen nobody yet; one that follows also calms."""
        estimator = PoseEstimator(self.detector, self.landmarks, tracking=tracking, smoothing=tracking)
        estimator.ask(view)
        return estimator

    def outline(self, frame: Frame, landmarks: Landmarks) -> Silhouette | None:
        """Draw the outline of the person."""
        return self.silhouettes.estimate(frame, landmarks)


def load_networks(config: ModelsConfig, precision: str) -> Networks:
    """
    Load and check the networks of one precision.

    Raises:
        ModelError: one is missing, altered or wrong; `python -m models.build` makes both precisions.
    """
    folder = Path(config.folder)
    names = f"pose_detector.{precision}", f"pose_{config.landmarks}.{precision}", SILHOUETTE
    detector, landmarks, silhouette = (make_engine(load_artefact(folder, name), config) for name in names)
    description = "; ".join(engine.description for engine in (detector, landmarks, silhouette))
    return Networks(precision, detector, landmarks, SilhouetteEstimator(silhouette), description)
