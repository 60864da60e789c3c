"""The network that was built, asked as the station asks it; but what the station refuses is shown here, too."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from edge.camera.frame import Frame
from edge.engine.artefact import load_artefact
from edge.engine.engine import Engine
from edge.engine.onnx import OnnxEngine
from edge.errors import ModelError
from edge.pose.landmarks import MIN_SCORE, Landmarks
from edge.pose.spine_answer import SpineAnswer, read_answer
from edge.pose.spine_crop import Box, body_box, cut_upright, to_tensor, torso_box
from edge.pose.spine_estimator import NO_TRUNK
from edge.pose.spine_gate import refusal
from models.pose.networks import BUILT, estimator
from models.spine.label.prediction import Prediction, nobody
from models.spine.label.record import Network
from models.spine.layout import SKIN

NOT_BUILT = "the spine network {} is not built: train and build it with python -m models.spine, or try --simulated ({})"
Finder = Callable[[Frame], Landmarks | None]


class StationPredictor:
    """
    Reads the torso, and the whole body for what the torso's crop does not show.

        StationPredictor(network, find, engine).predict(image)
    """

    def __init__(self, network: Network, find: Finder, engine: Engine) -> None:
        """
        Args:
            network: which one it is.
            find: the landmarks of the person in a frame; None where nobody is.
            engine: as `edge.pose.spine_estimator.SpineEstimator` takes it.
        """
        self.network = network
        self._find, self._engine = find, engine

    def predict(self, image: NDArray[np.uint8]) -> Prediction:
        """The points, those the station would refuse too."""
        frame = Frame(image, 0.0, 0)
        landmarks = self._find(frame)
        if landmarks is None:
            return nobody()
        box = torso_box(landmarks)
        if box is None:
            return nobody(NO_TRUNK)
        torso = self._look(image, box)
        xy_px, sd_px, score = torso.xy_px, torso.sd_px, torso.score
        around = body_box(landmarks)
        if around is not None:
            whole = self._look(image, around)
            better = (score < MIN_SCORE) & (whole.score > score) & (np.arange(len(score)) < SKIN)
            xy_px = np.where(better[:, None], whole.xy_px, xy_px)
            sd_px, score = np.where(better, whole.sd_px, sd_px), np.where(better, whole.score, score)
        # A score of zero says that the point may lie beyond the crop: where it was put means nothing.
        outside = score <= 0
        return Prediction(
            np.where(outside[:, None], np.nan, xy_px).astype(np.float32),
            np.where(outside, np.nan, sd_px).astype(np.float32),
            score.astype(np.float32),
            refusal(torso, landmarks),
        )

    def _look(self, image: NDArray[np.uint8], box: Box) -> SpineAnswer:
        return read_answer(self._engine.run({"image": to_tensor(cut_upright(image, box))}), box)


def station_predictor(name: str) -> StationPredictor:
    """
    The network of this name among those built, on ONNX Runtime.

    Raises:
        ModelError: it is not built, or the landmark networks are not.
    """
    try:
        artefact = load_artefact(BUILT, name)
    except ModelError as error:
        raise ModelError(NOT_BUILT.format(name, error)) from None
    pose = estimator("float", tracking=False)
    return StationPredictor(
        Network(name=artefact.name, sha256=artefact.sha256),
        lambda frame: pose.estimate(frame).landmarks,
        OnnxEngine(artefact, threads=1),
    )
