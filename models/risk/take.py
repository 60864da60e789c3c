"""A movement as a station's camera and landmark network would have seen it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import COUNT, Joint, Landmarks
from edge.pose.observation import Observation
from edge.risk.evidence import moved
from edge.risk.features import FeatureStream
from edge.risk.window import LONGEST_GAP_S, RATE_HZ, SAMPLES, STRIDE
from models.risk.lens import Seen, draw_camera, seen
from models.risk.motion import HIPS, Array, Motion
from models.risk.pose_noise import BODY, TaskNoise, read_as

RATES_HZ = (15.0, 24.0, 25.0, 30.0, 30.0, 30.0, 60.0)
JITTER_S = 0.006
BEFORE_S, AFTER_S, LEAST_S = (-0.3, 1.5), (0.3, 1.6), 6.2
"""A drawn take stands so long before the movement (less than nothing: it has begun) and after it; its least length."""
LOW = 0.3
FINE_HZ = 120.0
WRISTS = [Joint.LEFT_WRIST, Joint.RIGHT_WRIST]


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """
    What was read of one movement.

    Attributes:
        times_s: (F,) float64, capture times.
        read: joints of every frame.
        score: (F, 33) float64.
    """

    times_s: Array
    read: Seen
    score: Array

    def sampled(self, times_s: Array) -> "Take":
        """The same take looked at by another camera, at times within it: what lies between frames is interpolated."""
        first = np.clip(np.searchsorted(self.times_s, times_s, side="right") - 1, 0, len(self.times_s) - 2)
        share = (times_s - self.times_s[first]) / (self.times_s[first + 1] - self.times_s[first])
        weight = share[:, None, None]
        world, plane = (
            points[first] + weight * (points[first + 1] - points[first])
            for points in (self.read.world_m, self.read.plane_px)
        )
        return Take(times_s, Seen(world, plane), self.score[first])

    def observations(self, people: int = 1) -> Iterator[Observation]:
        """Frame by frame, as vision hands them to the station."""
        never = np.zeros(COUNT, np.bool_)
        for number, time_s in enumerate(self.times_s):
            xyz = np.concatenate([self.read.plane_px[number], np.zeros((COUNT, 1))], axis=1).astype(np.float32)
            world, score = self.read.world_m[number].astype(np.float32), self.score[number].astype(np.float32)
            landmarks = Landmarks(xyz, world, score, never, float(time_s))
            yield Observation(number, float(time_s), float(time_s), landmarks, people)


def frame_times(seconds: float, rng: np.random.Generator, rate_hz: float = 30.0, jitter_s: float = 0.0) -> Array:
    """(F,) capture times of a camera at a rate, each off by a normal jitter, in order."""
    times = np.arange(0.0, seconds + 1e-9, 1.0 / rate_hz)
    return np.sort(times + np.clip(rng.normal(0.0, 1.0, len(times)), -2, 2) * jitter_s)


def without(times_s: Array, share: float, rng: np.random.Generator, longest_s: float | None = LONGEST_GAP_S) -> Array:
    """The times with a share of frames lost at random; no gap longer than `longest_s` is made, None for any."""
    kept = [0]
    for number in range(1, len(times_s) - 1):
        gap_s = times_s[number + 1] - times_s[kept[-1]]
        if rng.random() >= share or (longest_s is not None and gap_s > longest_s):
            kept.append(number)
    return times_s[[*kept, len(times_s) - 1]]


def film(motion: Motion, times_s: Array, noise: TaskNoise, rng: np.random.Generator, start_s: float = 0.0) -> Take:
    """
    Film a movement: a camera is drawn, the joints are seen and read.

    Args:
        motion: what is done.
        times_s: (F,) when frames are taken.
        noise: of the task, as measured.
        rng: what is drawn.
        start_s: time of the movement at the first frame.
    """
    true = seen(motion.at(times_s - times_s[0] + start_s), draw_camera(motion, rng))
    read, score = read_as(true, times_s, noise, rng)
    return Take(times_s, read, score)


def drawn_take(motion: Motion, noise: TaskNoise, rng: np.random.Generator) -> Take:
    """A whole take of a movement for training: any camera rate, lost frames and joints now and then."""
    camera = _drawn_camera(rng)
    before, seconds = _drawn_length(motion, rng)
    take = film(motion, _drawn_times(camera, seconds, rng), noise, rng, -before)
    if rng.random() < 0.2:
        _hide(take.score, rng)
    return take


def drawn_pair(motion: Motion, noise: TaskNoise, rng: np.random.Generator) -> tuple[Take, Take]:
    """The same take of a movement, with the same errors, as some camera and as one of 30 Hz would have seen it."""
    before, seconds = _drawn_length(motion, rng)
    fine = film(motion, frame_times(seconds, rng, FINE_HZ), noise, rng, -before)
    if rng.random() < 0.2:
        _hide(fine.score, rng)
    other, usual = _drawn_times(_drawn_camera(rng), seconds, rng), frame_times(seconds, rng)
    last_s = fine.times_s[-1]
    return fine.sampled(other[(other >= 0.0) & (other <= last_s)]), fine.sampled(usual[usual <= last_s])


def _drawn_length(motion: Motion, rng: np.random.Generator) -> tuple[float, float]:
    """Seconds before the movement, and of all."""
    before, after = float(rng.uniform(*BEFORE_S)), float(rng.uniform(*AFTER_S))
    return before, max(motion.seconds + before + after, LEAST_S)


def _drawn_camera(rng: np.random.Generator) -> tuple[float, float]:
    """Its frames a second, and seconds of jitter."""
    return float(rng.choice(RATES_HZ)), JITTER_S * float(rng.random() < 0.3)


def _drawn_times(camera: tuple[float, float], seconds: float, rng: np.random.Generator) -> Array:
    """(F,) when a camera took its frames; some lose a few."""
    times = frame_times(seconds, rng, *camera)
    return without(times, float(rng.uniform(0.0, 0.25)), rng) if rng.random() < 0.3 else times


def _hide(score: Array, rng: np.random.Generator) -> None:
    """Some joints of arms, legs or head become uncertain for a while."""
    choice = [joint for joint in Joint if "SHOULDER" not in joint.name and "HIP" not in joint.name]
    joints = rng.choice(np.array(choice), size=int(rng.integers(1, 7)), replace=False)
    first = int(rng.integers(len(score)))
    length = int(rng.integers(5, len(score)))
    score[first : first + length, joints] = np.minimum(score[first : first + length, joints], LOW)


def resampled(take: Take, count: int = SAMPLES) -> tuple[Array, Array, Array]:
    """World (N, 33, 3), plane (N, 33, 2) and score (N, 33) on the station's grid, as `Resampler` gives them."""
    grid = take.times_s[0] + np.arange(count) / RATE_HZ
    first = np.clip(np.searchsorted(take.times_s, grid + 1e-9, side="right") - 1, 0, len(take.times_s) - 2)
    share = (grid - take.times_s[first]) / (take.times_s[first + 1] - take.times_s[first])
    share = np.where(np.abs(share) < 1e-6, 0.0, np.where(np.abs(share - 1.0) < 1e-6, 1.0, share))
    weight = share[:, None, None]
    world, plane = (
        points[first] + weight * (points[first + 1] - points[first])
        for points in (take.read.world_m, take.read.plane_px)
    )
    lower = np.minimum(take.score[first], take.score[first + 1])
    score = np.where(share[:, None] == 0.0, take.score[first], lower)
    return world, plane, np.where(share[:, None] == 1.0, take.score[first + 1], score)


def samples_in(take: Take) -> int:
    """How many samples of the station's grid lie within a take."""
    return int((take.times_s[-1] - take.times_s[0]) * RATE_HZ + 1e-6) + 1


def features_of(takes: Sequence[Take]) -> list[Array]:
    """(N, 193) unscaled features of each of many takes, from its first sample to its last; NaN where unknown."""
    counts = [samples_in(take) for take in takes]
    longest = max(counts)
    parts = [resampled(take, count) for take, count in zip(takes, counts, strict=True)]
    world, plane, score = (np.stack([_lengthened(part[n], longest) for part in parts]) for n in range(3))
    stream = FeatureStream((len(takes),))
    rows = np.stack([stream.add(world[:, n], plane[:, n], score[:, n]) for n in range(longest)], axis=1)
    return [row[:count] for row, count in zip(rows, counts, strict=True)]


def windows_in(take: Take) -> tuple[NDArray[np.int64], Array]:
    """First samples of the windows the station reads in a take, and how active it finds each, see `evidence.moved`."""
    plane = resampled(take, samples_in(take))[1]
    hips = plane[:, list(HIPS), 1].mean(axis=1)
    wrists = plane[:, WRISTS, 1].mean(axis=1) - hips
    spread = np.sqrt(plane[:, BODY].var(axis=1).sum(axis=-1))
    places = np.stack([spread, hips, wrists], axis=1).astype(np.float32)
    firsts = np.arange(0, len(plane) - SAMPLES + 1, STRIDE)
    return firsts, np.array([moved(places[first : first + SAMPLES]) for first in firsts])


def _lengthened(values: Array, count: int) -> Array:
    return np.concatenate([values, np.repeat(values[-1:], count - len(values), axis=0)])
