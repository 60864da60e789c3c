"""Photographs of people with joints that somebody annotated: read where a folder of them is given, never needed."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.camera.frame import Frame
from edge.errors import PictureError
from edge.pose.landmarks import Landmarks
from edge.pose.silhouette import Silhouette
from edge.pose.spine_answer import SpineAnswer
from edge.pose.spine_crop import torso_box
from edge.pose.spine_estimator import LEGS, finer
from edge.pose.spine_gate import refusal
from edge.pose.spine_layout import JOINTS, TRUNK, TRUNK_IDS
from models.spine.bench.networks import Networks

PICTURES, ANNOTATIONS = "lspet", "lspet_annotations.json"
STANDING = "standing"
NAMES = ("l_shoulder", "r_shoulder", "l_hip", "r_hip")
"""What the annotation calls them."""


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """
    One photograph.

    Attributes:
        path: of the file.
        subset: "standing", "upright" or "bent".
        trunk_px: (4, 2) float64, pixels: left and right shoulder, left and right hip, sides as annotated; NaN where
            nobody placed them.
    """

    path: Path
    subset: str
    trunk_px: NDArray[np.float64]

    def image(self) -> NDArray[np.uint8]:
        """
        (H, W, 3) uint8, BGR.

        Raises:
            PictureError: it is missing or damaged.
        """
        image = cv2.imread(str(self.path), cv2.IMREAD_COLOR)
        if image is None:
            raise PictureError(f"{self.path}: missing or damaged, name a whole folder with --photos")
        return np.asarray(image, np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class PhotoLook:
    """
    What the networks make of one photograph.

    Attributes:
        photo: which.
        image: (H, W, 3) uint8, BGR, as they saw it.
        coarse: landmarks; None when nobody is found.
        silhouette: None without one.
        answer: of the spine network, whatever it is worth; None when nobody is found.
        refused: why the station would not use it; None when it would.
    """

    photo: Photo
    image: NDArray[np.uint8]
    coarse: Landmarks | None
    silhouette: Silhouette | None
    answer: SpineAnswer | None
    refused: str | None

    @property
    def coarse_px(self) -> NDArray[np.float64] | None:
        """(4, 2) pixels: the trunk by the coarse network."""
        return None if self.coarse is None else self.coarse.xyz_px[TRUNK, :2].astype(np.float64)

    @property
    def fine_px(self) -> NDArray[np.float64] | None:
        """(4, 2) pixels: the trunk by the spine network alone, whatever it is worth."""
        return None if self.answer is None else self.answer.xy_px[TRUNK_IDS]

    @property
    def taken_px(self) -> NDArray[np.float64] | None:
        """(4, 2) pixels: the trunk the station measures on, by both networks; by the coarse one where it refuses."""
        if self.answer is None or self.coarse is None or self.refused is not None:
            return self.coarse_px
        joints = finer(self.coarse, [(self.answer, frozenset(JOINTS.values()) - LEGS)])
        return joints.xyz_px[TRUNK, :2].astype(np.float64)


def read_photos(folder: Path) -> list[Photo] | None:
    """
    Every annotated photograph of a folder; None when it holds none of this kind.

    Raises:
        PictureError: the annotations are damaged.
    """
    path = folder / ANNOTATIONS
    if not path.exists() or not (folder / PICTURES).is_dir():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        order = [content["joint_order"].index(name) for name in NAMES]
        return [_photo(folder / PICTURES, entry, order) for entry in content["images"]]
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise PictureError(f"{path}: cannot be read ({error}), name another folder with --photos") from None


def look_at(photos: Sequence[Photo], networks: Networks) -> Iterator[PhotoLook]:
    """What the networks make of each photograph."""
    for photo in photos:
        yield look_at_one(photo, photo.image(), networks)


def look_at_one(photo: Photo, image: NDArray[np.uint8], networks: Networks) -> PhotoLook:
    """What the networks make of a photograph, or of a changed copy of it."""
    frame = Frame(image, 0.0, 0)
    coarse = networks.find(frame)
    box = None if coarse is None else torso_box(coarse)
    if coarse is None or box is None:
        return PhotoLook(photo, image, None, None, None, "nobody found")
    silhouette = networks.outline(frame, coarse)
    answer = networks.ask(frame, box, silhouette)
    return PhotoLook(photo, image, coarse, silhouette, answer, refusal(answer, coarse))


def _photo(folder: Path, entry: dict[str, Any], order: Sequence[int]) -> Photo:
    joints = np.array([entry["joints"][number] for number in order], np.float64)
    joints[joints[:, 2] <= 0] = np.nan
    return Photo(folder / str(entry["file"]), str(entry["subset"]), joints[:, :2])
