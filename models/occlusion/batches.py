"""Training windows: filmed, disturbed, hidden in several ways, written as the network's inputs."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from edge.occlusion.window import BODY, SAMPLES, Encoded, Window, encode, poses_of
from edge.pose.landmarks import COUNT
from models.occlusion.camera import Shots, disturbed, random_shots
from models.occlusion.clips import Clips
from models.occlusion.masks import block, lifelike_landmarks, random_masks

BODY_ONLY = 0.4
"""Share of the windows in which only the thirteen common joints were ever found."""
FARTHEST = 12.0
_MAIN = np.isin(np.arange(COUNT), BODY)
_WEIGHT = np.where(_MAIN, 1.0, 0.2)


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """
    Windows as the network reads them, the views of one clip one after another.

    Attributes:
        encoded: the inputs, and the way back to pixels.
        target: (n, 16, 33, 2) float32, in the window's unit.
        weight: (n, 16, 33) float32, zero where nothing is to be recovered.
        known: (n, 16, 33) float32, the same, seen joints included.
        unit: (n,) float32, the window's unit in lengths of the trunk, 0.3 to 3: what errors are judged in.
    """

    encoded: Encoded
    target: NDArray[np.float32]
    weight: NDArray[np.float32]
    known: NDArray[np.float32]
    unit: NDArray[np.float32]


def scores(seen: NDArray[np.bool_], rng: Generator) -> NDArray[np.float64]:
    """What a pose network says of joints it sees: mostly sure."""
    return np.where(seen, 1.0 - 0.4 * rng.beta(1.0, 6.0, seen.shape), 0.0)


def hide(found: Shots, hidden: NDArray[np.bool_], score: NDArray[np.float64] | None = None) -> Window:
    """The same windows with joints hidden; who is not asked, is sure."""
    seen = found.seen & ~hidden
    return Window(found.xy_px, np.ones(seen.shape) if score is None else score, seen)


def batch(sources: Mapping[str, tuple[Clips, float]], count: int, views: int, rng: Generator) -> Batch:
    """
    Draw `count` windows of which each `views` in a row are one clip, hidden in different ways.

    Args:
        sources: name -> the clips and their share.
        count: of windows.
        views: of each clip.
        rng: the dice.
    """
    shares = np.array([share for _, share in sources.values()])
    each = rng.multinomial(count // views, shares / shares.sum())
    found = Shots.joined([random_shots(c, n, rng) for (c, _), n in zip(sources.values(), each, strict=True) if n])
    few = rng.random(len(found.xy_px)) < BODY_ONLY
    found = disturbed(found, rng, few)
    for flags in (found.seen, found.usable):
        flags &= _MAIN | ~few[:, None, None]
    found = found.some(np.repeat(np.arange(len(found.xy_px)), views))
    window = hide(found, random_masks(found.xy_px, rng), scores(found.seen, rng))
    poor = window.seen[:, :, BODY].sum(axis=(1, 2)) < 16
    window.seen[poor] = found.seen[poor]
    encoded = encode(window)
    target = (found.xy_px - encoded.centre_px[:, None, None]) / encoded.spread_px[:, None, None, None]
    known = found.usable * _WEIGHT * (np.abs(target).max(axis=-1) < FARTHEST)
    return Batch(
        encoded, target.astype(np.float32), (known * ~window.seen).astype(np.float32), known.astype(np.float32),
        np.clip(encoded.spread_px / trunks_px(found.xy_px), 0.3, 3.0).astype(np.float32),
    )  # fmt: skip


def trunks_px(xy_px: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) 90th percentile over each window (n, 16, 33, 2) of shoulders' to hips' middle."""
    length = np.linalg.norm(xy_px[:, :, [11, 12]].mean(axis=2) - xy_px[:, :, [23, 24]].mean(axis=2), axis=-1)
    return np.maximum(np.percentile(length, 90, axis=1), 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class PosePool:
    """
    Single poses and what may hide parts of them.

    Attributes:
        shots: windows, of which every sample is a pose.
        few: (windows,) bool, in which only the thirteen common joints were ever found.
        hidden: (patterns, 33) bool.
    """

    shots: Shots
    few: NDArray[np.bool_]
    hidden: NDArray[np.bool_]


def pose_pool(sources: Mapping[str, tuple[Clips, float]], rng: Generator, windows: int = 8000) -> PosePool:
    """Draw poses and patterns once; `pose_batch` combines them anew every time."""
    shares = np.array([share for _, share in sources.values()])
    each = rng.multinomial(windows, shares / shares.sum())
    found = Shots.joined([random_shots(c, n, rng) for (c, _), n in zip(sources.values(), each, strict=True) if n])
    kinds = ("single", "arm", "side", "lower", "upper", "leg", "some", "some")
    hidden = [block(kind, 1, 120, rng)[:, -1] for kind in kinds]
    few = rng.random(len(found.xy_px)) < BODY_ONLY
    return PosePool(disturbed(found, rng, few), few, np.concatenate([*hidden, lifelike_landmarks(400, rng)]))


def pose_batch(pool: PosePool, count: int, rng: Generator) -> tuple[NDArray[np.float32], ...]:
    """The completion's input (n, 33, 3), its target (n, 33, 2) and weight (n, 33)."""
    row, at = rng.integers(len(pool.shots.xy_px), size=count), rng.integers(SAMPLES, size=count)
    xy, usable = pool.shots.xy_px[row, at][:, None], pool.shots.usable[row, at][:, None].copy()
    usable &= _MAIN | ~pool.few[row][:, None, None]
    seen = usable & ~pool.hidden[rng.integers(len(pool.hidden), size=count)][:, None]
    poses, frames = poses_of(xy, seen)
    spread = np.maximum(frames[:, 0, 0], 1e-3)[:, None, None]
    target = (xy[:, 0] - frames[:, 0, None, 1:3]) / spread
    fair = frames[:, 0, 3, None] * (np.abs(target).max(axis=-1) < FARTHEST)
    weight = _WEIGHT * usable[:, 0] * ~seen[:, 0] * fair
    return (
        poses[:, 0].astype(np.float32),
        np.where(weight[..., None] > 0, target, 0.0).astype(np.float32),
        weight.astype(np.float32),
    )
