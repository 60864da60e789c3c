"""
A clinic's own ratings: recordings of its station, rated 0 to 100 after each task, index = 1 - rating / 100.

What is kept for testing is kept by session, so that nobody is on both sides.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from edge.errors import ConfigError
from edge.pose.observation import Observation
from edge.risk.features import FeatureStream
from edge.risk.layout import FEATURES
from edge.risk.recording import Recording
from edge.risk.resampling import Resampler
from edge.risk.sample import sample_of
from edge.risk.window import SAMPLES, STRIDE
from models.risk.motion import Array
from models.risk.windows import Windows

TESTED_SHARE = 5
LEAST_SESSIONS = 10
UNKNOWN = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Rated:
    """
    What a folder of recordings holds.

    Attributes:
        train, test: windows; labels of the parts are NaN, since nobody rates those.
        card: counts for the data card, as JSON takes them.
    """

    train: Windows
    test: Windows
    card: dict[str, Any]


def rated(folder: Path) -> Rated:
    """
    Every rated movement of every recording, `*.sqlite`, in a folder.

    Raises:
        ConfigError: there are too few.
    """
    files = sorted(folder.glob("*.sqlite"))
    parts: dict[bool, list[tuple[Array, float]]] = {False: [], True: []}
    sessions, tasks, grades, begun = set[str](), Counter[str](), list[int](), 0
    for file in files:
        with Recording(file) as recording:
            for movement in recording.movements():
                begun += 1
                tasks[movement.task] += 1
                windows = windows_of(list(recording.play(movement.number)))
                if movement.rating is None or not windows:
                    continue
                session = movement.session or f"{file.name}/{movement.number}"
                sessions.add(session)
                grades.append(movement.rating)
                parts[is_test(session)] += [(window, 1.0 - movement.rating / 100.0) for window in windows]
    if len(sessions) < LEAST_SESSIONS or not parts[True] or not parts[False]:
        raise ConfigError(f"--ratings: {len(sessions)} rated sessions are too few, collect at least {LEAST_SESSIONS}")
    card = {
        "files": len(files), "sessions": len(sessions), "movements": begun, "rated": len(grades),
        "completion": round(len(grades) / begun, 4), "tasks": dict(tasks),
        "ratings_by_tens": np.histogram(grades, bins=range(0, 111, 10))[0].tolist(),
        "windows_train": len(parts[False]), "windows_test": len(parts[True]), "split": "by session, one in five tests",
    }  # fmt: skip
    return Rated(_windows(parts[False]), _windows(parts[True]), card)


def windows_of(movement: Sequence[Observation]) -> list[Array]:
    """(150, 193) unscaled features of every window the station would have read in a movement."""
    resampler, stream, rows, windows = Resampler(), FeatureStream(), list[Array](), list[Array]()
    for seen in movement:
        several = seen.people is not None and seen.people > 1
        if seen.landmarks is None and not several:
            continue
        if several or resampler.breaks(seen.time_s):
            resampler.reset()
            stream, rows = FeatureStream(), []
        if several or seen.landmarks is None:
            continue
        for sample in resampler.add(sample_of(seen.landmarks)):
            rows.append(stream.add(sample.world_m, sample.plane_px, sample.score))
            if len(rows) >= SAMPLES and (len(rows) - SAMPLES) % STRIDE == 0:
                windows.append(np.stack(rows[-SAMPLES:]))
    return windows


def is_test(session: str) -> bool:
    """Whether a session is kept for testing: one in five, by its code alone."""
    return hashlib.sha256(session.encode()).digest()[0] % TESTED_SHARE == 0


def _windows(parts: list[tuple[Array, float]]) -> Windows:
    features = np.stack([window for window, _ in parts]).astype(np.float32)
    labels = np.array([[index, UNKNOWN, UNKNOWN, UNKNOWN] for _, index in parts], np.float32)
    return Windows(features.reshape(-1, SAMPLES, FEATURES), labels, ("ratings",) * len(parts))
