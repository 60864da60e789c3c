"""
How fast are we beside the reference runtimes, on the same frames, on the same core, in the same minutes?

The figures are processor time: every runtime computes on one core and waits for nothing, so that on a quiet machine it
equals the time on the wall, and on a busy one it is what the frame cost. The time on the wall is printed beside it.
"""

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.bench.row import Row, at_least, printed
from edge.camera.frame import Frame
from edge.pose.estimator import PoseEstimator
from models.pose.networks import estimator
from models.pose.pictures import load_clip, save_frames
from models.reference.client import Reference

FRAMES = 65
STILL = 20
ROUNDS = 7
FPS = 30.0
TARGET = {"0.10.21": 2.0, "1.2.2": 1.8}

Times = dict[str, list[float]]


class Ours:
    """Our pipeline behind the same two questions as a reference."""

    def __init__(self, frames: Sequence[NDArray[np.uint8]], precision: str, *, tracking: bool) -> None:
        self._frames = frames
        self._pose: PoseEstimator = estimator(precision, tracking=tracking)
        self._index = 0

    def time(self) -> Times:
        """Pose every frame, going on from the last call; "wall_ms" and "cpu_ms" of each."""
        times: Times = {"wall_ms": [], "cpu_ms": []}
        for image in self._frames:
            frame = Frame(image, self._index / FPS, self._index)
            self._index += 1
            cpu_s, wall_s = time.process_time(), time.perf_counter()
            self._pose.estimate(frame)
            times["wall_ms"].append(1000 * (time.perf_counter() - wall_s))
            times["cpu_ms"].append(1000 * (time.process_time() - cpu_s))
        return times


def speed(clip: Path, cache: Path) -> list[Row]:
    """
    Time full landmarks, following and frame by frame.

    Raises:
        PictureError: the clip is missing.
        ModelError: a reference cannot be installed, or the networks are not built.
    """
    frames = load_clip(clip, FRAMES)
    with (
        tempfile.TemporaryDirectory(prefix="plumbline-speed-") as folder,
        one_core() as core,
        Reference("0.10.21", cache) as older,
        Reference("1.2.2", cache) as newer,
    ):
        rows: list[Row] = []
        for mode, chosen in (("track", frames), ("static", frames[:STILL])):
            file = save_frames(chosen, Path(folder) / f"{mode}.npz")
            blocks: dict[str, list[Times]] = {name: [] for name in ("int8", "float", "0.10.21", "1.2.2")}
            ours = {name: Ours(chosen, name, tracking=mode == "track") for name in ("int8", "float")}
            for _ in range(ROUNDS + 1):
                for name, block in blocks.items():
                    reference = {"0.10.21": older, "1.2.2": newer}.get(name)
                    block.append(ours[name].time() if reference is None else reference.time(file, mode))
            rows += _rows(mode, blocks, f"{len(chosen)} frames x {ROUNDS} rounds, {core}, ONNX Runtime int8")
    return rows


@contextmanager
def one_core() -> Iterator[str]:
    """Keep this process, and those it starts meanwhile, on one core; says which."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    if not hasattr(os, "sched_setaffinity"):
        yield "any core"
        return
    allowed = os.sched_getaffinity(0)
    chosen = max(allowed)
    os.sched_setaffinity(0, {chosen})
    try:
        yield f"core {chosen}"
    finally:
        os.sched_setaffinity(0, allowed)
        cv2.setNumThreads(threads)


def ratio(reference: Sequence[Times], ours: Sequence[Times], clock: str) -> float:
    """Median over the rounds of how many times longer the reference took; the first round warms up and is left out."""
    pairs = zip(reference[1:], ours[1:], strict=True)
    return float(np.median([np.median(theirs[clock]) / np.median(mine[clock]) for theirs, mine in pairs]))


def _median_ms(blocks: Sequence[Times], clock: str) -> float:
    return float(np.median([value for block in blocks[1:] for value in block[clock]]))


def _rows(mode: str, blocks: dict[str, list[Times]], note: str) -> list[Row]:
    rows = []
    for version, target in TARGET.items():
        name = f"{mode}_full_ratio_mediapipe_{version.replace('.', '_')}"
        value, on_wall = (ratio(blocks[version], blocks["int8"], clock) for clock in ("cpu_ms", "wall_ms"))
        beside = f"{note}; by the wall {on_wall:.2f}"
        rows.append(
            at_least(name, value, target, "x", beside) if mode == "track" else printed(name, value, "x", beside)
        )
    rows.append(printed(f"{mode}_full_ratio_float", ratio(blocks["float"], blocks["int8"], "cpu_ms"), "x"))
    for name, times in blocks.items():
        who = name if name in ("int8", "float") else f"mediapipe_{name.replace('.', '_')}"
        on_wall_ms = f"by the wall {_median_ms(times, 'wall_ms'):.2f} ms"
        rows.append(printed(f"{mode}_full_{who}_ms", _median_ms(times, "cpu_ms"), "ms", on_wall_ms))
    return rows
