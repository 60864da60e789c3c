"""
How the landmark network errs, measured on rendered people and drawn again for any other movement.

For each task: how much of a joint's own movement arrives (gain), what stays off for a whole take (bias), what wanders
(residual: the strongest components over all joints of space and picture together, each with its own memory), and the
scores. Each clip counts twice, once as its mirror image: the network shall not be said to prefer a side because few
clips were measured. `pose_noise.npz` holds what `python -m models.risk noise` measured.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from edge.pose.landmarks import COUNT, Joint
from models.risk.lens import Seen
from models.risk.motion import Array

SHIPPED = Path(__file__).with_name("pose_noise.npz")
COMPONENTS = 24
RATE_HZ = 30.0
GAIN_LIMITS = (0.0, 1.3)
STILL_M2 = 0.3
"""Summed over all frames: joints that moved less than a centimetre or two are taken to arrive as they are."""
WORLD, PLANE = 3 * COUNT, 2 * COUNT
LIKE = {"bend": "toe_touch"}
"""A task nobody rendered errs like another."""
BODY = slice(int(Joint.LEFT_SHOULDER), COUNT)
MIRROR = np.array(
    [Joint[j.name.replace("LEFT", "?").replace("RIGHT", "LEFT").replace("?", "RIGHT")] for j in Joint], np.int64
)


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """
    One rendered take and what the estimator said.

    Attributes:
        true: perfect joints.
        read: what was read, the same shapes.
        score: (F, 33) float64.
    """

    true: Seen
    read: Seen
    score: Array

    def mirrored(self) -> "Clip":
        """The same take in a mirror."""
        return Clip(_mirror(self.true), _mirror(self.read), self.score[:, MIRROR])


@dataclass(frozen=True, slots=True, eq=False)
class TaskNoise:
    """
    The errors in one task; lengths in metres, those of the picture in metres at the person's distance.

    Attributes:
        gain: (165,) share of a joint's movement against mid-hip that is seen: 99 in space, 66 in the picture.
        biases: (C, 165) of every clip.
        components: (K, 165) scaled to one standard deviation each.
        memory: (K,) correlation from one frame to the next at 30 Hz.
        scores: (C, F, 33) of every clip, cut to the same length.
    """

    gain: Array
    biases: Array
    components: Array
    memory: Array
    scores: Array


def fit(clips: Sequence[Clip]) -> TaskNoise:
    """The errors of some clips of one task."""
    both = [one for clip in clips for one in (clip, clip.mirrored())]
    moved = [_moved(clip) for clip in both]
    across, along = sum((t * m).sum(axis=0) for t, m in moved), sum((t * t).sum(axis=0) for t, _ in moved)
    gain = np.clip((across + STILL_M2) / (along + STILL_M2), *GAIN_LIMITS)
    biases, rests = zip(*(_errors(clip, gain) for clip in both), strict=True)
    rest = np.concatenate(rests)
    _, sizes, axes = np.linalg.svd(rest / np.sqrt(len(rest)), full_matrices=False)
    count = min(COMPONENTS, len(axes))
    scores = [one @ axes[:count].T for one in rests]
    memory = sum((s[1:] * s[:-1]).sum(axis=0) for s in scores) / sum((s[:-1] ** 2).sum(axis=0) for s in scores)
    shortest = min(len(clip.score) for clip in both)
    kept = np.array([clip.score[:shortest] for clip in both])
    return TaskNoise(
        gain, np.array(biases), axes[:count] * sizes[:count, None], np.clip(np.asarray(memory), 0.0, 0.995), kept
    )


def read_as(
    true: Seen, times_s: Array, noise: TaskNoise, rng: np.random.Generator, size: float = 1.0
) -> tuple[Seen, Array]:
    """
    A perfect take as the network might have read it.

    Args:
        true: F frames.
        times_s: (F,) when they were taken.
        noise: of the task.
        rng: what is drawn.
        size: of all errors; 1 is as measured.

    Returns:
        What was read, and (F, 33) scores.
    """
    share = rng.normal(0.0, 1.0, len(noise.biases))
    mean = noise.biases.mean(axis=0)
    bias = mean + (share @ (noise.biases - mean)) / np.sqrt(len(noise.biases) - 1)
    error = size * (bias + _wander(times_s, noise, rng) * float(np.exp(rng.normal(0.0, 0.25))))
    perfect = _measured(true, true)
    still = perfect.mean(axis=0)
    gain = 1.0 + size * (noise.gain - 1.0)
    found = still + gain * (perfect - still) + error
    world = found[:, :WORLD].reshape(-1, COUNT, 3) * float(np.exp(rng.normal(0, 0.06)))
    plane = _hips_px(true)[:, None] + px_per_m(true)[:, None, None] * found[:, WORLD:].reshape(-1, COUNT, 2)
    return Seen(world, plane), _scores(times_s, noise, rng)


def px_per_m(seen: Seen) -> Array:
    """(F,) the picture's scale at the person."""
    plane, world = seen.plane_px[:, BODY], seen.world_m[:, BODY, :2]
    spread = [np.square(points - points.mean(axis=1, keepdims=True)).sum(axis=(1, 2)) for points in (plane, world)]
    return np.asarray(np.sqrt(spread[0] / spread[1]), np.float64)


def save(path: Path, noises: Mapping[str, TaskNoise]) -> None:
    """Write the errors of every task."""
    arrays = {}
    for task, noise in noises.items():
        for name in ("gain", "biases", "components", "memory"):
            arrays[f"{task}/{name}"] = getattr(noise, name).astype(np.float32)
        arrays[f"{task}/scores"] = np.round(255.0 * noise.scores).astype(np.uint8)
    np.savez_compressed(path, **arrays)


def load(path: Path = SHIPPED) -> dict[str, TaskNoise]:
    """Task -> its errors."""
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name].astype(np.float64) for name in file.files}
    tasks = sorted({name.partition("/")[0] for name in arrays})
    names = ("gain", "biases", "components", "memory")
    noises = {
        task: TaskNoise(
            **{name: arrays[f"{task}/{name}"] for name in names},
            scores=np.asarray(arrays[f"{task}/scores"] / 255.0, np.float64),
        )
        for task in tasks
    }
    return noises | {new: noises[old] for new, old in LIKE.items() if old in noises}


def _measured(read: Seen, true: Seen) -> Array:
    """(F, 165) metres: joints in space, then in the picture against the true mid-hip at its true scale."""
    plane = (read.plane_px - _hips_px(true)[:, None]) / px_per_m(true)[:, None, None]
    return np.concatenate([read.world_m.reshape(-1, WORLD), plane.reshape(-1, PLANE)], axis=1)


def _hips_px(seen: Seen) -> Array:
    return np.asarray(0.5 * (seen.plane_px[:, Joint.LEFT_HIP] + seen.plane_px[:, Joint.RIGHT_HIP]), np.float64)


def _both(clip: Clip) -> tuple[Array, Array]:
    """(F, 165) of the truth and of what was read, in space made as large as the person is: the size is a guess."""
    true, read = clip.true.world_m[:, BODY, :2], clip.read.world_m[:, BODY, :2]
    sized = Seen(clip.read.world_m * float((true * true).sum() / (true * read).sum()), clip.read.plane_px)
    return _measured(clip.true, clip.true), _measured(sized, clip.true)


def _moved(clip: Clip) -> tuple[Array, Array]:
    true, read = _both(clip)
    return true - true.mean(axis=0), read - read.mean(axis=0)


def _errors(clip: Clip, gain: Array) -> tuple[Array, Array]:
    """(165,) bias and (F, 165) the rest of one clip."""
    (true, read), (moved, seen) = _both(clip), _moved(clip)
    return read.mean(axis=0) - true.mean(axis=0), seen - gain * moved


def _wander(times_s: Array, noise: TaskNoise, rng: np.random.Generator) -> Array:
    """(F, 165) an Ornstein-Uhlenbeck process, so that it does not depend on how often it is looked at."""
    steps = np.diff(times_s, prepend=times_s[0])
    kept = noise.memory[None] ** (RATE_HZ * steps[:, None])
    fresh = rng.normal(size=kept.shape) * np.sqrt(1.0 - kept**2)
    state = rng.normal(size=len(noise.memory))
    states = np.empty_like(kept)
    for number in range(len(kept)):
        state = kept[number] * state + fresh[number]
        states[number] = state
    return np.asarray(states @ noise.components, np.float64)


def _scores(times_s: Array, noise: TaskNoise, rng: np.random.Generator) -> Array:
    clip = noise.scores[rng.integers(len(noise.scores))]
    places = np.abs((times_s - times_s[0]) * RATE_HZ + rng.integers(len(clip))).astype(np.int64) % (2 * len(clip))
    return np.asarray(clip[np.minimum(places, 2 * len(clip) - 1 - places)], np.float64)


def _mirror(seen: Seen) -> Seen:
    middle_px = seen.plane_px[..., 0].mean()
    plane = seen.plane_px[:, MIRROR] * np.array([-1.0, 1.0]) + np.array([2.0 * middle_px, 0.0])
    return Seen(seen.world_m[:, MIRROR] * np.array([-1.0, 1.0, 1.0]), plane)
