"""From a checkpoint to what the station gets. Only the command line imports this: it needs torch."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray

from models.occlusion.artefact import HERE, write_artefact
from models.occlusion.batches import batch
from models.occlusion.calibrate import calibrate
from models.occlusion.clips import Clips
from models.occlusion.gate import MOST_PERCENT, Verdict, chosen, judge
from models.occlusion.graph import build_graph
from models.occlusion.int8 import FORMS, products, quantised, ranges
from models.occlusion.network import PARENT, Network, multiplications
from models.occlusion.scenes import KINDS, scene

Sources = dict[str, tuple[Clips, float]]


def export(network: Network, sources: Sources, judged_on: Clips, about: str, folder: Path = HERE) -> list[Verdict]:
    """
    Calibrate, write the float network and the INT8 form the gate allows, and what the gate measured.

    Args:
        network: trained.
        sources: what it was trained on; calibrates its uncertainty and its INT8 ranges.
        judged_on: clips for the gate.
        about: how long it was trained, on what; goes into `model.toml`.
        folder: where to.
    """
    factors = calibrate(network, sources, 1500, np.random.default_rng(11))
    weights = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    plain = build_graph(weights, network.sizes.heads, PARENT)
    maximum = ranges(plain, _windows(sources, 200))
    models = {"float": plain} | {form: quantised(plain, maximum, products(plain, form)) for form in FORMS}
    scenes = [scene(judged_on, kind, 1, np.random.default_rng(5)) for kind in KINDS if kind.steps is not None]
    verdicts = judge(models, scenes)
    write_artefact(plain, "float", "trained by python -m models.occlusion stages", about, folder)
    _write_int8(models, verdicts, about, folder)
    count = sum(one.numel() for one in network.parameters())
    record = {
        "verdicts": [asdict(one) for one in verdicts],
        "ships": chosen(verdicts).form,
        "parameters": count,
        "multiply_accumulates": multiplications(network),
        "uncertainty_factors": [round(one, 3) for one in factors],
    }
    (folder / "gate.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return verdicts


def _write_int8(models: dict[str, onnx.ModelProto], verdicts: list[Verdict], about: str, folder: Path) -> None:
    """An allowed INT8 form, or the smallest one accurate enough, for anybody to measure; gate.json says what ships."""
    forms = [one for one in verdicts if one.form != "float"]
    accurate = [one for one in forms if one.increase_percent <= MOST_PERCENT] or forms
    best = min(accurate, key=lambda one: (not one.allowed, one.bytes))
    write_artefact(models[best.form], "int8", f"symmetric int8, explicit Q/DQ: {best.form}", about, folder)


def _windows(sources: Sources, count: int) -> Iterator[dict[str, NDArray[np.float32]]]:
    inputs = batch(sources, count, 1, np.random.default_rng(12)).encoded.inputs
    for row in range(count):
        yield {name: values[row : row + 1] for name, values in inputs.items()}
