"""How long one more sample of a running window takes, and a whole window."""

import time
from typing import Any

import numpy as np

from edge.risk.features import FeatureStream
from edge.risk.window import SAMPLES
from models.risk.motion import Array
from models.risk.people import one_task_each
from models.risk.take import Take, resampled
from models.risk.trial import Trial

WARM, WINDOWS = 30, 8
MOONSHOT_MS = 0.3


def speed(trial: Trial, take: Take | None = None) -> dict[str, Any]:
    """Milliseconds of features and network for one new sample, one core, whatever else runs beside it."""
    if take is None:
        take = trial.take(one_task_each("symmetric", 2)[1], np.random.default_rng(18))
    samples = list(zip(*resampled(take), strict=True))
    steps, wholes = list[float](), list[float]()
    for window in range(WINDOWS + 1):
        spent = _window(trial, samples)
        if window:
            steps += spent[WARM:]
            wholes.append(sum(spent))
    p50, p95, p99 = (1e3 * float(np.quantile(steps, share)) for share in (0.5, 0.95, 0.99))
    return {
        "step_p50_ms": round(p50, 4), "step_p95_ms": round(p95, 4), "step_p99_ms": round(p99, 4),
        "step_moonshot_ms": MOONSHOT_MS, "window_ms": round(1e3 * float(np.median(wholes)), 2),
        "window_samples": SAMPLES,
    }  # fmt: skip


def _window(trial: Trial, samples: list[tuple[Array, Array, Array]]) -> list[float]:
    stream, state, spent = FeatureStream(), trial.network.rest(), []
    scaling = trial.network.constants.scaling
    for world_m, plane_px, score in samples:
        begun = time.perf_counter()
        features = stream.add(world_m, plane_px, score)
        _, state = trial.network.step(scaling.scale(features), state)
        spent.append(time.perf_counter() - begun)
    return spent
