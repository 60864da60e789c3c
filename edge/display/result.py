"""The page with the result: calm cards, each with its value, its uncertainty and what it means."""

import re

import pygame

from edge.display.canvas import Canvas
from edge.display.card import Card
from edge.display.display import Screen
from edge.display.icon import draw_icon
from edge.display.live import paint_guidance
from edge.display.task_result import more_cards
from edge.display.theme import FLAG_SIGNS, GREEN, MIST, NIGHT, NO_FLAG, NO_VALUE, PAPER, SLATE, Sign
from edge.session.saying import has_more
from edge.session.summary import Result, SessionSummary, Take

SYMBOLS = {"deg": "°", "mm": " mm", "%trunk": " %"}
COMPANIONS = ("mm", "_trunk")
"""Endings of ids that say the same thing in another unit; they share the card of the first."""
COLUMNS = 2
TURN = 0.5
"""Share of the time after which a second page takes the place of the first."""
MAX_SINGLE = 4
"""Up to this many cards stand in one column."""
NO_BREAK_SPACE = "\u00a0"
RESULT, NO_RESULT = "result", "no result"
TAKE_USED, TAKE_NOT_USED = Sign(GREEN, "tick", "usable"), Sign(MIST, "dash", "not usable")


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


def take_cards(summary: SessionSummary, said: str) -> tuple[Card, ...]:
    """Why there is no result: the reason, unless it has been said already, and what became of each take."""
    known = summary.reason is None or summary.reason.rstrip(".").casefold() in said.casefold()
    why = () if known else (Card("Why there is no result", "", str(summary.reason), NO_VALUE),)
    return (*why, *(_take_card(take) for take in summary.takes))


def _take_card(take: Take) -> Card:
    frames = f"{take.frames_usable} of {take.frames_due} frames"
    if take.accepted:
        return Card(f"Take {take.number}", frames, "good", TAKE_USED)
    return Card(f"Take {take.number}", frames, ", ".join(take.reasons) or "no reason was given", TAKE_NOT_USED)


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
    words = re.sub(r"(?<=\d) (?=mm|%)", NO_BREAK_SPACE, words)
    sign = FLAG_SIGNS[shown.flag] if shown.flag else NO_FLAG
    uncertainty = "" if shown.uncertainty is None else f" ± {_rounded(shown.uncertainty, shown.unit)}"
    return Card(name, _rounded(shown.value, shown.unit) + uncertainty + SYMBOLS[shown.unit], words, sign)


def _number(result: Result) -> str:
    return _rounded(result.value, result.unit) + SYMBOLS[result.unit]


def _rounded(value: float | None, unit: str) -> str:
    return f"{abs(value or 0.0):.{0 if unit == 'mm' else 1}f}"


def paint_result(canvas: Canvas, place: pygame.Rect, screen: Screen) -> None:
    """Fill the place: headline, session code, cards, notes. Without a result there are no cards, only the reason."""
    summary, gap = screen.state.summary, canvas.sizes.gap_px
    if summary is None:
        paint_guidance(canvas, place, screen.state.guidance, RESULT)
        return
    _paint_code(canvas, place, summary.code)
    measured = summary.outcome == "measured"
    more = has_more(summary)
    second = more and (screen.state.progress or 0.0) > TURN
    eyebrow = f"{RESULT}, page {2 if second else 1} of 2" if more else RESULT
    room = pygame.Rect(place.left, place.top, place.width, round(place.height * (0.28 if measured else 0.5)))
    y = paint_guidance(canvas, room, screen.state.guidance, eyebrow if measured else NO_RESULT) + gap * 2 // 3
    notes = _paint_notes(canvas, place, screen.notes)
    rest = pygame.Rect(place.left, y, place.width, notes.top - gap * 2 // 3 - y)
    if measured:
        _paint_cards(canvas, rest, more_cards(summary) if second else cards_of(summary))
    else:
        _paint_cards(canvas, rest, take_cards(summary, screen.state.guidance.detail))


def _paint_code(canvas: Canvas, place: pygame.Rect, code: str) -> None:
    """The session code at the top right, in one line with its title."""
    sizes = canvas.sizes
    text = canvas.typeface.wrap(code, round(sizes.body_px * 1.1), True, place.width)
    title = canvas.typeface.wrap("Session code", sizes.detail_px, False, place.width)
    canvas.write(text, pygame.Rect(place.left, place.top, place.width, 0), PAPER, NIGHT, "right")
    left = place.width - text.width_px - sizes.gap_px // 2
    drop = (text.height_px - title.height_px) // 2
    canvas.write(title, pygame.Rect(place.left, place.top + drop, left, 0), MIST, NIGHT, "right")


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
    """All cards with words of one size, the largest with which they fit; each row as high as it needs to be."""
    if not cards:
        return
    columns = 1 if canvas.sizes.portrait or len(cards) <= MAX_SINGLE else COLUMNS
    gap = canvas.sizes.gap_px // 2
    width = (place.width - gap * (columns - 1)) // columns
    rows = -(-len(cards) // columns)
    size, heights = _row_heights(canvas, cards, rows, (width, place.height - gap * (rows - 1)))
    y = place.top
    for row, height in enumerate(heights):
        for column, card in enumerate(cards[row::rows]):
            _paint_card(canvas, pygame.Rect(place.left + column * (width + gap), y, width, height), card, size)
        y += height + gap


def _row_heights(canvas: Canvas, cards: tuple[Card, ...], rows: int, room_px: tuple[int, int]) -> tuple[int, list[int]]:
    """Size of the words and height of each row; room is the width of a card and the height of all rows."""
    for size in range(canvas.sizes.body_px, canvas.sizes.detail_px - 1, -1):
        needs = [_height(canvas, card, room_px[0], size) for card in cards]
        heights = [max(needs[row::rows]) for row in range(rows)]
        spare = room_px[1] - sum(heights)
        if spare >= 0:
            more = min(spare // rows, canvas.sizes.body_px * 2)
            return size, [height + more for height in heights]
    return canvas.sizes.detail_px, [room_px[1] // rows] * rows


def _inner(canvas: Canvas, place: pygame.Rect) -> pygame.Rect:
    """Where the text of a card stands: right of its sign."""
    left = round(canvas.sizes.body_px * 2.5)
    return pygame.Rect(place.left + left, place.top, place.width - left - canvas.sizes.gap_px * 2 // 3, place.height)


def _height(canvas: Canvas, card: Card, width: int, size: int) -> int:
    inner = _inner(canvas, pygame.Rect(0, 0, width, 0))
    words = canvas.typeface.wrap(_words(canvas, card, inner.width), size, True, inner.width)
    return canvas.typeface.line_px(canvas.sizes.detail_px) + words.height_px + canvas.sizes.gap_px // 3


def _sign_fits(canvas: Canvas, card: Card, width: int) -> bool:
    """Whether name, the sign's word and the number stand side by side in the card's first line."""
    size = canvas.sizes.detail_px
    texts = ((card.name, False), (card.sign.words, False), (card.number, True))
    return sum(canvas.typeface.wrap(text, size, bold, 9999).width_px for text, bold in texts) + 3 * size <= width


def _words(canvas: Canvas, card: Card, width: int) -> str:
    """The words, followed by the sign's where there is no room for it above: a shape alone does not explain itself."""
    return card.words if _sign_fits(canvas, card, width) else f"{card.words}, {card.sign.words}"


def _paint_card(canvas: Canvas, place: pygame.Rect, card: Card, size: int) -> None:
    sizes, typeface, inner = canvas.sizes, canvas.typeface, _inner(canvas, place)
    canvas.box(place, SLATE, sizes.gap_px // 2)
    centre = (place.left + sizes.body_px * 1.25, float(place.centery))
    draw_icon(canvas, card.sign.shape, centre, sizes.body_px * 0.72, card.sign.colour, SLATE)
    name = typeface.wrap(card.name, sizes.detail_px, False, inner.width)
    words = typeface.fit(
        _words(canvas, card, inner.width), (sizes.detail_px, size), True, (inner.width, place.height - name.height_px)
    )
    y = place.top + (place.height - name.height_px - words.height_px) // 2
    title = canvas.write(name, pygame.Rect(inner.left, y, inner.width, 0), MIST, SLATE)
    number = typeface.wrap(card.number, sizes.detail_px, True, inner.width)
    canvas.write(number, pygame.Rect(inner.left, y, inner.width, 0), PAPER, SLATE, "right")
    if _sign_fits(canvas, card, inner.width):
        state = typeface.wrap(card.sign.words, sizes.detail_px, False, inner.width)
        canvas.write(state, pygame.Rect(title.right + sizes.detail_px, y, state.width_px, 0), card.sign.colour, SLATE)
    canvas.write(words, pygame.Rect(inner.left, y + name.height_px, inner.width, 0), PAPER, SLATE)
