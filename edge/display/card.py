"""One line of a result as it stands on the screen."""

from dataclasses import dataclass

from edge.display.theme import Sign


@dataclass(frozen=True, slots=True)
class Card:
    """
    One measure as it stands on the screen.

    Attributes:
        name: of the measure, with "approximate" where it is a surrogate.
        number: value and uncertainty, or empty.
        words: what a person reads, or the reason why there is no value.
        sign: flag as colour, shape and word.
    """

    name: str
    number: str
    words: str
    sign: Sign
