"""Training pictures, many to a file: rendered once, read whole."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.errors import PictureError
from models.people.loose import NAME as LOOSE
from models.people.loose import loose_shot
from models.people.sample import SHARING
from models.people.studio import studio
from models.people.training import training_shot
from models.people.truth.record import Truth
from models.people.whole_file import encoded, write_whole
from models.spine.layout import points_of

SIZE_PX = (240, 320)
"""Width and height of a rendered picture; training cuts the network's input out of it."""
MARGINS = {"torso": 1.5, "body": 1.4}
BODY_SHARE = 3
"""Every third shard shows the whole person."""
JPEG_QUALITY = 92
LOOSE_FROM = 20_000
"""Shards from this number on show people in any pose; their seeds end below those of the hold-outs."""
LOOSE_SHARE = 6
"""To so many shards of people who stand comes one of those."""


@dataclass(frozen=True, slots=True)
class ShardJob:
    """
    The pictures of as many seeds as share a body.

    Attributes:
        number: of the shard; its seeds are `SHARING` in a row.
        folder: for the file.
        bodies: file of the rest bodies.
    """

    number: int
    folder: str
    bodies: str

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.folder) / f"shard-{self.number:06d}.npz"

    @property
    def loose(self) -> bool:
        """Whether its people stand in any pose."""
        return self.number >= LOOSE_FROM

    @property
    def crop(self) -> str:
        """What its pictures show."""
        return "body" if self.number % BODY_SHARE == BODY_SHARE - 1 else "torso"


def shard_numbers(count: int) -> list[int]:
    """The shards of about so many pictures of people who stand, and of a sixth as many in any pose."""
    standing = -(-count // SHARING)
    return [*range(standing), *range(LOOSE_FROM, LOOSE_FROM + -(-standing // LOOSE_SHARE))]


def render_shard(job: ShardJob) -> int:
    """Render one shard, unless it is there; return its number."""
    if not job.path.exists():
        place = studio(Path(job.bodies))
        rows = []
        for seed in range(job.number * SHARING, (job.number + 1) * SHARING):
            shot = (loose_shot if job.loose else training_shot)(seed, place.known)
            image, truth = place.crop(shot, job.crop, SIZE_PX, MARGINS[job.crop])
            rows.append(_row(seed, job.crop, image, truth))
        write_shard(job.path, rows)
    return job.number


def _row(seed: int, crop: str, image: NDArray[np.uint8], truth: Truth) -> dict[str, Any]:
    points, visible = points_of(truth)
    built = max(truth.curves, key=lambda curve: curve["angle_deg"], default=None)
    return {
        "jpeg": np.frombuffer(encoded(image, ".jpg", JPEG_QUALITY), np.uint8),
        "points": points,
        "visible": visible,
        "mask": np.packbits(truth.silhouette),
        "curve_deg": np.float32(0.0 if built is None else built["side"] * built["angle_deg"]),
        "about": json.dumps({
            "seed": seed, "crop": crop, "view": truth.about["view"], "loose": truth.about["distribution"] == LOOSE,
            "bend_deg": truth.about["posture"]["bend_deg"], "strata": truth.about["strata"],
        }),
    }  # fmt: skip


def picture_of(seed: int, crop: str, image: NDArray[np.uint8], truth: Truth) -> "Picture":
    """One rendered picture without the way over a file."""
    row = _row(seed, crop, image, truth)
    about = json.loads(row["about"])
    return Picture(row["jpeg"], row["points"], row["visible"], row["mask"], float(row["curve_deg"]), about)


def write_shard(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write the rows of one shard, whole or not at all."""
    file = io.BytesIO()
    jpegs = [row["jpeg"] for row in rows]
    np.savez(
        file,
        jpegs=np.concatenate(jpegs),
        ends=np.cumsum([len(jpeg) for jpeg in jpegs]),
        points=np.stack([row["points"] for row in rows]),
        visible=np.stack([row["visible"] for row in rows]),
        masks=np.stack([row["mask"] for row in rows]),
        curves_deg=np.array([row["curve_deg"] for row in rows], np.float32),
        about=np.array([row["about"] for row in rows]),
    )
    write_whole(path, file.getvalue())


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """
    One picture to learn from.

    Attributes:
        jpeg: (N,) uint8, the file.
        points: (74, 2) float32, pixels.
        visible: (74,) bool, whether the camera sees each.
        mask: packed bits of the person's outline.
        curve_deg: largest built curve, + = convex to the person's right.
        about: seed, crop, view, bend_deg, strata, and where it is so, loose (in any pose) or real.
    """

    jpeg: NDArray[np.uint8]
    points: NDArray[np.float32]
    visible: NDArray[np.bool_]
    mask: NDArray[np.uint8]
    curve_deg: float
    about: Mapping[str, Any]

    def image(self) -> NDArray[np.uint8]:
        """(320, 240, 3) uint8, BGR."""
        image = cv2.imdecode(self.jpeg, cv2.IMREAD_COLOR)
        if image is None:
            raise PictureError(f"seed {self.about['seed']}: the training picture is damaged, delete its shard")
        return np.asarray(image, np.uint8)

    def outline(self) -> NDArray[np.uint8]:
        """(320, 240) uint8, 255 where the person is."""
        width, height = SIZE_PX
        return np.unpackbits(self.mask, count=width * height).reshape(height, width) * np.uint8(255)


def read_shard(path: Path) -> Iterator[Picture]:
    """
    The pictures of one shard.

    Raises:
        PictureError: the file is damaged.
    """
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
            held = {name: file[name] for name in file.files}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise PictureError(f"{path}: damaged ({error}), delete it and render it again") from None
    starts = [0, *held["ends"][:-1]]
    for row, (start, end) in enumerate(zip(starts, held["ends"], strict=True)):
        yield Picture(
            held["jpegs"][start:end], held["points"][row], held["visible"][row], held["masks"][row],
            float(held["curves_deg"][row]), json.loads(str(held["about"][row])),
        )  # fmt: skip
