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
LARGEST_SPEED = 2.2
HEIGHT_PX = 400.0
"""What a grown person is tall in a picture; only noise and thresholds know."""
MIRRORED = np.array(
    [
        Joint[n.replace("LEFT", "#").replace("RIGHT", "LEFT").replace("#", "RIGHT")]
        for n in (joint.name for joint in Joint)
    ]
)


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
    """Training windows: any clip (longer ones more often), any moment, 0.5 to 2.2 times as fast."""
    clip = rng.choice(len(clips.lengths), count, p=clips.lengths / clips.lengths.sum())
    speed = np.where(rng.random(count) < 0.4, 1.0, np.exp(rng.uniform(np.log(0.5), np.log(LARGEST_SPEED), count)))
    need = np.minimum((SAMPLES - 1) * clips.fps / RATE_HZ * speed * rng.choice([0.3, 1.0], count, p=[0.1, 0.9]),
                      clips.lengths[clip] - 1.0)  # fmt: skip
    end = rng.uniform(need, clips.lengths[clip] - 0.999)
    return shots(clips, clip, np.minimum(end, clips.lengths[clip] - 1.0), speed, rng)


def disturbed(found: Shots, rng: Generator) -> Shots:
    """Training only: mirrored, rolled, shaken, and every joint a little off as a network or a person puts it."""
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
    pan = rng.normal(0.0, 1.0, (count, 1, 2)) * np.where(rng.random(count) < 0.3, 0.03, 0.004)[:, None, None]
    shake = rng.normal(0.0, 0.004, (count, SAMPLES, 2))
    xy += ((pan * steps + shake) * size_small)[:, :, None]
    zoom = 1.0 + rng.normal(0.0, 0.004, (count, 1)) * steps[:, 0]
    xy *= zoom[..., None, None]
    level = np.exp(rng.normal(np.log(0.010), 0.7, (count, 1, 1, 1)))
    slow = rng.normal(0.0, 1.0, (count, 1, COUNT, 2)) + 0.5 * np.cumsum(rng.normal(0.0, 0.5, xy.shape), axis=1)
    xy += size * level * (0.6 * slow + 0.6 * rng.normal(0.0, 1.0, xy.shape))
    return Shots(_looser_head(xy, rng), seen, usable, found.clip)


def _looser_head(xy: Floats, rng: Generator) -> Floats:
    """Other sets write down the head's middle or its top where ours has the nose: half of the windows do so."""
    ears = 0.5 * (xy[:, :, Joint.LEFT_EAR] + xy[:, :, Joint.RIGHT_EAR])
    eyes = 0.5 * (xy[:, :, Joint.LEFT_EYE] + xy[:, :, Joint.RIGHT_EYE])
    up = eyes - 0.5 * (xy[:, :, Joint.MOUTH_LEFT] + xy[:, :, Joint.MOUTH_RIGHT])
    loose = (rng.random(len(xy)) < 0.5)[:, None, None]
    back, high = rng.uniform(0.0, 1.0, (2, len(xy), 1, 1))
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
    """A camera somewhere around the person: any azimuth, 20 degrees down to 15 up, 2.2 to 7 m away, a little rolled."""
    count = len(xyz)
    weight = usable[..., None].astype(np.float64)
    middle = (xyz * weight).sum(axis=(1, 2)) / np.maximum(weight.sum(axis=(1, 2)), 1.0)
    xyz = xyz - middle[:, None, None]
    azimuth = rng.uniform(0.0, 2 * np.pi, count)[:, None, None]
    raised = np.radians(rng.uniform(-15.0, 20.0, count))[:, None, None]
    away = rng.uniform(2.2, 7.0, count)[:, None, None]
    x = np.cos(azimuth) * xyz[..., 0] - np.sin(azimuth) * xyz[..., 2]
    near = np.sin(azimuth) * xyz[..., 0] + np.cos(azimuth) * xyz[..., 2]
    y = np.cos(raised) * xyz[..., 1] - np.sin(raised) * near
    near = np.sin(raised) * xyz[..., 1] + np.cos(raised) * near
    scale = HEIGHT_PX / 1.7 * away / np.maximum(away - near, 0.8)
    # Seen from the front the person's left is on the picture's right.
    return np.stack([x * scale, -y * scale], axis=-1)
