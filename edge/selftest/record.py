"""The truth about one rendered frame, format "truth/1": the workshop writes it, the station only reads it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge.errors import PictureError
from edge.pose.landmarks import COUNT, Joint

FORMAT = "truth/1"
Record = Mapping[str, Any]


def read_record(path: Path) -> Record:
    """
    Read the truth about one frame.

    Raises:
        PictureError: the file cannot be read or is of another format.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PictureError(f"{path}: cannot be read as the truth about a picture ({error}), render it again") from None
    if not is_truth(record):
        raise PictureError(f"{path}: is not of the format {FORMAT}, render it again")
    return dict(record)


def is_truth(record: object) -> bool:
    """Whether something read from JSON says that it is the truth about a frame."""
    return isinstance(record, dict) and record.get("format") == FORMAT


def joints_px(record: Record, group: str = "blazepose") -> NDArray[np.float64]:
    """
    Where the joints are in the picture, hidden ones too.

    Args:
        record: of the frame.
        group: "blazepose" as a landmark network places them by its definition, "joints" as anatomy does.

    Returns:
        (33, 2) float64, pixels; NaN where a joint is not known.

    Raises:
        PictureError: the record has no such points.
    """
    try:
        points = record["points"][group]
        named = dict(zip(points["names"], points["px"], strict=True))
    except (KeyError, TypeError, ValueError):
        raise PictureError(f"the truth has no points {group!r}, render the picture again") from None
    found = np.full((COUNT, 2), np.nan)
    for joint in Joint:
        at = named.get(joint.name.lower())
        if at is not None and None not in at:
            found[joint] = at
    return found
