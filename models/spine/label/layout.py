"""Which part of the window is for what."""

from collections.abc import Iterator
from dataclasses import dataclass

import pygame

from models.spine.label.keys import LISTED, Do
from models.spine.label.points import GROUPS

COLUMNS = 2
LETTERS = 1 / 46
"""Height of the panel's letters, shares of the window's height."""
SMALLEST_PX = 12


@dataclass(frozen=True, slots=True)
class Button:
    """
    A place to click.

    Attributes:
        rect: on the screen.
        means: what it does, or the number of the group it shows and hides.
    """

    rect: pygame.Rect
    means: Do | int


@dataclass(frozen=True, slots=True)
class Layout:
    """
    The window's parts.

    Attributes:
        stage: for the picture.
        told: in the panel, for what there is to read.
        buttons: in the panel: the groups, then what can be done.
        text_px: height of the panel's letters.
    """

    stage: pygame.Rect
    told: pygame.Rect
    buttons: tuple[Button, ...]
    text_px: int

    def button_at(self, point: tuple[int, int]) -> Button | None:
        """The button at a point of the screen."""
        return next((button for button in self.buttons if button.rect.collidepoint(point)), None)


def layout(size_px: tuple[int, int]) -> Layout:
    """The parts of a window of this width and height."""
    width, height = size_px
    text = max(SMALLEST_PX, round(height * LETTERS))
    wide = min(28 * text, width // 2)
    panel = pygame.Rect(width - wide, 0, wide, height)
    inner = panel.inflate(-2 * text, -text)
    row = round(text * 1.75)
    means: list[list[Do | int]] = [list(range(len(GROUPS))), [one.do for one in LISTED]]
    rows = [-(-len(block) // COLUMNS) for block in means]
    top = inner.bottom - row * sum(rows) - text
    places = (_grid(inner, top, row, len(means[0])), _grid(inner, top + row * rows[0] + text, row, len(means[1])))
    rects = [rect for grid in places for rect in grid]
    flat = [meant for block in means for meant in block]
    buttons = tuple(Button(rect, meant) for rect, meant in zip(rects, flat, strict=True))
    told = pygame.Rect(inner.left, inner.top, inner.width, top - inner.top - text)
    return Layout(pygame.Rect(0, 0, panel.left, height), told, buttons, text)


def _grid(inner: pygame.Rect, top: int, row: int, count: int) -> Iterator[pygame.Rect]:
    wide = inner.width // COLUMNS
    for number in range(count):
        down, along = divmod(number, COLUMNS)
        yield pygame.Rect(inner.left + along * wide, top + down * row, wide - row // 4, row - row // 6)
