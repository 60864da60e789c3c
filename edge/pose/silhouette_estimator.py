"""From a frame and the person's landmarks to their outline: the landmark network's mask head on a crop of the trunk."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.camera.frame import Frame
from edge.engine.engine import Engine
from edge.pose.crop import cut, to_picture, to_tensor
from edge.pose.landmarks import Joint, Landmarks
from edge.pose.region import SMALLEST_PX, Region
from edge.pose.silhouette import SIDE, Silhouette

TRUNKS_WIDE = 3.0
"""Side of the crop in trunk lengths, from above the head to the knees: the mask head's best, see its model card."""

WIDTHS_WIDE = 4.0
"""Side of the crop in shoulder widths, where bending shortens the trunk in the picture."""

LASTS_S = 0.09
"""The network takes longer than the landmarks do, so an outline serves three frames of a camera with 30 a second."""

MIN_LOGIT = 0.0
"""A person with a probability of at least one half."""
_ALONG_TRUNK = np.linspace(0.0, 1.0, 21)


@dataclass(frozen=True, slots=True, eq=False)
class Outlined:
    """
    What the network last said.

    Attributes:
        time_s: of its frame, seconds on CLOCK_MONOTONIC.
        region: its crop.
        mask: (256, 256) bool, True on the person; nowhere when there was nobody on the trunk.
    """

    time_s: float
    region: Region
    mask: NDArray[np.bool_]

    def serves(self, time_s: float, region: Region) -> bool:
        """Whether it still holds for a frame of this time and with the person's trunk in this square."""
        return 0 <= time_s - self.time_s < LASTS_S and self.region.same_person_as(region)


class SilhouetteEstimator:
    """
    Outlines the person followed, and nobody else, anew about ten times a second; in between the outline goes along
    with the trunk.

        silhouette = SilhouetteEstimator(engine).estimate(frame, landmarks)
    """

    def __init__(self, engine: Engine) -> None:
        """
        Args:
            engine: `image` (1, 3, 256, 256) RGB 0 to 1 -> `mask` (1, 1, 256, 256) logits of person.
        """
        self._engine = engine
        self._last: Outlined | None = None

    def estimate(self, frame: Frame, landmarks: Landmarks) -> Silhouette | None:
        """
        Outline the person; None when the trunk is not known or the network finds nobody on it.

        Args:
            frame: the frame the landmarks were found in.
            landmarks: of the person to outline.
        """
        region, ends = trunk_region(landmarks), trunk_ends(landmarks)
        if region is None or ends is None:
            return None
        if self._last is None or not self._last.serves(frame.time_s, region):
            self._last = Outlined(frame.time_s, region, self._outline(frame, region, ends))
        mask = self._last.mask
        return Silhouette(mask, to_picture(region, SIDE)) if mask.any() else None

    def _outline(self, frame: Frame, region: Region, ends: NDArray[np.float64]) -> NDArray[np.bool_]:
        outputs = self._engine.run({"image": to_tensor(cut(frame.image, region, SIDE), 0.0, 1.0)})
        person = outputs["mask"].reshape(SIDE, SIDE) >= MIN_LOGIT
        return only_on_trunk(person, _trunk_line(ends, to_picture(region, SIDE)))


def trunk_region(landmarks: Landmarks) -> Region | None:
    """The upright square from head to knees; None when shoulders or hips are not known."""
    ends = trunk_ends(landmarks)
    if ends is None:
        return None
    trunk_px = float(np.linalg.norm(ends[1] - ends[0]))
    shoulders = landmarks.xyz_px[[Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER], :2]
    side_px = max(TRUNKS_WIDE * trunk_px, WIDTHS_WIDE * float(np.linalg.norm(shoulders[1] - shoulders[0])))
    x_px, y_px = ends.mean(axis=0).tolist()
    return Region(x_px, y_px, side_px) if side_px >= SMALLEST_PX else None


def only_on_trunk(person: NDArray[np.bool_], line: NDArray[np.intp]) -> NDArray[np.bool_]:
    """
    Keep the connected piece that most of the trunk's middle line lies on: bystanders and specks go.

    Args:
        person: (h, w) bool.
        line: (n, 2) pixels x, y along the trunk.

    Returns:
        (h, w) bool; empty when no piece lies on the line.
    """
    _, pieces = cv2.connectedComponents(person.astype(np.uint8), connectivity=4)
    height, width = person.shape
    on_line = pieces[line[:, 1].clip(0, height - 1), line[:, 0].clip(0, width - 1)]
    votes = np.bincount(on_line[on_line > 0])
    if votes.size == 0:
        return np.zeros_like(person)
    return np.asarray(pieces == votes.argmax(), np.bool_)


def trunk_ends(landmarks: Landmarks) -> NDArray[np.float64] | None:
    """(2, 2) float64, pixels of the frame: mid-shoulder and mid-hip; None when not all four joints are known."""
    joints = [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP]
    if not landmarks.known[joints].all():
        return None
    ends: NDArray[np.float64] = landmarks.xyz_px[joints, :2].astype(np.float64).reshape(2, 2, 2).mean(axis=1)
    return ends


def _trunk_line(ends: NDArray[np.float64], affine: NDArray[np.float64]) -> NDArray[np.intp]:
    """(21, 2) pixels of the crop, from mid-shoulder to mid-hip."""
    line_px = ends[0] + _ALONG_TRUNK[:, None] * (ends[1] - ends[0])
    line: NDArray[np.intp] = np.rint((line_px - affine[:, 2]) @ np.linalg.inv(affine[:, :2]).T).astype(np.intp)
    return line
