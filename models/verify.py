"""Before an artefact may leave the workshop: is it legal, and does it still say what the float network says?"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import ArrayLike, NDArray

from edge.engine.self_test import figure_tensor
from edge.errors import ModelError
from models.artefacts import Built
from models.lint import lint
from models.plain_run import run_plainly
from models.quantisation.equalise import shapes
from models.recipes import Preprocessing


def answers_of(model: onnx.ModelProto, preprocessing: Preprocessing) -> dict[str, NDArray[np.float32]]:
    """Output -> values for the drawn figure, every node run as it stands in the file (no fusing)."""
    ((name, shape),) = shapes(model.graph.input).items()
    figure = figure_tensor(tuple(shape), preprocessing.low, preprocessing.high)
    return run_plainly(model.SerializeToString(), {name: figure})


def verify(built: Built, answers: Mapping[str, Any], reference: onnx.ModelProto) -> float:
    """
    Check one artefact.

    Args:
        built: the artefact.
        answers: output -> places, values and tolerance, as kept in `known_answers.json`.
        reference: the float network it was made from.

    Returns:
        The largest difference to the known answer, in shares of what is allowed.

    Raises:
        ModelError: an output is not finite, an answer is wrong, INT8 is too far from float, or TensorRT would refuse
            the file.
    """
    name = built.recipe.artefact
    breaches = lint(built.model) if built.recipe.precision == "int8" else []
    if breaches:
        raise ModelError(f"{name} is not legal for TensorRT: {breaches[0]}; mend the recipe")
    if not answers:
        raise ModelError(f"{name} has no known answer; run python -m models.build {name} --renew")
    found = answers_of(built.model, built.recipe.network.preprocessing)
    if not all(np.isfinite(values).all() for values in found.values()):
        raise ModelError(f"{name} gives numbers that are not finite; mend the recipe")
    floats = answers_of(reference, built.recipe.network.preprocessing)
    for output, answer in answers.items():
        apart = _apart(found[output], floats[output].reshape(-1)[answer["places"]], answer)
        if not apart <= 1:
            raise ModelError(
                f"{name} gives {output} {apart:.1f} times further from float than allowed; calibrate again"
            )
    worst = max(_apart(found[output], answer["values"], answer) for output, answer in answers.items())
    if not worst <= 1:
        raise ModelError(
            f"{name} misses its known answer by {worst:.1f} times what is allowed; "
            f"if the recipe changed on purpose, run python -m models.build {name} --renew"
        )
    return worst


def _apart(found: NDArray[np.float32], expected: ArrayLike, answer: Mapping[str, Any]) -> float:
    """The largest difference at the places compared, in shares of the tolerance."""
    difference = np.abs(found.reshape(-1)[answer["places"]] - np.asarray(expected, np.float64))
    return float(difference.max()) / float(answer["tolerance"])
