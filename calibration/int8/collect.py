"""
Measure the ranges INT8 needs and keep them as numbers; the pictures stay where they are.

    python -m calibration.int8.collect --photos DIR --clips DIR --cache models/cache
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console

from calibration.int8.pictures import pictures
from calibration.int8.ranges import Probe, channel_maxima, tensor_ranges
from calibration.int8.table import Table, rounded, save_table
from edge.pose import detector as detector_stage
from edge.pose import landmarker as landmarker_stage
from edge.pose.crop import cut, to_tensor
from edge.pose.detector import Detector
from edge.pose.region import Region
from models.float_network import float_network
from models.quantisation.equalise import edges, equalise
from models.quantisation.qdq import LEVELS
from models.quantisation.topology import Topology
from models.recipes import DETECTOR, FULL, LITE, Network

CHANNEL_PICTURES = 160
"""Every so many pictures the channel maxima are taken from; more only find rarer extremes."""

Picture = NDArray[np.uint8]


def gather(photos: Path, clips: Path | None, cache: Path, most: int) -> tuple[list[Picture], list[Picture]]:
    """The detector's squares (224, 224, 3) and the landmark crops (256, 256, 3), BGR, at most `most` of each."""
    detector = Detector(Probe(float_network(DETECTOR, cache).model, ["boxes", "scores"]))
    landmarks = Probe(float_network(FULL, cache).model, ["presence"])
    squares, crops = [], []
    for picture in pictures(photos, clips):
        height, width = picture.shape[:2]
        whole = Region(width / 2, height / 2, max(height, width))
        squares.append(cut(picture, whole, detector_stage.SIDE, black_outside=True))
        people = detector.detect(picture)
        if not people or people[0].region is None:
            continue
        crop = cut(picture, people[0].region, landmarker_stage.SIDE)
        if landmarks.run({"image": tensor(crop, FULL)})["presence"].item() > landmarker_stage.MIN_PRESENCE:
            crops.append(crop)
    return thinned(squares, most), thinned(crops, most)


def tensor(crop: Picture, network: Network) -> NDArray[np.float32]:
    """(1, 3, H, W) float32, scaled as the network wants it."""
    return to_tensor(crop, network.preprocessing.low, network.preprocessing.high)


def thinned(values: Sequence[Picture], most: int) -> list[Picture]:
    """At most so many, evenly picked: photographs and clips keep their shares."""
    places = np.unique(np.linspace(0, len(values) - 1, min(most, len(values))).round().astype(int))
    return [values[i] for i in places]


def measure(network: Network, shots: Sequence[Picture], source: str, cache: Path) -> Table:
    """The table of one network."""
    built = float_network(network, cache)
    inputs = [tensor(shot, network) for shot in shots]
    model, channels = built.model, dict[str, tuple[float, ...]]()
    if network.equalised:
        names = [edge.tensor for edge in edges(Topology(model))]
        every = max(1, len(inputs) // CHANNEL_PICTURES)
        found = channel_maxima(model, names, inputs[::every])
        channels = {name: tuple(rounded(v) for v in values) for name, values in found.items()}
        model = equalise(model, channels)
    topology = Topology(model)
    names = sorted({topology.range_source(t) for t in [topology.input, *topology.producers]})
    computed = [name for name in names if name in topology.producers]
    ranges = tensor_ranges(model, computed, inputs, LEVELS)
    low, high = network.preprocessing.low, network.preprocessing.high
    # A picture always fills its range, whatever the calibration pictures showed.
    ranges[topology.input] = max(abs(low), abs(high))
    return Table(network.name, built.tflite_sha256, source, "mse", channels, ranges)


def main(
    photos: Annotated[Path, typer.Option(help="Folder with photographs of people (.jpg); they are read, never copied")],
    clips: Annotated[Path | None, typer.Option(help="Folder with stand_back_*.mp4, the station's own case")] = None,
    cache: Annotated[Path, typer.Option(help="Where the archives lie")] = Path("models/cache"),
    most: Annotated[int, typer.Option(help="Pictures a network at most")] = 320,
) -> None:
    """Measure the tensor ranges of every network that is quantised."""
    console = Console()
    squares, crops = gather(photos, clips, cache, most)
    for network, shots in ((DETECTOR, squares), (FULL, crops), (LITE, crops)):
        source = f"{len(shots)} pictures: photographs of people with crops, mirror images and other lights" + (
            ", rendered standing back views rolled and cropped" if clips else ""
        )
        path = save_table(measure(network, shots, source, cache))
        console.print(f"{path.name}: {len(shots)} pictures")


if __name__ == "__main__":
    typer.run(main)
