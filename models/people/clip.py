"""A film of one person doing one task, and the truth of every frame of it."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import cv2

from edge.errors import ConfigError, PictureError
from models.people.motion import TASKS, task
from models.people.sample import sample
from models.people.shot import Shot
from models.people.studio import studio
from models.people.truth.measures import View
from models.people.truth.record import to_json
from models.people.whole_file import write_whole

FPS = 30.0
FORMAT = "clip/1"
FARTHER = 1.3
"""The camera steps back by this factor: room for raised arms, a step and a jump."""


def write_clip(path: Path, name: str, seed: int, view: str, seconds: float, size_px: tuple[int, int]) -> Iterator[int]:
    """
    Film a task; yield the number of each frame as it is done. The film and its truth appear when all are.

    The truth, beside the film with the ending .json, is {"format": "clip/1", "task", "fps", "frames": [...]}; each
    frame is a record of the format truth/1 whose picture is the film.

    Args:
        path: of the film, .mp4.
        name: of the task.
        seed: who.
        view: the side the camera sees.
        seconds: how long.
        size_px: width and height.

    Raises:
        ConfigError: there is no such task or view.
    """
    if name not in TASKS:
        raise ConfigError(f"task: name one of {', '.join(TASKS)}, not {name!r}")
    if view not in get_args(View) or path.suffix != ".mp4":
        raise ConfigError(f"clip: the view is one of {', '.join(get_args(View))}, the file ends in .mp4")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.stem}.{os.getpid()}.part.mp4")
    records: list[dict[str, Any]] = []
    film = cv2.VideoWriter(str(part), cv2.VideoWriter.fourcc(*"mp4v"), FPS, size_px)
    if not film.isOpened():
        raise PictureError(f"{path}: no film can be written here, choose another folder")
    try:
        shot = _shot(seed, view, size_px)
        times = [number / FPS for number in range(round(seconds * FPS))]
        for image, truth in studio().clip(shot, task(name, base=shot.posture(0)), times):
            film.write(image)
            records.append(to_json(truth, path.name))
            yield len(records)
        film.release()
        write_whole(path.with_suffix(".json"), json.dumps(_record(name, records)).encode())
        part.replace(path)
    finally:
        film.release()
        part.unlink(missing_ok=True)


def _record(name: str, records: list[dict[str, Any]]) -> dict[str, Any]:
    return {"format": FORMAT, "task": name, "fps": FPS, "frames": records}


def _shot(seed: int, view: str, size_px: tuple[int, int]) -> Shot:
    """The person and the place of a still picture, seen from far enough for arms and jumps."""
    still = sample(seed, f"V0-{view}")
    x, y, height = still.place.position_m
    place = replace(still.place, position_m=(FARTHER * x, FARTHER * y, height), size_px=size_px)
    return replace(still, distribution="clip", place=place)
