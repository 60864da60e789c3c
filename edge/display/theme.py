"""How the screen looks: colours, shapes and sizes. Every text colour has at least 7:1 contrast on its ground."""

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

from edge.guidance.guidance import Level
from edge.session.summary import Flag

Shape = Literal["ring", "tick", "triangle", "octagon", "dot", "dash"]


class Colour(NamedTuple):
    """Red, green and blue, 0..255."""

    red: int
    green: int
    blue: int

    @property
    def bgr(self) -> tuple[int, int, int]:
        """The order OpenCV and the canvas use."""
        return self.blue, self.green, self.red

    @property
    def luminance(self) -> float:
        """Relative luminance after WCAG 2, 0..1."""
        linear = [_linear(part / 255) for part in self]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def contrast(one: Colour, other: Colour) -> float:
    """
    Contrast ratio after WCAG 2, 1..21.

    >>> contrast(Colour(0, 0, 0), Colour(255, 255, 255))
    21.0
    """
    high, low = sorted((one.luminance, other.luminance), reverse=True)
    return round((high + 0.05) / (low + 0.05), 2)


NIGHT = Colour(14, 22, 30)
"""The ground of every screen."""
SLATE = Colour(24, 36, 46)
"""Cards."""
EDGE = Colour(52, 70, 84)
"""Outlines and empty tracks; never carries meaning alone."""
PAPER = Colour(243, 246, 244)
"""Main text."""
MIST = Colour(184, 199, 208)
"""Second text."""
TEAL = Colour(104, 217, 200)
"""The product's own colour: the plumb line, progress."""
GREEN = Colour(134, 224, 160)
AMBER = Colour(255, 201, 92)
CORAL = Colour(255, 158, 145)
INK = Colour(16, 20, 24)
"""Text on amber and coral."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A state as colour and shape together, so that neither stands alone."""

    colour: Colour
    shape: Shape
    words: str


LEVEL_SIGNS: dict[Level, Sign] = {
    Level.IDLE: Sign(MIST, "ring", "waiting"),
    Level.READY: Sign(GREEN, "tick", "ready"),
    Level.ADJUST: Sign(AMBER, "triangle", "adjust"),
    Level.STOP: Sign(CORAL, "octagon", "stopped"),
}

FLAG_SIGNS: dict[Flag, Sign] = {
    "within": Sign(GREEN, "tick", "within limits"),
    "amber": Sign(AMBER, "triangle", "above the limit"),
    "strong": Sign(CORAL, "octagon", "well above the limit"),
}
NO_FLAG = Sign(MIST, "dot", "for information")
NO_VALUE = Sign(MIST, "dash", "not measurable")


@dataclass(frozen=True, slots=True)
class Sizes:
    """
    Text heights and spaces of one screen, pixels.

    Attributes:
        detail_px: smallest text, at least 1/40 of the shorter side: a screen turned upright has the same pixels.
        body_px: cards and readings.
        instruction_px: smallest instruction, at least 1/20 of the shorter side.
        title_px: largest instruction.
        gap_px: space between blocks.
        portrait: True when the screen is higher than wide.
    """

    detail_px: int
    body_px: int
    instruction_px: int
    title_px: int
    gap_px: int
    portrait: bool


def sizes(width: int, height: int) -> Sizes:
    """
    Sizes for a screen of this many pixels.

    >>> sizes(1280, 720).detail_px
    18
    """
    portrait = height > width
    unit = max(min(width, height) / 40, height / 58)
    instruction = math.ceil(2 * unit)
    return Sizes(
        detail_px=math.ceil(unit),
        body_px=math.ceil(unit * (1.15 if portrait else 1.33)),
        instruction_px=instruction,
        title_px=max(instruction, round(min(height / 11, width / 10))),
        gap_px=max(6, round(min(width, height) / 36)),
        portrait=portrait,
    )
