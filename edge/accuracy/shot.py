"""One rendered picture and what is true about it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.accuracy.spine_truth import spine_px
from edge.camera.frame import Frame
from edge.errors import PictureError
from edge.pose.body_view import BodyView
from edge.selftest.record import Record, joints_px, read_record
from edge.spine.setup import Setup


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """
    One frame.

    Attributes:
        seed: of the person.
        distribution: the person was drawn from, e.g. "V1".
        take: 0 for the first; before another the person stepped off the mark and on again.
        number: of the frame in the take.
        time_s: since the take's first frame.
        picture: the file.
        size_px: width and height of the picture.
        view: the side the camera sees.
        joints_px: (33, 2) float64, pixels: the joints where a landmark network places them by its definition.
        rig_px: (33, 2) float64, pixels: the same joints where anatomy has them, as the spine network learns them.
        spine_px: (46, 2) float64, pixels: the points of spine and back; NaN where the truth has none.
        measures: measure id -> true value on the 3-D body; None where it does not exist.
        atr_deg: level of the spine -> rotation of the back there, + = right side higher in a bend.
        yaw_deg: how far the person is turned from square.
        setup: what a calibrated station would know about the place: see `setup_of`.
        strata: kind -> the frame's, e.g. "clothing" -> "shirt".
    """

    seed: int
    distribution: str
    take: int
    number: int
    time_s: float
    picture: Path
    size_px: tuple[int, int]
    view: BodyView
    joints_px: NDArray[np.float64]
    rig_px: NDArray[np.float64]
    spine_px: NDArray[np.float64]
    measures: Mapping[str, float | None]
    atr_deg: Mapping[str, float]
    yaw_deg: float
    setup: Setup
    strata: Mapping[str, str]

    def frame(self) -> Frame:
        """
        Read the picture.

        Raises:
            PictureError: it is missing or damaged.
        """
        image = cv2.imread(str(self.picture), cv2.IMREAD_COLOR)
        if image is None:
            raise PictureError(f"{self.picture}: missing or damaged, render it again")
        return Frame(np.asarray(image, np.uint8), self.time_s, self.number)


Take = Sequence[Shot]


def read_takes(folder: Path, seeds: range, distribution: str) -> list[list[Shot]]:
    """
    Every take of a folder of renders, in the order of seeds and takes; frames in their order.

    Args:
        folder: searched with its folders.
        seeds: others are left out.
        distribution: others are left out.

    Raises:
        PictureError: a truth cannot be read, or a seed is missing altogether.
    """
    takes: dict[tuple[int, int], list[Shot]] = {}
    for path in sorted(folder.rglob("*.json")):
        record = read_record(path)
        if record.get("seed") in seeds and record.get("distribution") == distribution:
            shot = shot_of(record, path)
            takes.setdefault((shot.seed, shot.take), []).append(shot)
    missing = sorted(set(seeds) - {seed for seed, _ in takes})
    if missing:
        raise PictureError(
            f"{folder}: nobody of {distribution} with seed {missing[0]} ({len(missing)} seeds missing), "
            "leave --renders out to have them rendered"
        )
    return [sorted(takes[key], key=lambda shot: shot.number) for key in sorted(takes)]


def shot_of(record: Record, path: Path) -> Shot:
    """
    Put a shot together from its truth.

    Args:
        record: as read.
        path: of the record; the picture lies beside it.

    Raises:
        PictureError: something is missing in the record.
    """
    try:
        return Shot(
            seed=int(record["seed"]),
            distribution=str(record["distribution"]),
            take=int(record["take"]),
            number=int(record["frame"]),
            time_s=float(record["time_s"]),
            picture=path.parent / record["picture"],
            size_px=_pair(record["camera"]["size_px"]),
            view=BodyView(record["view"]),
            joints_px=joints_px(record),
            rig_px=joints_px(record, "joints"),
            spine_px=spine_px(record),
            measures=dict(record["measures"]),
            atr_deg=dict(record["atr_deg"]),
            yaw_deg=float(record["yaw_deg"]),
            setup=setup_of(record["camera"]),
            strata=dict(record["strata"]) | {"sex": str(record["person"]["sex"])},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PictureError(f"{path}: the truth is incomplete ({error}), render it again") from None


def setup_of(camera: Mapping[str, Any]) -> Setup:
    """
    What the settings of a calibrated station say about a place: the distance is the mark's, not the person's, and the
    body's turn is not known.
    """
    across_m, along_m, height_m = (float(value) for value in camera["position_m"])
    return Setup(
        roll_deg=float(camera["roll_deg"]),
        camera_height_m=height_m,
        distance_m=math.hypot(across_m, along_m),
        vertical_fov_deg=float(camera["vertical_fov_deg"]),
    )


def _pair(values: Sequence[int]) -> tuple[int, int]:
    width, height = values
    return int(width), int(height)
