"""A movement as a station's camera and landmark network would have seen it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from edge.pose.landmarks import COUNT, Joint, Landmarks
from edge.pose.observation import Observation
from edge.risk.features import FeatureStream
from edge.risk.window import LONGEST_GAP_S, RATE_HZ, SAMPLES
from models.risk.lens import Seen, draw_camera, seen
from models.risk.motion import Array, Motion
from models.risk.pose_noise import TaskNoise, read_as

RATES_HZ = (15.0, 24.0, 25.0, 30.0, 30.0, 30.0, 60.0)
JITTER_S = 0.006
LOW = 0.3


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


def drawn_window(motion: Motion, noise: TaskNoise, rng: np.random.Generator) -> Take:
    """Five seconds of a movement for training: any camera rate, lost frames and joints now and then."""
    rate, jitter = float(rng.choice(RATES_HZ)), JITTER_S * float(rng.random() < 0.3)
    times = frame_times(SAMPLES / RATE_HZ + 0.1, rng, rate, jitter)
    if rng.random() < 0.3:
        times = without(times, float(rng.uniform(0.0, 0.25)), rng)
    start = float(rng.uniform(-0.9, max(0.0, motion.seconds - 4.0)))
    take = film(motion, times, noise, rng, start)
    if rng.random() < 0.2:
        _hide(take.score, rng)
    return take


def _hide(score: Array, rng: np.random.Generator) -> None:
    """Some joints of arms, legs or head become uncertain for a while."""
    choice = [joint for joint in Joint if "SHOULDER" not in joint.name and "HIP" not in joint.name]
    joints = rng.choice(np.array(choice), size=int(rng.integers(1, 7)), replace=False)
    first = int(rng.integers(len(score)))
    length = int(rng.integers(5, len(score)))
    score[first : first + length, joints] = np.minimum(score[first : first + length, joints], LOW)


def resampled(take: Take) -> tuple[Array, Array, Array]:
    """World (150, 33, 3), plane (150, 33, 2) and score (150, 33) on the station's grid, as `Resampler` gives them."""
    grid = take.times_s[0] + np.arange(SAMPLES) / RATE_HZ
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


def features_of(takes: list[Take]) -> Array:
    """(B, 150, 193) unscaled features of many windows at once, NaN where unknown."""
    world, plane, score = (np.stack(parts) for parts in zip(*map(resampled, takes), strict=True))
    stream = FeatureStream((len(takes),))
    rows = [stream.add(world[:, n], plane[:, n], score[:, n]) for n in range(SAMPLES)]
    return np.stack(rows, axis=1)
