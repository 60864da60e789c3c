"""
What people said about a site's own pictures, as samples to learn from.

    for sample in samples(folder):
        ...

Only what a person vouched for is truth: a point that was left as predicted is not known, however good it looks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.errors import PictureError, StoreError
from edge.picture.photograph import read_photograph
from edge.pose.spine_answer import HELD
from models.spine.label.folder import LabelFolder, PictureFile, pictures_of
from models.spine.label.pyramid import Pyramid
from models.spine.label.record import PictureLabels, State
from models.spine.layout import COUNT

SIZE_PX = (240, 320)
"""Width and height of a sample, as of the rendered training pictures."""
MARGIN = 1.5
"""How much larger the crop is than the torso, as theirs."""
WEIGHTS: dict[State, float] = {"corrected": 1.0, "confirmed": 0.5, "predicted": 0.0}
"""Confirming is quicker than correcting and less careful, and it keeps the network's own small errors."""
FEWEST = 3


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """
    One picture, cropped to the torso.

    Attributes:
        image: (H, W, 3) uint8, RGB; beyond the picture its edge is repeated.
        points: (74, 2) float32, pixels of the crop, (0, 0) its upper left corner; 0 where not known.
        known: (74,) bool, whether a person vouched for the place.
        weight: (74,) float32, how much each place counts; 0 where not known.
        visible: (74,) bool, whether a person says the point can be seen; False where nobody said.
        said: (74,) bool, whether anybody said so or the contrary.
        scale: pixels of the crop for one of the picture.
        corner_px: where the crop's upper left corner lies in the picture.
        sha256: of the picture's file.
    """

    image: NDArray[np.uint8]
    points: NDArray[np.float32]
    known: NDArray[np.bool_]
    weight: NDArray[np.float32]
    visible: NDArray[np.bool_]
    said: NDArray[np.bool_]
    scale: float
    corner_px: tuple[float, float]
    sha256: str

    def __post_init__(self) -> None:
        for name, shape in {"points": (COUNT, 2), "known": (COUNT,), "weight": (COUNT,)}.items():
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} must be {shape}, got {getattr(self, name).shape}")


def samples(folder: Path, size_px: tuple[int, int] = SIZE_PX, margin: float = MARGIN) -> Iterator[Sample]:
    """
    Every picture of a folder that was corrected and whose people still agree, by the name of its file.

    Args:
        folder: of the pictures, with `labels` in it.
        size_px: width and height of the crops.
        margin: how much larger than the torso they are.

    Raises:
        ConfigError: there is no such folder.
        PictureError: a corrected picture is damaged, or there is no picture at all.
        StoreError: labels are damaged; nothing is left out in silence.
    """
    kept = LabelFolder(folder)
    manifest = kept.manifest
    for file in pictures_of(folder):
        consent = manifest.consent(file.sha256)
        if consent is None or consent.given != "yes":
            continue
        labels = kept.load(file.sha256)
        if labels is not None and labels.touched:
            yield _sample(file, labels, size_px, margin)


def _sample(file: PictureFile, labels: PictureLabels, size_px: tuple[int, int], margin: float) -> Sample:
    pyramid = Pyramid(read_photograph(file.path).image)
    if pyramid.size_px != (labels.width_px, labels.height_px):
        raise StoreError(f"{file.path}: its labels are for a picture of another size, label it again")
    known = np.array([point.true for point in labels.points])
    places = np.array([point.xy_px or (np.nan, np.nan) for point in labels.points], np.float64)
    found = torso_crop(places, size_px, margin)
    if found is None:
        raise PictureError(f"{file.path}: too few points of the torso have a place, label shoulders and hips too")
    scale, corner = found
    points = np.where(known[:, None], (places - corner) * scale, 0.0)
    image = pyramid.cut(scale, (float(corner[0]), float(corner[1])), size_px)[:, :, ::-1]
    return Sample(
        image=np.ascontiguousarray(image),
        points=points.astype(np.float32),
        known=known,
        weight=np.array([WEIGHTS[point.state] for point in labels.points], np.float32),
        visible=np.array([point.hidden is False for point in labels.points]),
        said=np.array([point.hidden is not None for point in labels.points]),
        scale=scale,
        corner_px=(float(corner[0]), float(corner[1])),
        sha256=labels.sha256,
    )


def torso_crop(
    places: NDArray[np.float64], size_px: tuple[int, int], margin: float
) -> tuple[float, NDArray[np.float64]] | None:
    """
    Where the crop about a torso lies.

    Args:
        places: (74, 2) float64, pixels of the picture; NaN where there is no place.
        size_px: width and height of the crop.
        margin: how much larger than the torso it is.

    Returns:
        Pixels of the crop for one of the picture, and where its upper left corner lies in the picture, (2,) float64;
        None where too few points of the torso have a place.
    """
    torso = places[HELD]
    torso = torso[np.isfinite(torso).all(axis=1)]
    if len(torso) < FEWEST:
        return None
    low, high = torso.min(axis=0), torso.max(axis=0)
    scale = float((np.asarray(size_px) / (margin * np.maximum(high - low, 1.0))).min())
    return scale, (low + high) / 2 - np.asarray(size_px) / 2 / scale
