"""The photographs and the clip the pose is measured on; they are no part of the project."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.errors import PictureError

JOINTS = (
    *("right_ankle", "right_knee", "right_hip", "left_hip", "left_knee", "left_ankle"),
    *("right_wrist", "right_elbow", "right_shoulder", "left_shoulder", "left_elbow", "left_wrist"),
)
"""The annotated joints in the order of the file; neck and head top, which follow there, are no landmarks of ours."""


@dataclass(frozen=True, slots=True, eq=False)
class Photograph:
    """
    One annotated person.

    Attributes:
        file: name of the picture.
        image: (H, W, 3) uint8, BGR.
        joints: (12, 2) float64, pixels, in the order of `JOINTS`; NaN where not annotated.
    """

    file: str
    image: NDArray[np.uint8]
    joints: NDArray[np.float64]


def load_photographs(folder: Path, limit: int | None = None) -> list[Photograph]:
    """
    Read annotated photographs.

    Args:
        folder: holds `lspet_annotations.json` and the pictures in `lspet/`.
        limit: how many at most.

    Raises:
        PictureError: there are none.
    """
    annotations = folder / "lspet_annotations.json"
    try:
        entries = json.loads(annotations.read_text(encoding="utf-8"))["images"][:limit]
    except (OSError, ValueError, KeyError) as error:
        raise PictureError(f"{annotations} cannot be read, name the folder of the photographs by --photos") from error
    return [_photograph(folder / "lspet", entry) for entry in entries]


def load_clip(path: Path, limit: int | None = None) -> list[NDArray[np.uint8]]:
    """
    Read the frames of a clip, BGR.

    Raises:
        PictureError: it holds none.
    """
    capture = cv2.VideoCapture(str(path))
    frames: list[NDArray[np.uint8]] = []
    while limit is None or len(frames) < limit:
        more, image = capture.read()
        if not more:
            break
        frames.append(np.asarray(image, np.uint8))
    capture.release()
    if not frames:
        raise PictureError(f"{path} cannot be read as a clip, name one by --clip")
    return frames


def save_frames(frames: Sequence[NDArray[np.uint8]], path: Path) -> Path:
    """Write BGR frames as the RGB arrays the reference runtimes read."""
    np.savez(path, *[np.ascontiguousarray(frame[:, :, ::-1]) for frame in frames])
    return path


def _photograph(folder: Path, entry: dict[str, object]) -> Photograph:
    path = folder / str(entry["file"])
    image = cv2.imread(str(path))
    if image is None:
        raise PictureError(f"{path} cannot be read, fetch the photographs again")
    joints = np.array(entry["joints"], np.float64)[: len(JOINTS)]
    joints[joints[:, 2] == 0] = np.nan
    return Photograph(path.name, np.asarray(image, np.uint8), joints[:, :2])
