"""The page with the result: calm cards, each with its value, its uncertainty and what it means."""

from dataclasses import dataclass

import pygame

from edge.display.canvas import Canvas
from edge.display.display import Screen
from edge.display.icon import draw_icon
from edge.display.live import paint_guidance
from edge.display.theme import EDGE, FLAG_SIGNS, MIST, NIGHT, NO_FLAG, NO_VALUE, PAPER, SLATE, Sign
from edge.session.summary import Result, SessionSummary

SYMBOLS = {"deg": "°", "mm": " mm", "%trunk": " %"}
COMPANIONS = ("mm", "_trunk")
"""Endings of ids that say the same thing in another unit; they share the card of the first."""
COLUMNS = 2


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


def cards_of(summary: SessionSummary) -> tuple[Card, ...]:
    """One card a measure; where the usual unit is not known the companion's is shown."""
    by_id = {result.id: result for result in summary.results}
    cards = []
    for result in summary.results:
        if any(result.id.removesuffix(ending) in by_id for ending in COMPANIONS if result.id.endswith(ending)):
            continue
        others = [by_id[result.id + ending] for ending in COMPANIONS if result.id + ending in by_id]
        known = [one for one in (result, *others) if one.value is not None]
        cards.append(_card(result, known))
    return tuple(cards)


def _card(first: Result, known: list[Result]) -> Card:
    name = first.name + (", approximate" if first.surrogate else "")
    if not known:
        return Card(name, "", first.reason or "no reason was given", NO_VALUE)
    shown = known[0]
    words = shown.words or ""
    if len(known) > 1:
        words += f" ({_number(known[1])})"
    if shown.recovered_share > 0:
        words += f", partly filled in ({shown.recovered_share:.0%} of frames)"
    sign = FLAG_SIGNS[shown.flag] if shown.flag else NO_FLAG
    uncertainty = "" if shown.uncertainty is None else f" ± {_rounded(shown.uncertainty, shown.unit)}"
    return Card(name, _rounded(shown.value, shown.unit) + uncertainty + SYMBOLS[shown.unit], words, sign)


def _number(result: Result) -> str:
    return _rounded(result.value, result.unit) + SYMBOLS[result.unit]


def _rounded(value: float | None, unit: str) -> str:
    return f"{abs(value or 0.0):.{0 if unit == 'mm' else 1}f}"


def paint_result(canvas: Canvas, place: pygame.Rect, screen: Screen) -> None:
    """Fill the place: headline, session code, cards, notes."""
    summary, gap = screen.state.summary, canvas.sizes.gap_px
    if summary is None:
        paint_guidance(canvas, place, screen.state.guidance)
        return
    code_width = _paint_code(canvas, place, summary.code)
    head = pygame.Rect(place.left, place.top, place.width - code_width - gap, round(place.height * 0.27))
    paint_guidance(canvas, head, screen.state.guidance)
    notes = _paint_notes(canvas, place, (*_reasons(summary), *screen.notes))
    top = head.bottom + gap // 2
    _paint_cards(canvas, pygame.Rect(place.left, top, place.width, notes.top - gap // 2 - top), cards_of(summary))


def _reasons(summary: SessionSummary) -> tuple[str, ...]:
    return (summary.reason,) if summary.reason else ()


def _paint_code(canvas: Canvas, place: pygame.Rect, code: str) -> int:
    """The session code at the top right; gives the width of its box."""
    sizes = canvas.sizes
    title = canvas.typeface.wrap("Session code", sizes.detail_px, False, place.width)
    text = canvas.typeface.wrap(code, round(sizes.body_px * 1.25), True, place.width // 2)
    width = max(title.width_px, text.width_px) + 2 * sizes.gap_px
    box = pygame.Rect(place.right - width, place.top, width, title.height_px + text.height_px + sizes.gap_px)
    canvas.frame(box, EDGE, NIGHT, sizes.gap_px // 2, max(1, sizes.detail_px // 12))
    inner = box.inflate(-2 * sizes.gap_px, -sizes.gap_px)
    canvas.write(title, inner, MIST, NIGHT, "centre")
    canvas.write(text, inner.move(0, title.height_px), PAPER, NIGHT, "centre")
    return width


def _paint_notes(canvas: Canvas, place: pygame.Rect, notes: tuple[str, ...]) -> pygame.Rect:
    """The notes at the foot, one line each where they fit; gives the rectangle they took."""
    size = canvas.sizes.detail_px
    paragraphs = [canvas.typeface.wrap(note, size, False, place.width) for note in notes]
    height = sum(paragraph.height_px for paragraph in paragraphs)
    y = place.bottom - height
    for paragraph in paragraphs:
        canvas.write(paragraph, pygame.Rect(place.left, y, place.width, 0), MIST, NIGHT)
        y += paragraph.height_px
    return pygame.Rect(place.left, place.bottom - height, place.width, height)


def _paint_cards(canvas: Canvas, place: pygame.Rect, cards: tuple[Card, ...]) -> None:
    if not cards:
        return
    gap = canvas.sizes.gap_px // 2
    columns = 1 if canvas.sizes.portrait else COLUMNS
    rows = -(-len(cards) // columns)
    width = (place.width - gap * (columns - 1)) // columns
    height = min((place.height - gap * (rows - 1)) // rows, canvas.sizes.detail_px * 6)
    for k, card in enumerate(cards):
        column, row = k // rows, k % rows
        spot = pygame.Rect(place.left + column * (width + gap), place.top + row * (height + gap), width, height)
        _paint_card(canvas, spot, card)


def _paint_card(canvas: Canvas, place: pygame.Rect, card: Card) -> None:
    sizes = canvas.sizes
    canvas.box(place, SLATE, sizes.gap_px // 2)
    radius = min(sizes.body_px * 0.75, place.height * 0.3)
    left = place.left + round(radius * 3)
    draw_icon(canvas, card.sign.shape, (place.left + radius * 1.6, place.centery), radius, card.sign.colour, SLATE)
    inner = pygame.Rect(left, place.top, place.right - left - sizes.gap_px // 2, place.height)
    number = canvas.typeface.wrap(card.number, sizes.detail_px, True, inner.width)
    name = canvas.typeface.wrap(card.name, sizes.detail_px, False, inner.width)
    room = inner.height - name.height_px
    words = canvas.typeface.fit(card.words, (sizes.detail_px, sizes.body_px), True, (inner.width, room))
    y = place.top + (place.height - name.height_px - words.height_px) // 2
    title = canvas.write(name, pygame.Rect(inner.left, y, inner.width, 0), MIST, SLATE)
    canvas.write(number, pygame.Rect(inner.left, y, inner.width, 0), PAPER, SLATE, "right")
    state = canvas.typeface.wrap(card.sign.words, sizes.detail_px, False, inner.width)
    spare = inner.width - title.width - number.width_px - 2 * sizes.detail_px
    if state.width_px < spare:
        spot = pygame.Rect(title.right + sizes.detail_px, y, state.width_px, 0)
        canvas.write(state, spot, card.sign.colour, SLATE)
    canvas.write(words, pygame.Rect(inner.left, y + name.height_px, inner.width, 0), PAPER, SLATE)
