"""Networks on the processor, by OpenVINO."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge.engine.artefact import Artefact
from edge.engine.engine import Tensors
from edge.engine.tensors import check_inputs, named_outputs
from edge.errors import ModelError


class OpenVinoEngine:
    """
    One network in OpenVINO; it takes the artefact as it is.

        engine = OpenVinoEngine(load_artefact("models/built", "pose_full.int8"), threads=1)
    """

    def __init__(self, artefact: Artefact, threads: int = 1) -> None:
        """
        Args:
            artefact: checked network.
            threads: of the processor, 1 or more.

        Raises:
            ModelError: OpenVINO is not installed or cannot load the network.
        """
        try:
            import openvino
        except ImportError as error:
            raise ModelError("OpenVINO is not installed; run pip install plumbline[openvino]") from error
        settings = {
            "INFERENCE_NUM_THREADS": threads,
            "NUM_STREAMS": 1,
            "PERFORMANCE_HINT": "LATENCY",
            # What is not INT8 stays float32: some processors would otherwise take bfloat16 and move the landmarks.
            "INFERENCE_PRECISION_HINT": "f32",
        }
        try:
            core = openvino.Core()
            compiled = core.compile_model(core.read_model(artefact.content, b""), "CPU", settings)
        except RuntimeError as error:
            reason = (str(error).splitlines() or ["no reason given"])[0]
            raise ModelError(f"OpenVINO cannot load {artefact.name} ({reason}); build it again") from error
        self._request: Any = compiled.create_infer_request()
        self._inputs, self._outputs = artefact.inputs, list(artefact.outputs)
        version = openvino.__version__.partition("-")[0]
        self.description = (
            f"{artefact.name.partition('.')[0]} {artefact.precision}, OpenVINO {version} CPU, "
            f"{threads} thread{'s' if threads > 1 else ''}"
        )

    def run(self, inputs: Tensors) -> dict[str, NDArray[np.float32]]:
        """Run the network once."""
        check_inputs(inputs, self._inputs, self.description)
        if self._request is None:
            raise ModelError(f"{self.description} was closed; open it again")
        self._request.infer(dict(inputs))
        # Copied: the request writes its next answer into the same memory.
        values = [self._request.get_tensor(name).data.copy() for name in self._outputs]
        return named_outputs(self._outputs, values, self.description)

    def close(self) -> None:
        """Free the memory; closing twice is fine."""
        self._request = None
