"""One job of rendering: what a worker does on whatever machine it runs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.people.sample import DISTRIBUTIONS, sample
from models.people.studio import studio
from models.people.truth.record import to_json
from models.people.whole_file import encoded, write_whole

JPEG_QUALITY = 95


@dataclass(frozen=True, slots=True)
class RenderJob:
    """
    All frames of one person.

    Attributes:
        seed: of the person.
        distribution: the person is drawn from.
        take: which repetition.
        folder: for the pictures and their truth.
        kind: ".png" or ".jpg".
    """

    seed: int
    distribution: str
    take: int
    folder: str
    kind: str = ".jpg"

    def stem(self, frame: int) -> str:
        """Name of one frame's files, without an ending."""
        return f"{self.distribution}-{self.seed:06d}-t{self.take}-f{frame:02d}"

    def missing(self) -> list[int]:
        """The frames whose truth is not there yet; the truth is written after its picture."""
        frames = range(DISTRIBUTIONS[self.distribution].frames)
        return [frame for frame in frames if not (Path(self.folder) / f"{self.stem(frame)}.json").exists()]


def render_job(job: RenderJob) -> int:
    """Render what is missing of one person; return how many frames that were."""
    missing, folder = job.missing(), Path(job.folder)
    for frame, image, truth in studio().frames(sample(job.seed, job.distribution, job.take), missing):
        picture = f"{job.stem(frame)}{job.kind}"
        write_whole(folder / picture, encoded(image, job.kind, JPEG_QUALITY))
        write_whole(folder / f"{job.stem(frame)}.json", json.dumps(to_json(truth, picture)).encode())
    return len(missing)


@dataclass(frozen=True, slots=True)
class CropJob:
    """
    One training picture.

    Attributes:
        seed: of the person.
        crop: "torso" or "body".
        size_px: width and height.
        folder: for the picture.
        bodies: file of the rest bodies.
    """

    seed: int
    crop: str
    size_px: tuple[int, int]
    folder: str
    bodies: str

    @property
    def picture(self) -> str:
        """Name of the file."""
        return f"{self.seed:06d}.jpg"


def crop_job(job: CropJob) -> Mapping[str, Any]:
    """Render one training picture; return its line of the list."""
    place = studio(Path(job.bodies))
    shot = sample(job.seed, "V0-crop", bodies=place.known)
    image, truth = place.crop(shot, job.crop, job.size_px)
    write_whole(Path(job.folder) / job.picture, encoded(image, ".jpg", JPEG_QUALITY))
    return to_json(truth, job.picture)
