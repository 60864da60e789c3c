"""What goes into and comes out of a network, held against what the artefact promises."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from edge.engine.engine import Tensors
from edge.errors import ModelError


def check_inputs(inputs: Tensors, shapes: Mapping[str, tuple[int, ...]], description: str) -> None:
    """
    Refuse inputs the network does not take.

    Raises:
        ModelError: a name, a shape or a dtype is not the artefact's.
    """
    if inputs.keys() != shapes.keys():
        raise ModelError(
            f"{description} takes {', '.join(shapes)}, not {', '.join(inputs) or 'nothing'}; mend the caller"
        )
    for name, tensor in inputs.items():
        if tensor.shape != shapes[name] or tensor.dtype != np.float32:
            raise ModelError(
                f"{description} takes {name} as {shapes[name]} float32, "
                f"not {tensor.shape} {tensor.dtype}; mend the caller"
            )


def named_outputs(
    names: Sequence[str], values: Sequence[NDArray[np.float32]], description: str
) -> dict[str, NDArray[np.float32]]:
    """
    Put names on the outputs and refuse what is no number.

    Raises:
        ModelError: an output is not finite.
    """
    outputs = dict(zip(names, values, strict=True))
    for name, tensor in outputs.items():
        if not np.isfinite(tensor).all():
            raise ModelError(f"{description} gave {name} that is not finite; restart, or run python -m models.build")
    return outputs
