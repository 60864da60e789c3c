"""What a network says about many windows, and how far off that is."""

from dataclasses import dataclass

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from edge.engine.qdq_view import unsigned_view
from edge.occlusion.window import BODY, OUTPUTS, Window, decode, encode
from models.occlusion.scenes import Scene

Floats = NDArray[np.float64]
REPEATS = 300


class Runner:
    """An ONNX network run as the station runs it: one thread, one window at a time."""

    def __init__(self, content: bytes, *, int8: bool) -> None:
        """
        Args:
            content: of the file.
            int8: whether it has INT8 products, which ONNX Runtime wants unsigned.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        view = unsigned_view(content) if int8 else content
        self._session = onnxruntime.InferenceSession(view, options, providers=["CPUExecutionProvider"])

    def run(self, inputs: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
        """All outputs of one window."""
        return dict(zip(OUTPUTS, self._session.run(list(OUTPUTS), inputs), strict=True))

    def all(self, window: Window) -> tuple[Floats, Floats]:
        """Pixels (n, 13, 2) and standard deviation (n, 13) of the common joints in the newest sample."""
        encoded = encode(window)
        each = [self.run({k: v[row : row + 1] for k, v in encoded.inputs.items()}) for row in range(len(window.seen))]
        outputs = {name: np.concatenate([one[name] for one in each]) for name in ("position", "log_sd")}
        xy, sd = decode(outputs, encoded)
        return xy[:, BODY], sd[:, BODY]


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """
    How far off one method is.

    Attributes:
        percent: (scored,) distance in % of the torso.
        clip: (scored,) which clip each is of.
    """

    percent: Floats
    clip: NDArray[np.int64]

    @property
    def mean(self) -> float:
        """Of all."""
        return float(self.percent.mean())

    @property
    def median(self) -> float:
        """Of all."""
        return float(np.median(self.percent))


def errors(found: Floats, asked: Scene) -> Errors:
    """Of places (n, 13, 2) of the newest sample, or (n, 16, 13, 2) of all."""
    whole = found.ndim == 4
    truth, scored = (asked.truth, asked.scored) if whole else (asked.truth[:, -1], asked.scored[:, -1])
    share = asked.torso_px.reshape(-1, *[1] * (found.ndim - 2))
    percent = 100.0 * np.linalg.norm(found - truth, axis=-1) / share
    clip = np.broadcast_to(asked.shots.clip.reshape(-1, *[1] * (found.ndim - 2)), scored.shape)
    return Errors(percent[scored], clip[scored])


def reduction(ours: Errors, theirs: Errors, *, median: bool = False) -> tuple[float, float, float]:
    """By how many % our error is lower, with the bounds of its 95 % interval (bootstrap over clips)."""
    name = "median" if median else "mean"
    value = float(100.0 * (1.0 - getattr(ours, name) / getattr(theirs, name)))
    clips, place = np.unique(ours.clip, return_inverse=True)
    rng = np.random.default_rng(0)
    rows = [np.flatnonzero(place == one) for one in range(len(clips))]
    sums = np.array([[ours.percent[r].sum(), theirs.percent[r].sum()] for r in rows])
    drawn = []
    for _ in range(REPEATS):
        chosen = rng.integers(len(clips), size=len(clips))
        if median:
            frames = np.concatenate([rows[one] for one in chosen])
            a, b = np.median(ours.percent[frames]), np.median(theirs.percent[frames])
        else:
            a, b = sums[chosen].sum(axis=0)
        drawn.append(100.0 * (1.0 - a / b))
    low, high = np.percentile(drawn, [2.5, 97.5])
    return value, float(low), float(high)


def coverage(found: Floats, sd: Floats, asked: Scene) -> float:
    """Share in % of the coordinates that lie within one stated standard deviation."""
    off = np.abs(found - asked.truth[:, -1])
    return 100.0 * float((off <= sd[..., None])[asked.scored[:, -1]].mean())
