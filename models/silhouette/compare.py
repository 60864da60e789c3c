"""
Which network outlines a standing person best: selfie segmentation or the landmark network's own mask head?

    python -m models.silhouette.compare --renders DIR

DIR holds pairs with exact truth: `NAME.jpg`, a picture with one standing person, and `NAME.mask.png`, the same size,
white where the person is. A NAME that starts with `front` or `back` gets its own row.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from edge.engine.artefact import load_artefact
from edge.engine.onnx import OnnxEngine
from edge.errors import PictureError
from edge.pose.crop import cut, to_picture, to_tensor
from edge.pose.detector import Detector
from edge.pose.landmarker import Landmarker, Reading
from edge.pose.landmarks import COUNT, Landmarks
from edge.pose.region import Region
from edge.pose.silhouette import SIDE
from edge.pose.silhouette_estimator import trunk_region
from models.silhouette.scores import Mask, Score, score

TIMED_RUNS = 40
NARROWER = 0.8
"""Selfie segmentation wants less of the body in its square than the mask head does: 2.4 trunk lengths, not 3."""
SELFIE_TRUNK, SELFIE_BODY = "selfie, 2.4 trunks", "selfie, body"
HEAD_TRUNK, HEAD_BODY = "mask head, 3 trunks", "mask head, body"
Picture = NDArray[np.uint8]


class Candidate:
    """One network that outlines."""

    def __init__(self, folder: Path, name: str, *, logits: bool) -> None:
        """
        Args:
            folder: where the networks lie.
            name: of the artefact.
            logits: whether its answer still has to become a probability.
        """
        self._engine, self._logits = OnnxEngine(load_artefact(folder, name)), logits

    def probability(self, image: NDArray[np.float32]) -> NDArray[np.float32]:
        """(256, 256) of person, 0 to 1, for a (1, 3, 256, 256) crop."""
        mask = self._engine.run({"image": image})["mask"].reshape(SIDE, SIDE)
        return np.asarray(1 / (1 + np.exp(-mask.clip(-60, 60))), np.float32) if self._logits else mask


class Bench:
    """The networks, and the two squares they are tried on."""

    def __init__(self, folder: Path) -> None:
        self._detector = Detector(OnnxEngine(load_artefact(folder, "pose_detector.float")))
        self._landmarker = Landmarker(OnnxEngine(load_artefact(folder, "pose_full.float")))
        self.selfie = Candidate(folder, "selfie.float", logits=False)
        self.mask_head = Candidate(folder, "silhouette", logits=True)

    def squares(self, picture: Picture) -> tuple[Region, Region] | None:
        """The square around the body and the station's around the trunk; None when nobody is found."""
        people = self._detector.detect(picture)
        reading = self._landmarker.read(picture, people[0].region) if people and people[0].region else None
        if reading is None or reading.region is None:
            return None
        trunk = trunk_region(_landmarks(reading))
        return (reading.region, trunk) if trunk else None

    def outlines(self, picture: Picture, body: Region, trunk: Region) -> dict[str, Mask]:
        """Candidate -> (H, W) bool."""
        return {
            SELFIE_TRUNK: _outline(self.selfie, picture, narrow(trunk)),
            SELFIE_BODY: _outline(self.selfie, picture, body),
            HEAD_BODY: _outline(self.mask_head, picture, body),
            HEAD_TRUNK: _outline(self.mask_head, picture, trunk),
        }

    def costs_ms(self) -> dict[str, float]:
        """Candidate -> median milliseconds on one thread; each runs beside the landmarks, not in their place."""
        image = np.full((1, 3, SIDE, SIDE), 0.5, np.float32)
        selfie, head = (_median_ms(partial(one.probability, image)) for one in (self.selfie, self.mask_head))
        return {SELFIE_TRUNK: selfie, SELFIE_BODY: selfie, HEAD_BODY: head, HEAD_TRUNK: head}


def narrow(trunk: Region) -> Region:
    """Return the square of head and trunk alone: selfie segmentation's best, and where every candidate is scored."""
    return replace(trunk, side_px=trunk.side_px * NARROWER)


def pairs(folder: Path) -> Iterator[tuple[str, Picture, Mask]]:
    """
    Yield name, (H, W, 3) uint8 BGR and (H, W) bool of each pair.

    Raises:
        PictureError: there are none, or a mask does not fit its picture.
    """
    files = sorted(folder.glob("*.mask.png"))
    if not files:
        raise PictureError(f"{folder} holds no NAME.mask.png beside a NAME.jpg; name a folder of rendered people")
    for file in files:
        name = file.name.removesuffix(".mask.png")
        picture, mask = cv2.imread(str(folder / f"{name}.jpg")), cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
        if picture is None or mask is None or picture.shape[:2] != mask.shape:
            raise PictureError(f"{name}.jpg and its mask do not fit each other; render them again")
        yield name, np.asarray(picture, np.uint8), mask > 127


def _outline(candidate: Candidate, picture: Picture, region: Region) -> Mask:
    probability = candidate.probability(to_tensor(cut(picture, region, SIDE), 0.0, 1.0))
    size = (picture.shape[1], picture.shape[0])
    return np.asarray(cv2.warpAffine(probability, to_picture(region, SIDE), size) >= 0.5, np.bool_)


def _landmarks(reading: Reading) -> Landmarks:
    return Landmarks(
        reading.xyz_px[:COUNT].astype(np.float32),
        reading.world_m.astype(np.float32),
        reading.score.astype(np.float32),
        np.zeros(COUNT, np.bool_),
        0.0,
    )


def _median_ms(run: Callable[[], object]) -> float:
    times = []
    for _ in range(TIMED_RUNS):
        started_s = time.perf_counter()
        run()
        times.append(time.perf_counter() - started_s)
    return float(np.median(times)) * 1000


def main(
    renders: Annotated[Path, typer.Option(help="Folder with NAME.jpg and NAME.mask.png")],
    folder: Annotated[Path, typer.Option(help="Where the networks lie")] = Path("models/built"),
) -> None:
    """Compare the candidates on rendered people."""
    console, bench = Console(), Bench(folder)
    found: dict[tuple[str, str], list[Score]] = {}
    lost = []
    for name, picture, truth in pairs(renders):
        squares = bench.squares(picture)
        if squares is None:
            lost.append(name)
            continue
        view = next((view for view in ("front", "back") if name.startswith(view)), "other")
        for candidate, mask in bench.outlines(picture, *squares).items():
            found.setdefault((candidate, view), []).append(score(mask, truth, narrow(squares[1])))
    _show(console, found, bench.costs_ms())
    if lost:
        console.print(f"nobody found in {len(lost)}: {', '.join(lost)}")


def _show(console: Console, found: Mapping[tuple[str, str], list[Score]], costs_ms: Mapping[str, float]) -> None:
    table = Table("network", "view", "pictures", "IoU", "worst IoU", "boundary px", "95 % px", "ms")
    for (candidate, view), scores in sorted(found.items()):
        overlaps = [s.overlap for s in scores]
        table.add_row(
            candidate,
            view,
            str(len(scores)),
            f"{np.mean(overlaps):.3f}",
            f"{np.min(overlaps):.3f}",
            f"{np.mean([s.boundary_px for s in scores]):.2f}",
            f"{np.mean([s.boundary_worst_px for s in scores]):.2f}",
            f"{costs_ms[candidate]:.1f}",
        )
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
