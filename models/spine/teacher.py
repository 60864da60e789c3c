"""
What a body expert sees on real pictures, as training pictures: joints only, nothing about the spine.

The teacher is the largest float landmark network, BlazePose heavy (Apache-2.0); the films have to be free to learn
from. It puts shoulders and hips elsewhere than anatomy does (`edge.pose.trunk_definition`); that is taken back here.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.camera.frame import Frame
from edge.errors import PictureError
from edge.pose.estimator import PoseEstimator
from edge.pose.landmarks import Joint, Landmarks
from edge.pose.silhouette_estimator import SilhouetteEstimator
from edge.pose.spine_crop import BODY_WIDER, HIPS, SHOULDERS, TORSO_WIDER, Box, body_box, person_in, torso_box
from edge.pose.spine_layout import JOINTS
from edge.pose.trunk_definition import anatomical
from models.people.whole_file import encoded
from models.spine.layout import COUNT
from models.spine.pictures import JPEG_QUALITY, MARGINS, SIZE_PX

SURE = 0.8
"""A joint the teacher is less certain of is left unknown."""
EVERY = 2
"""Frames; neighbours teach the same."""


def rows(film: Path, estimator: PoseEstimator, silhouettes: SilhouetteEstimator) -> Iterator[dict[str, Any]]:
    """
    Rows for `write_shard` from one film, a torso and a body picture in turn.

    Args:
        film: a video.
        estimator: the teacher, without smoothing.
        silhouettes: draws the outline, which is used to take the background away, never to learn it from.
    """
    video = cv2.VideoCapture(str(film))
    if not video.isOpened():
        raise PictureError(f"{film}: no film that can be read, name another")
    number = 0
    while True:
        there, image = video.read()
        if not there:
            return
        frame = Frame(np.asarray(image, np.uint8), number / 30.0, number)
        landmarks = estimator.estimate(frame).landmarks
        if landmarks is not None and number % EVERY == 0:
            crop = "body" if number // EVERY % 3 == 2 else "torso"
            made = row(frame, landmarks, crop, silhouettes)
            if made is not None:
                yield made
        number += 1


def row(frame: Frame, landmarks: Landmarks, crop: str, silhouettes: SilhouetteEstimator) -> dict[str, Any] | None:
    """One picture; None where shoulders or hips are not known."""
    narrow = torso_box(landmarks) if crop == "torso" else body_box(landmarks)
    silhouette = silhouettes.estimate(frame, landmarks)
    if narrow is None or silhouette is None:
        return None
    box = _wider(narrow, MARGINS[crop] / (TORSO_WIDER if crop == "torso" else BODY_WIDER))
    width = SIZE_PX[0]
    scale = width / (192 * box.scale)
    place = np.array([[scale, 0.0, -scale * box.left], [0.0, scale, -scale * box.top]])
    # cv2 counts from the middle of the first pixel.
    place[:, 2] += 0.5 * scale - 0.5
    image = cv2.warpAffine(frame.image, place, SIZE_PX, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    outline = cv2.resize(person_in(silhouette, box).astype(np.uint8), SIZE_PX, interpolation=cv2.INTER_NEAREST)
    points = box.to_crop(taught(landmarks)) * (width / 192)
    return {
        "jpeg": np.frombuffer(encoded(np.asarray(image, np.uint8), ".jpg", JPEG_QUALITY), np.uint8),
        "points": points.astype(np.float32),
        "visible": np.isfinite(points).all(axis=1),
        "mask": np.packbits(outline > 0),
        "curve_deg": np.float32(np.nan),
        "about": json.dumps({"seed": -1, "crop": crop, "view": "real", "bend_deg": 1.0, "strata": {}, "real": True}),
    }


def taught(landmarks: Landmarks) -> NDArray[np.float64]:
    """(74, 2) float64, pixels of the picture: what the teacher knows, not a number elsewhere."""
    xy = landmarks.xyz_px[:, :2].astype(np.float64)
    xy[list(SHOULDERS + HIPS)] = anatomical(xy[list(SHOULDERS + HIPS)], from_behind=False)
    points = np.full((COUNT, 2), np.nan)
    for number, joint in JOINTS.items():
        if landmarks.score[joint] >= SURE or joint in (*SHOULDERS, *HIPS, Joint.NOSE):
            points[number] = xy[joint]
    return points


def _wider(box: Box, factor: float) -> Box:
    middle = box.left + 96 * box.scale, box.top + 128 * box.scale
    scale = box.scale * factor
    return Box(middle[0] - 96 * scale, middle[1] - 128 * scale, scale)
