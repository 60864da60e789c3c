"""Many training pictures and one list of their truth, whoever stops the program and whenever."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from edge.errors import ConfigError
from models.people.work import CropJob

LIST = "truth.jsonl"
CROPS = ("torso", "body")


class TruthList:
    """
    A file with one line of JSON for each picture. A line is only ever added when its picture is there.

        with TruthList(folder) as pictures:
            pictures.add(line)
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / LIST
        self._whole_lines_only()
        self.pictures = {json.loads(line)["picture"] for line in self._lines()}
        self._file = self._path.open("ab")

    def __enter__(self) -> "TruthList":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, line: Mapping[str, Any]) -> None:
        """Write one picture's truth; a second one for the same picture is left out."""
        if line["picture"] in self.pictures:
            return
        self._file.write(json.dumps(line).encode() + b"\n")
        self._file.flush()
        self.pictures.add(line["picture"])

    def _lines(self) -> list[bytes]:
        return self._path.read_bytes().splitlines() if self._path.exists() else []

    def _whole_lines_only(self) -> None:
        """A killed run may have left half a line at the end; its picture is made again."""
        if not self._path.exists():
            return
        with self._path.open("r+b") as file:
            data = file.read()
            file.truncate(data.rfind(b"\n") + 1)


def crop_jobs(
    seeds: range, crop: str, size_px: tuple[int, int], places: tuple[Path, Path], done: Collection[str]
) -> list[CropJob]:
    """The pictures still to be made; `places` are the folder to write to and the file of rest bodies."""
    if crop not in CROPS:
        raise ConfigError(f"--crop: name {' or '.join(CROPS)}, not {crop!r}")
    folder, bodies = (str(place) for place in places)
    jobs = [CropJob(seed, crop, size_px, folder, bodies) for seed in seeds]
    return [job for job in jobs if job.picture not in done]


def size_of(text: str) -> tuple[int, int]:
    """
    Width and height from "HEIGHTxWIDTH", as networks name their input.

    >>> size_of("256x192")
    (192, 256)
    """
    height, _, width = text.partition("x")
    if not (height.isascii() and height.isdigit() and width.isascii() and width.isdigit()):
        raise ConfigError(f"--size: write HEIGHTxWIDTH in pixels, e.g. 256x192, not {text!r}")
    if not 16 <= int(width) <= 4096 or not 16 <= int(height) <= 4096:
        raise ConfigError(f"--size: between 16 and 4096 pixels, not {text}")
    return int(width), int(height)
