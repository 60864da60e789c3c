"""The part of the bench that looks at photographs; without a folder of them it says so and goes on."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from rich.console import Console

from edge.bench.row import Row
from models.spine.bench.networks import Networks
from models.spine.bench.photo_rows import photo_rows
from models.spine.bench.photos import STANDING, Photo, PhotoLook, look_at, look_at_one, read_photos
from models.spine.bench.pictures import write_photos
from models.spine.bench.real_backs import BENT, back_view_rows, is_back, readings

SHOWN = 18
SIDE_VIEWS = "side_view"
NONE = "photographs: left out, name a folder of annotated ones with --photos"


def photo_section(folder: Path | None, networks: Sequence[Networks], out: Path | None, console: Console) -> list[Row]:
    """
    The rows of photographs.

    Args:
        folder: with `lspet` and `lspet_annotations.json`; None, or one without them, leaves these rows out.
        networks: of each precision.
        out: for pictures to look at; None for none.
        console: is told what was left out.

    Raises:
        PictureError: the annotations or a photograph are damaged.
    """
    photos = None if folder is None else read_photos(folder)
    if folder is None or photos is None:
        console.print(NONE if folder is None else f"photographs: none in {folder}, left out", highlight=False)
        return []
    standing = [photo for photo in photos if photo.subset == STANDING]
    others = [photo for photo in photos if photo.subset not in (STANDING, BENT)]
    rows, looks, backs = list[Row](), dict[str, list[PhotoLook]](), list[PhotoLook]()
    for one in networks:
        suffix = "" if one.precision == "int8" else f"_{one.precision}"
        own = list(look_at(standing, one))
        rows += photo_rows(own, suffix)
        found = [look for look in own if is_back(look)]
        if not suffix:
            found += [look for look in look_at(others, one) if is_back(look)]
            dice = np.random.default_rng(3)
            rows += back_view_rows([readings(look, one, dice) for look in found], suffix)
            backs = found
        looks[one.precision] = own
    if out is not None:
        _draw(out, looks, backs, networks, folder)
    return rows


def _draw(
    out: Path,
    looks: dict[str, list[PhotoLook]],
    backs: Sequence[PhotoLook],
    networks: Sequence[Networks],
    folder: Path,
) -> None:
    write_photos(out, "photographs_standing", {name: own[:SHOWN] for name, own in looks.items()})
    behind = [look.photo for look in backs[:SHOWN]]
    write_photos(out, "photographs_backs", {one.precision: list(look_at(behind, one)) for one in networks})
    sides = side_views(folder)
    write_photos(out, "photographs_sides", {
        one.precision: [look_at_one(photo, photo.image(), one) for photo in sides] for one in networks
    })  # fmt: skip


def side_views(folder: Path) -> list[Photo]:
    """Photographs of people seen from the side, of which nobody annotated anything."""
    nowhere = np.full((4, 2), np.nan)
    files = sorted((folder / SIDE_VIEWS).glob("*.jpg")) if (folder / SIDE_VIEWS).is_dir() else []
    return [Photo(path, "side", nowhere) for path in files if cv2.haveImageReader(str(path))]
