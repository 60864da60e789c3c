"""Networks on the processor, by ONNX Runtime."""

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as state

from edge.engine.artefact import Artefact
from edge.engine.engine import Tensors
from edge.engine.processor import overflows_here
from edge.engine.qdq_view import unsigned_view
from edge.engine.tensors import check_inputs, named_outputs
from edge.errors import ModelError

QUIET = 3
_REFUSALS = (state.Fail, state.InvalidArgument, state.InvalidGraph, state.InvalidProtobuf, state.NotImplemented)
"""What a file that cannot be loaded raises; they share no base but Exception."""


class OnnxEngine:
    """
    One network in ONNX Runtime; the bytes that were checked are the bytes that run.

        engine = OnnxEngine(load_artefact("models/built", "pose_full.int8"), threads=1)
    """

    def __init__(self, artefact: Artefact, threads: int = 1) -> None:
        """
        Args:
            artefact: checked network.
            threads: of the processor, 1 or more.

        Raises:
            ModelError: ONNX Runtime cannot load it.
        """
        content = unsigned_view(artefact.content) if artefact.precision == "int8" else artefact.content
        try:
            self._session = onnxruntime.InferenceSession(
                content,
                _options(threads),
                providers=["CPUExecutionProvider"],
            )
        except _REFUSALS as error:
            raise ModelError(
                f"ONNX Runtime cannot load {artefact.name} ({_first_line(error)}); build it again"
            ) from error
        self._inputs, self._outputs = artefact.inputs, list(artefact.outputs)
        self.description = (
            f"{artefact.name.partition('.')[0]} {artefact.precision}, ONNX Runtime {onnxruntime.__version__} CPU, "
            f"{threads} thread{'s' if threads > 1 else ''}"
        )

    def run(self, inputs: Tensors) -> dict[str, NDArray[np.float32]]:
        """Run the network once."""
        check_inputs(inputs, self._inputs, self.description)
        if self._session is None:
            raise ModelError(f"{self.description} was closed; open it again")
        return named_outputs(self._outputs, self._session.run(self._outputs, dict(inputs)), self.description)

    def close(self) -> None:
        """Free the memory; closing twice is fine."""
        self._session = None


def _options(threads: int) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = QUIET
    # A thread that spins takes the core the camera and the screen need: 1.5 to 6 times slower on a busy board.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Slower by half, but right, on a PC without VNNI; where nothing overflows it would only cost time.
    options.add_session_config_entry("session.x64quantprecision", "1" if overflows_here() else "0")
    return options


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
