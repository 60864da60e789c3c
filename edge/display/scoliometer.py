"""The page on which somebody enters what a scoliometer shows."""

import pygame

from edge.display.canvas import Canvas
from edge.display.display import Screen
from edge.display.live import paint_guidance
from edge.display.theme import EDGE, MIST, NIGHT, PAPER
from edge.display.touch import Zone, paint_buttons
from edge.session.tasks.inputs import Key

KEYS = (("− 1°", Key.LESS), ("+ 1°", Key.MORE), ("Other side (-)", Key.OTHER_SIDE))
DONE = (("Not taken (S)", Key.SKIP), ("That is right (Enter)", Key.CONFIRM))


def paint_scoliometer(canvas: Canvas, place: pygame.Rect, screen: Screen) -> list[Zone]:
    """Fill the place; gives what can be touched."""
    sizes, gap, view = canvas.sizes, canvas.sizes.gap_px, screen.state.scoliometer
    if view is None:
        paint_guidance(canvas, place, screen.state.guidance)
        return []
    row = round(sizes.body_px * 3.2)
    done = pygame.Rect(place.left, place.bottom - row, place.width, row)
    keys = done.move(0, -row - gap)
    room = pygame.Rect(place.left, place.top, place.width, keys.top - place.top - gap)
    guide = pygame.Rect(room.left, room.top, room.width, round(room.height * 0.6))
    y = paint_guidance(canvas, guide, screen.state.guidance, f"{view.level} ({view.number} of 3)")
    value = view.entry.value
    words = canvas.typeface.wrap(said(value), sizes.body_px, False, room.width)
    number = canvas.typeface.fit(
        "–" if value is None else f"{abs(value)}°",
        (sizes.instruction_px, room.height),
        True,
        (room.width, room.bottom - y - words.height_px),
    )
    canvas.write(number, pygame.Rect(room.left, y, room.width, 0), EDGE if value is None else PAPER, NIGHT, "centre")
    canvas.write(words, pygame.Rect(room.left, y + number.height_px, room.width, 0), MIST, NIGHT, "centre")
    return paint_buttons(canvas, keys, KEYS) + paint_buttons(canvas, done, DONE)


def said(value: int | None) -> str:
    """
    A reading in words.

    >>> said(-7), said(0), said(None)
    ('left side up', 'level', 'digits, or the keys below')
    """
    if value is None:
        return "digits, or the keys below"
    return "level" if value == 0 else f"{'right' if value > 0 else 'left'} side up"
