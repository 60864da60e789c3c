"""
Hidden joints of a whole recording, filled in with what comes before AND after: for replay, never live.

A smoother with constant velocity (Rauch, Tung and Striebel, AIAA Journal 3, 1965) beats straight interpolation and
every network tried so far when both sides of a gap are known, so it is what a replay uses.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
DRIFT = 30.0
"""Variance of a change of velocity within one sample, in units of the measurement's variance."""
UNKNOWN = 1e6


def smooth_gaps(xy_px: Floats, seen: Flags, sd_px: float = 1.0, drift: float = DRIFT) -> tuple[Floats, Floats]:
    """
    Fill in what was not seen from both sides; what was seen stays exactly where it was.

    Args:
        xy_px: (samples, ..., 2) evenly spaced in time; meaningless, even NaN, where not seen.
        seen: (samples, ...) bool.
        sd_px: standard deviation of a seen joint, along either axis.
        drift: how quickly velocities change, see `DRIFT`.

    Returns:
        (samples, ..., 2) pixels and (samples, ...) standard deviation along either axis; both NaN for joints that were
        never seen, the second zero where seen.
    """
    places = np.where(seen[..., None], np.nan_to_num(xy_px), 0.0)
    states, covariances = _both_ways(places, seen, sd_px**2, drift * sd_px**2)
    found = np.where(seen[..., None], places, states[..., 0, :])
    doubt = np.where(seen, 0.0, np.sqrt(np.maximum(covariances[..., 0, 0], 0.0)))
    never = np.asarray(~seen.any(axis=0), np.bool_)
    return np.where(never[..., None], np.nan, found), np.where(never, np.nan, doubt)


def follow(xy_px: Floats, seen: Flags, sd_px: float = 1.0, drift: float = DRIFT) -> Floats:
    """(samples, ..., 2) the causal half of it, a Kalman filter: seen joints measured, hidden ones carried on."""
    places = np.where(seen[..., None], np.nan_to_num(xy_px), 0.0)
    return _forwards(places, seen, sd_px**2, drift * sd_px**2)[2][..., 0, :]


def _both_ways(places: Floats, seen: Flags, noise: float, drift: float) -> tuple[Floats, Floats]:
    expected, expected_cov, states, covariances = _forwards(places, seen, noise, drift)
    move = np.array([[1.0, 1.0], [0.0, 1.0]])
    for at in range(len(places) - 2, -1, -1):
        gain = covariances[at] @ move.T @ np.linalg.inv(expected_cov[at + 1])
        states[at] += gain @ (states[at + 1] - expected[at + 1])
        covariances[at] += gain @ (covariances[at + 1] - expected_cov[at + 1]) @ np.swapaxes(gain, -1, -2)
    return states, covariances


def _forwards(places: Floats, seen: Flags, noise: float, drift: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Expected and corrected states (samples, ..., 2, 2: place and velocity, by x and y) with their covariances."""
    move = np.array([[1.0, 1.0], [0.0, 1.0]])
    shake = drift * np.array([[0.25, 0.5], [0.5, 1.0]])
    shape = places.shape[1:-1]
    first = _first(places, seen)
    state = np.stack([first, np.zeros_like(first)], axis=-2)
    covariance = np.broadcast_to(UNKNOWN * max(noise, drift) * np.eye(2), (*shape, 2, 2)).copy()
    kept: tuple[list[Floats], ...] = ([], [], [], [])
    for place, flag in zip(places, seen, strict=True):
        state, covariance = move @ state, move @ covariance @ move.T + shake
        kept[0].append(state)
        kept[1].append(covariance)
        gain = covariance[..., :1] / (covariance[..., :1, :1] + noise) * flag[..., None, None]
        state = state + gain @ (place[..., None, :] - state[..., :1, :])
        covariance = covariance - gain @ covariance[..., :1, :]
        kept[2].append(state)
        kept[3].append(covariance)
    return np.array(kept[0]), np.array(kept[1]), np.array(kept[2]), np.array(kept[3])


def _first(places: Floats, seen: Flags) -> Floats:
    """(..., 2) where each joint was first seen: a start that costs nothing, as its doubt is without bounds."""
    at = seen.argmax(axis=0)
    first: Floats = np.take_along_axis(places, at[None, ..., None], axis=0)[0]
    return first
