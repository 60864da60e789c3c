"""From a checkpoint to what the repository keeps: uncertainty calibrated, ranges for INT8 measured, card written."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.random import default_rng
from numpy.typing import NDArray

from calibration.int8.ranges import tensor_ranges
from edge.errors import PictureError
from models.artefacts import toml
from models.halves import read_halves, write_halves
from models.people.sample import sample
from models.people.studio import studio
from models.people.whole_file import write_whole
from models.quantisation.qdq import LEVELS
from models.quantisation.topology import CONVOLUTION, Topology
from models.spine.augment import example
from models.spine.batches import batch_of
from models.spine.export import Export
from models.spine.layout import COUNT
from models.spine.network import SpineNetwork
from models.spine.pictures import MARGINS, SIZE_PX, Picture, picture_of, read_shard
from models.spine.train import NOTHING, averaged, load
from models.trained import answers_of

CALIBRATE_FROM = 50_000
"""First seed of the people of V1 the uncertainty is calibrated on: their bodies are none that training shows."""
COVERED = 0.68
"""Share of the errors that are to lie within the stated standard deviation."""
ENOUGH = 30
"""Pictures a point has to be seen in before its own errors widen it; else the median of all points does."""
TOLERANCES = {"points": 6.0, "log_sd": 0.8, "visible": 3.0, "curve": 1.5}
"""Of the known answer, in each output's unit: engines round an INT8 network differently."""
LEARNT_FROM = (
    "rendered people (models.people, T1 and T2; MakeHuman shapes, CC0) and, for the body, what BlazePose heavy "
    "(Apache-2.0) sees in films under BSD-3, Apache-2.0 and MIT"
)
NOT_KNOWN = (
    "how far off it is on real backs: no labelled ones exist here. It is measured on rendered people; on photographs "
    "it places shoulders and hips worse than BlazePose. The curve head is calibrated on rendered people alone and is "
    "shown to nobody"
)
PLACES = {"points": (0, 1, 11, 13, 23, 25, 36, 37, 38, 39), "log_sd": (10, 11), "visible": (5, 6), "curve": (0,)}
"""Nose, heights of shoulders and hips, C7 and sacrum: the drawn figure leaves open which side is left."""


@dataclass(frozen=True, slots=True)
class Kept:
    """
    Where a finished network goes.

    Attributes:
        name: of the artefact.
        folder: of the files.
    """

    name: str
    folder: Path

    def path(self, ending: str) -> Path:
        """One of its files."""
        return self.folder / f"{self.name}.{ending}"


def finish(run: Path, unseen: Sequence[Picture], learnt: Sequence[Picture], kept: Kept) -> None:
    """
    Write `half.onnx`, `ranges.json` and `card.toml`.

    Args:
        run: folder of the training.
        unseen: pictures of people it has not learnt from; they calibrate the uncertainty.
        learnt: training pictures; they say how far the tensors reach.
        kept: where to.
    """
    network = averaged(run / "checkpoint.pt")
    export = Export(network, widened(network, unseen))
    write_halves(export.model(), kept.path("half.onnx"))
    model = read_halves(kept.path("half.onnx"))
    tensors = _tensors(Topology(model))
    ranges = tensor_ranges(model, tensors, inputs(learnt), LEVELS)
    table = {
        "in_float": export.in_float,
        "source": f"{len(learnt)} training pictures, half of them with a grey background",
        "tensors": {name: float(f"{end:.6g}") for name, end in ranges.items()},
    }
    write_whole(kept.path("ranges.json"), (json.dumps(table, indent=1, sort_keys=True) + "\n").encode())
    answers = answers_of(model)
    write_whole(kept.path("card.toml"), _card(load(run / "checkpoint.pt"), answers, len(unseen)).encode())


def calibration_pictures(count: int = 256) -> list[Picture]:
    """Close-ups of V1's people, whose bodies nobody learnt from; not those of the bench."""
    place = studio()
    shots = (sample(seed, "V1") for seed in range(CALIBRATE_FROM, CALIBRATE_FROM + count))
    return [picture_of(shot.seed, "torso", *place.crop(shot, "torso", SIZE_PX, MARGINS["torso"])) for shot in shots]


def learnt_pictures(shards: Path, count: int = 96) -> list[Picture]:
    """Some of the pictures it learnt from, evenly over all shards."""
    paths = sorted(shards.glob("shard-*.npz"))
    if not paths:
        raise PictureError(f"{shards}: no training pictures, name the folder the network learnt from")
    chosen = [paths[k] for k in np.linspace(0, len(paths) - 1, min(count, len(paths))).astype(int)]
    return [list(read_shard(path))[k % 32 % 5] for k, path in enumerate(chosen)]


def widened(network: SpineNetwork, unseen: Sequence[Picture]) -> NDArray[np.float32]:
    """(74, 2) to add to the logarithm of the stated standard deviations so that COVERED of the errors lie inside."""
    image, wanted = batch_of([example(picture, None, masked=True) for picture in unseen])
    with torch.no_grad():
        answers = [network(part) for part in image.split(32)]
    found = torch.cat([answer.points for answer in answers])
    log_sd = torch.cat([answer.log_sd for answer in answers])
    over = ((found - wanted.points).abs() / log_sd.exp()).numpy()
    known = (wanted.known * wanted.visible).numpy() > 0
    widths: NDArray[np.float64] = np.full((COUNT, 2), np.nan)
    for point in range(COUNT):
        if known[:, point].sum() >= ENOUGH:
            widths[point] = np.log(np.quantile(over[known[:, point], point], COVERED, axis=0).clip(1e-2))
    widths = np.where(np.isfinite(widths), widths, np.nanmedian(widths))
    return np.asarray(widths, np.float32)


def inputs(pictures: Sequence[Picture]) -> list[NDArray[np.float32]]:
    """(1, 3, 256, 192) float32 each, as the station would cut them, every second one with a grey background."""
    rng = default_rng(0)
    images = [example(picture, rng if k % 3 else None, masked=k % 2 == 0).image for k, picture in enumerate(pictures)]
    return [np.ascontiguousarray(image.transpose(2, 0, 1)[None].astype(np.float32) / 255) for image in images]


def _tensors(topology: Topology) -> list[str]:
    """Every tensor INT8 may need the range of: what convolutions take and give, and the sums between them."""
    found = set[str]()
    for node in topology.model.graph.node:
        if node.op_type == CONVOLUTION:
            found |= {topology.range_source(str(node.input[0])), topology.range_source(topology.activated(node))}
        elif node.op_type == "Add":
            found.add(topology.activated(node))
    return sorted(found - set(topology.outputs) - {"image"})


def _card(state: dict[str, object], answers: dict[str, NDArray[np.float32]], unseen: int) -> str:
    plan, progress = state["plan"], state["progress"]
    assert isinstance(plan, dict)
    assert isinstance(progress, dict)
    how = f"{state.get('begun', NOTHING)} ({plan['size']}), {progress['pictures']} pictures shown"
    known = f"calibrated on {unseen} renders of bodies it has not learnt from"
    lines = [
        f"summary = {toml('Gives body, spine and back of one person in an upright crop, with their uncertainty.')}",
        'licence = "Apache-2.0"',
        f"made_by = {toml(how)}",
        "\n[provenance]",
        f"learnt_from = {toml(LEARNT_FROM)}",
        f"pictures = {state['library']}",
        f"steps = {progress['step']}",
        f"minutes = {round(progress['spent_s'] / 60, 1)}",
        f"uncertainty = {toml(known)}",
        f"not_known = {toml(NOT_KNOWN)}",
        f"date = {toml(datetime.datetime.now(datetime.timezone.utc).date().isoformat())}",
        "\n[preprocessing]",
        'colour = "RGB"', "low = 0.0", "high = 1.0", 'border = "replicate"',
    ]  # fmt: skip
    for output, chosen in PLACES.items():
        values = [float(f"{value:.5g}") for value in answers[output].reshape(-1)[list(chosen)]]
        lines += [
            f"\n[known_answer.{output}]", f"places = {list(chosen)}", f"tolerance = {TOLERANCES[output]}",
            f"values = {values}",
        ]  # fmt: skip
    return "\n".join(lines) + "\n"
