"""
How far INT8 moves what the float network says, in pixels of the body and in degrees of the posture.

    python -m calibration.int8.drift --photos DIR

Any photographs of people will do that no range was taken from; nothing is labelled, INT8 is compared with float.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from calibration.int8.pictures import photographs
from edge.engine.artefact import load_artefact
from edge.engine.engine import Engine
from edge.engine.onnx import OnnxEngine
from edge.pose.detector import Detector
from edge.pose.landmarker import Landmarker, Reading
from edge.pose.landmarks import COUNT, Joint
from edge.pose.region import Region

NOISE = "float, one bit of noise on the picture"
SEED = 5


@dataclass(frozen=True, slots=True)
class Drift:
    """
    One person, two networks.

    Attributes:
        shift: mean distance of the 33 landmarks, % of the torso's length.
        shoulders_deg, pelvis_deg, trunk_deg: difference in shoulder tilt, pelvis tilt and trunk lean.
    """

    shift: float
    shoulders_deg: float
    pelvis_deg: float
    trunk_deg: float


def drift(before: Reading, after: Reading) -> Drift:
    """Compare two readings of the same square."""
    a, b = before.xyz_px[:COUNT, :2], after.xyz_px[:COUNT, :2]
    torso_px = max(
        float(np.linalg.norm(a[Joint.LEFT_SHOULDER] - a[Joint.RIGHT_HIP])),
        float(np.linalg.norm(a[Joint.RIGHT_SHOULDER] - a[Joint.LEFT_HIP])),
    )
    angles = [_angles_deg(points) for points in (a, b)]
    turned = np.abs((angles[1] - angles[0] + 180) % 360 - 180)
    shift = float(np.linalg.norm(b - a, axis=1).mean()) / max(torso_px, 1.0) * 100
    return Drift(shift, *(float(value) for value in turned))


def _angles_deg(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(3,) float64: direction of the shoulder line, of the pelvis line and of the trunk, in the picture."""
    left, right = points[[Joint.LEFT_SHOULDER, Joint.LEFT_HIP]], points[[Joint.RIGHT_SHOULDER, Joint.RIGHT_HIP]]
    middle = (left + right) / 2
    lines = np.array([left[0] - right[0], left[1] - right[1], middle[0] - middle[1]])
    return np.asarray(np.degrees(np.arctan2(lines[:, 1], lines[:, 0])), np.float64)


def noisy(picture: NDArray[np.uint8], chance: np.random.Generator) -> NDArray[np.uint8]:
    """The picture with -1, 0 or 1 added everywhere: the network's own noise floor."""
    return np.asarray(np.clip(picture.astype(np.int16) + chance.integers(-1, 2, picture.shape), 0, 255), np.uint8)


class Comparison:
    """Two engines of one landmark network, and what became of each person."""

    def __init__(self, reference: Engine, candidate: Engine) -> None:
        self._reference, self._candidate = Landmarker(reference), Landmarker(candidate)
        self.drifts: list[Drift] = []
        self.presence_flips = 0

    def add(self, picture: NDArray[np.uint8], other: NDArray[np.uint8], region: Region) -> None:
        """Read one person in a picture and, with the candidate, in the same or an altered one."""
        before, after = self._reference.read(picture, region), self._candidate.read(other, region)
        if before is not None and after is not None:
            self.drifts.append(drift(before, after))
        self.presence_flips += (before is None) != (after is None)

    def row(self) -> list[str]:
        """People, presence flips, and for each measure median and 95th percentile."""
        values = np.array([[d.shift, d.shoulders_deg, d.pelvis_deg, d.trunk_deg] for d in self.drifts])
        pairs = zip(np.median(values, axis=0), np.percentile(values, 95, axis=0), strict=True)
        return [str(len(values)), str(self.presence_flips), *(f"{middle:.2f} / {worst:.2f}" for middle, worst in pairs)]


def people(photos: Path, folder: Path, most: int) -> Iterator[tuple[NDArray[np.uint8], Region]]:
    """Yield (H, W, 3) uint8 BGR pictures and the square around the most certain person."""
    detector = Detector(OnnxEngine(load_artefact(folder, "pose_detector.float")))
    for file in photographs(photos)[:most]:
        picture = np.asarray(cv2.imread(str(file)), np.uint8)
        found = detector.detect(picture)
        if found and found[0].region is not None:
            yield picture, found[0].region


def compare(name: str, crowd: Sequence[tuple[NDArray[np.uint8], Region]], folder: Path) -> dict[str, Comparison]:
    """Candidate -> comparison with the float network."""
    reference, candidate = (OnnxEngine(load_artefact(folder, f"{name}.{p}")) for p in ("float", "int8"))
    result = {f"{name}: int8": Comparison(reference, candidate), f"{name}: {NOISE}": Comparison(reference, reference)}
    chance = np.random.default_rng(SEED)
    for picture, region in crowd:
        result[f"{name}: int8"].add(picture, picture, region)
        result[f"{name}: {NOISE}"].add(picture, noisy(picture, chance), region)
    return result


def main(
    photos: Annotated[Path, typer.Option(help="Folder with photographs of people (.jpg) that calibrated nothing")],
    folder: Annotated[Path, typer.Option(help="Where the networks lie")] = Path("models/built"),
    most: Annotated[int, typer.Option(help="Photographs at most")] = 200,
) -> None:
    """Report how far INT8 moves the landmarks and the angles."""
    crowd = list(people(photos, folder, most))
    table = Table("network", "people", "presence flips", "shift % torso", "shoulders deg", "pelvis deg", "trunk deg")
    for name in ("pose_full", "pose_lite"):
        for candidate, comparison in compare(name, crowd, folder).items():
            table.add_row(candidate, *comparison.row())
    Console().print(table, "median / 95th percentile")


if __name__ == "__main__":
    typer.run(main)
