"""Linear blend skinning: each vertex moves with a weighted mean of the transforms it hangs on."""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Skin:
    """
    Weights without their zeros.

    Attributes:
        starts: (V + 1,) int32, where each vertex' entries begin.
        slots: (E,) int32, the transforms they belong to.
        values: (E,) float32, weights; those of a vertex sum to 1.
    """

    starts: NDArray[np.int32]
    slots: NDArray[np.int32]
    values: NDArray[np.float32]

    @staticmethod
    def of(weights: NDArray[np.float32], least: float = 1e-3) -> "Skin":
        """From a full matrix (V, slots); what is below `least` is dropped and the rest made up for it."""
        kept = np.where(weights >= least, weights, 0.0)
        kept = kept / kept.sum(axis=1, keepdims=True)
        rows, columns = np.nonzero(kept)
        starts = np.searchsorted(rows, np.arange(len(weights) + 1)).astype(np.int32)
        return Skin(starts, columns.astype(np.int32), kept[rows, columns].astype(np.float32))

    def move(self, rest_m: NDArray[np.float32], transforms: NDArray[np.float64]) -> NDArray[np.float32]:
        """(V, 3) float32 vertices out of rest vertices (V, 3) and transforms (slots, 3, 4)."""
        flat = np.ascontiguousarray(transforms.reshape(-1, 12), np.float32)
        out = np.empty_like(rest_m)
        _blend(self.starts, self.slots, self.values, flat, rest_m, out)
        return out


@njit(cache=True)
def _blend(starts, slots, values, flat, rest, out):  # type: ignore[no-untyped-def]  # pragma: no cover
    for vertex in range(rest.shape[0]):
        x, y, z = rest[vertex, 0], rest[vertex, 1], rest[vertex, 2]
        a = b = c = np.float32(0.0)
        for entry in range(starts[vertex], starts[vertex + 1]):
            weight, row = values[entry], flat[slots[entry]]
            a += weight * (row[0] * x + row[1] * y + row[2] * z + row[3])
            b += weight * (row[4] * x + row[5] * y + row[6] * z + row[7])
            c += weight * (row[8] * x + row[9] * y + row[10] * z + row[11])
        out[vertex, 0], out[vertex, 1], out[vertex, 2] = a, b, c
