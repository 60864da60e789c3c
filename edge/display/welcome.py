"""The page nobody stands in front of yet."""

import pygame

from edge.display.canvas import Canvas
from edge.display.display import Screen
from edge.display.icon import draw_person
from edge.display.live import paint_guidance
from edge.display.theme import EDGE, MIST, NIGHT, PAPER, SLATE

STEPS = ("Stand on the marks", "Hold still, three times", "Read your result")


def paint_welcome(canvas: Canvas, place: pygame.Rect, screen: Screen) -> None:
    """A figure under a plumb line, what to do, and what will happen. No live picture: passers-by are not on show."""
    gap = canvas.sizes.gap_px
    if canvas.sizes.portrait:
        figure = pygame.Rect(place.left, place.top, place.width, round(place.height * 0.4))
        column = pygame.Rect(place.left, figure.bottom + gap, place.width, place.bottom - figure.bottom - gap)
    else:
        figure = pygame.Rect(place.left, place.top, round(place.width * 0.36), place.height)
        column = pygame.Rect(figure.right + 2 * gap, place.top, place.right - figure.right - 2 * gap, place.height)
    canvas.box(figure, SLATE, gap)
    draw_person(canvas, figure.inflate(-2 * gap, -3 * gap), EDGE, SLATE)
    column = _paint_steps(canvas, column, screen.state.takes)
    paint_guidance(canvas, column, screen.state.guidance)


def _paint_steps(canvas: Canvas, place: pygame.Rect, takes: int) -> pygame.Rect:
    """The three steps at the foot of the place; gives what is left above them."""
    sizes = canvas.sizes
    row = round(sizes.body_px * 2.1)
    words = (STEPS[0], "Hold still" if takes < 2 else f"Hold still, {takes} times", STEPS[2])
    top = place.bottom - row * len(words)
    for k, text in enumerate(words):
        centre = (place.left + row * 0.4, top + row * (k + 0.5))
        canvas.disc(centre, row * 0.38, EDGE)
        canvas.disc(centre, row * 0.34, NIGHT)
        number = canvas.typeface.wrap(str(k + 1), sizes.detail_px, True, row)
        spot = pygame.Rect(place.left, round(centre[1] - number.height_px / 2), round(row * 0.8), 0)
        canvas.write(number, spot, PAPER, NIGHT, "centre")
        line = canvas.typeface.fit(text, (sizes.detail_px, sizes.body_px), False, (place.width - row - row // 4, row))
        left = place.left + row + row // 8
        canvas.write(line, pygame.Rect(left, round(centre[1] - line.height_px / 2), place.width, 0), MIST, NIGHT)
    return pygame.Rect(place.left, place.top, place.width, top - place.top - sizes.gap_px)
