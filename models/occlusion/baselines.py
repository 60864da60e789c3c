"""
What the network has to beat: hold, ridge, ridge and held residual, Kalman; offline interpolation and RTS.

All work on the thirteen common joints, (windows, 16, 13, 2) pixels and (windows, 16, 13) seen.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from edge.occlusion.replay import follow, smooth_gaps
from edge.occlusion.window import BODY, SAMPLES

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
DRIFTS = (0.03, 3.0, 30.0)
"""Of the Kalman filters and smoothers; the one that does best on the very test is reported, in their favour."""
SD_SHARE = 1.0 / 60.0
"""What a seen joint is taken to be off, of the torso's length."""
PENALTY = 3e-3
JOINTS = len(BODY)


@dataclass(slots=True, eq=False)
class Ridge:
    """
    A regression of its own for every pattern of visible joints, of poses about the visible joints' centre and spread.

    Attributes:
        poses: (n, 13, 2) complete poses it learns from.
    """

    poses: Floats
    _known: dict[bytes, tuple[NDArray[np.int64], Floats, Floats]] = field(default_factory=dict)

    def __call__(self, xy: Floats, seen: Flags) -> Floats:
        """(n, 13, 2) all joints of single poses (n, 13, 2); NaN where fewer than three are seen."""
        out = np.full(xy.shape, np.nan)
        codes = seen @ (1 << np.arange(JOINTS))
        for code in np.unique(codes[seen.sum(axis=1) >= 3]):
            rows = np.flatnonzero(codes == code)
            shown, mean, gain = self._fitted(seen[rows[0]])
            centre, spread = _frame(xy[rows][:, shown])
            x = ((xy[rows] - centre) / spread).reshape(len(rows), -1)
            columns = np.stack([2 * shown, 2 * shown + 1], axis=-1).ravel()
            found = mean + (x[:, columns] - mean[columns]) @ gain
            out[rows] = found.reshape(-1, JOINTS, 2) * spread + centre
        return out

    def _fitted(self, seen: Flags) -> tuple[NDArray[np.int64], Floats, Floats]:
        key = seen.tobytes()
        if key not in self._known:
            shown = np.flatnonzero(seen)
            centre, spread = _frame(self.poses[:, shown])
            fair = spread[:, 0, 0] > 0.25 * np.median(spread)
            x = ((self.poses[fair] - centre[fair]) / spread[fair]).reshape(fair.sum(), -1)
            mean = x.mean(axis=0)
            x = x - mean
            columns = np.stack([2 * shown, 2 * shown + 1], axis=-1).ravel()
            own = x[:, columns].T @ x[:, columns] / len(x) + PENALTY * np.eye(len(columns))
            self._known[key] = shown, mean, np.linalg.solve(own, x[:, columns].T @ x / len(x))
        return self._known[key]


def causal(ridge: Ridge, xy: Floats, seen: Flags, torso_px: Floats) -> dict[str, Floats]:
    """Name -> (windows, 13, 2): each joint of the newest sample; what was never seen in the window is the ridge's."""
    last = np.maximum.accumulate(np.where(seen, np.arange(SAMPLES)[:, None], -1), axis=1)[:, -1]
    had = (last >= 0)[..., None]
    held = _at(xy, last)
    now = seen[:, -1]
    guess = _filled(ridge(xy[:, -1], now), xy, seen)
    out = {"hold": np.where(had, held, guess), "ridge": guess}
    # The same regression in the sample the joint was seen in last, from joints seen both then and now.
    off = np.zeros_like(held)
    for joint in range(JOINTS):
        rows = np.flatnonzero((last[:, joint] >= 0) & ~now[:, joint])
        if len(rows) == 0:
            continue
        then = xy[rows, last[rows, joint]]
        both = seen[rows, last[rows, joint]] & now[rows]
        both[:, joint] = False
        before, after = ridge(then, both), ridge(xy[rows, -1], both)
        moved = after[:, joint] - before[:, joint]
        off[rows, joint] = np.where(np.isnan(moved), 0.0, moved)
    out["ridge + held residual"] = np.where(had, held + off, guess)
    scale = (SD_SHARE * torso_px)[:, None, None]
    for drift in DRIFTS:
        followed = np.moveaxis(_scaled(follow, xy, seen, scale, drift), 0, 1)[:, -1]
        out[f"Kalman {drift:g}"] = np.where(had, followed, guess)
    return out


def offline(xy: Floats, seen: Flags, torso_px: Floats) -> dict[str, Floats]:
    """Name -> (windows, 16, 13, 2) with both sides known."""
    steps = np.arange(SAMPLES)[:, None]
    last = np.maximum.accumulate(np.where(seen, steps, -1), axis=1)
    following = np.minimum.accumulate(np.where(seen, steps, SAMPLES)[:, ::-1], axis=1)[:, ::-1]
    share = ((steps - last) / np.maximum(following - last, 1))[..., None]
    a, b = (np.take_along_axis(xy, np.clip(at, 0, SAMPLES - 1)[..., None], axis=1) for at in (last, following))
    out = {"hold": a, "interpolation": (1.0 - share) * a + share * b}
    scale = (SD_SHARE * torso_px)[:, None, None]
    for drift in DRIFTS:
        smoothed = _scaled(lambda x, s, d, q: smooth_gaps(x, s, d, q)[0], xy, seen, scale, drift)
        out[f"RTS {drift:g}"] = np.moveaxis(smoothed, 0, 1)
    return out


def _scaled(method, xy: Floats, seen: Flags, scale: Floats, drift: float) -> Floats:  # type: ignore[no-untyped-def]
    """Run a filter in units of each person's own noise, samples first."""
    x = np.moveaxis(xy / scale[..., None], 1, 0)
    found: Floats = method(x, np.moveaxis(seen, 1, 0), 1.0, drift) * scale[..., 0][None, ..., None, None].reshape(
        1, -1, 1, 1
    )
    return found


def _frame(xy: Floats) -> tuple[Floats, Floats]:
    """Centre (n, 1, 2) and spread (n, 1, 1)."""
    centre = xy.mean(axis=1, keepdims=True)
    spread = np.sqrt(((xy - centre) ** 2).sum(axis=-1).mean(axis=1))
    return centre, np.maximum(spread, 1e-6)[:, None, None]


def _at(xy: Floats, last: NDArray[np.int64]) -> Floats:
    found: Floats = np.take_along_axis(xy, np.clip(last, 0, SAMPLES - 1)[:, None, :, None], axis=1)[:, 0]
    return found


def _filled(guess: Floats, xy: Floats, seen: Flags) -> Floats:
    """Where even the ridge knows nothing: the middle of what was seen in the window."""
    weight = seen[..., None]
    middle = (np.where(weight, xy, 0.0)).sum(axis=(1, 2)) / np.maximum(weight.sum(axis=(1, 2)), 1)
    return np.where(np.isnan(guess), middle[:, None], guess)
