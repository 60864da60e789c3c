"""Clips nobody trained on, with joints hidden whose place is known: what the bench asks about."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from edge.occlusion.window import BODY, RATE_HZ, SAMPLES, Window
from models.occlusion.batches import hide
from models.occlusion.camera import HEIGHT_PX, Shots, shots
from models.occlusion.clips import Clips
from models.occlusion.masks import block

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
MIN_SIGHTS = 12
COMPLETE_FRAMES = 3
_SHOULDERS, _HIPS = [11, 12], [23, 24]


@dataclass(frozen=True, slots=True)
class Kind:
    """What is hidden for how many samples until now; `steps` None: a pattern borrowed from another clip."""

    id: str
    mask: str
    steps: int | None


KINDS = (
    Kind("single", "single", 8),
    Kind("arm", "arm", 8),
    Kind("side", "side", 8),
    Kind("lower_seen", "lower", 8),
    Kind("lower_unseen", "lower", SAMPLES),
    Kind("whole", "whole", 4),
    Kind("real_pattern", "real", None),
)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """
    Windows of one set, hidden in one way.

    Attributes:
        shots: what was really there.
        window: what is shown of it.
        scored: (n, 16, 13) bool, the common joints that are asked for.
        torso_px: (n,) length of the trunk.
    """

    shots: Shots
    window: Window
    scored: Flags
    torso_px: Floats

    @property
    def truth(self) -> Floats:
        """(n, 16, 13, 2) pixels."""
        return self.shots.xy_px[:, :, BODY]

    @property
    def shown(self) -> Flags:
        """(n, 16, 13) bool."""
        return self.window.seen[:, :, BODY]


def scene(
    clips: Clips, kind: Kind, per_clip: int, rng: Generator, lender: Clips | None = None, *, offline: bool = False
) -> Scene:
    """
    Ask for hidden joints of the newest sample; offline in the middle of the window, seen on both sides.

    Args:
        clips: never trained on.
        kind: of mask.
        per_clip: windows.
        rng: the dice; the same for every method, as all see the same scene.
        lender: whose visibility patterns are borrowed; the same set without it.
        offline: hidden in the middle.
    """
    clip = np.repeat(np.arange(len(clips.lengths)), per_clip)
    whole = (SAMPLES - 1) * clips.fps / RATE_HZ
    lowest = np.minimum(whole, clips.lengths[clip] - 1.0)
    end = np.floor(rng.uniform(lowest, clips.lengths[clip] - 1e-6))
    found = shots(clips, clip, end, np.ones(len(clip)), rng)
    hidden = (
        borrowed(lender or clips, len(clip), rng)
        if kind.steps is None
        else block(kind.mask, kind.steps, len(clip), rng)
    )
    if offline and kind.steps is not None:
        hidden = np.roll(hidden, -((SAMPLES - kind.steps) // 2), axis=1)
    window = hide(found, hidden)
    scored = (found.seen & ~window.seen)[:, :, BODY]
    if offline:
        sights = window.seen[:, :, BODY]
        scored &= np.maximum.accumulate(sights, axis=1) & np.maximum.accumulate(sights[:, ::-1], axis=1)[:, ::-1]
    else:
        scored[:, :-1] = False
    fair = (window.seen[:, :, BODY].sum(axis=(1, 2)) >= MIN_SIGHTS) & scored.any(axis=(1, 2))
    kept = Window(window.xy_px[fair], window.score[fair], window.seen[fair])
    return Scene(found.some(fair), kept, scored[fair], torsos(clips)[found.clip[fair]])


def borrowed(clips: Clips, count: int, rng: Generator) -> Flags:
    """(count, 16, 33) True where other people of the set really were hidden; clips with hardly any are left out."""
    often = [
        clip
        for clip, (start, length) in enumerate(zip(clips.starts, clips.lengths, strict=True))
        if length > SAMPLES and (~clips.seen[start : start + length][:, BODY]).mean() > 0.03
    ]
    hidden = np.ones((count, SAMPLES, clips.seen.shape[1]), bool)
    step = max(1, round(clips.fps / RATE_HZ))
    for one in hidden:
        clip = often[rng.integers(len(often))]
        length = int(clips.lengths[clip])
        end = int(rng.integers(min(SAMPLES, length - 1), length))
        frames = clips.starts[clip] + np.clip(end + step * np.arange(1 - SAMPLES, 1), 0, length - 1)
        one[:] = ~clips.seen[frames]
    return hidden


def torsos(clips: Clips) -> Floats:
    """(clips,) pixels, 90th percentile of shoulders' to hips' middle; too rarely known: 0.3 of the box's height."""
    xyz, known = clips.xyz.astype(np.float64), clips.usable
    scale = 1.0 if clips.flat else HEIGHT_PX / 1.7
    lengths = np.linalg.norm(xyz[:, _SHOULDERS].mean(axis=1) - xyz[:, _HIPS].mean(axis=1), axis=-1) * scale
    complete: Flags = np.asarray(known[:, _SHOULDERS + _HIPS].all(axis=1), np.bool_)
    out = np.empty(len(clips.lengths))
    for clip, (start, length) in enumerate(zip(clips.starts, clips.lengths, strict=True)):
        frames = slice(start, start + length)
        if complete[frames].sum() >= COMPLETE_FRAMES:
            out[clip] = np.percentile(lengths[frames][complete[frames]], 90)
        else:
            y, flags = xyz[frames][:, BODY, 1] * scale, known[frames][:, BODY]
            high = np.where(flags, y, -np.inf).max(axis=1) - np.where(flags, y, np.inf).min(axis=1)
            out[clip] = 0.3 * np.percentile(high[np.isfinite(high)], 90) if np.isfinite(high).any() else 1.0
    return np.maximum(out, 1e-3)
