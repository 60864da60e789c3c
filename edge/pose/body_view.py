"""Which side of the person the camera sees."""

from enum import Enum


class BodyView(str, Enum):
    """The person as the camera sees them. `BACK` is what the station asks for."""

    BACK = "back"
    FRONT = "front"
    LEFT = "left"
    RIGHT = "right"
