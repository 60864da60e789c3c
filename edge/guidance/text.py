"""One thing the station can say."""

from dataclasses import dataclass

from edge.guidance.guidance import Level


@dataclass(frozen=True, slots=True)
class Text:
    """
    What is said for one code; braces are filled in with the fault's values.

    Attributes:
        text: one short sentence, what to do.
        detail: a second, smaller line; may be empty.
        level: how urgent it is.
    """

    text: str
    detail: str
    level: Level
