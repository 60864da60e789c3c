"""
Poses frames with a reference runtime. Stands alone: the reference environment's interpreter runs it.

    python worker.py solutions
    python worker.py tasks pose_full.task

One JSON request a line comes in, one JSON answer a line goes out. Frames lie in a .npz file, RGB, in the order of its
arrays, so that every runtime sees the same decoded pixels.

    {"do": "landmarks", "frames": FILE, "mode": "static" | "track", "answer": FILE}  writes (n, 33, 4) float64: x, y, z
        in pixels and visibility; NaN where nobody was found
    {"do": "time", "frames": FILE, "mode": ...}  answers {"wall_ms": [...], "cpu_ms": [...]}, one figure a frame
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any, TextIO

PERIOD_S = 1 / 30
QUIET = {"GLOG_minloglevel": "3"}

Pose = Callable[[Any], Any]
Frames = list[Any]


def solutions(mode: str) -> Pose:
    """mediapipe 0.10.21: one call a frame."""
    pose = mp.solutions.pose.Pose(static_image_mode=mode == "static", model_complexity=1)

    def landmarks(image: Any) -> Any:
        found = pose.process(image).pose_landmarks
        return None if found is None else found.landmark

    return landmarks


def tasks(bundle: str) -> Callable[[str], Pose]:
    """mediapipe 1.2.2: one call a frame, with the frame's time when following."""
    from mediapipe.tasks.python import BaseOptions, vision  # type: ignore[import-not-found]

    def of_mode(mode: str) -> Pose:
        running = vision.RunningMode.IMAGE if mode == "static" else vision.RunningMode.VIDEO
        options = vision.PoseLandmarkerOptions(base_options=BaseOptions(model_asset_path=bundle), running_mode=running)
        landmarker, frames = vision.PoseLandmarker.create_from_options(options), [0]

        def landmarks(image: Any) -> Any:
            picture = mp.Image(image_format=mp.ImageFormat.SRGB, data=image)
            frames[0] += 1
            if mode == "static":
                found = landmarker.detect(picture).pose_landmarks
            else:
                found = landmarker.detect_for_video(picture, round(1000 * PERIOD_S * frames[0])).pose_landmarks
            return found[0] if found else None

        return landmarks

    return of_mode


def in_pixels(landmarks: Any, image: Any) -> Any:
    """(33, 4) float64."""
    if landmarks is None:
        return np.full((33, 4), np.nan)
    height, width = image.shape[:2]
    return np.array([[one.x * width, one.y * height, one.z * width, one.visibility] for one in landmarks])


class Worker:
    """Answers requests; frames and the runtime that follows are kept between them."""

    def __init__(self, make: Callable[[str], Pose]) -> None:
        self._make = make
        self._frames: dict[str, Frames] = {}
        self._running: dict[str, Pose] = {}

    def answer(self, request: dict[str, str]) -> dict[str, Any]:
        """The answer to one request."""
        frames = self._load(request["frames"])
        if request["do"] == "landmarks":
            pose = self._make(request["mode"])
            np.save(request["answer"], np.stack([in_pixels(pose(image), image) for image in frames]))
            return {"frames": len(frames)}
        if request["mode"] not in self._running:
            self._running[request["mode"]] = self._make(request["mode"])
        return timed(self._running[request["mode"]], frames)

    def _load(self, path: str) -> Frames:
        if path not in self._frames:
            with np.load(path) as file:
                self._frames[path] = [file[name] for name in file.files]
        return self._frames[path]


def timed(pose: Pose, frames: Frames) -> dict[str, list[float]]:
    """Wall and processor milliseconds of each frame."""
    wall_ms, cpu_ms = [], []
    for image in frames:
        cpu_s, wall_s = time.process_time(), time.perf_counter()
        pose(image)
        wall_ms.append(1000 * (time.perf_counter() - wall_s))
        cpu_ms.append(1000 * (time.process_time() - cpu_s))
    return {"wall_ms": wall_ms, "cpu_ms": cpu_ms}


def main(answers: TextIO) -> None:
    """Answer until the input ends."""
    worker = Worker(solutions if sys.argv[1] == "solutions" else tasks(sys.argv[2]))
    answers.write(json.dumps({"version": mp.__version__}) + "\n")
    answers.flush()
    for line in sys.stdin:
        answers.write(json.dumps(worker.answer(json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    os.environ.update(QUIET)
    # The runtime talks on the standard output; the answers get a channel of their own.
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    import mediapipe as mp  # type: ignore[import-not-found]
    import numpy as np

    main(channel)
