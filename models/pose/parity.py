"""Do we put the landmarks where the reference runtimes put them?"""

import math
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.bench.row import Row, at_most, printed
from edge.camera.frame import Frame
from edge.pose.landmarks import COUNT
from models.pose.networks import estimator
from models.pose.pictures import load_clip, load_photographs, save_frames
from models.reference.client import Reference

PHOTOGRAPHS = 100
MAX_MEAN_PX = 0.1
STEP_S = 0.033333
"""The reference's solutions interface gives its frames these times, whatever they were captured at."""
WINDOW = {"0.10.21": 9, "1.2.2": 7}


def parity(photographs: Path, clip: Path, cache: Path) -> list[Row]:
    """
    Compare the float pipeline with both references.

    Raises:
        PictureError: pictures or clip are missing.
        ModelError: a reference cannot be installed, or the networks are not built.
    """
    moving = load_clip(clip)
    still = [photograph.image for photograph in load_photographs(photographs, PHOTOGRAPHS)] + moving[::10]
    with tempfile.TemporaryDirectory(prefix="plumbline-parity-") as folder:
        still_file = save_frames(still, Path(folder) / "still.npz")
        moving_file = save_frames(moving, Path(folder) / "moving.npz")
        with Reference("0.10.21", cache) as reference:
            static, track = reference.landmarks(still_file, "static"), reference.landmarks(moving_file, "track")
        with Reference("1.2.2", cache) as reference:
            newer = reference.landmarks(still_file, "static")
    rows = _static_rows("parity_static", _pose(still, "0.10.21", tracking=False), static, f"{len(still)} pictures")
    rows += _track_rows(_pose(moving, "0.10.21", tracking=True), track)
    return rows + _static_rows("parity_static_1_2_2", _pose(still, "1.2.2", tracking=False), newer, "mediapipe 1.2.2")


def distances_px(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> NDArray[np.float64]:
    """(m, 33) float64, distance of each landmark in the pictures where both found somebody."""
    apart: NDArray[np.float64] = np.linalg.norm(ours[..., :2] - theirs[..., :2], axis=-1)
    return apart[~np.isnan(apart).any(axis=1)]


def disagreements(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> int:
    """In how many pictures only one of the two found somebody."""
    return int((np.isnan(ours[:, 0, 0]) != np.isnan(theirs[:, 0, 0])).sum())


def _pose(frames: Sequence[NDArray[np.uint8]], version: str, *, tracking: bool) -> NDArray[np.float64]:
    """(n, 33, 2) float64, pixels; NaN where nobody was found."""
    pose = estimator("float", tracking=tracking, window=WINDOW[version], count_people_every_s=math.inf)
    found = np.full((len(frames), COUNT, 2), np.nan)
    for index, image in enumerate(frames):
        landmarks = pose.estimate(Frame(image, STEP_S * (index + 1), index)).landmarks
        if landmarks is not None:
            found[index] = landmarks.xyz_px[:, :2]
    return found


def _static_rows(name: str, ours: NDArray[np.float64], theirs: NDArray[np.float64], note: str) -> list[Row]:
    apart_px = distances_px(ours, theirs)
    return [
        at_most(f"{name}_mean_px", float(apart_px.mean()), MAX_MEAN_PX, "px", f"{note}, {len(apart_px)} with a person"),
        printed(f"{name}_median_px", float(np.median(apart_px)), "px"),
        printed(f"{name}_p99_px", float(np.percentile(apart_px, 99)), "px"),
        at_most(f"{name}_detection_disagreements", disagreements(ours, theirs), 0, "pictures"),
    ]


def _track_rows(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> list[Row]:
    apart_px = distances_px(ours, theirs)
    note = "rounding in the last bit feeds back through the region: about 1 px is the loop's own noise"
    return [
        printed("parity_track_first_frame_px", float(apart_px[0].mean()), "px"),
        printed("parity_track_mean_px", float(apart_px.mean()), "px", note),
        at_most("parity_track_detection_disagreements", disagreements(ours, theirs), 0, "frames"),
    ]
