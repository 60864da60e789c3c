"""How long the spine network takes on one thread, beside BlazePose in the same run."""

import time
from collections.abc import Callable, Mapping

import numpy as np

from edge.bench.row import Row, at_most, printed
from edge.camera.frame import Frame
from edge.engine.engine import Engine
from edge.pose.detector import Detector
from edge.pose.landmarker import SIDE, Landmarker
from edge.pose.landmarks import Landmarks
from edge.pose.silhouette import Silhouette
from edge.pose.spine_crop import HEIGHT, WIDTH
from models.spine.bench.networks import Networks

ROUNDS, WARM_UP = 40, 5
MOST_OF_BLAZEPOSE = 1.0


def speed_rows(
    networks: Networks, frame: Frame, landmarks: Landmarks, silhouette: Silhouette | None, rounds: int = ROUNDS
) -> list[Row]:
    """
    Time both networks in turn: alone, and with the crop and what is read from the outputs.

    Args:
        networks: INT8, one thread.
        frame: shows one person.
        landmarks: of the person.
        silhouette: of the person.
        rounds: how often each is timed.
    """
    found = Detector(networks.detector).detect(frame.image)
    region = found[0].region if found else None
    landmarker = Landmarker(networks.landmarks)
    work: dict[str, Callable[[], object]] = {
        "spine_network": alone(networks.spine, HEIGHT, WIDTH),
        "pose_network": alone(networks.landmarks, SIDE, SIDE),
        "spine": lambda: networks.read(frame, landmarks, silhouette),
    }
    if region is not None:
        work["pose"] = lambda: landmarker.read(frame.image, region)
    return time_rows(timed_ms(work, rounds), f"median of {rounds}, in turn")


def time_rows(taken_ms: Mapping[str, float], note: str = "") -> list[Row]:
    """
    The rows of measured times.

    Args:
        taken_ms: `spine`, `pose`, `spine_network`, `pose_network`; one that could not be timed is missing.
        note: how they were taken.
    """
    return [
        _ratio(
            "spine_speed_of_pose",
            taken_ms,
            ("spine", "pose"),
            "crop, network five times (a first look; with and without what is around, mirrored too), reading out",
        ),
        _ratio("spine_network_speed_of_pose", taken_ms, ("spine_network", "pose_network"), "the networks alone"),
        *[printed(f"{name}_ms", value, "ms", note) for name, value in taken_ms.items()],
    ]


def alone(engine: Engine, height: int, width: int) -> Callable[[], object]:
    """One run of a network on a grey picture."""
    image = {"image": np.full((1, 3, height, width), 0.5, np.float32)}
    return lambda: engine.run(image)


def timed_ms(work: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Name -> median milliseconds; each is done once a round, so that whatever slows the machine slows all."""
    taken: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(WARM_UP + rounds):
        for name, run in work.items():
            start = time.perf_counter()
            run()
            if turn >= WARM_UP:
                taken[name].append((time.perf_counter() - start) * 1000)
    return {name: float(np.median(values)) for name, values in taken.items()}


def _ratio(name: str, taken_ms: Mapping[str, float], pair: tuple[str, str], note: str) -> Row:
    one, other = (taken_ms.get(part) for part in pair)
    value = None if one is None or other is None else one / other
    return at_most(name, value, MOST_OF_BLAZEPOSE, "", f"INT8, one thread, {note}: its time over BlazePose's")
