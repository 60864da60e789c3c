"""
Every true measure of one person at one moment, from points in space.

The formulas are our own and stand on nothing of the station's: a definition error there shows as a difference here.
The camera has no part in them; its roll, yaw, pitch and distance change no true measure.
"""

from typing import Literal

from models.people.truth.bend import bend
from models.people.truth.body_points import BodyPoints
from models.people.truth.coronal import Measures, coronal
from models.people.truth.definitions import DEFINITIONS
from models.people.truth.sagittal import Side, sagittal

View = Literal["back", "front", "left", "right"]
NEAR: dict[View, Side] = {"left": "left", "right": "right"}


def measures(body: BodyPoints, view: View = "back") -> Measures:
    """
    Measure id -> value, in the unit of `DEFINITIONS`; None where it does not exist for this body.

    Args:
        body: the person.
        view: the side of the person the camera sees; only decides whose ear, shoulder and leg make the L rows.
    """
    found = coronal(body) | sagittal(body, NEAR.get(view)) | bend(body)
    return {row: None if (value := found[row]) is None else float(value) for row in DEFINITIONS}
