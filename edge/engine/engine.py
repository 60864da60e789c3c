"""What every engine can do."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Tensors = Mapping[str, NDArray[np.float32]]


class Engine(Protocol):
    """One loaded network on one accelerator. Used by one thread only."""

    description: str
    """What runs where and in which precision, e.g. `pose_full int8, ONNX Runtime 1.23.2 CPU, 1 thread`."""

    def run(self, inputs: Tensors) -> dict[str, NDArray[np.float32]]:
        """
        Run the network once.

        Args:
            inputs: name -> NCHW float32 tensor, as the artefact's `model.toml` lists them.

        Raises:
            ModelError: wrong names or shapes, or the outputs are not finite.
        """

    def close(self) -> None:
        """Free the accelerator; closing twice is fine."""
