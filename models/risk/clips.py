"""People rendered in the three tasks, facing the camera, and what the landmark network reads in them."""

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from edge.camera.frame import Frame
from edge.config import ModelsConfig
from edge.errors import PictureError
from edge.factory import make_estimator
from edge.pose.body_view import BodyView
from edge.pose.landmarks import COUNT, Joint
from models.people.motion import Motion as Task
from models.people.motion import task
from models.people.posture import Posture
from models.people.render.camera import Camera
from models.people.sample import sample
from models.people.shot import Shot
from models.people.studio import studio
from models.people.truth.record import to_json
from models.people.whole_file import write_whole
from models.risk.lens import Seen
from models.risk.motion import Array
from models.risk.pose_noise import Clip, TaskNoise, fit

FPS, SIZE_PX, FARTHER = 30.0, (480, 640), 1.3
JOBS = (*(("walk", 4.4),) * 5, *(("toe_touch", 4.6),) * 5, *(("jump", 3.4),) * 5)
FIRST_SEED = 700_200
START_BEHIND_M = 1.7
"""A walk begins so far behind the mark, so that it ends on it."""
LEAST_FRAMES = 75


def measure_noise(folder: Path, networks: Path) -> dict[str, TaskNoise]:
    """
    How the landmark network errs in each task.

    Args:
        folder: where clips are kept; those that are there are not rendered again.
        networks: built networks.
    """
    clips: dict[str, list[Clip]] = {}
    for number, (name, seconds) in enumerate(JOBS):
        path = folder / f"{name}_{FIRST_SEED + number}.mp4"
        if not path.with_suffix(".json").exists():
            render(path, name, FIRST_SEED + number, seconds)
        clip = read(path, networks)
        if len(clip.score) >= LEAST_FRAMES:
            clips.setdefault(name, []).append(clip)
    return {name: fit(some) for name, some in clips.items()}


def render(path: Path, name: str, seed: int, seconds: float) -> None:
    """Film one person doing one task, with the truth beside it as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    film = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), FPS, SIZE_PX)
    if not film.isOpened():
        raise PictureError(f"{path}: no film can be written here, choose another folder")
    records = []
    for image, truth in studio().clip(*_scene(seed, name), [n / FPS for n in range(round(seconds * FPS))]):
        film.write(image)
        records.append(to_json(truth, path.name))
    film.release()
    write_whole(path.with_suffix(".json"), json.dumps({"frames": records}).encode())


def _scene(seed: int, name: str) -> tuple[Shot, Task]:
    still = sample(seed, "V0-front")
    x, y, height = still.place.position_m
    place = replace(still.place, position_m=(FARTHER * x, FARTHER * y, height), size_px=SIZE_PX)
    shot = replace(still, distribution="clip", place=place)
    base: Posture = shot.posture(0)
    if name == "walk":
        heading = math.radians(base.heading_deg)
        base = base.plus(at_m=(START_BEHIND_M * math.sin(heading), -START_BEHIND_M * math.cos(heading)))
    return shot, task(name, base=base)


def read(path: Path, networks: Path) -> Clip:
    """What the landmark network reads in a clip, beside the truth; frames count in which it finds the whole person."""
    records = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["frames"]
    estimator, _ = make_estimator(ModelsConfig(folder=str(networks)))
    estimator.ask(BodyView.FRONT)
    rows = []
    for number, (image, record) in enumerate(zip(_pictures(path), records, strict=True)):
        found = estimator.estimate(Frame(image, number / FPS, number)).landmarks
        truth = _truth(record)
        if found is None or truth is None:
            continue
        rows.append((*truth, found.world_m, found.xyz_px[:, :2], found.score))
    if not rows:
        return Clip(*(Seen(np.zeros((0, COUNT, 3)), np.zeros((0, COUNT, 2))),) * 2, np.zeros((0, COUNT)))
    world, plane, read_world, read_plane, score = (np.asarray(part, np.float64) for part in zip(*rows, strict=True))
    return Clip(Seen(world, plane), Seen(read_world, read_plane), score)


def _truth(record: dict[str, Any]) -> tuple[Array, Array] | None:
    """(33, 3) metres from mid-hip in the camera's axes and (33, 2) pixels; None when a joint is out of the picture."""
    points, lens = record["points"]["blazepose"], record["camera"]
    if not all(points["inside"]):
        return None
    rows = [points["names"].index(joint.name.lower()) for joint in Joint]
    space, plane = (np.array([points[key][row] for row in rows], np.float64) for key in ("m", "px"))
    camera = Camera(
        tuple(lens["position_m"]), tuple(lens["target_m"]), lens["vertical_fov_deg"], tuple(lens["size_px"]),
        lens["roll_deg"],
    )  # fmt: skip
    hips = 0.5 * (space[Joint.LEFT_HIP] + space[Joint.RIGHT_HIP])
    return (space - hips) @ camera.axes.T, plane


def _pictures(path: Path) -> Iterator[Any]:
    film = cv2.VideoCapture(str(path))
    try:
        while True:
            there, image = film.read()
            if not there:
                return
            yield image
    finally:
        film.release()
