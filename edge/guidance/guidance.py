"""What the person in front of the station is told."""

from dataclasses import dataclass
from enum import Enum


class Level(str, Enum):
    """How the lamps and the colour of the screen say it."""

    IDLE = "idle"
    READY = "ready"
    ADJUST = "adjust"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Guidance:
    """
    One thing to tell the person.

    Attributes:
        code: stable id of the text, e.g. "turn_around"; the key of translations, tests and logs.
        text: one short sentence, what to do.
        detail: a second, smaller line, why or how; may be empty.
        level: how urgent it is.
    """

    code: str
    text: str
    detail: str
    level: Level
