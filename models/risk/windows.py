"""Windows to learn from: features, labels, and where each came from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge.risk.layout import FEATURES
from edge.risk.movement_tracker import counting
from edge.risk.window import SAMPLES
from models.risk.faults import Faults, draw_for_learning, insert
from models.risk.motion import Motion
from models.risk.pose_noise import TaskNoise
from models.risk.take import Take, drawn_pair, drawn_take, features_of, samples_in, windows_in
from models.risk.variety import varied

BATCH = 200
SYMMETRIC_SHARE = 0.3
Faulty = tuple[Motion, Faults | None]
"""A movement with the faults it was made with, or None for one that takes drawn faults."""
Noises = Mapping[str, TaskNoise]
"""Task -> how the landmark network errs."""
COUNTING_SHARE, A_TAKE = 0.8, 2


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """
    Many windows.

    Attributes:
        features: (W, S, 193) float32, or float16 once joined, unscaled, NaN where unknown; S is 150 unless
            thinned, and further features may follow the 193.
        labels: (W, 4) float32: severity, lean, rotation, blades.
        sources: (W,) where the motion came from.
        grades: (W, 8) float32, of every fault by itself; None where nobody knows them.
        paired: whether 0 and 1, 2 and 3 and so on are the same seconds as two cameras saw them.
        every: of the station's samples only so many apart are here, the last one among them.
    """

    features: NDArray[np.floating[Any]]
    labels: NDArray[np.float32]
    sources: tuple[str, ...]
    grades: NDArray[np.float32] | None = None
    paired: bool = False
    every: int = 1

    def thinned(self, every: int) -> "Windows":
        """The same with only every so many samples, as float16: what many windows are kept as."""
        some = self.features[:, (self.features.shape[1] - 1) % every :: every]
        return replace(self, features=some.astype(np.float16), every=every * self.every)

    def part(self, rows: NDArray[np.integer]) -> "Windows":
        """Some of them."""
        grades = None if self.grades is None else self.grades[rows]
        sources = tuple(self.sources[int(row)] for row in rows)
        return Windows(self.features[rows], self.labels[rows], sources, grades, every=self.every)


Draw = Callable[[Sequence[Faulty], int, Noises, np.random.Generator], Windows]
"""`draw_windows` and what can be taken in its place."""


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Takes of one movement, and the first samples of the windows that are cut out of each."""

    takes: tuple[Take, ...]
    begun: NDArray[np.int64]
    source: str
    faults: Faults


def draw_windows(motions: Sequence[Faulty], count: int, noises: Noises, rng: np.random.Generator) -> Windows:
    """
    Windows of takes of randomly chosen motions, two of each take, as the station would have read them.

    Args:
        motions: each with the faults it was made with, or None for one that takes drawn faults.
        count: how many windows, even.
        noises: task -> how the landmark network errs.
        rng: what is drawn.
    """
    return windows_of(draw_cuts(motions, count, noises, rng))


def draw_cuts(motions: Sequence[Faulty], count: int, noises: Noises, rng: np.random.Generator) -> list[Cut]:
    """The takes that `draw_windows` cuts its windows out of, and where."""
    done = [
        (drawn_take(motion, noises[motion.task], rng), motion.source, faults)
        for motion, faults in _done(motions, count // A_TAKE, rng)
    ]
    begun = {number: _begun(done[number][0], rng) for number in _by_length([take for take, *_ in done])}
    return [Cut((take,), begun[number], source, faults) for number, (take, source, faults) in enumerate(done)]


def draw_pairs(motions: Sequence[Faulty], count: int, noises: Noises, rng: np.random.Generator) -> Windows:
    """As `draw_windows`, but the two windows of a take are the same seconds as two cameras saw them."""
    cuts = []
    for motion, faults in _done(motions, count // A_TAKE, rng):
        pair = drawn_pair(motion, noises[motion.task], rng)
        shorter = min(pair, key=samples_in)
        cuts.append(Cut(pair, _begun(shorter, rng)[:1], motion.source, faults))
    return replace(windows_of(cuts), paired=True)


def _done(motions: Sequence[Faulty], count: int, rng: np.random.Generator) -> Iterator[tuple[Motion, Faults]]:
    """Randomly chosen motions, done by somebody else and with their faults."""
    for place in rng.integers(len(motions), size=count):
        motion, built = motions[int(place)]
        faults = built if built is not None else _drawn(rng, motion.task)
        somebody = varied(motion, rng)
        yield somebody if built is not None else insert(somebody, faults, rng), faults


def windows_of(cuts: Sequence[Cut]) -> Windows:
    """The windows of some takes, in their order; takes of about the same length go together."""
    takes = [(take, cut.begun) for cut in cuts for take in cut.takes]
    features = np.empty((A_TAKE * len(cuts), SAMPLES, FEATURES), np.float32)
    each = len(features) // len(takes)
    order = _by_length([take for take, _ in takes])
    for first in range(0, len(order), BATCH):
        numbers = order[first : first + BATCH]
        for number, rows in zip(numbers, features_of([takes[n][0] for n in numbers]), strict=True):
            for place, begin in enumerate(takes[number][1]):
                features[each * number + place] = rows[begin : begin + SAMPLES]
    known = [(cut.faults.labels, cut.faults.grades) for cut in cuts for _ in range(A_TAKE)]
    labels, grades = (np.array(values, np.float32) for values in zip(*known, strict=True))
    return Windows(features, labels, tuple(cut.source for cut in cuts for _ in range(A_TAKE)), grades)


def _by_length(takes: Sequence[Take]) -> list[int]:
    """Their numbers, the shortest first."""
    return sorted(range(len(takes)), key=lambda number: samples_in(takes[number]))


def _begun(take: Take, rng: np.random.Generator) -> NDArray[np.int64]:
    """(2,) first samples of windows of a take; mostly of such that count for the index of the task."""
    firsts, active = windows_in(take)
    counts = counting(active)
    share = counts / counts.sum() if rng.random() < COUNTING_SHARE else None
    enough = len(firsts) if share is None else int((share > 0.0).sum())
    return np.asarray(rng.choice(firsts, size=A_TAKE, p=share, replace=enough < A_TAKE), np.int64)


def joined(parts: Sequence[Windows]) -> Windows:
    """All windows of some draws of one kind, features as float16: finer than any landmark is."""
    grades = [part.grades for part in parts if part.grades is not None]
    return Windows(
        np.concatenate([part.features.astype(np.float16, copy=False) for part in parts]),
        np.concatenate([part.labels for part in parts]),
        tuple(source for part in parts for source in part.sources),
        np.concatenate(grades) if len(grades) == len(parts) else None,
        parts[0].paired,
        parts[0].every,
    )


def weighted(groups: Sequence[tuple[Sequence[Faulty], float]]) -> list[Faulty]:
    """Groups of motions repeated until each is drawn about as often as its weight says."""
    most = max(len(group) / weight for group, weight in groups)
    return [one for group, weight in groups for one in list(group) * max(1, round(most * weight / len(group)))]


def _drawn(rng: np.random.Generator, task: str) -> Faults:
    return Faults() if rng.random() < SYMMETRIC_SHARE else draw_for_learning(rng, task)
