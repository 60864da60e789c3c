"""Reading the joints of one person out of a region: BlazePose's landmark network."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.engine.engine import Engine
from edge.pose.crop import cut, to_picture, to_tensor
from edge.pose.landmarks import COUNT, Landmarks
from edge.pose.region import Region, region_of

SIDE = 256
MIN_PRESENCE = 0.5
HEAT_SIDE = 64
MIN_HEAT = 0.5
POINTS = COUNT + 2
"""The body's landmarks, then the centre and the top of its circle, from which the next region is made."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """
    What the network read in one region.

    Attributes:
        xyz_px: (35, 3) float64, pixels of the upright frame, z away from the camera relative to mid-hip; the last two
            are mid-hip and the top of the body's circle.
        world_m: (33, 3) float64, metres, origin mid-hip, axes as xyz_px.
        score: (33,) float64, 0 (guess) to 1 (certain).
    """

    xyz_px: NDArray[np.float64]
    world_m: NDArray[np.float64]
    score: NDArray[np.float64]

    @property
    def region(self) -> Region | None:
        """Where the same person is to be looked for in the next frame; None when the points span no square."""
        centre, top = self.xyz_px[COUNT:, :2].tolist()
        return region_of((centre[0], centre[1]), (top[0], top[1]))


class Landmarker:
    """
    Reads the joints of the person in a region.

        reading = Landmarker(engine, refine_window=9).read(frame.image, region)
    """

    def __init__(self, engine: Engine, refine_window: int = 9) -> None:
        """
        Args:
            engine: the landmark network.
            refine_window: odd, cells of the heat map averaged around a landmark; 9 agrees with mediapipe 0.10.21,
                7 with 1.2.2.
        """
        if refine_window < 1 or refine_window % 2 == 0:
            raise ValueError(f"refine_window must be odd and positive, got {refine_window}")
        self._engine = engine
        self._reach = refine_window // 2

    def read(self, image: NDArray[np.uint8], region: Region) -> Reading | None:
        """
        Read the joints; None when nobody is in the region.

        Args:
            image: (H, W, 3) uint8, BGR.
            region: where the person is.
        """
        outputs = self._engine.run({"image": to_tensor(cut(image, region, SIDE), 0.0, 1.0)})
        if outputs["presence"].item() < MIN_PRESENCE:
            return None
        rows = outputs["landmarks"].reshape(-1, 5)[:POINTS].astype(np.float64)
        xy = refine(rows[:, :2] / SIDE, outputs["heatmap"].reshape(-1, HEAT_SIDE, HEAT_SIDE)[:POINTS], self._reach)
        affine = to_picture(region, SIDE)
        xyz_px = np.empty((POINTS, 3))
        xyz_px[:, :2] = xy * SIDE @ affine[:, :2].T + affine[:, 2]
        xyz_px[:, 2] = rows[:, 2] * (region.side_px / SIDE)
        world_m = outputs["world"].reshape(-1, 3)[:COUNT].astype(np.float64)
        turn = affine[:, :2] * (SIDE / region.side_px)
        world_m[:, :2] = world_m[:, :2] @ turn.T
        return Reading(xyz_px, world_m, _sigmoid(rows[:COUNT, 3]))


def landmarks_of(reading: Reading, time_s: float) -> Landmarks:
    """The landmarks of a reading, none of them recovered; `time_s` is the frame's capture time, seconds."""
    return Landmarks(
        xyz_px=reading.xyz_px[:COUNT].astype(np.float32),
        world_m=reading.world_m.astype(np.float32),
        score=reading.score.astype(np.float32),
        recovered=np.zeros(COUNT, np.bool_),
        time_s=time_s,
    )


def refine(xy: NDArray[np.float64], heat: NDArray[np.float32], reach: int) -> NDArray[np.float64]:
    """
    Move each landmark to the centre of gravity of the heat around it.

    Args:
        xy: (n, 2) float64, share of the crop's side.
        heat: (n, 64, 64) float32, logits, rows down and columns to the right.
        reach: cells to each side of the landmark's own.

    Returns:
        (n, 2) float64, share of the crop's side; unchanged where the landmark lies outside the map or the heat is low.
    """
    cell = np.trunc(xy * HEAT_SIDE).astype(np.intp)
    inside = ((cell >= 0) & (cell < HEAT_SIDE)).all(axis=1)
    offsets = np.arange(-reach, reach + 1)
    columns, rows = cell[:, :1] + offsets, cell[:, 1:] + offsets
    window = heat[
        np.arange(len(xy))[:, None, None],
        rows.clip(0, HEAT_SIDE - 1)[:, :, None],
        columns.clip(0, HEAT_SIDE - 1)[:, None, :],
    ].astype(np.float64)
    on_map = _on_map(rows)[:, :, None] & _on_map(columns)[:, None, :]
    weight = _sigmoid(window) * on_map
    total = weight.sum(axis=(1, 2))
    hot = inside & (weight.max(axis=(1, 2)) >= MIN_HEAT)
    total[~hot] = 1.0
    centre = np.stack([(weight.sum(axis=1) * columns).sum(axis=1), (weight.sum(axis=2) * rows).sum(axis=1)], axis=1)
    return np.where(hot[:, None], centre / (total[:, None] * HEAT_SIDE), xy)


def _on_map(cells: NDArray[np.intp]) -> NDArray[np.bool_]:
    return (cells >= 0) & (cells < HEAT_SIDE)


def _sigmoid(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of any size without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * logits))
