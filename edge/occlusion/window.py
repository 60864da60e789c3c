"""
The occlusion network's view of the last second: what goes in, and how to read what comes out.

    window = resample(times_s, xy_px, score, seen)      # any rate, causal -> 16 samples at 15 Hz
    encoded = encode(window)                            # -> encoded.inputs, exactly `INPUTS`
    if encoded.usable[0]:                               # else too little was seen: hidden stays hidden
        xy_px, sd_px = decode(engine.run(encoded.inputs), encoded)   # (1, 33, 2), (1, 33) of the newest sample

ONNX inputs, all float32, a leading axis of one window (`INPUTS`):

- `tokens` (1, 16, 33, 8): of each landmark in each sample, oldest first: fill x, y (seen: where it was; hidden: between
  the last and the next sight, held after the last); glide x, y minus fill (last sight, carried on with damped
  velocity); hidden 0/1; samples since seen / 16 (1: never); samples until seen again / 16 (1: never); its score or 0
- `held_from` (1, 33, 16, 16): row t of a landmark has a one where it was last seen at or before t; zeros if never
- `poses` (1, 16, 33, 3): x, y about the centre and spread of the landmarks seen in that sample AND in the newest, and
  whether the landmark is one of them; zeros otherwise
- `pose_frames` (1, 16, 4): spread, centre x, y of `poses` in the units of `tokens`; 1 where three or more were seen

ONNX outputs, of the NEWEST sample (`OUTPUTS`):

- `position` (1, 33, 2): where each landmark is, in the units of `tokens`
- `log_sd` (1, 33): natural logarithm of its standard deviation along either axis, same unit, calibrated
- `features` (1, 64): pooled features of the encoder, for the risk model

Lengths are in units of the window's spread, about its centre, both of SEEN landmarks only, the thirteen body joints
before the rest. All picking and running along time happens here, so the network is plain arithmetic. The functions take
any number of windows at once: training uses these very lines.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import COUNT

SAMPLES, RATE_HZ = 16, 15.0
STEP_S = 1.0 / RATE_HZ
FEATURES = 64
INPUTS: Mapping[str, tuple[int, ...]] = {
    "tokens": (1, SAMPLES, COUNT, 8),
    "held_from": (1, COUNT, SAMPLES, SAMPLES),
    "poses": (1, SAMPLES, COUNT, 3),
    "pose_frames": (1, SAMPLES, 4),
}
OUTPUTS: Mapping[str, tuple[int, ...]] = {"position": (1, COUNT, 2), "log_sd": (1, COUNT), "features": (1, FEATURES)}

BODY = (0, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28)
"""The thirteen joints every set of recordings has: nose, then shoulders to ankles, left before right."""
MAX_GAP_S = 0.3
"""Between two samples further apart than this nothing is known: a little over one period at 5 frames a second."""
MIN_SIGHTS, MIN_JOINTS = 12, 3
"""A window needs so many sights of body joints, a pose so many landmarks."""
DAMPING = 0.8
"""What is left of a joint's velocity one sample later; fast limbs turn back within a third of a second."""
LARGEST_PX = 1e5
_WEIGHTS = np.where(np.isin(np.arange(COUNT), BODY), 1.0, 0.02)
_SMALLEST = 1e-6
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """
    The last 16 samples of one or more persons, oldest first, 1/15 s apart.

    Attributes:
        xy_px: (windows, 16, 33, 2) float64, pixels; meaningless where not seen.
        score: (windows, 16, 33) float64, 0 to 1.
        seen: (windows, 16, 33) bool.
    """

    xy_px: Floats
    score: Floats
    seen: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """
    What the network is given, and the way back to pixels.

    Attributes:
        inputs: as the module says, float32, first axis the windows.
        centre_px: (windows, 2) float64.
        spread_px: (windows,) float64, above zero.
        usable: (windows,) bool, False where too little was seen to say anything.
    """

    inputs: dict[str, NDArray[np.float32]]
    centre_px: Floats
    spread_px: Floats
    usable: Flags


def resample(times_s: Floats, xy_px: Floats, score: Floats, seen: Flags) -> Window:
    """
    Bring what was measured at any rate to 15 Hz, ending at the newest measurement; nothing later is looked at.

    Between two measurements a joint is seen if it is in both and they lie at most 0.3 s apart. Values that are not
    finite, or absurdly large, count as not seen; no measurement at all gives a window in which nothing is seen.

    Args:
        times_s: (n,) capture times, rising.
        xy_px: (n, 33, 2) pixels.
        score: (n, 33).
        seen: (n, 33) bool.

    Raises:
        ValueError: the times do not rise or are not finite; start a new window when a clock jumps.
    """
    times = np.asarray(times_s, np.float64)
    if not np.isfinite(times).all() or (np.diff(times) <= 0.0).any():
        raise ValueError("times must be finite and rise; start a new window when the clock jumps")
    if len(times) == 0:
        nothing = np.zeros((1, SAMPLES, COUNT))
        return Window(np.zeros((1, SAMPLES, COUNT, 2)), nothing, nothing.astype(bool))
    wanted = times[-1] + STEP_S * np.arange(1 - SAMPLES, 1)
    after = np.clip(np.searchsorted(times, wanted - 1e-9), 0, len(times) - 1)
    exact = np.abs(times[after] - wanted) < 1e-6
    before = np.where(exact, after, np.maximum(after - 1, 0))
    gap = times[after] - times[before]
    inside = (wanted >= times[0] - 1e-6) & (gap <= MAX_GAP_S)
    share = np.where(gap > 0.0, (wanted - times[before]) / np.where(gap > 0.0, gap, 1.0), 0.0)[:, None]
    known = np.asarray(seen, bool) & (np.abs(np.nan_to_num(xy_px, nan=np.inf)) < LARGEST_PX).all(axis=-1)
    places, sure = np.where(known[..., None], xy_px, 0.0), np.where(known, np.nan_to_num(score), 0.0)
    both = known[before] & known[after] & inside[:, None]
    xy = (1.0 - share[..., None]) * places[before] + share[..., None] * places[after]
    scores = (1.0 - share) * sure[before] + share * sure[after]
    return Window(xy[None], np.where(both, scores, 0.0)[None], both[None])


def encode(window: Window) -> Encoded:
    """Write windows as the network's inputs."""
    xy, seen = np.where(window.seen[..., None], window.xy_px, 0.0), window.seen
    last, following = _last_seen(seen), _next_seen(seen)
    centre, spread = _frame(xy, seen, last)
    x = np.where(seen[..., None], (xy - centre[:, None, None]) / spread[:, None, None, None], 0.0)
    fill = _fill(x, seen, last, following)
    steps = np.arange(SAMPLES)[:, None]
    parts = [
        fill,
        _glide(x, seen, last, following),
        ~seen[..., None],
        np.where(last >= 0, (steps - last) / SAMPLES, 1.0)[..., None],
        np.where(following < SAMPLES, (following - steps) / SAMPLES, 1.0)[..., None],
        np.where(seen, np.clip(window.score, 0.0, 1.0), 0.0)[..., None],
    ]
    poses, frames = poses_of(x, seen)
    held = last[..., None] == np.arange(SAMPLES)
    inputs = {
        "tokens": np.concatenate(parts, axis=-1).astype(np.float32),
        "held_from": np.moveaxis(held, 1, 2).astype(np.float32),
        "poses": poses.astype(np.float32),
        "pose_frames": frames.astype(np.float32),
    }
    usable = (seen[:, :, BODY].sum(axis=(1, 2)) >= MIN_SIGHTS) & (spread > _SMALLEST)
    return Encoded(inputs, centre, spread, usable)


def decode(outputs: Mapping[str, NDArray[np.float32]], encoded: Encoded) -> tuple[Floats, Floats]:
    """Pixels (windows, 33, 2) and standard deviation in pixels along either axis (windows, 33) of the newest sample."""
    position = np.asarray(outputs["position"], np.float64)
    xy_px = position * encoded.spread_px[:, None, None] + encoded.centre_px[:, None]
    sd_px = np.exp(np.clip(np.asarray(outputs["log_sd"], np.float64), -9.0, 4.0)) * encoded.spread_px[:, None]
    return xy_px, sd_px


def _last_seen(seen: Flags) -> Places:
    """(windows, 16, 33) the sample at or before each in which the landmark was seen, -1 for none."""
    places: Places = np.maximum.accumulate(np.where(seen, np.arange(SAMPLES)[:, None], -1), axis=1)
    return places


def _next_seen(seen: Flags) -> Places:
    """(windows, 16, 33) the sample at or after each in which the landmark was seen, 16 for none."""
    backwards = np.minimum.accumulate(np.where(seen, np.arange(SAMPLES)[:, None], SAMPLES)[:, ::-1], axis=1)
    return backwards[:, ::-1]


def _at(values: Floats, places: Places) -> Floats:
    """Values (windows, 16, 33, 2) at other samples (windows, n, 33)."""
    return np.take_along_axis(values, np.clip(places, 0, SAMPLES - 1)[..., None], axis=1)


def _frame(xy: Floats, seen: Flags, last: Places) -> tuple[Floats, Floats]:
    """Centre (windows, 2) of where each joint was seen last; spread (windows,) about each sample's own centre."""
    weights = _WEIGHTS * (last[:, -1] >= 0)
    total = np.maximum(weights.sum(axis=1), _SMALLEST)
    centre = (_at(xy, last[:, -1:])[:, 0] * weights[..., None]).sum(axis=1) / total[:, None]
    each = _WEIGHTS * seen
    sums = np.maximum(each.sum(axis=2, keepdims=True), _SMALLEST)
    middles = (xy * each[..., None]).sum(axis=2) / sums
    squares = ((xy - middles[:, :, None]) ** 2).sum(axis=-1) * each
    spread = np.sqrt(squares.sum(axis=(1, 2)) / np.maximum(each.sum(axis=(1, 2)), _SMALLEST))
    return centre, np.maximum(spread, _SMALLEST)


def _fill(x: Floats, seen: Flags, last: Places, following: Places) -> Floats:
    """Between the sights on either side; held where there is one; never seen: the middle of the sample's others."""
    had, comes = last >= 0, following < SAMPLES
    share = (np.arange(SAMPLES)[:, None] - last) / np.maximum(following - last, 1)
    share = np.where(had & comes, share, np.where(had, 0.0, 1.0))[..., None]
    each = (_WEIGHTS * seen)[..., None]
    middles = (x * each).sum(axis=2, keepdims=True) / np.maximum(each.sum(axis=2, keepdims=True), _SMALLEST)
    between = (1.0 - share) * _at(x, last) + share * _at(x, following)
    filled: Floats = np.where((had | comes)[..., None], between, middles)
    return filled


def _glide(x: Floats, seen: Flags, last: Places, following: Places) -> Floats:
    """How far from the last sight a joint is by now if its velocity there dies away; zero where it is seen again."""
    earlier = np.maximum(last - 2, 0)
    both = (last >= 2) & np.take_along_axis(seen, earlier, axis=1)
    velocity = np.where(both[..., None], 0.5 * (_at(x, last) - _at(x, earlier)), 0.0)
    since = np.maximum(np.arange(SAMPLES)[:, None] - last, 0)
    carried = DAMPING * (1.0 - DAMPING**since) / (1.0 - DAMPING)
    open_end = (last >= 0) & (following >= SAMPLES)
    return np.asarray(velocity * np.where(open_end, carried, 0.0)[..., None], np.float64)


def poses_of(x: Floats, seen: Flags) -> tuple[Floats, Floats]:
    """
    `poses` and `pose_frames`: every sample reduced to the landmarks that the newest one sees, too.

    Args:
        x: (windows, samples, 33, 2) in any unit, finite.
        seen: (windows, samples, 33) bool.
    """
    used = seen & seen[:, -1:]
    each = _WEIGHTS * used
    enough = (used.sum(axis=2) >= MIN_JOINTS) & (each.sum(axis=2) > 0.0)
    total = np.maximum(each.sum(axis=2), _SMALLEST)
    middles = (x * each[..., None]).sum(axis=2) / total[..., None]
    off = (x - middles[:, :, None]) * used[..., None]
    spread = np.sqrt(((off**2).sum(axis=-1) * each).sum(axis=2) / total)
    enough &= spread > 1e-3
    use = (used & enough[..., None])[..., None]
    poses = np.concatenate([off / np.where(enough, spread, 1.0)[..., None, None] * use, use], axis=-1)
    frames = np.concatenate([spread[..., None], middles, np.ones_like(spread)[..., None]], axis=-1) * enough[..., None]
    return poses, frames
