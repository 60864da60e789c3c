"""What can be done, and the keys that do it."""

from dataclasses import dataclass
from enum import Enum, auto

import pygame

NUDGE_PX = 0.5
"""How far an arrow key moves a point, pixels of the picture; ten times as far with Shift."""
FAR = 10


class Do(Enum):
    """What a person can ask for."""

    NEXT = auto()
    PREVIOUS = auto()
    NEXT_POINT = auto()
    PREVIOUS_POINT = auto()
    CONFIRM = auto()
    CONFIRM_SHOWN = auto()
    HIDE = auto()
    RESTORE = auto()
    UNDO = auto()
    REDO = auto()
    PUT = auto()
    WHOLE = auto()
    CLOSER = auto()
    FARTHER = auto()
    LEAVE_POINT = auto()
    QUIT = auto()


@dataclass(frozen=True, slots=True)
class Shortcut:
    """
    A thing to do, as the screen lists it; a click on the line does it, too.

    Attributes:
        do: what.
        cap: the key as it is written.
        words: what it does.
    """

    do: Do
    cap: str
    words: str


LISTED: tuple[Shortcut, ...] = (
    Shortcut(Do.NEXT, "N", "next picture"),
    Shortcut(Do.PREVIOUS, "P", "previous picture"),
    Shortcut(Do.NEXT_POINT, "Tab", "next point"),
    Shortcut(Do.PREVIOUS_POINT, "⇧ Tab", "point before"),
    Shortcut(Do.CONFIRM, "C", "confirm point"),
    Shortcut(Do.CONFIRM_SHOWN, "⇧ C", "confirm all in sight"),
    Shortcut(Do.HIDE, "H", "hidden / seen"),
    Shortcut(Do.RESTORE, "Del", "as predicted"),
    Shortcut(Do.UNDO, "Z", "undo"),
    Shortcut(Do.REDO, "Y", "redo"),
    Shortcut(Do.PUT, "Space", "put point here"),
    Shortcut(Do.WHOLE, "0", "whole / trunk"),
    Shortcut(Do.CLOSER, "+", "closer"),
    Shortcut(Do.FARTHER, "−", "farther"),
    Shortcut(Do.LEAVE_POINT, "Esc", "let go"),
    Shortcut(Do.QUIT, "Q", "quit"),
)
HELP = "Drag a point, or choose it and use the arrows: 0.5 px, with ⇧ 5 px. Wheel: closer; right button: move."
_KEYS: dict[int, tuple[Do, Do]] = {
    pygame.K_n: (Do.NEXT, Do.NEXT),
    pygame.K_PAGEDOWN: (Do.NEXT, Do.NEXT),
    pygame.K_p: (Do.PREVIOUS, Do.PREVIOUS),
    pygame.K_PAGEUP: (Do.PREVIOUS, Do.PREVIOUS),
    pygame.K_TAB: (Do.NEXT_POINT, Do.PREVIOUS_POINT),
    pygame.K_c: (Do.CONFIRM, Do.CONFIRM_SHOWN),
    pygame.K_RETURN: (Do.CONFIRM, Do.CONFIRM_SHOWN),
    pygame.K_h: (Do.HIDE, Do.HIDE),
    pygame.K_DELETE: (Do.RESTORE, Do.RESTORE),
    pygame.K_BACKSPACE: (Do.RESTORE, Do.RESTORE),
    pygame.K_z: (Do.UNDO, Do.REDO),
    pygame.K_y: (Do.REDO, Do.REDO),
    pygame.K_SPACE: (Do.PUT, Do.PUT),
    pygame.K_0: (Do.WHOLE, Do.WHOLE),
    pygame.K_KP0: (Do.WHOLE, Do.WHOLE),
    pygame.K_PLUS: (Do.CLOSER, Do.CLOSER),
    pygame.K_EQUALS: (Do.CLOSER, Do.CLOSER),
    pygame.K_KP_PLUS: (Do.CLOSER, Do.CLOSER),
    pygame.K_MINUS: (Do.FARTHER, Do.FARTHER),
    pygame.K_KP_MINUS: (Do.FARTHER, Do.FARTHER),
    pygame.K_ESCAPE: (Do.LEAVE_POINT, Do.LEAVE_POINT),
    pygame.K_q: (Do.QUIT, Do.QUIT),
}
"""Without and with Shift; Ctrl changes nothing, so that Ctrl+Z undoes as everywhere."""
_ARROWS = {
    pygame.K_LEFT: (-1, 0),
    pygame.K_RIGHT: (1, 0),
    pygame.K_UP: (0, -1),
    pygame.K_DOWN: (0, 1),
}


def asked(event: pygame.event.Event) -> Do | None:
    """What an event asks for by key or by closing the window."""
    if event.type == pygame.QUIT:
        return Do.QUIT
    if event.type == pygame.KEYDOWN and event.key in _KEYS:
        return _KEYS[event.key][bool(event.mod & pygame.KMOD_SHIFT)]
    return None


def toggled(event: pygame.event.Event) -> int | None:
    """Which group of points a digit's key shows or hides."""
    if event.type == pygame.KEYDOWN and pygame.K_1 <= event.key <= pygame.K_5:
        return int(event.key - pygame.K_1)
    return None


def nudge(event: pygame.event.Event) -> tuple[float, float] | None:
    """How far an arrow's key moves a point, pixels of the picture."""
    if event.type != pygame.KEYDOWN or event.key not in _ARROWS:
        return None
    step = NUDGE_PX * (FAR if event.mod & pygame.KMOD_SHIFT else 1)
    x, y = _ARROWS[event.key]
    return step * x, step * y
