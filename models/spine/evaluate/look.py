"""
What a site's own network sees in one picture: its points drawn, written down, and the head's angle with its resolution.

    python -m models.spine.evaluate.look picture.jpg --network site_spine --folder models/built --out looked
"""

import json
from pathlib import Path
from typing import Annotated, Any

import cv2
import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console

from edge.errors import PictureError
from edge.geometry import lean_deg
from edge.picture.photograph import read_photograph
from edge.pose.fit import Box, whole
from edge.pose.picture_points import PicturePoints
from edge.pose.simcc import SimccPose
from edge.spine.legacy import cell_deg, legacy_arccos_deg
from models.said import said
from models.spine.evaluate.adopt import Adopted, load_adopted

BONES = (
    *(("head_top", "neck"), ("neck", "spine"), ("spine", "pelvis"), ("head", "neck_03"), ("neck_03", "neck_02")),
    *(("neck_02", "neck"), ("neck", "spine_05"), ("spine_05", "spine_04"), ("spine_04", "spine_03")),
    *(("spine_03", "spine_02"), ("spine_02", "spine_01"), ("spine_01", "hip")),
    *(("left_shoulder", "right_shoulder"), ("left_hip", "right_hip")),
    *(
        (f"{side}_{first}", f"{side}_{second}")
        for side in ("left", "right")
        for first, second in (
            *(("shoulder", "elbow"), ("elbow", "wrist"), ("shoulder", "hip")),
            *(("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"), ("ankle", "big_toe")),
        )
    ),
)
"""Drawn where both ends are known."""
LEFT, RIGHT, MIDDLE = (80, 180, 60), (60, 120, 240), (230, 180, 60)
"""Blue, green, red of the points; left and right are the person's own."""


def draw(image: NDArray[np.uint8], points: PicturePoints) -> NDArray[np.uint8]:
    """A copy of the picture with bones and points on it."""
    drawn, size = image.copy(), max(1, round(min(image.shape[:2]) / 150))
    places = {
        name: (round(place[0]), round(place[1]))
        for name in points.layout.points
        if (place := points.at(name)) is not None
    }
    for first, second in BONES:
        if first in places and second in places:
            cv2.line(drawn, places[first], places[second], (240, 240, 240), size, cv2.LINE_AA)
    for name, place in places.items():
        colour = LEFT if name.startswith("left_") else RIGHT if name.startswith("right_") else MIDDLE
        cv2.circle(drawn, place, 2 * size, colour, cv2.FILLED, cv2.LINE_AA)
    return drawn


def record(points: PicturePoints, network: str) -> dict[str, Any]:
    """
    The points by name and the head's angle.

    Returns:
        `points`: name -> x, y in pixels (null where there is none) and score; `head`: lean away from the vertical,
        + towards picture right, the first program's angle to the horizontal, and what one step of the network's output
        is worth in either, all in degrees, null without a head.
    """
    places = {name: points.at(name) for name in points.layout.points}
    scores = dict(zip(places, points.score.tolist(), strict=True))
    neck, top = places.get("neck"), places.get("head_top") or places.get("head")
    known = neck is not None and top is not None
    head = {
        "lean_deg": lean_deg(neck, top) if neck and top else None,
        "legacy_arccos_deg": legacy_arccos_deg(top, neck) if neck and top else None,
        "one_cell_deg": cell_deg(neck, top, points.cell_px) if neck and top else None,
    }
    return {
        "network": network,
        "layout": points.layout.name,
        "cell_px": list(points.cell_px),
        "points": {name: {"px": place, "score": scores[name]} for name, place in places.items()},
        "head": head if known else None,
    }


def look(adopted: Adopted, picture: Path, out: Path) -> dict[str, Any]:
    """
    Read one picture of one person who fills it, and write `<name>.points.png` and `<name>.points.json`.

    Raises:
        PictureError: the picture cannot be read, or nothing can be written.
        ModelError: the network gave something else than its card says.
    """
    image = read_photograph(picture).image
    points = _read(adopted, image, whole(image))
    found = record(points, adopted.artefact.name)
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{picture.stem}.points.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        written = cv2.imwrite(str(out / f"{picture.stem}.points.png"), draw(image, points))
    except OSError as error:
        raise PictureError(f"{out} cannot be written ({error.strerror}), name another folder by --out") from error
    if not written:
        raise PictureError(f"{out} takes no picture, name another folder by --out")
    return found


def _read(adopted: Adopted, image: NDArray[np.uint8], box: Box) -> PicturePoints:
    pose = adopted.pose
    return pose.read(image, box, padding=1.0) if isinstance(pose, SimccPose) else pose.read(image, box)


def main(
    picture: Annotated[Path, typer.Argument(help="A picture that one person fills.")],
    network: Annotated[str, typer.Option(help="The name it was adopted under.")],
    folder: Annotated[Path, typer.Option(help="The folder of networks.")] = Path("models/built"),
    out: Annotated[Path, typer.Option(help="Where the drawing and the JSON go.")] = Path("measure-output"),
) -> None:
    """Draw and write down what an adopted network sees in a picture."""
    console = Console()
    with said(console):
        found = look(load_adopted(folder, network), picture, out)
    known = sum(point["px"] is not None for point in found["points"].values())
    console.print(f"{known} of {len(found['points'])} points; {out / picture.stem}.points.png", soft_wrap=True)
    if found["head"]:
        lean, cell = found["head"]["lean_deg"], found["head"]["one_cell_deg"]
        worth = "" if cell is None else f"; one step of the network's output is worth {cell:.1f} degrees"
        console.print(f"head {lean:+.1f} degrees from the vertical{worth}", soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
