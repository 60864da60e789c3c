"""From motion in space, or filmed elsewhere, to what a pose network would report at 15 Hz."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from edge.occlusion.window import BODY, RATE_HZ, SAMPLES
from edge.pose.landmarks import COUNT, Joint
from models.occlusion.clips import Clips

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
SPEEDS = (0.5, 1.6)
HEIGHT_PX = 400.0
"""What a grown person is tall in a picture; only noise and thresholds know."""
MIRRORED = np.array(
    [
        Joint[n.replace("LEFT", "#").replace("RIGHT", "LEFT").replace("#", "RIGHT")]
        for n in (joint.name for joint in Joint)
    ]
)
_FACE = [joint for joint in Joint if joint <= Joint.MOUTH_RIGHT]
_BELOW = [joint for joint in Joint if joint >= Joint.LEFT_HIP]


def _limbs(root: str, *parts: str) -> tuple[list[Joint], list[list[Joint]]]:
    sides = ("LEFT", "RIGHT")
    return [Joint[f"{side}_{root}"] for side in sides], [[Joint[f"{side}_{part}"] for part in parts] for side in sides]


_BRANCHES = (
    (*_limbs("HIP", "KNEE", "ANKLE", "HEEL", "FOOT_INDEX"), (0.35, 0.3), (-0.06, 0.15)),
    (*_limbs("SHOULDER", "ELBOW", "WRIST", "PINKY", "INDEX", "THUMB"), (0.08, 0.15), (-0.03, 0.12)),
)
"""Roots, what hangs on each, and by how much sets differ: logarithm's mean and standard deviation, width and length."""


@dataclass(frozen=True, slots=True, eq=False)
class Shots:
    """
    Windows of 16 samples, nothing hidden yet.

    Attributes:
        xy_px: (n, 16, 33, 2) float64 pixels.
        seen: (n, 16, 33) bool, what the camera itself saw.
        usable: (n, 16, 33) bool, a position is written down.
        clip: (n,) which clip each is of.
    """

    xy_px: Floats
    seen: Flags
    usable: Flags
    clip: NDArray[np.int64]

    def some(self, chosen: NDArray[np.int64] | Flags) -> "Shots":
        """Only some of the windows."""
        return Shots(self.xy_px[chosen], self.seen[chosen], self.usable[chosen], self.clip[chosen])

    @classmethod
    def joined(cls, parts: list["Shots"]) -> "Shots":
        """All of several."""
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in cls.__slots__))


def shots(clips: Clips, clip: NDArray[np.int64], end: Floats, speed: Floats, rng: Generator) -> Shots:
    """
    Film windows: of these clips, ending at these frames (may lie between two), played this much faster.

    Motion in space is seen from anywhere around; what was filmed stays as it was.
    """
    at = end[:, None] + np.arange(1 - SAMPLES, 1) * (clips.fps / RATE_HZ) * speed[:, None]
    inside = (at > -1e-6) & (at < clips.lengths[clip, None] - 1 + 1e-6)
    at = np.clip(at, 0.0, clips.lengths[clip, None] - 1.0)
    low = np.floor(at + 1e-9).astype(np.int64)
    share = (at - low)[..., None]
    first = clips.starts[clip, None] + low
    second = np.where(share[..., 0] > 1e-6, first + 1, first)
    xyz = (1.0 - share[..., None]) * clips.xyz[first] + share[..., None] * clips.xyz[second]
    seen = clips.seen[first] & clips.seen[second] & inside[..., None]
    usable = clips.usable[first] & clips.usable[second] & inside[..., None]
    xy = xyz[..., :2].astype(np.float64) if clips.flat else _projected(xyz.astype(np.float64), usable, rng)
    return Shots(xy, seen, usable, clip)


def random_shots(clips: Clips, count: int, rng: Generator) -> Shots:
    """Training windows: any clip (longer ones more often), any moment, 0.5 to 1.6 times as fast."""
    clip = rng.choice(len(clips.lengths), count, p=clips.lengths / clips.lengths.sum())
    speed = np.where(rng.random(count) < 0.4, 1.0, SPEEDS[0] * (SPEEDS[1] / SPEEDS[0]) ** rng.random(count))
    need = np.minimum((SAMPLES - 1) * clips.fps / RATE_HZ * speed * rng.choice([0.3, 1.0], count, p=[0.1, 0.9]),
                      clips.lengths[clip] - 1.0)  # fmt: skip
    end = rng.uniform(need, clips.lengths[clip] - 0.999)
    return shots(clips, clip, np.minimum(end, clips.lengths[clip] - 1.0), speed, rng)


def disturbed(found: Shots, rng: Generator, marked: Flags | None = None) -> Shots:
    """
    Training only: mirrored, rolled, shaken, and every joint a little off as a network or a person puts it.

    Args:
        found: windows.
        rng: the dice.
        marked: (n,) which windows are as people mark joints by hand, the head's middle instead of the nose.
    """
    xy, seen, usable = found.xy_px.copy(), found.seen.copy(), found.usable.copy()
    count = len(xy)
    flip = rng.random(count) < 0.5
    xy[flip] = xy[flip][:, :, MIRRORED] * np.array([-1.0, 1.0])
    seen[flip], usable[flip] = seen[flip][:, :, MIRRORED], usable[flip][:, :, MIRRORED]
    roll = np.radians(rng.normal(0.0, 6.0, count))
    cos, sin = np.cos(roll)[:, None, None], np.sin(roll)[:, None, None]
    xy = np.stack([cos * xy[..., 0] - sin * xy[..., 1], sin * xy[..., 0] + cos * xy[..., 1]], axis=-1)
    size = _size(xy, usable)[:, None, None, None]
    size_small = size[..., 0]
    steps = np.arange(SAMPLES)[:, None] - SAMPLES + 1
    pan = rng.normal(0.0, 1.0, (count, 1, 2)) * np.where(rng.random(count) < 0.12, 0.025, 0.001)[:, None, None]
    shake = rng.normal(0.0, 0.004, (count, SAMPLES, 2)) * rng.choice([0.0, 1.0], (count, 1, 1))
    xy += ((pan * steps + shake) * size_small)[:, :, None]
    zoom = 1.0 + rng.normal(0.0, 0.004, (count, 1)) * steps[:, 0]
    xy *= zoom[..., None, None]
    level = np.exp(rng.normal(np.log(0.006), 0.8, (count, 1, 1, 1)))
    slow = rng.normal(0.0, 1.0, (count, 1, COUNT, 2)) + 0.5 * np.cumsum(rng.normal(0.0, 0.5, xy.shape), axis=1)
    xy += size * level * (0.6 * slow + 0.6 * rng.normal(0.0, 1.0, xy.shape))
    xy = _looser_head(otherwise_put(xy, rng), np.zeros(count, bool) if marked is None else marked, rng)
    # People who mark joints by hand leave a mark where it is while it hardly moves: a coarse grid does the same.
    grid = size * np.where(rng.random((count, 1, 1, 1)) < 0.3, rng.uniform(0.002, 0.01, (count, 1, 1, 1)), 1e-6)
    return Shots(grid * np.round(xy / grid), seen, usable, found.clip)


def otherwise_put(xy: Floats, rng: Generator) -> Floats:
    """Other sets put hips and shoulders wider or closer and have other proportions: every window its own ones."""
    out = xy.copy()
    for pair, limbs, width, length in _BRANCHES:
        middle = xy[:, :, pair].mean(axis=2, keepdims=True)
        wider = np.exp(rng.normal(*width, (len(xy), 1, 1, 1)))
        longer = np.exp(rng.normal(*length, (len(xy), 1, 1, 1)))
        for root, parts in zip(pair, limbs, strict=True):
            moved = middle + wider * (xy[:, :, [root]] - middle)
            out[:, :, parts] = moved + longer * (xy[:, :, parts] - xy[:, :, [root]])
            out[:, :, [root]] = moved
    high = np.exp(rng.normal(-0.28, 0.2, (len(xy), 1, 1, 1)))
    longer = np.exp(rng.normal(0.05, 0.1, (len(xy), 1, 1, 1)))
    neck = 0.5 * (xy[:, :, [Joint.LEFT_SHOULDER]] + xy[:, :, [Joint.RIGHT_SHOULDER]])
    ears = 0.5 * (xy[:, :, [Joint.LEFT_EAR]] + xy[:, :, [Joint.RIGHT_EAR]])
    hips = 0.5 * (xy[:, :, [Joint.LEFT_HIP]] + xy[:, :, [Joint.RIGHT_HIP]])
    out[:, :, _FACE] += (high - 1.0) * (ears - neck)
    out[:, :, _BELOW] += (longer - 1.0) * (hips - neck)
    return out


def _looser_head(xy: Floats, marked: Flags, rng: Generator) -> Floats:
    """Other sets write down the head's middle or its top where ours has the nose: most marked windows, few others."""
    ears = 0.5 * (xy[:, :, Joint.LEFT_EAR] + xy[:, :, Joint.RIGHT_EAR])
    eyes = 0.5 * (xy[:, :, Joint.LEFT_EYE] + xy[:, :, Joint.RIGHT_EYE])
    up = eyes - 0.5 * (xy[:, :, Joint.MOUTH_LEFT] + xy[:, :, Joint.MOUTH_RIGHT])
    loose = (rng.random(len(xy)) < np.where(marked, 0.85, 0.1))[:, None, None]
    back, high = rng.beta(2.5, 1.0, (len(xy), 1, 1)), rng.uniform(0.0, 1.0, (len(xy), 1, 1))
    out = xy.copy()
    nose = out[:, :, Joint.NOSE]
    out[:, :, Joint.NOSE] = nose + loose * (back * (ears - nose) + 1.2 * high * up)
    return out


def _size(xy: Floats, usable: Flags) -> Floats:
    """(n,) how large a person is: the longest side of the box about its joints."""
    body = xy[:, :, BODY]
    known = usable[:, :, BODY][..., None]
    low = np.where(known, body, np.inf).min(axis=(1, 2))
    high = np.where(known, body, -np.inf).max(axis=(1, 2))
    return np.clip(np.nan_to_num((high - low).max(axis=1), posinf=1.0, neginf=1.0), 1.0, 1e4)


def _projected(xyz: Floats, usable: Flags, rng: Generator) -> Floats:
    """A camera somewhere around the person: any azimuth, 25 degrees down to 12 up, 2.2 to 8 m away."""
    count = len(xyz)
    weight = usable[..., None].astype(np.float64)
    middle = (xyz * weight).sum(axis=(1, 2)) / np.maximum(weight.sum(axis=(1, 2)), 1.0)
    xyz = xyz - middle[:, None, None]
    azimuth = _beside(xyz, rng.uniform(0.0, 2 * np.pi, count), rng)[:, None, None]
    raised = np.radians(rng.uniform(-12.0, 25.0, count))[:, None, None]
    away = rng.uniform(2.2, 8.0, count)[:, None, None]
    x = np.cos(azimuth) * xyz[..., 0] - np.sin(azimuth) * xyz[..., 2]
    near = np.sin(azimuth) * xyz[..., 0] + np.cos(azimuth) * xyz[..., 2]
    y = np.cos(raised) * xyz[..., 1] - np.sin(raised) * near
    near = np.sin(raised) * xyz[..., 1] + np.cos(raised) * near
    scale = HEIGHT_PX / 1.7 * away / np.maximum(away - near, 0.8)
    # Seen from the front the person's left is on the picture's right.
    return np.stack([x * scale, -y * scale], axis=-1)


def _beside(xyz: Floats, azimuth: Floats, rng: Generator) -> Floats:
    """Azimuths (n,) again, but of people who lie most are turned: one films them from the side, not along the body."""
    trunk = xyz[:, :, [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER]].mean(axis=(1, 2))
    trunk = trunk - xyz[:, :, [Joint.LEFT_HIP, Joint.RIGHT_HIP]].mean(axis=(1, 2))
    lying = np.hypot(trunk[:, 0], trunk[:, 2]) > 1.2 * np.abs(trunk[:, 1])
    if not lying.any():
        return azimuth
    across = np.arctan2(-trunk[:, 2], trunk[:, 0]) + np.pi * rng.integers(2, size=len(xyz))
    across += np.radians(rng.normal(0.0, 22.0, len(xyz)))
    return np.where(lying & (rng.random(len(xyz)) < 0.85), across, azimuth)
