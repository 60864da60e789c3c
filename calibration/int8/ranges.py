"""What the pictures do inside a network: channel maxima, histograms, and the range that loses least."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import helper

from edge.engine.engine import Tensors

BINS = 2048
CANDIDATES = np.linspace(0.2, 1.0, 81)
"""Shares of the largest magnitude that are tried as the end of the range."""


class Probe:
    """An engine that runs a network as it stands in the file and gives its inner tensors as well."""

    def __init__(self, model: onnx.ModelProto, tensors: Sequence[str]) -> None:
        copy = onnx.ModelProto()
        copy.CopyFrom(model)
        present = {value.name for value in copy.graph.output}
        for name in tensors:
            if name not in present:
                copy.graph.output.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            copy.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        self._names = list(tensors)
        self.description = "float32, ONNX Runtime, nothing fused"

    def run(self, inputs: Tensors) -> dict[str, NDArray[np.float32]]:
        """The tensors asked for at the start, for one picture."""
        return dict(zip(self._names, self._session.run(self._names, dict(inputs)), strict=True))

    def close(self) -> None:
        """Nothing to free."""


def channel_maxima(
    model: onnx.ModelProto, tensors: Sequence[str], pictures: Iterable[NDArray[np.float32]]
) -> dict[str, tuple[float, ...]]:
    """Tensor -> the largest magnitude of each of its channels over all pictures."""
    probe, largest = Probe(model, tensors), dict[str, NDArray[np.float32]]()
    for picture in pictures:
        for name, values in probe.run({"image": picture}).items():
            maximum = np.abs(values).max(axis=(0, 2, 3))
            largest[name] = np.maximum(largest.get(name, maximum), maximum)
    return {name: tuple(float(v) for v in values) for name, values in largest.items()}


def tensor_ranges(
    model: onnx.ModelProto, tensors: Sequence[str], pictures: Sequence[NDArray[np.float32]], levels: int
) -> dict[str, float]:
    """Tensor -> the end of the symmetric range with the smallest squared error over all pictures."""
    probe = Probe(model, tensors)
    ends: dict[str, float] = {}
    for picture in pictures:
        for name, values in probe.run({"image": picture}).items():
            ends[name] = max(ends.get(name, 1e-6), float(np.abs(values).max()))
    counts = {name: np.zeros(BINS, np.int64) for name in tensors}
    for picture in pictures:
        for name, values in probe.run({"image": picture}).items():
            bins = np.minimum((np.abs(values) * (BINS / ends[name])).astype(np.int32), BINS - 1)
            counts[name] += np.bincount(bins.reshape(-1), minlength=BINS)
    return _best(ends, counts, levels)


def _best(ends: Mapping[str, float], counts: Mapping[str, NDArray[np.int64]], levels: int) -> dict[str, float]:
    return {name: least_error(ends[name], counts[name], levels) for name in ends}


def least_error(end: float, counts: NDArray[np.int64], levels: int) -> float:
    """
    The end of the range with the smallest squared error.

    Args:
        end: the largest magnitude, where the last bin ends.
        counts: (bins,) how often each magnitude occurred.
        levels: steps from zero to the end of the range.
    """
    centres = (np.arange(len(counts)) + 0.5) * (end / len(counts))
    steps = CANDIDATES * end / levels
    values = np.minimum(np.round(centres / steps[:, None]), levels) * steps[:, None]
    errors = ((values - centres) ** 2 * counts).sum(axis=1)
    return float(CANDIDATES[int(errors.argmin())] * end)
