"""The sparse tensors of a TFLite file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Level:
    """
    One level of a sparse tensor's traversal.

    Attributes:
        dimension: which of the (outer, then block) dimensions the level walks.
        size: how many entries a dense level has; unused on a compressed one.
        segments: (n + 1,) int, where each parent's entries begin; None on a dense level.
        indices: (m,) int, the coordinate of each entry; None on a dense level.
    """

    dimension: int
    size: int
    segments: NDArray[np.int64] | None
    indices: NDArray[np.int64] | None

    def entries(self, parent: int) -> Iterator[tuple[int, int]]:
        """The (position, coordinate) pairs below one parent's position."""
        if self.segments is None or self.indices is None:
            return ((parent * self.size + i, i) for i in range(self.size))
        first, last = int(self.segments[parent]), int(self.segments[parent + 1])
        coordinates = self.indices[first:last].tolist()
        return zip(range(first, last), coordinates, strict=True)


def densify(
    values: NDArray[np.generic], shape: tuple[int, ...], levels: Sequence[Level], block_map: Sequence[int]
) -> NDArray[np.generic]:
    """
    Lay the stored values of a sparse tensor out densely.

    Args:
        values: (n,) the stored entries in traversal order.
        shape: the dense shape.
        levels: the traversal, outermost first; the levels beyond `len(shape)` walk inside a block.
        block_map: for each block dimension the outer dimension it refines.
    """
    block = [1] * len(shape)
    for level in levels:
        if level.dimension >= len(shape):
            block[block_map[level.dimension - len(shape)]] = level.size
    strides = [int(np.prod(shape[axis + 1 :])) for axis in range(len(shape))]
    step = [
        strides[level.dimension] * block[level.dimension]
        if level.dimension < len(shape)
        else strides[block_map[level.dimension - len(shape)]]
        for level in levels
    ]
    found = [(0, 0)]
    for level, stride in zip(levels, step, strict=True):
        found = [
            (position, offset + coordinate * stride)
            for parent, offset in found
            for position, coordinate in level.entries(parent)
        ]
    where = np.array(found, np.int64).reshape(-1, 2)
    dense = np.zeros(int(np.prod(shape)), values.dtype)
    dense[where[:, 1]] = values[where[:, 0]]
    return dense.reshape(shape)
