"""Before an artefact may leave the workshop: is it legal, and does it still say what the float network says?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray

from edge.engine.self_test import drawn_figure
from edge.errors import ModelError
from models.artefacts import Built
from models.lint import lint
from models.recipes import Preprocessing


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What a check found.

    Attributes:
        deviation: largest difference to the known answer, in shares of what is allowed; None where none is kept.
        breaches: what TensorRT would refuse.
    """

    deviation: float | None
    breaches: tuple[str, ...]


def answers_of(model: onnx.ModelProto, preprocessing: Preprocessing) -> dict[str, NDArray[np.float32]]:
    """Output -> values for the drawn figure, every node run as it stands in the file (no fusing)."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    side = session.get_inputs()[0].shape[2]
    low, high = preprocessing.low, preprocessing.high
    picture = drawn_figure(side).astype(np.float32) * np.float32((high - low) / 255) + np.float32(low)
    image = np.ascontiguousarray(picture.transpose(2, 0, 1)[None])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, {session.get_inputs()[0].name: image}), strict=True))


def verify(built: Built, answers: Mapping[str, Any]) -> Verdict:
    """
    Check one artefact.

    Args:
        built: the artefact.
        answers: output -> places, values and tolerance, as kept in `known_answers.json`.

    Raises:
        ModelError: an output is not finite, an answer is wrong, or TensorRT would refuse the file.
    """
    name = built.recipe.artefact
    breaches = tuple(lint(built.model)) if built.recipe.precision == "int8" else ()
    if breaches:
        raise ModelError(f"{name} is not legal for TensorRT: {breaches[0]}; mend the recipe")
    found = answers_of(built.model, built.recipe.network.preprocessing)
    if not all(np.isfinite(values).all() for values in found.values()):
        raise ModelError(f"{name} gives numbers that are not finite; mend the recipe")
    worst = None
    for output, answer in answers.items():
        values = found[output].reshape(-1)[answer["places"]]
        deviation = float(np.abs(values - np.array(answer["values"])).max()) / answer["tolerance"]
        if not deviation <= 1:
            raise ModelError(
                f"{name} gives {output} wrong by {deviation:.1f} times what is allowed; "
                "if the recipe changed on purpose, run python -m models.build --renew"
            )
        worst = max(worst or 0.0, deviation)
    return Verdict(worst, breaches)
