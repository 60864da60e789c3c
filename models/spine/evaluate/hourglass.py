"""
An hourglass that others trained, read by our heat-map reader on photographs: proof that the reader reads.

    python -m models.spine.evaluate.hourglass --weights model.tflite --photos photographs

The weights are those of tucan9389/PoseEstimation-CoreML (MIT): 192 x 192 BGR from 0 to 255 in, 14 heat maps of 48 x 48
out. The photographs' folder holds `lspet_annotations.json` and `lspet/`. Each person is looked at in the box around the
annotated joints, half as wide and high again: what a detector would give, without its mistakes.
"""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import typer
from rich.console import Console
from rich.progress import track

from edge.bench.row import Row, show, write_json
from edge.errors import ModelError, PictureError
from edge.pose.fit import Box, box_around
from edge.pose.mpii import LSP14
from models.conversion.convert import convert
from models.conversion.writer import serialise
from models.said import said
from models.spine.evaluate.adopt import Adopted, adopt
from models.spine.evaluate.figures import figures
from models.spine.evaluate.people import Found, Person, Truth
from models.tflite.graph import read_graph

CARD = """
name = "site_hourglass"
summary = "Hourglass of 14 joints, trained by others"
licence = "MIT"
[preprocessing]
colour = "BGR"
low = 0.0
high = 255.0
border = "zero"
[decoding]
kind = "heat_map"
layout = "head_first14"
first_px = 0.0
blur_cells = 1.0
"""
AROUND = 1.5
"""The network's view, in shares of the box around the joints."""


def adopt_weights(weights: Path, folder: Path) -> Adopted:
    """
    Convert the TFLite file and adopt it.

    Raises:
        ModelError: the file is missing or no network this converter knows.
    """
    try:
        content = weights.read_bytes()
    except OSError as error:
        raise ModelError(f"{weights} cannot be read ({error.strerror}); name another by --weights") from error
    network, card = folder / "converted.onnx", folder / "card.toml"
    network.write_bytes(serialise(convert(read_graph(content), {"heat_maps": 0})))
    card.write_text(CARD, encoding="utf-8")
    return adopt(network, card, folder / "networks")


def photographed(photos: Path, subset: str, limit: int | None = None) -> tuple[Truth, list[Path]]:
    """
    The annotated people of one subset and their pictures.

    Raises:
        PictureError: there are none.
    """
    path = photos / "lspet_annotations.json"
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["images"]
        chosen = [entry for entry in entries if entry["subset"] == subset][:limit]
        joints = [np.array(entry["joints"], np.float64).reshape(14, 3) for entry in chosen]
        files = [photos / "lspet" / str(entry["file"]) for entry in chosen]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PictureError(
            f"{path} cannot be read ({error}), name the folder of the photographs by --photos"
        ) from error
    if not chosen:
        raise PictureError(f"{path} has no subset {subset!r}, name another by --subset")
    people = [Person(n, one[:, :2], one[:, 2] > 0, 0.0, np.zeros(4)) for n, one in enumerate(joints)]
    return Truth(LSP14, tuple(range(len(people))), tuple(people)), files


def find(adopted: Adopted, truth: Truth, files: Sequence[Path], console: Console) -> list[Found]:
    """What the network finds of each person, in the truth's layout."""
    names = adopted.pose.layout.points
    order = [names.index(name) for name in truth.layout.points]
    found = []
    for person, file in track(list(zip(truth.people, files, strict=True)), "reading", console=console):
        image = cv2.imread(str(file))
        if image is None:
            raise PictureError(f"{file} cannot be read, fetch the photographs again")
        points = adopted.pose.read(np.asarray(image, np.uint8), _view(person))
        found.append(Found(person.picture, points.xy_px[order], float(points.score.mean())))
    return found


def _view(person: Person) -> Box:
    box = box_around(person.xy_px[person.labelled])
    if box is None:
        raise PictureError("a person in the annotations has no extent, name other photographs by --photos")
    return box.padded(AROUND)


def measure(weights: Path, photos: Path, subset: str, console: Console, limit: int | None = None) -> list[Row]:
    """PCKh@0.5 and PCK@0.2 of the weights on the photographs."""
    truth, files = photographed(photos, subset, limit)
    with tempfile.TemporaryDirectory() as folder:
        return figures(truth, find(adopt_weights(weights, Path(folder)), truth, files, console))


def main(
    weights: Annotated[Path, typer.Option(help="The hourglass's TFLite file.")],
    photos: Annotated[Path, typer.Option(help="Folder with lspet/ and lspet_annotations.json.")],
    subset: Annotated[str, typer.Option(help="standing, upright or bent.")] = "standing",
    json: Annotated[Path | None, typer.Option(help="Write the figures here too.")] = None,
) -> None:
    """Read photographs of people with an hourglass that others trained."""
    console = Console()
    with said(console):
        rows = measure(weights, photos, subset, console)
        show(rows, f"Hourglass of others, {subset}", console)
        if json is not None:
            write_json(rows, json)


if __name__ == "__main__":
    typer.run(main)
