"""Paints the picture with its points, and the loupe over it."""

import cv2
import numpy as np
import pygame

from edge.display.canvas import Canvas
from edge.display.theme import AMBER, CORAL, GREEN, INK, MIST, NIGHT, PAPER, TEAL, Colour
from models.spine.label.desk import Sheet
from models.spine.label.labelling import Labelling
from models.spine.label.points import LINES, group_of, spoken
from models.spine.label.record import PointLabel
from models.spine.label.view import Point

GROUP_COLOURS = (TEAL, AMBER, MIST, CORAL, GREEN)
RADIUS = 5.0
FARTHEST_PX = 2000.0
"""Larger circles are not drawn larger."""
LOUPE_PX = 230
LOUPE_ZOOM = 4.0
LOUPE_LEAST = 6.0
"""Pixels of the loupe for one of the picture, at least."""


def paint_stage(canvas: Canvas, page: Labelling, sheet: Sheet) -> None:
    """Fill the picture's part of the window."""
    place = page.parts.stage
    corner = page.view.to_picture((place.left, place.top))
    view = canvas.pixels[place.top : place.bottom, place.left : place.right]
    view[:] = sheet.pyramid.cut(page.view.scale, corner, place.size, NIGHT.bgr)
    for numbers in LINES:
        _paint_line(canvas, page, numbers)
    # The chosen point is painted last, over its neighbours.
    for number in sorted(page.numbers, key=lambda number: number == page.selected):
        at = page.place(number)
        if at is not None:
            _paint_point(canvas, page, number, page.view.to_screen(at))
    if page.selected is not None and (page.drag is not None or page.nudging):
        _paint_loupe(canvas, page, sheet, page.selected)


def _paint_line(canvas: Canvas, page: Labelling, numbers: tuple[int, ...]) -> None:
    shown = set(page.numbers)
    places = [page.view.to_screen(at) for n in numbers if n in shown and (at := page.place(n)) is not None]
    if len(places) > 1:
        colour = GROUP_COLOURS[group_of(numbers[0])]
        path = np.round((np.array(places) - 0.5) * 16).astype(np.int32)
        cv2.polylines(canvas.pixels, [path], False, INK.bgr, 2, cv2.LINE_AA, 4)
        cv2.polylines(canvas.pixels, [path], False, colour.bgr, 1, cv2.LINE_AA, 4)


def _paint_point(canvas: Canvas, page: Labelling, number: int, at: Point) -> None:
    label = page.desk.points[number]
    centre = at[0] - 0.5, at[1] - 0.5  # the canvas counts from the middle of the first pixel
    chosen = number == page.selected
    if chosen and label.sd_px is not None and label.predicted_px is not None and not label.true:
        _circle(canvas, centre, min(FARTHEST_PX, max(RADIUS + 4, label.sd_px * page.view.scale)), 1, PAPER)
    elif chosen:
        _circle(canvas, centre, RADIUS + 4, 1, PAPER)
    held = page.drag is not None and page.drag.number == number and page.drag.now_px is not None
    draw_mark(canvas, centre, label, GROUP_COLOURS[group_of(number)], corrected=held)
    if chosen:
        _paint_name(canvas, page, number, centre)


def draw_mark(canvas: Canvas, at: Point, label: PointLabel, colour: Colour, *, corrected: bool = False) -> None:
    """A ring as predicted, with a dot in it when confirmed, filled when corrected; crossed out where hidden."""
    if corrected or label.state == "corrected":
        canvas.disc(at, RADIUS + 1.2, INK)
        canvas.disc(at, RADIUS, colour)
    else:
        for width, ink in ((3, INK), (1, colour)):
            _circle(canvas, at, RADIUS, width, ink)
        if label.state == "confirmed":
            canvas.disc(at, 3.0, INK)
            canvas.disc(at, 2.2, colour)
    if label.shown_hidden:
        reach = RADIUS + 3
        for width, ink in ((3, INK), (1, colour)):
            canvas.line((at[0] - reach, at[1] + reach), (at[0] + reach, at[1] - reach), ink, width)


def _circle(canvas: Canvas, at: Point, radius: float, width: int, colour: Colour) -> None:
    centre = round(at[0] * 16), round(at[1] * 16)
    cv2.circle(canvas.pixels, centre, round(radius * 16), colour.bgr, width, cv2.LINE_AA, 4)


def _paint_name(canvas: Canvas, page: Labelling, number: int, at: Point) -> None:
    size = page.parts.text_px
    paragraph = canvas.typeface.wrap(spoken(number), size, True, page.parts.stage.width)
    pill = pygame.Rect(0, 0, paragraph.width_px + size, round(size * 1.5))
    pill.midleft = (round(at[0] + 3 * RADIUS), round(at[1]))
    if pill.right > page.parts.stage.right:
        pill.right = round(at[0] - 3 * RADIUS)
    pill.clamp_ip(page.parts.stage)
    canvas.box(pill, PAPER, pill.height // 2)
    canvas.write(paragraph, pill.move(0, (pill.height - paragraph.height_px) // 2), INK, PAPER, "centre")


def _paint_loupe(canvas: Canvas, page: Labelling, sheet: Sheet, number: int) -> None:
    """What lies around the point, large, in the corner away from it; nothing covers the place itself."""
    at = page.place(number)
    if at is None:
        return
    stage = page.parts.stage
    side = min(LOUPE_PX, stage.width // 2, stage.height // 2)
    screen = page.view.to_screen(at)
    loupe = pygame.Rect(stage.left + 12, stage.top + 12, side, side)
    if screen[0] < stage.centerx and screen[1] < stage.centery + side:
        loupe.right = stage.right - 12
    scale = max(LOUPE_LEAST, LOUPE_ZOOM * page.view.scale)
    corner = at[0] - side / 2 / scale, at[1] - side / 2 / scale
    canvas.box(loupe.inflate(6, 6), PAPER, 4)
    view = canvas.pixels[loupe.top : loupe.bottom, loupe.left : loupe.right]
    view[:] = sheet.pyramid.cut(scale, corner, loupe.size, NIGHT.bgr)
    predicted = page.desk.points[number].predicted_px
    middle = loupe.left + side / 2 - 0.5, loupe.top + side / 2 - 0.5
    if predicted is not None:
        was = middle[0] + (predicted[0] - at[0]) * scale, middle[1] + (predicted[1] - at[1]) * scale
        if loupe.inflate(-16, -16).collidepoint(was):
            _circle(canvas, was, 6.0, 1, AMBER)
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        for width, ink in ((3.0, INK), (1.0, PAPER)):
            near, far = 7.0, side / 2 - 6
            ends = (middle[0] + x * near, middle[1] + y * near), (middle[0] + x * far, middle[1] + y * far)
            canvas.line(*ends, ink, width)
