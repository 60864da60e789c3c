"""Paints what stands beside the picture: why this one, what is chosen, how far one is, and every key."""

import pygame

from edge.display.canvas import Canvas
from edge.display.theme import AMBER, CORAL, EDGE, INK, MIST, NIGHT, PAPER, SLATE, TEAL, Colour
from models.spine.label.desk import Item
from models.spine.label.keys import HELP, LISTED, Do
from models.spine.label.labelling import Labelling
from models.spine.label.layout import Button
from models.spine.label.points import GROUPS, spoken
from models.spine.label.record import PointLabel, State
from models.spine.label.stage import GROUP_COLOURS, draw_mark, paint_stage

STATES: dict[State, str] = {
    "corrected": "corrected by hand",
    "confirmed": "confirmed as predicted",
    "predicted": "left as predicted: not truth",
}
EXAMPLE = PointLabel(name="", predicted_px=(0.0, 0.0), sd_px=None, visible=1.0, xy_px=(0.0, 0.0))


def paint(canvas: Canvas, page: Labelling) -> None:
    """Paint the whole window."""
    canvas.clear(NIGHT)
    if page.desk.sheet is not None:
        paint_stage(canvas, page, page.desk.sheet)
    else:
        _paint_trouble(canvas, page)
    panel = pygame.Rect(page.parts.stage.right, 0, canvas.rect.width - page.parts.stage.width, canvas.rect.height)
    canvas.surface.fill(SLATE, panel)
    _paint_told(canvas, page)
    for button in page.parts.buttons:
        _paint_button(canvas, page, button)
    if page.desk.unsaved:
        _paint_strip(canvas, page, f"{page.desk.unsaved} {page.message}".strip(), CORAL)
    elif page.message:
        _paint_strip(canvas, page, page.message, AMBER)


def _paint_told(canvas: Canvas, page: Labelling) -> None:
    desk, size = page.desk, page.parts.text_px
    rest = page.parts.told.copy()
    item: Item | None = desk.items[desk.place] if desk.items else None
    rest = _written(canvas, rest, f"Picture {desk.place + 1} of {len(desk.items)}", round(size * 1.5), TEAL, bold=True)
    if item is not None:
        rest = _written(canvas, rest, item.file.path.name, size, PAPER, bold=True)
        rest = _written(canvas, rest, item.urgency.reason, size, PAPER)
    if desk.sheet is not None:
        network = desk.sheet.network
        older = " (an older one: corrected before)" if network != desk.network else ""
        rest = _written(canvas, rest, f"Network {network.name}, {network.sha256[:8]}{older}", size, MIST)
        rest.top += size // 2
        rest = _paint_legend(canvas, page, rest)
        rest.top += size // 2
        _written(canvas, rest, _about_chosen(page), size, PAPER)
    help_px = canvas.typeface.wrap(HELP, size, False, page.parts.told.width)
    place = pygame.Rect(page.parts.told)
    place.top = place.bottom - help_px.height_px
    if place.top > rest.top + 4 * size:
        canvas.write(help_px, place, MIST, SLATE)


def _about_chosen(page: Labelling) -> str:
    if page.selected is None:
        return "No point is chosen: click one, or press Tab."
    label = page.desk.points[page.selected]
    if label.xy_px is None:
        return f"{spoken(page.selected)}: the network gives no place; Space puts it under the pointer."
    seen = "hidden" if label.shown_hidden else "seen"
    sd = "" if label.sd_px is None else f" ±{label.sd_px:.1f} px"
    state = {"predicted": f"as predicted{sd}", "confirmed": "confirmed", "corrected": "corrected"}[label.state]
    if page.drag is not None and page.drag.now_px is not None:
        state = "in your hand"
    x, y = page.place(page.selected) or label.xy_px
    return f"{spoken(page.selected)}: {state}, {seen}, at {x:.1f}, {y:.1f} px"


def _paint_legend(canvas: Canvas, page: Labelling, rest: pygame.Rect) -> pygame.Rect:
    size = page.parts.text_px
    states = [point.state for point in page.desk.points]
    for state, words in STATES.items():
        example = EXAMPLE.model_copy(update={"state": state})
        draw_mark(canvas, (rest.left + size * 0.6, rest.top + size * 0.7), example, PAPER)
        rest = _legend_line(canvas, rest, f"{states.count(state)} {words}", size)
    hidden = sum(point.shown_hidden for point in page.desk.points)
    draw_mark(
        canvas, (rest.left + size * 0.6, rest.top + size * 0.7), EXAMPLE.model_copy(update={"visible": 0.0}), PAPER
    )
    return _legend_line(canvas, rest, f"{hidden} hidden", size)


def _legend_line(canvas: Canvas, rest: pygame.Rect, text: str, size: int) -> pygame.Rect:
    shifted = pygame.Rect(rest.left + 2 * size, rest.top, rest.width - 2 * size, rest.height)
    left = _written(canvas, shifted, text, size, MIST)
    return pygame.Rect(rest.left, left.top, rest.width, left.height)


def _paint_button(canvas: Canvas, page: Labelling, button: Button) -> None:
    size, rect = page.parts.text_px, button.rect
    if isinstance(button.means, Do):
        shortcut = LISTED[[one.do for one in LISTED].index(button.means)]
        cap, words, colour, lit = shortcut.cap, shortcut.words, PAPER, False
    else:
        cap, words = str(button.means + 1), GROUPS[button.means].words
        colour, lit = GROUP_COLOURS[button.means], button.means in page.shown
    capped = canvas.typeface.wrap(cap, size, True, rect.width)
    box = pygame.Rect(rect.left, rect.top, max(capped.width_px + size, round(size * 1.9)), rect.height)
    ground = colour if lit else EDGE
    canvas.box(box, ground, size // 3)
    ink = INK if lit else PAPER
    canvas.write(capped, box.move(0, (box.height - capped.height_px) // 2), ink, ground, "centre")
    said = canvas.typeface.wrap(words, size, False, rect.width)
    place = pygame.Rect(box.right + size // 2, rect.top + (rect.height - said.height_px) // 2, rect.width, rect.height)
    canvas.write(said, place, PAPER if lit or isinstance(button.means, Do) else MIST, SLATE)


def _paint_trouble(canvas: Canvas, page: Labelling) -> None:
    place = page.parts.stage.inflate(-page.parts.stage.width // 5, -page.parts.stage.height // 3)
    text = page.desk.trouble or "No picture may be shown: none has its people's consent."
    paragraph = canvas.typeface.fit(text, (page.parts.text_px, canvas.sizes.body_px), False, place.size)
    canvas.write(paragraph, place, PAPER, NIGHT, "centre")


def _paint_strip(canvas: Canvas, page: Labelling, text: str, colour: Colour) -> None:
    size, stage = page.parts.text_px, page.parts.stage
    paragraph = canvas.typeface.wrap(text, size, True, stage.width - 2 * size)
    strip = pygame.Rect(stage.left, 0, stage.width, paragraph.height_px + size)
    strip.bottom = stage.bottom
    canvas.surface.fill(colour, strip)
    canvas.write(paragraph, strip.inflate(-2 * size, -size), INK, colour)


def _written(
    canvas: Canvas, rest: pygame.Rect, text: str, size: int, colour: Colour, *, bold: bool = False
) -> pygame.Rect:
    """Write a paragraph and give what is left below it."""
    if not text:
        return rest
    paragraph = canvas.typeface.wrap(text, size, bold, rest.width)
    below = canvas.write(paragraph, rest, colour, SLATE).bottom + size // 4
    return pygame.Rect(rest.left, below, rest.width, max(0, rest.bottom - below))
