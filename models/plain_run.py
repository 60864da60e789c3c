"""A network run as it stands in the file, nothing fused: the reference that engines are held to."""

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from edge.engine.engine import Tensors


def run_plainly(content: bytes, inputs: Tensors) -> dict[str, NDArray[np.float32]]:
    """
    Output -> values, on one thread.

    Args:
        content: of the ONNX file.
        inputs: input -> tensor.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, dict(inputs)), strict=True))
