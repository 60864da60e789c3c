"""The pose estimator with the networks that were built."""

from pathlib import Path

from edge.engine.artefact import load_artefact
from edge.engine.onnx import OnnxEngine
from edge.pose.estimator import PoseEstimator

BUILT = Path(__file__).parents[1] / "built"


def estimator(
    precision: str,
    *,
    tracking: bool,
    detector: str | None = None,
    landmarks: str = "full",
    window: int = 9,
    count_people_every_s: float = 0.5,
) -> PoseEstimator:
    """
    Build the estimator on ONNX Runtime, one thread.

    Args:
        precision: "float" or "int8", of the landmark network.
        tracking: see `PoseEstimator`.
        detector: precision of the detector; None for the same.
        landmarks: "full" or "lite".
        window: see `PoseEstimator`.
        count_people_every_s: see `PoseEstimator`.

    Raises:
        ModelError: the networks are not built.
    """
    return PoseEstimator(
        OnnxEngine(load_artefact(BUILT, f"pose_detector.{detector or precision}"), threads=1),
        OnnxEngine(load_artefact(BUILT, f"pose_{landmarks}.{precision}"), threads=1),
        tracking=tracking,
        refine_window=window,
        count_people_every_s=count_people_every_s,
    )
