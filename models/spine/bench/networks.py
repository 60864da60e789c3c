"""Detector, landmarks, outline and the spine network in one precision, put together as the station does."""

from dataclasses import dataclass

from edge.camera.frame import Frame
from edge.config import ModelsConfig
from edge.engine.artefact import load_artefact
from edge.engine.engine import Engine
from edge.errors import ModelError
from edge.factory import SILHOUETTE, make_engine
from edge.pose.estimator import PoseEstimator
from edge.pose.landmarks import Landmarks
from edge.pose.silhouette import Silhouette
from edge.pose.silhouette_estimator import SilhouetteEstimator
from edge.pose.spine_answer import SpineAnswer
from edge.pose.spine_crop import Box
from edge.pose.spine_estimator import SpineEstimator
from edge.pose.spine_reading import SpineReading

HOW = "train it (python -m models.spine train), then build it (python -m models.build {name})"


@dataclass(frozen=True, slots=True)
class Networks:
    """
    Everything that looks at pictures, each picture alone.

    Attributes:
        precision: "int8" or "float"; the outline has one precision only.
        detector: finds people.
        landmarks: the coarse landmark network.
        silhouette: outlines the person.
        spine: the spine network.
        sha256: of its file.
    """

    precision: str
    detector: Engine
    landmarks: Engine
    silhouette: Engine
    spine: Engine
    sha256: str

    @property
    def reader(self) -> SpineEstimator:
        """Reads as the station does in takes."""
        return SpineEstimator.in_takes(self.spine)

    @property
    def description(self) -> str:
        """What runs where."""
        return "; ".join(one.description for one in (self.detector, self.landmarks, self.silhouette, self.reader))

    def find(self, frame: Frame) -> Landmarks | None:
        """The person's landmarks by the coarse network; None when nobody is found."""
        return PoseEstimator(self.detector, self.landmarks, tracking=False, smoothing=False).estimate(frame).landmarks

    def outline(self, frame: Frame, landmarks: Landmarks) -> Silhouette | None:
        """The outline of the person; None when there is none."""
        # A new one each time: it would carry the last outline along where two pictures are of the same moment.
        return SilhouetteEstimator(self.silhouette).estimate(frame, landmarks)

    def read(self, frame: Frame, landmarks: Landmarks, silhouette: Silhouette | None) -> SpineReading:
        """What the spine network reads, or why it is refused."""
        return self.reader.estimate(frame, landmarks, silhouette)

    def ask(self, frame: Frame, box: Box, silhouette: Silhouette | None) -> SpineAnswer:
        """What the spine network says about one box, whatever it is worth."""
        return self.reader.torso(frame, box, silhouette)


def load(config: ModelsConfig, precision: str) -> Networks:
    """
    Load and check the networks of one precision.

    Args:
        config: which networks, where, on how many threads; `spine` names the spine network.
        precision: "int8" or "float".

    Raises:
        ModelError: one is missing, altered or wrong; the message says how to make it.
    """
    name = f"{config.spine}.{precision}"
    try:
        spine = load_artefact(config.folder, name)
    except ModelError as error:
        raise ModelError(f"no spine network to measure: {error}; {HOW.format(name=name)}") from None
    others = f"pose_detector.{precision}", f"pose_{config.landmarks}.{precision}", SILHOUETTE
    detector, landmarks, silhouette = (make_engine(load_artefact(config.folder, one), config) for one in others)
    return Networks(precision, detector, landmarks, silhouette, make_engine(spine, config), spine.sha256)
