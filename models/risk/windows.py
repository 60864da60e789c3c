"""Windows to learn from: features, labels, and where each came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.risk.faults import Faults, draw_for_learning, insert
from models.risk.motion import Array, Motion
from models.risk.pose_noise import TaskNoise
from models.risk.take import Take, drawn_window, features_of

BATCH = 200
SYMMETRIC_SHARE = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """
    Many windows.

    Attributes:
        features: (W, 150, 193) float32, unscaled, NaN where unknown.
        labels: (W, 4) float32: severity, lean, rotation, blades.
        sources: (W,) where the motion came from.
        grades: (W, 8) float32, of every fault by itself; None where nobody knows them.
    """

    features: NDArray[np.float32]
    labels: NDArray[np.float32]
    sources: tuple[str, ...]
    grades: NDArray[np.float32] | None = None

    def part(self, rows: NDArray[np.integer]) -> "Windows":
        """Some of them."""
        sources = tuple(self.sources[int(row)] for row in rows)
        return Windows(
            self.features[rows], self.labels[rows], sources, None if self.grades is None else self.grades[rows]
        )


def draw_windows(
    motions: Sequence[tuple[Motion, Faults | None]],
    count: int,
    noises: Mapping[str, TaskNoise],
    rng: np.random.Generator,
) -> Windows:
    """
    Windows of randomly chosen motions.

    Args:
        motions: each with the faults it was made with, or None for one that takes drawn faults.
        count: how many windows.
        noises: task -> how the landmark network errs.
        rng: what is drawn.
    """
    takes, drawn, sources = list[Take](), list[Faults](), []
    for place in rng.integers(len(motions), size=count):
        motion, built = motions[int(place)]
        faults = built if built is not None else _drawn(rng, motion.task)
        moved = motion if built is not None else insert(motion, faults, rng)
        takes.append(drawn_window(moved, noises[motion.task], rng))
        drawn.append(faults)
        sources.append(motion.source)
    rows = [_features(takes[first : first + BATCH]) for first in range(0, count, BATCH)]
    labels, grades = (
        np.array(values, np.float32) for values in zip(*((f.labels, f.grades) for f in drawn), strict=True)
    )
    return Windows(np.concatenate(rows), labels, tuple(sources), grades)


def weighted(
    groups: Sequence[tuple[Sequence[tuple[Motion, Faults | None]], float]],
) -> list[tuple[Motion, Faults | None]]:
    """Groups of motions repeated until each is drawn about as often as its weight says."""
    most = max(len(group) / weight for group, weight in groups)
    return [one for group, weight in groups for one in list(group) * max(1, round(most * weight / len(group)))]


def _drawn(rng: np.random.Generator, task: str) -> Faults:
    return Faults() if rng.random() < SYMMETRIC_SHARE else draw_for_learning(rng, task)


def _features(takes: list[Take]) -> NDArray[np.float32]:
    features: Array = features_of(takes)
    return features.astype(np.float32)
