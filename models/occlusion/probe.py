"""How much of an action the encoder's pooled features tell: a linear probe, and how many labels it needs."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from edge.occlusion.window import BODY, RATE_HZ, SAMPLES, Window, encode
from models.occlusion.answers import Runner
from models.occlusion.camera import shots
from models.occlusion.clips import Clips

SHARES = (0.01, 0.1, 1.0)
PENALTY = 3.0
Floats = NDArray[np.float64]


def label_curve(clips: Clips, runner: Runner, rng: Generator) -> dict[float, float]:
    """Share of labels used -> accuracy in %, on every second clip; the others train, one an action at least."""
    features = _features(clips, runner, rng)
    _, truth = np.unique(clips.labels, return_inverse=True)
    test = np.arange(len(truth)) % 2 == 1
    rows = np.flatnonzero(~test)
    curve = {}
    for share in SHARES:
        used = _some(rows, truth, share, rng)
        weights, mean, spread = _fit(features[used], truth[used], truth.max() + 1)
        said = ((features[test] - mean) / spread) @ weights[:-1] + weights[-1]
        curve[share] = 100.0 * float((said.argmax(axis=1) == truth[test]).mean())
    return curve


def _features(clips: Clips, runner: Runner, rng: Generator, views: int = 3) -> Floats:
    """(clips, 2 x 64): mean and spread over a few windows of each clip."""
    found = []
    for at in np.linspace(1.0, 0.0, views):
        whole = (SAMPLES - 1) * clips.fps / RATE_HZ
        lowest = np.minimum(whole, clips.lengths - 1.0)
        end = np.floor(lowest + at * (clips.lengths - 1.0 - lowest))
        seen = shots(clips, np.arange(len(clips.lengths)), end, np.ones(len(end)), rng)
        encoded = encode(Window(seen.xy_px, np.ones(seen.seen.shape), seen.seen & np.isin(np.arange(33), BODY)))
        inputs = encoded.inputs
        each = [runner.run({k: v[row : row + 1] for k, v in inputs.items()})["features"][0] for row in range(len(end))]
        found.append(np.array(each, np.float64))
    stacked = np.stack(found)
    return np.concatenate([stacked.mean(axis=0), stacked.std(axis=0)], axis=-1)


def _some(rows: NDArray[np.int64], truth: NDArray[np.int64], share: float, rng: Generator) -> NDArray[np.int64]:
    chosen = []
    for label in np.unique(truth[rows]):
        own = rng.permutation(rows[truth[rows] == label])
        chosen.append(own[: max(1, round(share * len(own)))])
    return np.concatenate(chosen)


def _fit(features: Floats, truth: NDArray[np.int64], labels: int) -> tuple[Floats, Floats, Floats]:
    """Ridge regression onto one column a label."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-3
    x = np.concatenate([(features - mean) / spread, np.ones((len(features), 1))], axis=1)
    wanted = 2.0 * np.eye(labels)[truth] - 1.0
    return np.linalg.solve(x.T @ x + PENALTY * np.eye(x.shape[1]), x.T @ wanted), mean, spread
