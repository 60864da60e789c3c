"""The shapes that stand beside every colour."""

import math

import pygame

from edge.display.canvas import Canvas
from edge.display.theme import PAPER, TEAL, Colour, Shape

Point = tuple[float, float]


def draw_icon(canvas: Canvas, shape: Shape, centre: Point, radius: float, colour: Colour, ground: Colour) -> None:
    """A sign of the given radius around a centre, pixels; its inner mark is cut out down to the ground."""
    x, y = centre
    match shape:
        case "tick":
            canvas.disc(centre, radius, colour)
            stroke = radius * 0.26
            canvas.line((x - radius * 0.42, y + radius * 0.02), (x - radius * 0.1, y + radius * 0.36), ground, stroke)
            canvas.line((x - radius * 0.1, y + radius * 0.36), (x + radius * 0.46, y - radius * 0.34), ground, stroke)
        case "triangle":
            canvas.polygon(_corners((x, y + radius * 0.14), radius * 1.12, 3, -90), colour)
            _draw_bang(canvas, (x, y + radius * 0.1), radius * 0.8, ground)
        case "octagon":
            canvas.polygon(_corners(centre, radius * 1.06, 8, 22.5), colour)
            _draw_bang(canvas, centre, radius, ground)
        case "dot":
            canvas.disc(centre, radius, colour)
            canvas.disc(centre, radius * 0.78, ground)
            canvas.disc((x, y - radius * 0.36), radius * 0.13, colour)
            canvas.line((x, y - radius * 0.05), (x, y + radius * 0.42), colour, radius * 0.22)
        case "dash":
            canvas.disc(centre, radius, colour)
            canvas.disc(centre, radius * 0.78, ground)
            canvas.line((x - radius * 0.36, y), (x + radius * 0.36, y), colour, radius * 0.2)
        case "ring":
            canvas.disc(centre, radius, colour)
            canvas.disc(centre, radius * 0.74, ground)


def draw_plumb_bob(canvas: Canvas, top: Point, height: float, colour: Colour = TEAL) -> None:
    """The product's mark: a weight on a string."""
    x, y = top
    bob = height * 0.3
    canvas.line(top, (x, y + height - 2 * bob), colour, max(1, height * 0.05))
    canvas.line((x - bob * 0.45, y + height - 2 * bob), (x + bob * 0.45, y + height - 2 * bob), colour, height * 0.09)
    canvas.polygon(
        [(x - bob * 0.6, y + height - 1.7 * bob), (x + bob * 0.6, y + height - 1.7 * bob), (x, y + height)], colour
    )


def draw_person(canvas: Canvas, place: pygame.Rect, colour: Colour, ground: Colour) -> None:
    """Somebody seen from behind, upright under a plumb line: what the station asks for."""
    u = place.height / 100
    x, y = float(place.centerx), float(place.top)
    canvas.disc((x, y + 13 * u), 7.2 * u, colour)
    canvas.line((x, y + 18 * u), (x, y + 25 * u), colour, 6 * u)
    shoulders, waist = y + 28.5 * u, y + 50 * u
    canvas.polygon(
        [(x - 11 * u, shoulders - 3 * u), (x + 11 * u, shoulders - 3 * u), (x + 7.5 * u, waist), (x - 7.5 * u, waist)],
        colour,
    )
    canvas.polygon(
        [(x - 7.5 * u, waist - u), (x + 7.5 * u, waist - u), (x + 9.5 * u, y + 58 * u), (x - 9.5 * u, y + 58 * u)],
        colour,
    )
    for side in (-1, 1):
        canvas.line((x + side * 10.6 * u, shoulders - 0.6 * u), (x + side * 15 * u, y + 57 * u), colour, 4.8 * u)
        canvas.line((x + side * 5 * u, y + 57 * u), (x + side * 5.6 * u, y + 93 * u), colour, 7 * u)
        canvas.line((x + side * 5.8 * u, y + 95 * u), (x + side * 9 * u, y + 96 * u), colour, 4 * u)
    for height, half in ((shoulders, 20 * u), (y + 56 * u, 20 * u)):
        canvas.line((x - half, height), (x + half, height), ground, 2.2 * u)
        canvas.line((x - half, height), (x + half, height), PAPER, 0.8 * u)
    canvas.line((x, y), (x, y + 74 * u), ground, 2.2 * u)
    canvas.line((x, y), (x, y + 74 * u), TEAL, 0.8 * u)
    draw_plumb_bob(canvas, (x, y + 70 * u), 17 * u)


def _draw_bang(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    x, y = centre
    canvas.line((x, y - radius * 0.45), (x, y + radius * 0.02), colour, radius * 0.22)
    canvas.disc((x, y + radius * 0.5), radius * 0.14, colour)


def _corners(centre: Point, radius: float, count: int, first_deg: float) -> list[Point]:
    turns = [math.radians(first_deg + 360 * k / count) for k in range(count)]
    return [(centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn)) for turn in turns]
