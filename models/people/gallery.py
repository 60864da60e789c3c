"""Sheets of pictures for people to look at: what the rig can draw, and whether it looks right."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from models.people.sample import BODIES, sample
from models.people.shot import Shot
from models.people.studio import studio
from models.people.surroundings import ROOMS, TOPS
from models.people.whole_file import encoded, write_whole

TILE_PX = (270, 480)
COLUMNS = 6
LABEL_PX = 26
CURVES_DEG = (0.0, 10.0, 20.0, 30.0, 45.0, 60.0)


@dataclass(frozen=True, slots=True)
class Tile:
    """
    One picture of a sheet.

    Attributes:
        sheet: name of its file.
        label: written below it.
        shot: what it shows, the first frame only.
    """

    sheet: str
    label: str
    shot: Shot


def tiles() -> list[Tile]:
    """Every picture of every sheet, sheet by sheet."""
    return [*_views(), *_bodies(), *_curves(), *_clothes(), *_rooms(), *_bends(), *_hidden()]


def tile_job(tile: Tile) -> tuple[Tile, NDArray[np.uint8]]:
    """Render one picture."""
    _, image, _ = next(iter(studio().frames(tile.shot, [0])))
    return tile, _labelled(image, tile.label)


def write_gallery(
    folder: Path,
    spread: Callable[
        [Callable[[Tile], tuple[Tile, NDArray[np.uint8]]], Sequence[Tile]],
        Iterable[tuple[Tile, NDArray[np.uint8]]],
    ],
) -> Iterator[Path]:
    """Render all sheets into a folder as .png; `spread` does jobs in any order. Yield each file."""
    wanted = tiles()
    drawn = {(tile.sheet, tile.label): image for tile, image in spread(tile_job, wanted)}
    for sheet, members in groupby(wanted, key=lambda tile: tile.sheet):
        path = folder / f"{sheet}.png"
        write_whole(path, encoded(_sheet([drawn[sheet, tile.label] for tile in members]), ".png"))
        yield path


def _small(shot: Shot) -> Shot:
    return replace(shot, place=replace(shot.place, size_px=TILE_PX), moments=shot.moments[:1])


def _views() -> list[Tile]:
    names = ("V0-back", "V0-right", "V0-front", "V0-left")
    return [Tile("views", f"{seed} {name[3:]}", _small(sample(seed, name))) for seed in (3, 8, 9) for name in names]


def _bodies() -> list[Tile]:
    return [Tile("bodies", f"body {body}", _small(_with_body(sample(200 + body), body))) for body in range(len(BODIES))]


def _curves() -> list[Tile]:
    found = []
    for apex, upper, lower, side in (("T8", "T5", "T12", 1), ("L2", "T11", "L4", -1)):
        for angle in CURVES_DEG:
            shot = _with_body(sample(310), 0)
            curve: dict[str, float | str] = {
                "apex": apex, "upper": upper, "lower": lower, "angle_deg": angle, "rotation_share": 0.35, "side": side,
                "shift_m": 0.0,
            }  # fmt: skip
            worn = {**shot.wardrobe, "top": "none", "bottom": "shorts"}
            bent = (curve,) if angle else ()
            found.append(Tile("curves", f"{apex} {angle:.0f} deg", _small(replace(shot, curves=bent, wardrobe=worn))))
    return found


def _clothes() -> list[Tile]:
    found = []
    for body in (6, 7, 4, 5):
        for number, top in enumerate(TOPS[BODIES[body][1]]):
            shot = _with_body(sample(400 + 10 * body + number), body)
            worn = {**shot.wardrobe, "top": top}
            found.append(Tile("clothes", f"{body} {top}", _small(replace(shot, wardrobe=worn))))
    return found


def _rooms() -> list[Tile]:
    return [
        Tile("rooms", f"{kind} {number}", _small(replace(sample(500 + number), room=(kind, 500 + number))))
        for kind in ROOMS
        for number in range(3)
    ]


def _bends() -> list[Tile]:
    found = []
    for seed in (6, 14):
        shot = sample(seed, "B1")
        for number, moment in enumerate(shot.moments):
            still = replace(shot, moments=(moment,))
            found.append(Tile("bends", f"{seed} {number} {moment.bend_deg:.0f} deg", _small(still)))
    return found


def _hidden() -> list[Tile]:
    shots = [sample(seed, "V0-hidden") for seed in range(700, 712)]
    return [Tile("hidden", f"{shot.seed} {shot.occluder[0]}", _small(shot)) for shot in shots]


def _with_body(shot: Shot, body: int) -> Shot:
    """The same shot with another body, dressed for its sex."""
    sex = BODIES[body][1]
    top = str(shot.wardrobe["top"])
    worn = {**shot.wardrobe, "sex": sex, "top": top if top in TOPS[sex] else TOPS[sex][0]}
    return replace(shot, body=body, wardrobe=worn)


def _labelled(image: NDArray[np.uint8], label: str) -> NDArray[np.uint8]:
    strip = np.full((LABEL_PX, image.shape[1], 3), 255, np.uint8)
    cv2.putText(strip, label, (6, 18), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 0, 0), 1, cv2.LINE_AA)
    return np.vstack([image, strip])


def _sheet(images: Sequence[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    blank = np.full_like(images[0], 255)
    rows = [list(images[start : start + COLUMNS]) for start in range(0, len(images), COLUMNS)]
    width = min(COLUMNS, len(images))
    return np.vstack([np.hstack([*row, *[blank] * (width - len(row))]) for row in rows])
