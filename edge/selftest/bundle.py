"""The few rendered people that ship with the station; `python -m models.people bundle` made them."""

from pathlib import Path

import cv2
import numpy as np

from edge.errors import PictureError
from edge.pose.body_view import BodyView
from edge.selftest.known_person import KnownPerson
from edge.selftest.record import joints_px, read_record

FOLDER = Path(__file__).parent


def known_people(folder: Path = FOLDER) -> tuple[KnownPerson, ...]:
    """
    Read every person of a folder, in the order of the files' names.

    Raises:
        PictureError: a picture or its truth is missing or damaged.
    """
    return tuple(_read(path) for path in sorted(folder.glob("*.json")))


def _read(path: Path) -> KnownPerson:
    record = read_record(path)
    picture = path.parent / str(record.get("picture"))
    image = cv2.imread(str(picture), cv2.IMREAD_COLOR)
    if image is None:
        raise PictureError(f"{picture}: missing or damaged, install the station again")
    return KnownPerson(
        path.stem.replace("_", " "), np.asarray(image, np.uint8), joints_px(record), BodyView(record["view"])
    )
