"""What a person or a helper enters during the tasks, by key, touch or button."""

from dataclasses import dataclass
from enum import Enum


class Key(str, Enum):
    """Keys that mean the same on every page."""

    SKIP = "skip"
    LESS = "less"
    MORE = "more"
    OTHER_SIDE = "other_side"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Typed:
    """
    A digit key.

    Attributes:
        digit: 0 to 9.
    """

    digit: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """
    A number that was touched.

    Attributes:
        value: the number itself.
    """

    value: int


Input = Key | Typed | Chosen
