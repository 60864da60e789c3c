"""Finding people in a whole frame: BlazePose's detector."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from edge.engine.engine import Engine
from edge.pose.crop import cut, to_tensor
from edge.pose.overlap import overlap
from edge.pose.region import Region, region_of

SIDE = 224
MIN_SCORE = 0.5
OVERLAP = 0.3
"""Boxes that share more than this (intersection over union) are the same find; they are averaged."""

_STRIDES = (8, 16, 32, 32, 32)
_LOGIT_LIMIT = 100.0


@dataclass(frozen=True, eq=False)
class Detection:
    """
    One person found.

    Attributes:
        score: 0 to 1.
        keypoints: (4, 2) float64, pixels of the frame: mid-hip, top of the body's circle, mid-shoulder,
            top of the upper body's circle.
        box: (4,) float64, pixels of the frame: left, top, right, bottom of the face.
    """

    score: float
    keypoints: NDArray[np.float64]
    box: NDArray[np.float64]

    @cached_property
    def region(self) -> Region | None:
        """The square around the whole body; None when the keypoints span none."""
        centre, top = self.keypoints[:2].tolist()
        return region_of((centre[0], centre[1]), (top[0], top[1]))


def make_anchors() -> NDArray[np.float64]:
    """
    The grid of places the detector looks at.

    Returns:
        (2254, 2) float64, centres x, y as a share of the network's picture, in the order of its outputs.
    """
    grids = []
    for stride in dict.fromkeys(_STRIDES):
        cells = SIDE // stride
        per_cell = 2 * _STRIDES.count(stride)
        y, x = np.mgrid[0:cells, 0:cells]
        centres = (np.stack([x, y], axis=-1).reshape(-1, 2) + 0.5) / cells
        grids.append(np.repeat(centres, per_cell, axis=0))
    return np.concatenate(grids)


ANCHORS = make_anchors()


def decode(boxes: NDArray[np.float32], scores: NDArray[np.float32]) -> list[Detection]:
    """
    Read the network's outputs.

    Args:
        boxes: 2254 rows of 12: box centre x, y, width, height, then four keypoints x, y, all relative to the anchor.
        scores: 2254 logits.

    Returns:
        Every find above `MIN_SCORE`, best first, coordinates as a share of the network's picture.
    """
    logits = np.clip(scores.reshape(-1).astype(np.float64), -_LOGIT_LIMIT, _LOGIT_LIMIT)
    found = np.flatnonzero(logits >= 0.0)  # a logit of 0 is a score of MIN_SCORE
    found = found[np.argsort(-logits[found], kind="stable")]
    points = boxes.reshape(-1, 6, 2)[found].astype(np.float64) / SIDE
    points[:, 0] += ANCHORS[found]
    points[:, 2:] += ANCHORS[found][:, None]
    half = points[:, 1] / 2
    corners = np.concatenate([points[:, 0] - half, points[:, 0] + half], axis=1)
    probability = 1.0 / (1.0 + np.exp(-logits[found]))
    return [Detection(float(p), k, b) for p, k, b in zip(probability, points[:, 2:], corners, strict=True)]


def merge(finds: list[Detection]) -> list[Detection]:
    """
    Average the finds that overlap, weighted by score, and keep each person once.

    Args:
        finds: best first.

    Returns:
        One detection per person, best first.
    """
    merged: list[Detection] = []
    while finds:
        together = overlap(finds[0].box, np.stack([find.box for find in finds])) > OVERLAP
        together[0] = True  # a box without area overlaps nothing, not even itself
        group = [find for find, inside in zip(finds, together, strict=True) if inside]
        finds = [find for find, inside in zip(finds, together, strict=True) if not inside]
        merged.append(_average(group))
    return merged


def each_once(detections: list[Detection]) -> list[Detection]:
    """Drop what has no extent and what lies on a better detection's hips: the face box alone may count one twice."""
    kept: list[Detection] = []
    for detection in detections:
        region = detection.region
        if region is not None and not any(region.same_person_as(other.region) for other in kept if other.region):
            kept.append(detection)
    return kept


def _average(group: list[Detection]) -> Detection:
    weights = np.array([find.score for find in group])
    weights /= weights.sum()
    keypoints = np.einsum("n,nij->ij", weights, np.stack([find.keypoints for find in group]))
    box = weights @ np.stack([find.box for find in group])
    return Detection(group[0].score, keypoints, box)


class Detector:
    """
    Finds every person in a frame.

        people = Detector(engine).detect(frame.image)
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def detect(self, image: NDArray[np.uint8]) -> list[Detection]:
        """
        One detection per person, best first; empty when nobody is there.

        Args:
            image: (H, W, 3) uint8, BGR.
        """
        height, width = image.shape[:2]
        longest = max(height, width)
        crop = cut(image, Region(width / 2, height / 2, longest), SIDE, black_outside=True)
        outputs = self._engine.run({"image": to_tensor(crop, -1.0, 1.0)})
        corner = np.array([(width - longest) / 2, (height - longest) / 2])
        people = [_in_picture(find, longest, corner) for find in merge(decode(outputs["boxes"], outputs["scores"]))]
        return each_once(people)


def _in_picture(find: Detection, longest_px: float, corner_px: NDArray[np.float64]) -> Detection:
    return Detection(find.score, find.keypoints * longest_px + corner_px, find.box * longest_px + np.tile(corner_px, 2))
