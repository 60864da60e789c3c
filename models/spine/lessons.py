"""What the teacher says about some films, written as training pictures."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from edge.config import ModelsConfig
from edge.engine.artefact import load_artefact
from edge.factory import SILHOUETTE, make_engine
from edge.pose.estimator import PoseEstimator
from edge.pose.silhouette_estimator import SilhouetteEstimator
from models.people.sample import SHARING
from models.spine.pictures import write_shard
from models.spine.teacher import rows

FIRST = 900_000
"""Numbers of these shards begin here; they are no seeds, nothing is rendered."""


def write_lessons(films: Sequence[Path], folder: Path, networks: Path) -> Iterator[tuple[Path, int]]:
    """
    Write shards of real pictures into a folder, beside those of other films; yield each film with how many it gave.

    Raises:
        ModelError: a network is missing.
        PictureError: a film cannot be read.
    """
    config = ModelsConfig()
    names = ("pose_detector.float", "pose_heavy.float", SILHOUETTE)
    detector, landmarks, silhouette = (make_engine(load_artefact(networks, name), config) for name in names)
    first = shard = first_free(folder)
    waiting = list[dict[str, Any]]()
    for film in films:
        before = len(waiting) + SHARING * (shard - first)
        estimator = PoseEstimator(detector, landmarks, smoothing=False)
        for row in rows(film, estimator, SilhouetteEstimator(silhouette)):
            waiting.append(row)
            if len(waiting) == SHARING:
                write_shard(folder / f"shard-{shard:06d}.npz", waiting)
                waiting, shard = [], shard + 1
        yield film, len(waiting) + SHARING * (shard - first) - before
    if waiting:
        write_shard(folder / f"shard-{shard:06d}.npz", waiting)


def first_free(folder: Path) -> int:
    """The number after the last shard of real pictures in a folder."""
    return 1 + max((int(path.stem.rpartition("-")[2]) for path in folder.glob("shard-9?????.npz")), default=FIRST - 1)
