"""From samples to the 193 features the network takes."""

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import COUNT, Joint
from edge.risk.body import Array, Body, pair_rows
from edge.risk.confidence import kept
from edge.risk.derived import DERIVED, derived, swinging_deg
from edge.risk.running_mean import RunningMean
from edge.risk.swing import Swing

SIZE_SAMPLES, SCALE_SAMPLES, SIDE_SAMPLES, EVEN_SAMPLES = 60, 10, 30, 5
"""
Over how many samples body length, pixels a metre, the side the person shows and the places of joints are averaged:
landmarks tremble, and less so in between the frames of a slower camera.
"""
_CHAIN = np.array([pair_rows(name) for name in ("SHOULDER", "HIP", "KNEE", "ANKLE")])
_TRUNK = np.array([pair_rows("SHOULDER"), pair_rows("HIP")])
_FACING = np.array([1.0, 1.0, 1.0])
_TURNED_ROUND = np.array([-1.0, 1.0, -1.0])
SMALLEST_M = 0.05


class FeatureStream:
    """
    Features sample after sample. Remembers body length, the picture's scale, the side shown and how the body swings.

        stream = FeatureStream()
        row = stream.add(sample.world_m, sample.plane_px, sample.score)

    Any number of people may be fed at once with further leading axes (all in step): training does so, and gets what the
    station gets but for rounding.
    """

    def __init__(self, people: tuple[int, ...] = ()) -> None:
        """Leading axes of what will be added."""
        self._size, self._scale, self._side = (
            RunningMean.over(samples, people) for samples in (SIZE_SAMPLES, SCALE_SAMPLES, SIDE_SAMPLES)
        )
        self._even = RunningMean.over(EVEN_SAMPLES, (*people, 3 * COUNT + len(DERIVED)))
        self._swing = Swing(people)

    def add(self, world_m: Array, plane_px: Array, score: Array) -> NDArray[np.float64]:
        """
        The features of the next sample.

        Args:
            world_m: (..., 33, 3) float64, as `Sample.world_m`.
            plane_px: (..., 33, 2) float64.
            score: (..., 33) float64.

        Returns:
            (..., 193) float64 as `layout.NAMES`, NaN where unknown.
        """
        used = kept(score)
        gone = ~used[..., None]
        body = self._body(np.where(gone, np.nan, world_m), np.where(gone, np.nan, plane_px))
        row = derived(body)
        swing = self._swing.add(body, swinging_deg(row))
        now = np.concatenate([body.space.reshape(*score.shape[:-1], 3 * COUNT), row], axis=-1)
        even = np.where(np.isnan(now), np.nan, self._even.add(now))
        return np.concatenate(
            [even[..., : 3 * COUNT], np.where(used, score, 0.0), even[..., 3 * COUNT :], swing], axis=-1
        )

    def _body(self, world_m: Array, plane_px: Array) -> Body:
        hips_m, hips_px = (
            0.5 * (points[..., Joint.LEFT_HIP, :] + points[..., Joint.RIGHT_HIP, :]) for points in (world_m, plane_px)
        )
        size_m = self._size.add(_size_m(world_m))[..., None]
        px_per_m = self._scale.add(_px_per_m(world_m, plane_px))[..., None]
        trunk = world_m[..., _TRUNK[:, 0], 0] - world_m[..., _TRUNK[:, 1], 0]
        away = self._side.add(trunk[..., 0] + trunk[..., 1])[..., None] < 0.0
        turn = np.where(away, _TURNED_ROUND, _FACING)
        body_px = px_per_m * size_m
        space = (world_m - hips_m[..., None, :]) / size_m[..., None] * turn[..., None, :]
        plane = (plane_px - hips_px[..., None, :]) / body_px[..., None] * turn[..., None, :2]
        return Body(space, plane, hips_px * turn[..., :2], body_px[..., 0])


def _size_m(world_m: Array) -> Array:
    """(...) shoulder to ankle along the bones, mean of both sides; NaN unless all are known."""
    points = world_m[..., _CHAIN, :]
    bones = points[..., 1:, :, :] - points[..., :-1, :, :]
    lengths = 0.5 * np.sqrt(np.square(bones).sum(axis=-1)).sum(axis=(-2, -1))
    return np.asarray(np.maximum(lengths, SMALLEST_M), np.float64)


def _px_per_m(world_m: Array, plane_px: Array) -> Array:
    """(...) how large the body is in the picture against the network's metres, by shoulders, hips, knees and ankles."""
    rows = _CHAIN.reshape(-1)
    flat, seen = world_m[..., rows, :2], plane_px[..., rows, :]
    flat = flat - flat.mean(axis=-2, keepdims=True)
    seen = seen - seen.mean(axis=-2, keepdims=True)
    spread = np.maximum(np.square(flat).sum(axis=(-2, -1)), SMALLEST_M**2)
    ratio = np.sqrt(np.square(seen).sum(axis=(-2, -1)) / spread)
    # Joints that all fall on one place say nothing of size, and places are divided by this.
    return np.where(ratio > 0.0, ratio, np.nan)
