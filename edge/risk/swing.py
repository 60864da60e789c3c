"""
How much and how fast parts of a body swing, over the last seconds: what no single moment says.

Nineteen signals are smoothed over a third of a second, and freed of what stays over a second and a half. Over the last
three seconds `amount` is the logarithm of the root mean square of what is left, and `pace` the logarithm of how fast it
changes, less `amount`: of large movements half the size lowers the one by about 0.6, half the speed the other as much.
Four signals are also told more slowly: `wander` hears swaying rather than steps.
"""

import numpy as np

from edge.risk.body import Array, Body, pair_rows
from edge.risk.running_mean import RunningMean
from edge.risk.window import RATE_HZ

QUICK, EVEN, SLOW, CALM, MEMORY = 6, 8, 45, 15, 90
"""
Samples: what is smoothed away, and once more, since a slower camera's frames tremble less in between; what counts as
staying, what is too quick for wandering, and how far back everything is remembered.
"""
LEAST_LENGTH, LEAST_DEG, LEAST_DEEP_DEG, LEAST_HZ = 0.003, 0.4, 1.5, 3.0
"""
Added to a root mean square before its logarithm is taken, for places, angles in the picture and angles in depth, and
how fast that much changes: less is the landmarks' tremble.
"""
PLACES = (
    *("hips_across", "hips_down", "shoulders_across", "shoulders_down", "hips_against_ankles", "trunk_height"),
    *("left_wrist_down", "right_wrist_down", "left_wrist_across", "right_wrist_across"),
    *("left_ankle_down", "right_ankle_down", "ankle_height_difference"),
)
ANGLES = (
    *("trunk_lean_deg", "pelvis_tilt_deg", "shoulder_tilt_deg"),
    *("trunk_pitch_deg", "shoulder_turn_deg", "pelvis_turn_deg"),
)
LARGEST_STEP = 0.3
"""Body lengths from one sample to the next: more is no movement, but somebody who was taken to have turned round."""
SIGNALS = PLACES + ANGLES
PACED = len(PLACES)
"""How fast angles change is mostly the landmarks' tremble."""
_WANDERING = [SIGNALS.index(f"{name}_across") for name in ("hips", "shoulders")]
_WANDERING += [SIGNALS.index(name) for name in ("hips_against_ankles", "trunk_lean_deg")]
NAMES = (
    *(f"{name}_amount" for name in SIGNALS),
    *(f"{name}_pace" for name in SIGNALS[:PACED]),
    *(f"{SIGNALS[number]}_wander" for number in _WANDERING),
)
_LEAST = np.array([LEAST_LENGTH] * len(PLACES) + [LEAST_DEG] * 3 + [LEAST_DEEP_DEG] * 3)
_FLOORS = np.concatenate([_LEAST, LEAST_HZ * _LEAST[:PACED], _LEAST[_WANDERING]])
_PACES = slice(len(SIGNALS), len(SIGNALS) + PACED)
_SHOULDERS, _ANKLES, _WRISTS = (list(pair_rows(name)) for name in ("SHOULDER", "ANKLE", "WRIST"))


class Swing:
    """
    Follows a body sample after sample.

        row = Swing().add(body, angles_deg)

    Any number of people at once with further leading axes.
    """

    def __init__(self, people: tuple[int, ...] = ()) -> None:
        """Leading axes of what will be added."""
        self._gone = np.zeros((*people, 2))
        self._hips_px = np.full((*people, 2), np.nan)
        count, few = (*people, len(SIGNALS)), (*people, len(_WANDERING))
        self._quick, self._slow = RunningMean.over(QUICK, count), RunningMean.over(SLOW, count)
        self._calm = RunningMean.over(CALM, few)
        self._even = RunningMean.over(EVEN, count)
        self._amount, self._pace = RunningMean.over(MEMORY, count), RunningMean.over(MEMORY, (*people, PACED))
        self._wander = RunningMean.over(MEMORY, few)

    def add(self, body: Body, angles_deg: Array) -> Array:
        """
        (..., 36) float64 as `NAMES`, NaN where nothing was known yet.

        Args:
            body: the next sample.
            angles_deg: (..., 6) as `ANGLES`.
        """
        signals = np.concatenate([self._places(body), angles_deg], axis=-1)
        unknown = np.isnan(signals)
        slow, before = self._slow.add(signals), self._even.value
        even = self._even.add(self._quick.add(signals))
        speed = (even[..., :PACED] - before[..., :PACED]) * RATE_HZ
        away, strayed = even - slow, self._calm.add(even[..., _WANDERING]) - slow[..., _WANDERING]
        squares = [
            mean.add(np.where(gone, np.nan, one * one))
            for mean, one, gone in (
                (self._amount, away, unknown),
                (self._pace, speed, unknown[..., :PACED]),
                (self._wander, strayed, unknown[..., _WANDERING]),
            )
        ]
        rows: Array = np.log(np.sqrt(np.concatenate(squares, axis=-1)) + _FLOORS)
        rows[..., _PACES] -= rows[..., :PACED]
        return rows

    def _places(self, body: Body) -> Array:
        """(..., 13) body lengths; the way of the hips in the picture is summed up, each step in its own scale."""
        step = (body.hip_px - self._hips_px) / body.length_px[..., None]
        self._hips_px = np.where(np.isnan(body.hip_px), self._hips_px, body.hip_px)
        self._gone = self._gone + np.where(np.abs(step) < LARGEST_STEP, step, 0.0)
        # Before the body's length is known no step was summed up, and that is not standing still.
        hips = np.where(np.isnan(body.hip_px / body.length_px[..., None]), np.nan, self._gone)
        plane = body.plane
        shoulders, ankles = plane[..., _SHOULDERS, :].mean(axis=-2), plane[..., _ANKLES, :]
        wrists = plane[..., _WRISTS, :] - plane[..., _SHOULDERS, :]
        height = np.sqrt(np.square(shoulders).sum(axis=-1, keepdims=True))
        level = ankles[..., :1, 1] - ankles[..., 1:, 1]
        across = -ankles[..., 0].mean(axis=-1, keepdims=True)
        return np.concatenate(
            [hips, hips + shoulders, across, height, wrists[..., 1], wrists[..., 0], ankles[..., 1], level], axis=-1
        )
